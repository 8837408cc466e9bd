#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Finished;

namespace {

/// small.json with an assertion that passes, one that fails and one that only warns.
std::string judged(const Project& project) {
  return project.with("\"strategies\": {",
                      R"("assert": { "fine": { "expr": "p50(latency) >= 1 ms" },
                                     "missed": { "expr": "p50(latency) <= 1 ms" },
                                     "wished": { "expr": "p50(latency) <= 2 ms", "level": "warn" } }, "strategies": {)");
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) ++found;
  return found;
}

std::vector<nlohmann::json> lines(const std::string& text) {
  std::vector<nlohmann::json> all;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) all.push_back(nlohmann::json::parse(line));
  return all;
}

Finished in_folder(const Project& project, std::vector<std::string> arguments) {
  test_support::Command there = command(std::move(arguments));
  there.folder = project.path();
  return test_support::run(there);
}

}  // namespace

TEST_CASE("JUnit has a case for each assertion, failed ones with one failure", "[cli][format]") {
  const Project project;
  const Finished junit = tool({"run", judged(project), "--format", "junit"});
  CHECK(junit.exit_code == 10);
  CHECK(junit.output.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
  CHECK(count(junit.output, "<testcase classname=\"small.far\"") == 4);  // simulated, and three assertions
  CHECK(count(junit.output, "<failure ") == 1);
  CHECK(count(junit.output, "<skipped message=\"warning: ") == 1);
  CHECK(junit.output.find("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"1\"") != std::string::npos);
  CHECK(junit.output.find("p50(latency) &lt;= 1 ms") != std::string::npos);
  CHECK(junit.output.find("<property name=\"seed\" value=\"7\"/>") != std::string::npos);
}

TEST_CASE("A failure is told in the format that was asked for", "[cli][format]") {
  const Project project;
  const std::string broken = project.with("\"users\": 100", "\"users\": -100");
  CHECK(tool({"run", broken, "--format", "junit"}).output.find("<error ") != std::string::npos);
  CHECK(tool({"run", broken, "--format", "github"}).output.starts_with("::error file="));
  const auto line = lines(tool({"run", broken, "--format", "jsonl"}).output);
  REQUIRE(line.size() == 1);
  CHECK(line[0].at("exit").at("code") == 3);
  CHECK(tool({"run", broken, "--format", "csv"}).output.empty());
}

TEST_CASE("SARIF carries rule, place and message of each diagnostic", "[cli][format]") {
  const Project project;
  const Finished finished =
      tool({"validate", project.with("\"users\": 100", "\"users\": -100"), "--format", "sarif"});
  const nlohmann::json sarif = document(finished);
  CHECK(finished.exit_code == 3);
  CHECK(sarif.at("version") == "2.1.0");
  const auto& run = sarif.at("runs").at(0);
  REQUIRE(run.at("results").size() == 1);
  const auto& result = run.at("results").at(0);
  CHECK(result.at("ruleId") == run.at("tool").at("driver").at("rules").at(0).at("id"));
  CHECK(result.at("level") == "error");
  CHECK(result.at("locations").at(0).at("physicalLocation").at("region").at("startLine") > 1);
}

TEST_CASE("CSV is one value a row, as many in each as in the head", "[cli][format]") {
  const Project project;
  std::istringstream csv{tool({"run", project.scenario(), "--format", "csv"}).output};
  std::string line;
  REQUIRE(std::getline(csv, line));
  CHECK(line == "study,strategy,rep,metric,entity,unit,value,slice_s");
  std::size_t rows = 0, p99 = 0, slices = 0;
  while (std::getline(csv, line)) {
    ++rows;
    // An entity with several selectors holds commas and is quoted.
    const std::size_t quoted = line.find('"');
    const std::size_t inside =
        quoted == std::string::npos ? 0 : count(line.substr(quoted, line.rfind('"') - quoted), ",");
    CHECK(count(line, ",") - inside == 7);
    const bool of_p99 = line.find(",p99(latency),flow=ask,ms,") != std::string::npos;
    (line.ends_with(',') ? p99 : slices) += of_p99 ? 1 : 0;
  }
  CHECK(rows > 50);
  CHECK(p99 == 4);  // all together and three replications
  CHECK(slices >= 24);
}

TEST_CASE("JSON lines are one object each and end with the exit", "[cli][format]") {
  const Project project;
  const Finished finished = tool({"run", judged(project), "--format", "jsonl"});
  const auto all = lines(finished.output);
  CHECK(all.front().at("type") == "study");
  CHECK(all.back() ==
        nlohmann::json{
            {"schema", "result-line/1"}, {"type", "exit"}, {"code", 10}, {"name", "ASSERTION_FAILED"}});
  CHECK(std::count_if(all.begin(), all.end(),
                      [](const auto& line) { return line.at("type") == "verdict"; }) == 3);
}

TEST_CASE("The Markdown comment has its marker, a row a strategy and escapes what is foreign",
          "[cli][format]") {
  const Project project;
  const Finished finished = tool({"compare", judged(project), "--format", "markdown"});
  CHECK(finished.output.starts_with("<!-- isochrone:small -->\n### isochrone — small: **2 failed**"));
  CHECK(finished.output.find("| **far** (baseline) |") != std::string::npos);
  CHECK(finished.output.find("| near |") != std::string::npos);
  CHECK(finished.output.find("❌ missed") != std::string::npos);
  CHECK(finished.output.size() < 65'536);
}

TEST_CASE("In GitHub Actions verdicts are annotated, the step gets a summary, and no text is a command",
          "[cli][format]") {
  const Project project;
  const std::string scenario = judged(project);
  test_support::Command run = command({"run", scenario, "--set", "/meta/title=\"::error::x\""});
  run.environment = {{"GITHUB_ACTIONS", "true"},
                     {"GITHUB_STEP_SUMMARY", (project.path() / "summary.md").string()}};
  const Finished finished = test_support::run(run);
  CHECK(finished.output.find("::") == std::string::npos);
  CHECK(finished.error.find("::error title=small far failed::missed: ") != std::string::npos);
  CHECK(finished.error.find("::warning title=small far failed::wished: ") != std::string::npos);
  CHECK(test_support::read_text(project.path() / "summary.md").starts_with("<!-- isochrone:small -->"));
}

TEST_CASE("A format that a command has not is a usage error", "[cli][format]") {
  const Project project;
  const Finished finished = tool({"fmt", project.scenario(), "--format", "junit"});
  CHECK(finished.exit_code == 2);
  CHECK(finished.error.find("it has text, json") != std::string::npos);
}

TEST_CASE("A stored result is judged again without simulating, by its own or by other assertions",
          "[cli][check]") {
  const Project project;
  const std::string result =
      project.write("result.json", tool({"compare", judged(project), "--format", "json"}).output);
  const Finished same = tool({"check", result});
  CHECK(same.exit_code == 10);
  CHECK(same.output.find("missed: p50(latency) <= 1 ms") != std::string::npos);
  const std::string other =
      project.write("other.json", R"({ "assert": { "any": { "expr": "p50(latency) <= 1 s" } } })");
  CHECK(tool({"check", result, "--assert", other}).exit_code == 0);
  CHECK(tool({"check", result, "--assert",
              project.write("bad.json", R"({ "a": { "expr": "p50(latency) <= 1 USD" } })")})
            .exit_code == 3);
  const Finished scenario = tool({"check", project.scenario()});
  CHECK(scenario.exit_code == 3);
  CHECK(scenario.error.find("it is a scenario") != std::string::npos);
  CHECK(scenario.error.find("json.exception") == std::string::npos);
  const Finished no_result = tool({"check", project.write("some.json", R"({ "schema": "result/1" })")});
  CHECK(no_result.exit_code == 3);
  CHECK(no_result.error.find("json.exception") == std::string::npos);
  CHECK(tool({"check", (project.path() / "missing.json").string()}).exit_code == 4);
  const nlohmann::json verdicts = document(tool({"check", result, "--format", "json"}));
  const nlohmann::json before = nlohmann::json::parse(test_support::read_text(result));
  CHECK(verdicts.at("strategies").at("far").at("assert") == before.at("strategies").at("far").at("assert"));
}

TEST_CASE("What became worse than a saved baseline ends with 12", "[cli][baseline][exit]") {
  const Project project;
  const std::string result =
      project.write("result.json", tool({"compare", project.scenario(), "--format", "json"}).output);
  CHECK(in_folder(project, {"baseline", "save", "main", result}).exit_code == 0);
  CHECK(in_folder(project, {"baseline", "list"}).output.find("main") != std::string::npos);
  CHECK(in_folder(project, {"compare", project.scenario(), "--baseline", "main"}).exit_code == 0);

  // Twice the time of service: some 2 ms on some 12, far beyond 1 %, not beyond 90 %.
  const std::string slower = project.with("\"time\": \"2 ms\"", "\"time\": \"4 ms\"");
  const Finished worse = in_folder(project, {"compare", slower, "--baseline", "main", "--format", "json"});
  CHECK(worse.exit_code == 12);
  CHECK(document(worse).at("exit").at("name") == "REGRESSION");
  CHECK(document(worse).at("regression").at("worse") == true);
  CHECK(in_folder(project, {"compare", slower, "--baseline", "main", "--tolerance", "90%"}).exit_code == 0);
  CHECK(in_folder(project, {"compare", slower, "--baseline", result}).exit_code == 12);
  // And the other way round it became better.
  const std::string slow = project.write("slow.json", tool({"compare", slower, "--format", "json"}).output);
  CHECK(in_folder(project, {"compare", project.scenario(), "--baseline", slow}).exit_code == 0);

  CHECK(in_folder(project, {"compare", project.scenario(), "--baseline", "mian"}).error.find("main") !=
        std::string::npos);
  CHECK(in_folder(project, {"baseline", "rm", "main"}).exit_code == 0);
  CHECK(in_folder(project, {"compare", project.scenario(), "--baseline", "main"}).exit_code == 2);
  CHECK(in_folder(project, {"baseline", "save", "../escape", result}).exit_code == 2);
}

TEST_CASE("A single replication cannot tell that nothing is worse", "[cli][baseline][exit]") {
  const Project project;
  const std::string result = project.write(
      "one.json", tool({"compare", project.scenario(), "--reps", "1", "--format", "json"}).output);
  const std::string slower = project.with("\"time\": \"2 ms\"", "\"time\": \"8 ms\"");
  const auto gate = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"compare", slower, "--baseline", result};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return tool(arguments);
  };
  // Here one replication, there three: those that both have are one.
  for (const char* replications : {"1", "3"}) {
    const Finished finished = gate({"--reps", replications});
    CHECK(finished.exit_code == 11);
    std::string text = finished.output;
    std::ranges::replace(text, '\n', ' ');
    CHECK(text.find("is not known") != std::string::npos);
    CHECK(finished.output.find("Nothing is worse") == std::string::npos);
  }
  const auto regression = document(gate({"--reps", "1", "--format", "json"})).at("regression");
  CHECK(regression.at("undecided") == true);
  CHECK(regression.at("changes").at(0).at("kind") == "unknown");
  const Finished warned = gate({"--reps", "1", "--on-inconclusive", "warn"});
  CHECK(warned.exit_code == 0);
  CHECK(warned.error.find("undecided") != std::string::npos);
  CHECK(gate({"--reps", "1", "--on-inconclusive", "pass"}).exit_code == 0);
  CHECK(gate({"--reps", "1", "--format", "markdown"}).output.find("inconclusive") != std::string::npos);
}

TEST_CASE("A revision of git is simulated and compared with", "[cli][baseline]") {
  const Project project;
  const auto git = [&](const std::string& arguments) {
    return std::system(("cd '" + project.path().string() + "' && git -c user.name=t -c user.email=t@t " +
                        arguments + " > git.log 2>&1")
                           .c_str());
  };
  REQUIRE(git("init") == 0);
  REQUIRE(git("add small.json") == 0);
  REQUIRE(git("commit -m first") == 0);
  CHECK(tool({"compare", project.scenario(), "--baseline", "git:HEAD"}).exit_code == 0);
  std::string text = small_scenario;
  text.replace(text.find("\"time\": \"2 ms\""), 14, "\"time\": \"4 ms\"");
  const std::string changed = project.write("small.json", text);
  CHECK(tool({"compare", changed, "--baseline", "git:HEAD"}).exit_code == 12);
  CHECK(tool({"compare", changed, "--baseline", "git:no-such-revision"}).exit_code == 4);
  CHECK(tool({"compare", changed, "--baseline", "git:--help"}).exit_code == 4);
}

TEST_CASE("Completions know every command and are accepted by the shell", "[cli][completion]") {
  const Finished bash = tool({"completion", "bash"});
  for (const char* word : {"compare", "baseline", "--strategy", "--on-inconclusive"})
    CHECK(bash.output.find(word) != std::string::npos);
  const Project project;
  const std::string script = project.write("completion.bash", bash.output);
  CHECK(std::system(("bash -n '" + script + "'").c_str()) == 0);
  CHECK(std::system(("bash -c 'source \"" + script +
                     "\"; COMP_WORDS=(isochrone comp); COMP_CWORD=1; _isochrone; [[ \" ${COMPREPLY[*]} \" == "
                     "*\" compare \"* ]]'")
                        .c_str()) == 0);
  CHECK(tool({"completion", "zsh"}).output.starts_with("#compdef isochrone"));
  CHECK(tool({"completion", "fish"}).output.find("-a compare") != std::string::npos);
  CHECK(tool({"completion", "tcsh"}).exit_code == 2);
  CHECK(tool({"ids", "strategies", project.scenario()}).output == "far\nnear\n");
}

TEST_CASE("doctor finds nothing in the way here", "[cli][doctor]") {
  const nlohmann::json doctor = document(tool({"doctor", "--format", "json"}));
  CHECK(doctor.at("well") == true);
}

TEST_CASE("The file of --events tells start, progress, verdicts and end", "[cli][events]") {
  const Project project;
  const std::string file = (project.path() / "events.jsonl").string();
  CHECK(tool({"run", judged(project), "--events", file}).exit_code == 10);
  const auto events = lines(test_support::read_text(file));
  CHECK(events.front().at("event") == "started");
  CHECK(events.back().at("event") == "finished");
  CHECK(std::count_if(events.begin(), events.end(),
                      [](const auto& event) { return event.at("event") == "verdict"; }) == 3);
  CHECK(tool({"run", project.scenario(), "--events", "/no/such/folder/file"}).exit_code == 4);
}

TEST_CASE("The manual page names every command that the help lists, and every exit code", "[cli][manual]") {
  const std::string page = tool({"help", "--man"}).output;
  CHECK(page.starts_with(".TH ISOCHRONE 1"));
  const auto help = document(tool({"help", "--format", "json"}));
  for (const auto& command : help.at("commands")) {
    CHECK(page.find(".SS " + command.get<std::string>() + "\n") != std::string::npos);
  }
  CHECK(page.find(".B 12 REGRESSION\n") != std::string::npos);
  CHECK(page.find("\\-\\-on\\-inconclusive") != std::string::npos);
}
