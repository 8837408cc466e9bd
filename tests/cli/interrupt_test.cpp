#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Command;
using test_support::Finished;
using test_support::Process;

namespace {

/// A run of hours, whose progress can be seen.
Command endless(const Project& project, std::vector<std::string> more = {}) {
  Command endless = command({"compare", project.scenario(), "--reps", "1000000"});
  endless.arguments.insert(endless.arguments.end(), more.begin(), more.end());
  endless.error_stream = Command::ErrorStream::terminal;
  return endless;
}

Finished interrupted(const Command& run, int signal) {
  Process process{run};
  REQUIRE(process.wait_for_error("replication [0-9]{2,}/"));  // so some are finished
  process.send(signal);
  return process.wait();
}

}  // namespace

TEST_CASE("Ctrl-C prints the finished replications as a partial result", "[cli][interrupt]") {
  const Project project;
  const Finished finished = interrupted(endless(project), SIGINT);
  CHECK(finished.exit_code == 130);
  CHECK(finished.output.find("ended early") != std::string::npos);
  CHECK(finished.output.find("far") != std::string::npos);
  CHECK(finished.error.find("exit 130 SIGINT") != std::string::npos);
}

TEST_CASE("Ctrl-C keeps the JSON document whole and says so in it", "[cli][interrupt]") {
  const Project project;
  const Finished finished = interrupted(endless(project, {"--format", "json"}), SIGINT);
  CHECK(finished.exit_code == 130);
  const nlohmann::json result = document(finished);
  CHECK(result.at("schema") == "result/1");
  CHECK(result.at("exit").at("name") == "SIGINT");
  CHECK(result.at("interrupted") == true);
}

TEST_CASE("SIGTERM does the same and exits with 143", "[cli][interrupt]") {
  const Project project;
  const Finished finished = interrupted(endless(project, {"--format", "json"}), SIGTERM);
  CHECK(finished.exit_code == 143);
  CHECK(document(finished).at("exit").at("name") == "SIGTERM");
}

TEST_CASE("An interrupt before there is anything to keep still gives one document", "[cli][interrupt]") {
  Command waiting = command({"run", "-", "--format", "json"});
  waiting.input_kind = Command::Input::never_comes;
  Process process{waiting};
  ::usleep(300'000);
  process.send(SIGINT);
  const Finished finished = process.wait();
  CHECK(finished.exit_code == 130);
  CHECK(document(finished).at("exit").at("code") == 130);
}

TEST_CASE("A second signal ends the program at once, still with one document", "[cli][interrupt]") {
  const Project project;
  Process process{endless(project, {"--format", "json"})};
  REQUIRE(process.wait_for_error("replication [0-9]{2,}/"));
  // Both arrive together, so that the first has no time to end the program in order.
  process.send(SIGSTOP);
  process.send(SIGINT);
  process.send(SIGTERM);
  process.send(SIGCONT);
  const Finished finished = process.wait(std::chrono::seconds{10});
  CHECK((finished.exit_code == 130 || finished.exit_code == 143));
  CHECK(document(finished).at("schema") == "diag/1");
}
