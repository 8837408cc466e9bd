#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "cli/tool.hpp"

using namespace cli_test;
using nlohmann::json;
using test_support::Command;
using test_support::Finished;
using test_support::read_text;

namespace fs = std::filesystem;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("migrate knows this format, refuses later ones and files that state none", "[cli][migrate]") {
  const Project project;
  const Finished now = tool({"migrate", project.scenario()});
  CHECK(now.exit_code == 0);
  CHECK(contains(now.output, "format 1.0, nothing to change"));
  CHECK(read_text(project.scenario()) == small_scenario);
  const Finished later = tool({"migrate", project.with("\"1.0\"", "\"1.7\"")});
  CHECK(later.exit_code == 3);
  CHECK(contains(later.error, "newer than this program"));
  CHECK(contains(later.error, "take a newer isochrone"));
  CHECK(contains(tool({"migrate", project.with("\"1.0\"", "\"0.3\"")}).error, "which there never was"));
  CHECK(contains(tool({"migrate", project.with("\"isochrone\": \"1.0\",", "")}).error,
                 "does not say which format"));
  CHECK(tool({"migrate", "missing.json"}).exit_code == 4);
  CHECK(tool({"migrate", project.write("text.json", "no scenario")}).exit_code == 3);
}

TEST_CASE("cache lists what a store holds, by scenario and strategy", "[cli][cache]") {
  const Project project;
  const std::string store = project.path() / "runs.db";
  REQUIRE(tool({"compare", project.scenario(), "--store", store}).exit_code == 0);
  const json held = document(tool({"cache", "ls", store, "--format", "json"}));
  CHECK(held.at("studies") == 1);
  REQUIRE(held.at("runs").size() == 2);
  for (const json& runs : held.at("runs")) {
    CHECK(runs.at("scenario") == "small");
    CHECK(runs.at("replications") == 3);
    CHECK(runs.at("current") == true);
  }
  // All were made by these models: nothing is removed, and everything is found again.
  CHECK(document(tool({"cache", "gc", store, "--format", "json"})).at("replications") == 0);
  CHECK(contains(tool({"compare", project.scenario(), "--store", store, "-v"}).error,
                 "6 replications were in the store"));
}

TEST_CASE("cache takes the configured store, and says where there is none", "[cli][cache]") {
  const Project project;
  REQUIRE(tool({"run", project.scenario(), "--store", project.path() / "runs.db"}).exit_code == 0);
  project.write("sub/.isochrone.json", R"({ "store": "../runs.db" })");
  Command listing = command({"cache"});
  listing.folder = project.path() / "sub";
  CHECK(contains(test_support::run(listing).output, "3 replications, 1 studies"));
  Command where = command({"cache", "path"});
  where.folder = project.path() / "sub";
  CHECK(fs::weakly_canonical(
            test_support::run(where).output.substr(0, test_support::run(where).output.size() - 1)) ==
        fs::weakly_canonical(project.path() / "runs.db"));
  Command none = command({"cache", "ls"});
  none.folder = project.path();
  CHECK(test_support::run(none).exit_code == 2);
  CHECK(tool({"cache", "ls", "missing.db"}).exit_code == 4);
  CHECK_FALSE(fs::exists("missing.db"));
  CHECK(tool({"cache", "gc", project.scenario()}).exit_code == 4);
}

TEST_CASE("gui says what is missing where there is no desktop", "[cli][gui]") {
  const Project project;
  Command opened = command({"gui", project.scenario()});
  opened.environment = {{"PATH", project.path().string()}};
  // The program under test may have been built with the desktop beside it.
  if (!fs::exists(fs::path{ISOCHRONE_TOOL}.parent_path() / "isochrone-gui")) {
    const Finished refused = test_support::run(opened);
    CHECK(refused.exit_code == 4);
    CHECK(contains(refused.error, "there is no isochrone-gui"));
  }
}

TEST_CASE("gui starts the desktop with the file", "[cli][gui]") {
  if (fs::exists(fs::path{ISOCHRONE_TOOL}.parent_path() / "isochrone-gui"))
    return;  // the real one would open
  const Project project;
  const std::string desktop = project.write("bin/isochrone-gui", "#!/bin/sh\necho \"opened $1\"\nexit 9\n");
  fs::permissions(desktop, fs::perms::owner_all);
  Command opened = command({"gui", project.scenario()});
  opened.environment = {{"PATH", fs::path{desktop}.parent_path().string() + ":/usr/bin:/bin"}};
  const Finished done = test_support::run(opened);
  CHECK(done.output == "opened " + project.scenario() + "\n");
  CHECK(done.exit_code == 9);
}

TEST_CASE("version --json is version --format json", "[cli][version]") {
  CHECK(json::parse(tool({"version", "--json"}).output) == document(tool({"version", "--format", "json"})));
}

TEST_CASE("GitLab gets issues with fingerprints that stay", "[cli][format]") {
  const Project project;
  const std::string broken = project.with("\"users\": 100", "\"users\": -1");
  const Finished checked = tool({"validate", broken, "--format", "gitlab"});
  CHECK(checked.exit_code == 3);
  const json report = json::parse(checked.output);
  REQUIRE(report.size() == 1);
  const json& issue = report[0];
  CHECK(issue.at("severity") == "major");
  CHECK(issue.at("location").at("path") == broken);
  CHECK(issue.at("location").at("lines").at("begin") == 12);
  // Lines that are put in front move the issue, which is still the same.
  std::string moved = read_text(broken);
  project.write("changed.json", "\n\n" + moved);
  const json again = json::parse(tool({"validate", broken, "--format", "gitlab"}).output);
  CHECK(again[0].at("fingerprint") == issue.at("fingerprint"));
  CHECK(again[0].at("location").at("lines").at("begin") == 14);
  CHECK(json::parse(tool({"validate", project.scenario(), "--format", "gitlab"}).output).empty());
  const json missing = json::parse(tool({"validate", "--no-such", "--format", "gitlab"}).output);
  CHECK(missing[0].at("severity") == "critical");
}

TEST_CASE("A report is printed as PDF by Chromium, or refused before anything is simulated",
          "[cli][report][browser]") {
  const Project project;
  const std::string pdf = project.path() / "report.pdf";
  const Finished printed = tool({"report", project.scenario(), "-o", pdf});
  CAPTURE(printed.error);
  REQUIRE(printed.exit_code == 0);
  CHECK(read_text(pdf).starts_with("%PDF-"));
  CHECK(read_text(pdf).size() > 20'000);  // charts and tables, not an empty page of about 1 kB
  Command without = command({"report", project.scenario(), "-o", (project.path() / "other.pdf").string()});
  without.environment = {{"PATH", project.path().string()}};
  const Finished refused = test_support::run(without);
  CHECK(refused.exit_code == 4);
  CHECK(contains(refused.error, "none on PATH"));
  CHECK_FALSE(fs::exists(project.path() / "other.pdf"));
  CHECK(tool({"report", project.scenario(), "--to", "pdf"}).exit_code == 2);
}

TEST_CASE("Help on the commands ends with examples, which are theirs", "[cli][help]") {
  for (const char* name : {"diff", "mv", "migrate", "export", "attest", "cache", "gui", "report"}) {
    CAPTURE(name);
    const std::string help = tool({"help", name}).output;
    CHECK(contains(help, "Examples:\n  isochrone " + std::string{name}));
  }
  CHECK(contains(tool({"help", "--man"}).output, "isochrone mv site frankfurt fra plan"));
}
