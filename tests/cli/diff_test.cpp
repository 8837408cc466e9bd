#include <catch2/catch.hpp>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Finished;
using test_support::read_text;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("diff tells what differs by meaning, and by its exit code only if asked", "[cli][diff]") {
  const Project project;
  const std::string spelled = project.with("\"1 s\"", "\"1000 ms\"");
  const Finished same = tool({"diff", project.scenario(), spelled, "--exit-code"});
  CHECK(same.exit_code == 0);
  CHECK(contains(same.output, "no input differs"));
  const std::string faster = project.with("\"50 req/s\"", "\"75 req/s\"");
  CHECK(tool({"diff", project.scenario(), faster}).exit_code == 0);
  const Finished other = tool({"diff", project.scenario(), faster, "--exit-code"});
  CHECK(other.exit_code == 13);
  CHECK(contains(other.output, "/workloads/day/arrivals/rate"));
  CHECK(contains(other.output, "50 req/s → 75 req/s  +50 %"));
  CHECK(contains(other.output, "every strategy"));
  CHECK(contains(tool({"diff", project.scenario(), faster, "--format", "markdown"}).output,
                 "<!-- isochrone-diff:small -->"));
}

TEST_CASE("diff takes two strategies of a file", "[cli][diff]") {
  const Project project;
  for (const std::string& first : {project.scenario(), project.scenario() + "@far"}) {
    const auto found = document(tool({"diff", first, "near", "--format", "json"}));
    REQUIRE(found.at("changes").size() == 2);
    CHECK(found.at("changes")[0].at("pointer") == "/placement/api/far");
    CHECK(found.at("changes")[1].at("kind") == "added");
  }
  const Finished slip = tool({"diff", project.scenario(), "neer"});
  CHECK(slip.exit_code == 2);
  CHECK(contains(slip.error, "did you mean `near`"));
  CHECK(tool({"diff", "far", "near"}).exit_code == 2);
  CHECK(tool({"diff", project.scenario(), "no/such.json"}).exit_code == 4);
}

TEST_CASE("diff takes revisions of git", "[cli][diff][git]") {
  const Project project;
  const auto git = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"/usr/bin/git", "-c", "user.name=n", "-c", "user.email=e@example.org"});
    return test_support::run({.arguments = arguments, .folder = project.path()}).exit_code;
  };
  REQUIRE(git({"init", "-q"}) == 0);
  REQUIRE(git({"add", "."}) == 0);
  REQUIRE(git({"commit", "-q", "-m", "first"}) == 0);
  const std::string text = read_text(project.scenario());
  project.write("small.json", std::string{text}.replace(text.find("\"users\": 100"), 12, "\"users\": 200"));
  const auto found = document(tool({"diff", "git:HEAD", project.scenario(), "--format", "json"}));
  REQUIRE(found.at("changes").size() == 1);
  CHECK(found.at("changes")[0].at("before") == 100);
  CHECK(found.at("changes")[0].at("after") == 200);
  CHECK(found.at("changes")[0].at("ratio") == 2);
  CHECK(tool({"diff", "git:nowhere", project.scenario()}).exit_code == 4);
  CHECK(document(tool({"diff", "git:HEAD@near", project.scenario() + "@near", "--format", "json"}))
            .at("changes")
            .size() == 1);
}

TEST_CASE("mv renames in the file, shows it with --diff, and refuses what is taken", "[cli][mv]") {
  const Project project;
  const std::vector<std::string> renaming{"mv", "site", "near", "ams-1", project.scenario()};
  std::vector<std::string> dry = renaming;
  dry.emplace_back("--diff");
  const Finished shown = tool(dry);
  CHECK(contains(shown.output, "+    \"ams-1\": { \"tier\": \"edge\""));
  CHECK(read_text(project.scenario()) == small_scenario);
  const Finished done = tool(renaming);
  CHECK(done.exit_code == 0);
  CHECK(contains(done.output, "renamed site near to ams-1"));
  // The strategy is called near, too, and stays so.
  const std::string text = read_text(project.scenario());
  CHECK(contains(text, "\"near\": { \"patch\": { \"placement\": { \"api\": { \"far\": null, \"ams-1\":"));
  CHECK(tool({"validate", project.scenario()}).exit_code == 0);
  CHECK(tool({"mv", "site", "ams-1", "near", project.scenario()}).exit_code == 0);
  CHECK(read_text(project.scenario()) == small_scenario);

  const Finished taken = tool({"mv", "site", "near", "far", project.scenario()});
  CHECK(taken.exit_code == 2);
  CHECK(contains(taken.error, "there is a site \"far\" already"));
  CHECK(contains(tool({"mv", "site", "neer", "x", project.scenario()}).error, "did you mean `near`"));
  CHECK(contains(tool({"mv", "sit", "near", "x", project.scenario()}).error, "did you mean `site`"));
  CHECK(tool({"mv", "site", "near", "x", "missing.json"}).exit_code == 4);
  CHECK(read_text(project.scenario()) == small_scenario);
}

TEST_CASE("Results keep their figures when what draws no numbers is renamed", "[cli][mv]") {
  const Project project;
  const auto fingerprint = [&] {
    return document(tool({"run", project.scenario(), "--format", "json"}))
        .at("strategies")
        .begin()
        ->at("fingerprint");
  };
  const auto before = fingerprint();
  REQUIRE(tool({"mv", "strategy", "far", "away", project.scenario()}).exit_code == 0);
  CHECK(fingerprint() == before);
}
