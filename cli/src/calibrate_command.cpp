#include <memory>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/calibrate.hpp"
#include "scenario_options.hpp"
#include "trace_options.hpp"

namespace cli {

namespace {

struct CalibrateOptions {
  ScenarioOptions scenario;
  TraceRequest traces;
  std::string strategy, patch;
  std::uint32_t replications = 5;
};

Answer calibrate(const CalibrateOptions& options, const Settings& /*settings*/) {
  if (!options.patch.empty()) expect_writable(options.patch);
  const planner::Document document = load_scenario(options.scenario);
  const std::string& strategy = options.strategy.empty() ? document.baseline() : options.strategy;
  expect_strategy(document, strategy);
  const planner::Resolution resolution = document.resolve(strategy);
  planner::StudyOptions how;
  how.replications = options.replications;
  const planner::Calibration calibration =
      calibrated(resolution.scenario(), observe_traces(options.traces), how);
  if (!options.patch.empty()) write_file(options.patch, calibration.patch.dump(2) + "\n");
  Answer answer{.schema = "calibration/1"};
  answer.text = planner::render_calibration(calibration);
  answer.document = planner::calibration_json(calibration);
  answer.document["notes"] = planner::notes_json(calibration.notes);
  answer.message = planner::render_notes(calibration.notes);
  if (!options.patch.empty())
    answer.message += "next: isochrone compare " + options.scenario.file + " --patch " + options.patch + "\n";
  return answer;
}

}  // namespace

void add_calibrate(CommandLine& line) {
  auto options = std::make_shared<CalibrateOptions>();
  CLI::App& command = line.add("calibrate", "Simulate", "fit a scenario to traces, with its error",
                               [options](const Settings& settings) { return calibrate(*options, settings); });
  add_scenario_options(command, options->scenario);
  command.add_option("--traces", options->traces.files, "traces or request logs of the same system")
      ->type_name("FILE...")
      ->required();
  add_trace_form_options(command, options->traces);
  command.add_option("--strategy", options->strategy, "which one was observed; the baseline")
      ->type_name("NAME");
  command.add_option("--reps", options->replications, "replications of each run")
      ->type_name("N")
      ->check(CLI::Range(1, 10000));
  command.add_option("--write-patch", options->patch, "write the fitted inputs as a merge patch")
      ->type_name("FILE");
}

}  // namespace cli
