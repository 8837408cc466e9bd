#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <sstream>

#include "cli/tool.hpp"
#include "support/shared_data.hpp"

using namespace cli_test;
using test_support::Command;
using test_support::Finished;
using test_support::Process;

namespace {

/// The exit code, its name on standard error, and the same in the JSON document.
void expect_exit(const std::vector<std::string>& arguments, int code, const std::string& name) {
  CAPTURE(arguments);
  const Finished text = tool(arguments);
  CHECK(text.exit_code == code);
  if (code != 0) CHECK(text.error.find("exit " + std::to_string(code) + " " + name) != std::string::npos);

  std::vector<std::string> as_json = arguments;
  as_json.insert(as_json.end(), {"--format", "json"});
  const Finished json = tool(as_json);
  CHECK(json.exit_code == code);
  CHECK(document(json).at("exit") == nlohmann::json{{"code", code}, {"name", name}});
}

}  // namespace

TEST_CASE("A study that is carried out exits with 0", "[cli][exit]") {
  const Project project;
  expect_exit({"run", project.scenario()}, 0, "OK");
  expect_exit({"compare", project.scenario()}, 0, "OK");
}

TEST_CASE("A wrong command line exits with 2", "[cli][exit]") {
  const Project project;
  expect_exit({}, 2, "USAGE");
  expect_exit({"no-such-command"}, 2, "USAGE");
  expect_exit({"run"}, 2, "USAGE");
  expect_exit({"run", project.scenario(), "--no-such-option"}, 2, "USAGE");
  expect_exit({"run", project.scenario(), "--strategy", "no-such-strategy"}, 2, "USAGE");
  expect_exit({"run", project.scenario(), "--seed", "minus one"}, 2, "USAGE");
  expect_exit({"run", project.scenario(), "--reps", "0"}, 2, "USAGE");
  expect_exit({"run", project.scenario(), "--reps", "9..3"}, 2, "USAGE");
  expect_exit({"run", project.scenario(), "--precision", "300%"}, 2, "USAGE");
  expect_exit({"run", project.scenario(), "--time-limit", "5 kg"}, 2, "USAGE");
  expect_exit({"run", project.scenario(), "--confidence", "95"}, 2, "USAGE");
  expect_exit({"run", project.scenario(), "--all", "--strategy", "near"}, 2, "USAGE");
  expect_exit({"explain", "E9999"}, 2, "USAGE");
  expect_exit({"help", "no-such-topic"}, 2, "USAGE");
  expect_exit({"catalog", "show", "no-such-thing"}, 2, "USAGE");
}

TEST_CASE("A scenario with errors exits with 3", "[cli][exit]") {
  const Project project;
  const std::string broken = project.with("\"users\": 100", "\"users\": -100");
  expect_exit({"run", broken}, 3, "INVALID_INPUT");
  expect_exit({"validate", broken}, 3, "INVALID_INPUT");
  expect_exit({"resolve", broken}, 3, "INVALID_INPUT");
  expect_exit({"run", project.scenario(), "--set", "/populations/town/users=-1"}, 3, "INVALID_INPUT");
}

TEST_CASE("A file that cannot be read or written exits with 4", "[cli][exit]") {
  const Project project;
  expect_exit({"run", "/no/such/file.json"}, 4, "IO");
  expect_exit({"validate", "/no/such/file.json"}, 4, "IO");
  expect_exit({"fmt", "/no/such/file.json"}, 4, "IO");
  expect_exit({"run", project.scenario(), "-o", "/no/such/folder/out.json"}, 4, "IO");
  expect_exit({"run", project.scenario(), "-o", project.path().string()}, 4, "IO");
  expect_exit({"new", project.path().string(), "--from", "first-steps"}, 4, "IO");
}

TEST_CASE("Load above capacity exits with 5", "[cli][exit]") {
  // 2 replicas, one request of 2 ms at a time each: 1,000 req/s at most; 5,000 are offered.
  const Project project;
  const std::string overload = project.with("50 req/s", "5000 req/s");
  expect_exit({"run", overload}, 5, "INFEASIBLE");
  expect_exit({"compare", overload}, 5, "INFEASIBLE");
  expect_exit({"validate", overload}, 5, "INFEASIBLE");
}

TEST_CASE("fmt --check exits with 13 where a file would change", "[cli][exit]") {
  const Project project;
  expect_exit({"fmt", "--check", project.scenario()}, 13, "DIFFERENT");
  CHECK(tool({"fmt", project.scenario()}).exit_code == 0);
  expect_exit({"fmt", "--check", project.scenario()}, 0, "OK");
}

TEST_CASE("An event limit that is met exits with 20", "[cli][exit]") {
  // Some 50 req/s x 10 s = 500 requests a replication and strategy, each at least one event: 100 events end
  // it early.
  const Project project;
  expect_exit({"run", project.scenario(), "--event-limit", "100"}, 20, "LIMIT");
}

namespace {

/// small.json with an assertion; 2 ms of service after at least 5 ms of access each way.
std::string with_assertion(const Project& project, const std::string& assertion) {
  return project.with("\"strategies\": {", "\"assert\": { \"a\": " + assertion + " }, \"strategies\": {");
}

}  // namespace

TEST_CASE("A failed assertion exits with 10, unless it only warns", "[cli][exit][assert]") {
  const Project project;
  expect_exit({"run", with_assertion(project, R"({ "expr": "p50(latency) <= 1 ms" })")}, 10,
              "ASSERTION_FAILED");
  expect_exit({"compare", with_assertion(project, R"({ "expr": "p50(latency) <= 1 ms" })")}, 10,
              "ASSERTION_FAILED");
  expect_exit({"run", with_assertion(project, R"({ "expr": "p50(latency) >= 1 ms" })")}, 0, "OK");
  expect_exit({"run", with_assertion(project, R"({ "expr": "p50(latency) <= 1 ms", "level": "warn" })")}, 0,
              "OK");
}

TEST_CASE("An undecided assertion exits with 11, unless that is accepted", "[cli][exit][assert]") {
  // A single replication has no interval.
  const Project project;
  const std::string scenario = with_assertion(project, R"({ "expr": "p50(latency) <= 1 s" })");
  expect_exit({"run", scenario, "--reps", "1"}, 11, "INCONCLUSIVE");
  expect_exit({"run", scenario, "--reps", "1", "--on-inconclusive", "pass"}, 0, "OK");
  expect_exit({"run", scenario, "--reps", "1", "--on-inconclusive", "warn"}, 0, "OK");
  CHECK(tool({"run", scenario, "--reps", "1", "--on-inconclusive", "warn"}).error.find("a is undecided") !=
        std::string::npos);
  expect_exit({"run", scenario, "--reps", "1", "--on-inconclusive", "maybe"}, 2, "USAGE");
  expect_exit({"run", scenario, "--until", "decided"}, 0, "OK");
}

TEST_CASE("A failure counts before what is undecided, a limit before both", "[cli][exit][assert]") {
  const Project project;
  const std::string scenario = with_assertion(
      project,
      R"({ "expr": "p50(latency) <= 1 ms" }, "b": { "expr": "difference(p50(latency), baseline) < 0 ms" })");
  expect_exit({"run", scenario}, 10, "ASSERTION_FAILED");
  expect_exit({"run", scenario, "--event-limit", "100"}, 20, "LIMIT");
}

TEST_CASE("The baseline runs along where an assertion compares with it, and is not judged", "[cli][assert]") {
  // far is some 5 ms away: near is faster by more than 10 %, and far itself is not.
  const Project project;
  const std::string scenario =
      with_assertion(project, R"({ "expr": "delta(p50(latency), baseline) <= -10 %" })");
  expect_exit({"run", scenario, "--strategy", "near"}, 0, "OK");
  expect_exit({"run", scenario, "--strategy", "far"}, 10, "ASSERTION_FAILED");
  const nlohmann::json result = document(tool({"run", scenario, "--strategy", "near", "--format", "json"}));
  CHECK(result.at("strategies").at("near").at("assert").at("a").at("outcome") == "pass");
  CHECK(result.at("strategies").at("far").at("assert").empty());
  CHECK(result.at("verdict") == "pass");
}

TEST_CASE("The metric that --until names ends the study by its precision", "[cli][assert]") {
  const Project project;
  const nlohmann::json result = document(tool({"run", project.scenario(), "--until", "mean(latency)",
                                               "--precision", "20%", "--reps", "2..50", "--format", "json"}));
  CHECK(result.at("precision").at("metric") == "mean(latency)");
  CHECK(result.at("precision").at("met") == true);
  CHECK(result.at("strategies").at("far").at("replications") < 50);
  expect_exit({"run", project.scenario(), "--until", "mean(latncy)", "--precision", "5%"}, 2, "USAGE");
}

TEST_CASE("A crash exits with 70 and leaves a report", "[cli][exit]") {
  const Project project;
  test_support::Command slow = command({"run", project.scenario(), "--format", "json", "--reps", "1000000"});
  slow.environment = {{"TMPDIR", project.path().string()}};
  Process process{slow};
  // Until it simulates, a signal may meet the program before its handlers are there.
  ::usleep(500'000);
  process.send(SIGABRT);
  const Finished finished = process.wait();
  CHECK(finished.exit_code == 70);
  CHECK(document(finished).at("exit").at("name") == "INTERNAL");
  std::smatch report;
  REQUIRE(std::regex_search(finished.error, report, std::regex{"report: (\\S+)"}));
  CHECK(test_support::read_text(report[1].str()).find("--reps") != std::string::npos);
}

TEST_CASE("docs/cli.md lists the exit codes of the program", "[cli][exit][docs]") {
  std::map<int, std::string> documented;
  std::istringstream page{test_support::read_text(test_support::source_dir() / "docs" / "cli.md")};
  const std::regex row{R"(\| (\d+) \| `([A-Z_]+)` \| (.*) \|)"};
  for (std::string line; std::getline(page, line);) {
    std::smatch match;
    if (std::regex_match(line, match, row))
      documented[std::stoi(match[1])] = match[2].str() + ": " + match[3].str();
  }
  std::map<int, std::string> known;
  const nlohmann::json help = document(tool({"help", "exit-codes", "--format", "json"}));
  for (const auto& code : help.at("exit_codes")) {
    known[code.at("code")] =
        code.at("name").get<std::string>() + ": " + code.at("meaning").get<std::string>();
  }
  CHECK(known.size() == 14);
  CHECK(documented == known);
}

TEST_CASE("A full disk exits with 4", "[cli][exit]") {
  const Project project;
  Command full = command({"run", project.scenario()});
  full.output_file = "/dev/full";
  const Finished finished = test_support::run(full);
  CHECK(finished.exit_code == 4);
  CHECK(finished.error.find("exit 4 IO") != std::string::npos);
}

TEST_CASE("A limit of time or memory ends with what is done and exits with 20", "[cli][exit]") {
  const Project project;
  // Hours of work; every process holds more than a megabyte.
  const std::string long_run = project.with("\"duration\": \"10 s\"", "\"duration\": \"1000 h\"");
  for (const auto& limit :
       std::vector<std::vector<std::string>>{{"--time-limit", "0.2 s"}, {"--mem-limit", "1 MiB"}}) {
    std::vector<std::string> arguments{"run", long_run, "--format", "json"};
    arguments.insert(arguments.end(), limit.begin(), limit.end());
    CAPTURE(limit);
    const Finished finished = tool(arguments);
    CHECK(finished.exit_code == 20);
    const auto result = document(finished);
    CHECK(result.at("exit").at("name") == "LIMIT");
    CHECK(result.at("interrupted") == true);
    CHECK(result.at("strategies").at("far").at("partial") == true);
    CHECK(result.at("strategies").at("far").at("requests") > 0);
  }
  // Searches tell how far they came.
  const Finished fail = tool({"fail", long_run, "--time-limit", "0.2 s", "--format", "json"});
  CHECK(fail.exit_code == 20);
  CHECK(document(fail).at("tried") == 0);
  CHECK(tool({"sensitivity", long_run, "--time-limit", "0.2 s"}).exit_code == 20);
  CHECK(tool({"run", project.scenario(), "--mem-limit", "1 kg"}).exit_code == 2);
}

TEST_CASE("A limit between whole replications exits with 20 as well", "[cli][exit]") {
  const Project project;
  const auto one = document(tool({"run", project.scenario(), "--reps", "1", "--format", "json"}));
  // Enough for the first of two replications, and nothing for the second.
  const auto events = one.at("strategies").at("far").at("events").get<std::uint64_t>();
  const std::vector<std::string> limited{
      "run", project.scenario(), "--reps", "2", "--format", "json", "--event-limit", std::to_string(events)};
  const Finished finished = tool(limited);
  const auto result = document(finished);
  CHECK(result.at("strategies").at("far").at("partial") == false);
  CHECK(result.at("strategies").at("far").at("replications") == 1);
  CHECK(result.at("interrupted") == true);
  CHECK(result.at("exit").at("name") == "LIMIT");
  CHECK(finished.exit_code == 20);
}

TEST_CASE("A sweep that a store holds in part exits with 21", "[cli][exit][sweep]") {
  const Project project;
  const std::string scenario = project.with(
      "\"strategies\": {",
      R"("sweeps": { "growth": { "axes": { "load": { "at": ["/workloads/day/arrivals/rate"], "scale": [1, 1.5, 2] } } } },
  "strategies": {)");
  const std::string store = (project.path() / "part.db").string();
  REQUIRE(tool({"sweep", scenario, "--shard", "1/3", "--store", store}).exit_code == 0);
  const std::size_t there =
      document(tool({"sweep", scenario, "--shard", "1/3", "--list", "--format", "json"})).at("points").size();
  REQUIRE(there < 3);
  expect_exit({"sweep", scenario, "--store", store, "--stored"}, 21, "PARTIAL");
  std::size_t missing = 0;
  const auto part = document(tool({"sweep", scenario, "--store", store, "--stored", "--format", "json"}));
  for (const auto& row : part.at("rows")) missing += row.at("status") == "missing" ? 1 : 0;
  CHECK(missing == 2 * (3 - there));  // of two strategies
  REQUIRE(tool({"sweep", scenario, "--store", store}).exit_code == 0);
  expect_exit({"sweep", scenario, "--store", store, "--stored"}, 0, "OK");
  expect_exit({"sweep", scenario, "--stored"}, 2, "USAGE");
}
