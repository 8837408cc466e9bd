#include <catch2/catch.hpp>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Command;
using test_support::Finished;

namespace {

/// A home and a project whose files do not meet those of whoever runs the tests.
class Place : public Project {
 public:
  Place() {
    std::filesystem::create_directories(path() / "config" / "isochrone");
    std::filesystem::create_directories(path() / "work" / "below");
  }
  void user(const std::string& text) const { write("config/isochrone/config.json", text); }
  void project(const std::string& text) const { write("work/.isochrone.json", text); }
  [[nodiscard]] Finished run(std::vector<std::string> arguments,
                             std::vector<std::pair<std::string, std::string>> environment = {},
                             const std::string& folder = "work") const {
    Command made = command(std::move(arguments));
    made.environment = std::move(environment);
    made.environment.emplace_back("XDG_CONFIG_HOME", (path() / "config").string());
    made.folder = path() / folder;
    return test_support::run(made);
  }
};

/// Value and origin of a setting as `config` tells them.
std::pair<std::string, std::string> setting(const Finished& finished, const std::string& name) {
  const auto json = document(finished);
  for (const auto& one : json.at("settings")) {
    if (one.at("name") == name) return {one.at("value"), one.at("origin")};
  }
  return {};
}

const std::vector<std::string> shown{"config", "--format", "json"};

}  // namespace

TEST_CASE("The higher layer's value holds, and config tells which it was", "[cli][config]") {
  const Place place;
  CHECK(setting(place.run(shown), "jobs") ==
        std::pair<std::string, std::string>{"one a processor", "built in"});
  place.user("{\n  \"jobs\": 2,\n  \"color\": \"never\" }");
  CHECK(setting(place.run(shown), "jobs").first == "2");
  CHECK(setting(place.run(shown), "jobs").second.ends_with("config.json:2"));
  place.project(R"({ "jobs": 3 } // two lines of comments are fine)");
  CHECK(setting(place.run(shown), "jobs").first == "3");
  CHECK(setting(place.run(shown), "color").first == "never");
  // The file of the nearest folder above counts.
  CHECK(setting(place.run(shown, {}, "work/below"), "jobs").first == "3");
  const auto by_environment = setting(place.run(shown, {{"ISOCHRONE_JOBS", "4"}}), "jobs");
  CHECK(by_environment == std::pair<std::string, std::string>{"4", "ISOCHRONE_JOBS"});
}

TEST_CASE("A configured value is used where its option is not given", "[cli][config]") {
  const Place place;
  const std::string version = "version";
  // A format: of the answer, and of a failure.
  CHECK(document(place.run({version}, {{"ISOCHRONE_FORMAT", "json"}})).at("schema") == "version/1");
  CHECK(document(place.run({"nonsense"}, {{"ISOCHRONE_FORMAT", "json"}})).at("schema") == "diag/1");
  CHECK(place.run({version, "--format", "text"}, {{"ISOCHRONE_FORMAT", "json"}})
            .output.starts_with("isochrone"));
  CHECK(place.run({"--format", "text", version}, {{"ISOCHRONE_FORMAT", "json"}})
            .output.starts_with("isochrone"));
  // junit is for studies; others answer as they do.
  CHECK(place.run({version}, {{"ISOCHRONE_FORMAT", "junit"}}).output.starts_with("isochrone"));
  CHECK(place.run({"run", place.scenario()}, {{"ISOCHRONE_FORMAT", "junit"}}).output.starts_with("<?xml"));
  // A store beside the file that names it; its folder is made.
  place.project(R"({ "store": "results/runs.db" })");
  CHECK(place.run({"run", place.scenario()}, {}, "work/below").exit_code == 0);
  CHECK(std::filesystem::exists(place.path() / "work" / "results" / "runs.db"));
}

TEST_CASE("What a result depends on may not be configured", "[cli][config]") {
  const Place place;
  place.project("{\n  \"seed\": 5 }");
  const Finished seed = place.run({"run", place.scenario()});
  CHECK(seed.exit_code == 2);
  CHECK(seed.error.find(".isochrone.json:2:3: \"seed\" may not be configured") != std::string::npos);
  CHECK(seed.error.find("results would then depend on the machine") != std::string::npos);
  place.project("{}");
  CHECK(place.run({"run", place.scenario()}, {{"ISOCHRONE_CONFIDENCE", "0.5"}}).exit_code == 2);
  // The same bytes with any configuration that is allowed.
  const std::vector<std::string> run{"run", place.scenario(), "--format", "json"};
  const std::string plain = place.run(run).output;
  place.project(R"({ "jobs": 2, "quiet": true, "color": "always", "store": "runs.db" })");
  CHECK(place.run(run).output == plain);
}

TEST_CASE("A wrong configuration is told with its place", "[cli][config]") {
  const Place place;
  const auto error = [&](const std::string& text) {
    place.project(text);
    return place.run({"run", place.scenario()});
  };
  const Finished unknown = error(R"({ "job": 2 })");
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.error.find(".isochrone.json:1:3: there is no setting \"job\"") != std::string::npos);
  CHECK(unknown.error.find("did you mean `jobs`?") != std::string::npos);
  CHECK(error(R"({ "jobs": [2] })").exit_code == 2);
  CHECK(error(R"({ "jobs": "many" })").error.find(".isochrone.json:1") != std::string::npos);
  CHECK(error("[]").exit_code == 2);
  CHECK(error("{ jobs }").exit_code == 3);
  CHECK(place.run({"run", place.scenario()}, {{"ISOCHRONE_COLOR", "blue"}}).exit_code == 3);
  place.project("{}");
  const Finished color = place.run({"run", place.scenario()}, {{"ISOCHRONE_COLOR", "blue"}});
  CHECK(color.exit_code == 2);
  CHECK(color.error.find("ISOCHRONE_COLOR: ") != std::string::npos);
}
