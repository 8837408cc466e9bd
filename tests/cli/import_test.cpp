#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Finished;

namespace fs = std::filesystem;

namespace {

/// A folder with a log of 300 requests, ten a second, of 20 to 40 ms.
struct LogFolder {
  fs::path path = fs::temp_directory_path() / ("isochrone-import-" + std::to_string(::getpid()));
  LogFolder() {
    fs::create_directories(path);
    std::ofstream log{path / "log.csv"};
    log << "t_ms,duration_ms,service\n";
    for (int i = 0; i < 300; ++i) log << i * 100 << ',' << 20 + i % 21 << ",shop\n";
  }
  ~LogFolder() { fs::remove_all(path); }
  LogFolder(const LogFolder&) = delete;
  LogFolder& operator=(const LogFolder&) = delete;
  [[nodiscard]] std::string file(const char* name) const { return (path / name).string(); }
};

}  // namespace

TEST_CASE("import drafts a scenario that runs", "[cli][import]") {
  const LogFolder folder;
  const Finished drafted = tool({"import", folder.file("log.csv"), "-o", folder.file("draft.json")});
  CHECK(drafted.exit_code == 0);
  CHECK(drafted.error.find("mapped    300 requests or spans from log.csv (csv)") != std::string::npos);
  CHECK(tool({"validate", "--strict", folder.file("draft.json")}).exit_code == 0);
  const Finished formatted = tool({"fmt", "--check", folder.file("draft.json")});
  CHECK(formatted.exit_code == 0);
  CHECK(tool({"run", folder.file("draft.json")}).exit_code == 0);
}

TEST_CASE("import --replay writes the requests and replays them", "[cli][import]") {
  const LogFolder folder;
  const Finished drafted = tool({"import", folder.file("log.csv"), "--replay", folder.file("requests.csv"),
                                 "-o", folder.file("draft.json")});
  CHECK(drafted.exit_code == 0);
  const Finished run = tool({"run", folder.file("draft.json"), "--reps", "1", "--format", "json"});
  REQUIRE(run.exit_code == 0);
  // All 300 come within the run of ceil(29.9 s + one more gap) = 30 s.
  CHECK(run.output.find("\"started\": 300") != std::string::npos);
  CHECK(tool({"import", folder.file("log.csv"), "--replay", folder.file("r.csv")}).exit_code == 2);
}

TEST_CASE("calibrate tells how far off a draft is, and writes a patch that applies", "[cli][import]") {
  const LogFolder folder;
  REQUIRE(tool({"import", folder.file("log.csv"), "-o", folder.file("draft.json")}).exit_code == 0);
  const Finished fitted = tool({"calibrate", folder.file("draft.json"), "--traces", folder.file("log.csv"),
                                "--write-patch", folder.file("fit.json"), "--format", "json"});
  REQUIRE(fitted.exit_code == 0);
  const auto answer = nlohmann::json::parse(fitted.output);
  CHECK(answer.at("schema") == "calibration/1");
  // Durations are even on 20..40 ms: p50 is 30 ms. Of 1,500 simulated requests the median errs by
  // 20 ms x 0.5 / sqrt(1500) = 0.26 ms, four of which are 3.5 %.
  CHECK(std::abs(answer.at("flows").begin()->at("/quantiles/p50/error"_json_pointer).get<double>()) <
        0.035 + 0.008);
  CHECK(tool({"validate", folder.file("draft.json"), "--patch", folder.file("fit.json")}).exit_code == 0);
}

TEST_CASE("A trace that cannot be read ends with invalid input and its place", "[cli][import]") {
  const LogFolder folder;
  std::ofstream{folder.path / "bad.csv"} << "t_s\n1\nsoon\n";
  const Finished bad = tool({"import", folder.file("bad.csv")});
  CHECK(bad.exit_code == 3);
  CHECK(bad.error.find("E2141") != std::string::npos);
  CHECK(bad.error.find("line 3: \"soon\" in column \"t_s\" is no time") != std::string::npos);
  CHECK(tool({"import", folder.file("none.csv")}).exit_code == 4);
}
