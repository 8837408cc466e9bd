#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/observations.hpp"
#include "planner/scenario_draft.hpp"
#include "trace_options.hpp"

namespace cli {

namespace {

namespace fs = std::filesystem;

struct ImportOptions {
  TraceRequest traces;
  std::string replay;
};

/// The replayed file is named in the draft, which lies beside it.
void expect_beside(const std::string& replay, const Settings& settings) {
  const fs::path draft = settings.output;
  if (!draft.empty() && fs::absolute(draft).parent_path() == fs::absolute(replay).parent_path()) return;
  throw UsageError{"--replay needs -o FILE in the same folder: the draft names the file of requests",
                   "isochrone import TRACE --replay requests.csv -o scenario.json"};
}

Answer import(const ImportOptions& options, const Settings& settings) {
  if (!options.replay.empty()) expect_beside(options.replay, settings);
  const planner::Observations seen = observe_traces(options.traces);
  planner::DraftOptions how;
  if (!options.replay.empty()) how.replay_file = fs::path{options.replay}.filename().string();
  const planner::ScenarioDraft draft = drafted(seen, how);
  if (!options.replay.empty()) write_file(options.replay, planner::arrivals_csv(seen));
  Answer answer{.schema = "import/1"};
  answer.text = draft.text;
  answer.document = {{"scenario", draft.text}, {"notes", planner::notes_json(draft.notes)}};
  answer.message = planner::render_notes(draft.notes);
  if (!settings.output.empty()) answer.message += "next: isochrone run " + settings.output + "\n";
  return answer;
}

}  // namespace

void add_import(CommandLine& line) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App& command = line.add("import", "Begin", "draft a scenario from traces or request logs",
                               [options](const Settings& settings) { return import(*options, settings); });
  add_trace_options(command, options->traces);
  command.add_option("--replay", options->replay, "write the requests there, to replay them")
      ->type_name("FILE");
}

}  // namespace cli
