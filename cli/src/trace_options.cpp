#include "trace_options.hpp"

#include <filesystem>

#include "failure.hpp"
#include "planner/diagnostic.hpp"

namespace cli {

namespace {

/// A trace that cannot be used is invalid input like a scenario that cannot.
template <class Work>
auto with_diagnostics(Work work) {
  try {
    return work();
  } catch (const planner::TraceError& error) {
    planner::Diagnostic issue;
    issue.code = planner::Code::bad_trace;
    issue.message = error.what();
    throw planner::ScenarioError{{std::move(issue)}};
  }
}

}  // namespace

void add_trace_form_options(CLI::App& command, TraceRequest& request) {
  command.add_option("--as", request.format, "format of all files; without it the content tells")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(
          std::vector<std::string>{planner::trace_formats.begin(), planner::trace_formats.end()}));
  command.add_option("--time", request.time, "column of a CSV: start of a request")->type_name("COLUMN");
  command.add_option("--duration", request.duration, "column of a CSV: its duration")->type_name("COLUMN");
  command.add_option("--service", request.service, "column of a CSV: who served it")->type_name("COLUMN");
}

void add_trace_options(CLI::App& command, TraceRequest& request) {
  command.add_option("FILE", request.files, "OTLP, Jaeger, HAR, CSV, a trace of Azure or Huawei")
      ->type_name("")
      ->required();
  add_trace_form_options(command, request);
}

planner::Observations observe_traces(const TraceRequest& request) {
  for (const std::string& file : request.files) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) throw IoError{"cannot read " + file + ": no such file"};
  }
  planner::TraceOptions options;
  options.format = planner::find_trace_format(request.format);
  options.columns = {request.time, request.duration, request.service};
  return with_diagnostics([&] {
    return planner::observe(planner::read_traces({request.files.begin(), request.files.end()}, options));
  });
}

planner::ScenarioDraft drafted(const planner::Observations& seen, const planner::DraftOptions& options) {
  return with_diagnostics([&] { return planner::draft_scenario(seen, options); });
}

planner::Calibration calibrated(const planner::Scenario& scenario, const planner::Observations& seen,
                                const planner::StudyOptions& options) {
  return with_diagnostics([&] { return planner::calibrate(scenario, seen, options); });
}

}  // namespace cli
