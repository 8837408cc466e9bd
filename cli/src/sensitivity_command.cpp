#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "sensitivity_study.hpp"
#include "signals.hpp"

namespace cli {

namespace {

struct Options {
  StudyRequest study;
  SensitivityRequest request;
  std::size_t top = 12;
};

Answer sensitivity(const Options& options, const Settings& settings) {
  if (options.study.strategies.size() > 1) throw UsageError{"sensitivity is about one --strategy at a time"};
  SensitivityRequest request = options.request;
  request.strategy = options.study.strategies.empty() ? load_scenario(options.study.scenario).baseline()
                                                      : options.study.strategies.front();
  const planner::Sensitivity all = vary_inputs(options.study, request, "--by", settings);
  Answer answer{.text = planner::render_sensitivity(all, options.top, text_options(settings)),
                .schema = "sensitivity/1"};
  answer.document = planner::sensitivity_json(all);
  if (all.varied < all.inputs) answer.code = ExitCode::limit;
  if (const auto signal = stop_signal()) answer.code = *signal;
  return answer;
}

}  // namespace

void add_sensitivity(CommandLine& line) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      line.add("sensitivity", "Simulate", "which inputs the answer hangs on",
               [options](const Settings& settings) { return sensitivity(*options, settings); });
  add_study_options(command, options->study);
  const auto option = [&](const std::string& name, auto& target, const std::string& type,
                          const std::string& what) {
    command.add_option(name, target, what)->type_name(type)->group("Simulation");
  };
  option("--by", options->request.by, "10%", "how far each input is lowered and raised");
  option("--assertion", options->request.assertion, "ID", "whose margin; all by default");
  option("--flow", options->request.flow, "NAME", "p99 of it instead, against its deadline");
  option("--top", options->top, "N", "how many inputs are printed");
}

}  // namespace cli
