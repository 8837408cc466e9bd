#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "planner/document.hpp"
#include "planner/sha256.hpp"
#include "support/shared_data.hpp"

/// The worked sketch of the format's design, with the files it names beside it.
namespace {

namespace fs = std::filesystem;
using namespace planner;

std::string text_of(const fs::path& path) {
  std::ifstream in{path};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class Benelux {
 public:
  /// @param nodes  of the site in Amsterdam
  explicit Benelux(const std::string& nodes = "4") {
    fs::create_directories(folder_ / "lib");
    fs::create_directories(folder_ / "profiles");
    const std::string prices = R"({"sites": {"ams-edge": {"pools": {"gpu": {"price": "9 USD/h"}}},
                                             "bru-edge": {"costs": {"fixed": "2 USD/h"}}}})";
    std::ofstream{folder_ / "lib/prices-2026-03.json"} << prices;
    std::ofstream profile{folder_ / "profiles/weekday.csv"};
    profile << "hour,NL,BE\n";
    for (int hour = 0; hour < 24; ++hour) profile << hour << "," << 1 + hour << "," << 24 - hour << "\n";
    std::string text = text_of(test_support::shared_dir() / "ux-sample-scenario.json");
    const std::string key = "\"sha256\": \"";
    const std::size_t pin = text.find(key) + key.size();
    text.replace(pin, 64, sha256_hex(prices));
    const std::string four = "\"nodes\": 4";
    text.replace(text.find(four), four.size(), "\"nodes\": " + nodes);
    std::ofstream{folder_ / "scenario.json"} << text;
  }
  ~Benelux() { fs::remove_all(folder_); }
  Benelux(const Benelux&) = delete;
  Benelux& operator=(const Benelux&) = delete;

  [[nodiscard]] Document load(const Overlays& overlays = {}) const {
    return Document::load(folder_ / "scenario.json", overlays);
  }

 private:
  const fs::path folder_ = fs::temp_directory_path() / ("isochrone-benelux-" + std::to_string(::getpid()));
};

}  // namespace

TEST_CASE("The worked sketch of the format loads with its imports, profiles, guards and sweeps",
          "[planner][loader][benelux]") {
  REQUIRE_SHARED_DATA("ux-sample-scenario.json");
  const Benelux project;
  const Document read = project.load();
  CHECK(read.strategies() == std::vector<std::string>{"all-cloud", "edge-first", "ams-only"});
  CHECK(read.baseline() == "all-cloud");
  const auto of = [&](const char* strategy) { return read.resolve(strategy).scenario(); };
  const Scenario edge = of("edge-first"), amsterdam = of("ams-only");
  // A partial override inherits its pool; null takes away what the parent strategy added.
  CHECK(edge.placement.at("detector").at("cloud-fra").pool == "gpu");
  CHECK(edge.placement.at("detector").at("cloud-fra").replicas == 6);
  CHECK(edge.placement.at("gateway").size() == 3);
  CHECK(amsterdam.placement.at("gateway").size() == 2);
  CHECK_FALSE(amsterdam.placement.at("detector").contains("bru-edge"));
  // The file wins over the price book that it imports, which adds what the file leaves out.
  CHECK(edge.sites.at("ams-edge").pools.at("gpu").node_price_per_hour.value() == Approx(1.62));
  CHECK(edge.sites.at("bru-edge").costs.fixed_per_hour.value() == Approx(2.0));
  // Hours 1 to 24 have mean 12.5: the last hour is 24 / 12.5 of the mean rate.
  const Workload& viewers = edge.workloads.at("viewers-nl");
  REQUIRE(viewers.profile.size() == 24);
  CHECK(viewers.profile.back() == Approx(24 / 12.5));
  CHECK(edge.flows.at("frame").calls.at("in").timeout == sim::Duration{120'000'000});
  CHECK(edge.assertions.size() == 5);
}

TEST_CASE("A guard looks at what a strategy is laid over, not at what is varied later",
          "[planner][loader][benelux]") {
  REQUIRE_SHARED_DATA("ux-sample-scenario.json");
  {
    const Benelux other{"5"};
    CHECK_THROWS_AS(other.load().resolve("ams-only"), ScenarioError);
    CHECK_NOTHROW(other.load().resolve("edge-first"));
  }
  const Benelux project;
  const Overlays varied{.patches = {}, .sets = {"/sites/ams-edge/pools/gpu/nodes=8"}};
  CHECK(project.load(varied).resolve("ams-only").scenario().sites.at("ams-edge").pools.at("gpu").nodes == 8);
}
