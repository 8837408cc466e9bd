#include <charconv>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/request_trace.hpp"
#include "signals.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct TraceOptions {
  ScenarioOptions scenario;
  std::string strategy, request = "slowest", form = "text";
  std::optional<std::uint64_t> seed;
  std::uint32_t replication = 1;
};

/// `slowest` or `workload#4711`.
planner::TraceRequest parse_request(const TraceOptions& options, const planner::Scenario& scenario) {
  planner::TraceRequest which;
  which.seed = options.seed.value_or(scenario.experiment.seed);
  which.replication = options.replication - 1;
  if (options.request == "slowest") return which;
  const std::size_t mark = options.request.find('#');
  const std::string digits = mark == std::string::npos ? "" : options.request.substr(mark + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), which.number);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
    throw UsageError{"--request: \"" + options.request + "\" is no request", "such as slowest or day#4711"};
  which.workload = options.request.substr(0, mark);
  if (scenario.workloads.contains(which.workload)) return which;
  std::vector<std::string> known;
  for (const auto& [id, workload] : scenario.workloads) known.push_back(id);
  throw UsageError{"--request: unknown workload \"" + which.workload + "\"",
                   did_you_mean(which.workload, known, "`isochrone resolve FILE` shows the workloads")};
}

Answer trace(const TraceOptions& options, const Settings& settings) {
  const planner::Document document = load_scenario(options.scenario);
  const std::string& strategy = options.strategy.empty() ? document.baseline() : options.strategy;
  expect_strategy(document, strategy);
  const planner::Scenario scenario = document.resolve(strategy).scenario();
  planner::TraceRequest which = parse_request(options, scenario);
  const GracefulStop stop;
  which.stop = stop.flag();
  const auto found = planner::trace_request(scenario, which);
  if (!found) {
    if (const auto signal = stop_signal()) return {.code = *signal, .schema = "trace/1"};
    throw UsageError{"there is no answered request " + options.request + " in replication " +
                     std::to_string(options.replication)};
  }
  Answer answer{.schema = "trace/1"};
  answer.document = planner::trace_json(*found);
  answer.text = options.form == "otlp"     ? planner::trace_otlp(*found)
                : options.form == "chrome" ? planner::trace_chrome(*found)
                                           : planner::render_trace(*found, text_options(settings));
  return answer;
}

}  // namespace

void add_trace(CommandLine& line) {
  auto options = std::make_shared<TraceOptions>();
  CLI::App& command = line.add("trace", "Simulate", "follow one request through all its steps",
                               [options](const Settings& settings) { return trace(*options, settings); });
  add_scenario_options(command, options->scenario);
  command.add_option("--strategy", options->strategy, "by default the baseline")
      ->type_name("NAME")
      ->group("Scenario");
  command.add_option("--request", options->request, "slowest, or number N of a workload")
      ->type_name("slowest|WORKLOAD#N")
      ->group("Simulation");
  command.add_option("--to", options->form, "for people, Jaeger, Perfetto")
      ->type_name("text|otlp|chrome")
      ->check(CLI::IsMember({"text", "otlp", "chrome"}).description(""))
      ->group("Output");
  command.add_option("--seed", options->seed, "of the random numbers")->type_name("N")->group("Simulation");
  command.add_option("--rep", options->replication, "which replication, from 1")
      ->type_name("N")
      ->check(CLI::PositiveNumber.description(""))
      ->group("Simulation");
}

}  // namespace cli
