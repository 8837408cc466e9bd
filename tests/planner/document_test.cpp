#include "planner/document.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "planner/sha256.hpp"
#include "small_scenario.hpp"

using namespace planner;
using namespace test_support;

namespace {

/// Sanitizers take several times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool instrumented = true;
#elif defined(__has_feature)
constexpr bool instrumented = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool instrumented = false;
#endif

/// A folder of files that goes away with the test.
class Project {
 public:
  Project()
      : folder_{std::filesystem::temp_directory_path() /
                fmt::format("isochrone-document-test-{}-{}", ::getpid(), ++made_)} {
    std::filesystem::create_directories(folder_);
  }
  ~Project() { std::filesystem::remove_all(folder_); }
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream{folder_ / name, std::ios::binary} << text;
    return folder_ / name;
  }

 private:
  static inline int made_ = 0;
  std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("A scenario is read into typed SI values", "[planner][loader][document]") {
  const Scenario read = scenario(small_scenario);
  CHECK(read.name == "small");
  CHECK(read.strategy == "cloud");
  CHECK(read.strategy_title == "As it is");
  CHECK(read.baseline);
  CHECK(read.start_unix == 1767571200);  // 2026-01-05T00:00:00Z, a Monday
  CHECK(read.duration == std::chrono::minutes{10});
  const Site& edge = read.sites.at("edge");
  CHECK(edge.at->latitude == 52.4);
  CHECK(edge.carbon == 200);
  CHECK(edge.pue == 1.5);
  const PoolType& box = edge.pools.at("box");
  CHECK(box.nodes == 2);
  CHECK(box.cpu == 4);
  CHECK(box.memory.value() == 8. * 1024 * 1024 * 1024);
  CHECK(box.node_price_per_hour.value() == 1.62);
  CHECK(read.links.at("edge--cloud").bandwidth->value() == 10e9);
  CHECK(read.links.at("edge--cloud").latency->law.mean() == Approx(0.004));
  CHECK(read.populations.at("users").access.downlink_latency.law.mean() == Approx(0.009));
  CHECK(read.workloads.at("w").rate == 20);
  CHECK(read.placement.at("web").at("cloud").pool == "box");  // the site's only pool
  CHECK(read.placement.at("web").at("cloud").replicas == 6);
}

TEST_CASE("Strategies are merge patches and inherit what they do not change", "[planner][loader][document]") {
  const Document parsed = document(small_scenario);
  CHECK(parsed.strategies() == std::vector<std::string>{"cloud", "both", "edge"});
  CHECK(parsed.baseline() == "cloud");
  const auto with_both = parsed.resolve("both");
  const auto& both = with_both.scenario().placement.at("web");
  CHECK(both.at("edge").replicas == 2);
  CHECK(both.at("cloud").replicas == 6);
  const auto at_the_edge = parsed.resolve("edge");
  const auto& edge = at_the_edge.scenario().placement.at("web");
  CHECK(edge.count("cloud") == 0);
  CHECK(edge.at("edge").replicas == 2);
  CHECK_FALSE(at_the_edge.scenario().baseline);
}

TEST_CASE("A scenario without strategies is one strategy, base", "[planner][loader][document]") {
  const std::string text = with(small_scenario, "\"strategies\"", "\"x-strategies\"");
  CHECK(document(text).strategies() == std::vector<std::string>{"base"});
  CHECK(scenario(text).baseline);
}

TEST_CASE("Layers win in the order import, file, strategy, patch, set", "[planner][loader][document]") {
  const Project project;
  // Each layer sets replicas of the edge one higher; the import alone sets the concurrency.
  project.write(
      "lib/part.json",
      R"({"services": {"web": {"concurrency": 8}}, "placement": {"web": {"cloud": {"replicas": 1}}}})");
  const auto file = project.write(
      "scenario.json",
      with(small_scenario, "\"meta\"", "\"imports\": {\"part\": {\"from\": \"lib/part.json\"}}, \"meta\""));
  const auto patch = project.write("patch.json", R"({"placement": {"web": {"edge": {"replicas": 3}}}})");
  const auto replicas = [&](const Overlays& overlays) {
    return Document::load(file, overlays).resolve("both").scenario().placement.at("web").at("edge").replicas;
  };
  CHECK(replicas({}) == 2);
  CHECK(replicas({.patches = {patch}, .sets = {}}) == 3);
  CHECK(replicas({.patches = {patch}, .sets = {"/placement/web/edge/replicas=4"}}) == 4);
  const Scenario read = Document::load(file).resolve("both").scenario();
  CHECK(read.services.at("web").concurrency == 8);
  CHECK(read.placement.at("web").at("cloud").replicas == 6);  // the file wins over the import
}

TEST_CASE("A strategy takes away what its parent added, also in a file with imports",
          "[planner][loader][document]") {
  const Project project;
  project.write("lib/part.json",
                R"({"strategies": {"imported": {"patch": {"links": {"edge--cloud": null}}}}})");
  const auto file = project.write(
      "scenario.json", with(with(small_scenario, "\"meta\"",
                                 "\"imports\": {\"part\": {\"from\": \"lib/part.json\"}}, \"meta\""),
                            "\"edge\": { \"extends\"",
                            "\"again\": { \"extends\": \"both\", \"patch\": { \"placement\": { \"web\": { "
                            "\"edge\": null } } } },"
                            " \"edge\": { \"extends\""));
  const Document read = Document::load(file);
  const auto sites = [&](const std::string& strategy) {
    return read.resolve(strategy).scenario().placement.at("web").size();
  };
  CHECK(sites("both") == 2);
  CHECK(sites("again") == 1);
  CHECK(sites("edge") == 1);
  CHECK(read.resolve("both").scenario().links.size() == 1);
  CHECK(read.resolve("imported").scenario().links.empty());
}

TEST_CASE("Of dated price books the last one that holds when the run begins wins",
          "[planner][loader][document]") {
  const Project project;
  const auto book = [](const char* price) {
    return std::string{R"({"sites": {"cloud": {"pools": {"box": {"price": ")"} + price + R"("}}}}})";
  };
  project.write("lib/2026-01.json", book("1 USD/h"));
  project.write("lib/2026-07.json", book("2 USD/h"));
  const auto price_from = [&](const std::string& start) {
    const auto file = project.write(
        "scenario.json",
        with(with(small_scenario, "\"meta\"",
                  R"("imports": {"winter": {"from": "lib/2026-01.json", "valid_from": "2026-01-01"},
                                 "summer": {"from": "lib/2026-07.json", "valid_from": "2026-07-01"}}, "meta")"),
             "\"duration\"", "\"start\": \"" + start + "\", \"duration\""));
    return Document::load(file)
        .resolve("both")
        .scenario()
        .sites.at("cloud")
        .pools.at("box")
        .node_price_per_hour;
  };
  CHECK(price_from("2026-06-30T23:00:00Z").value() == Approx(1));
  CHECK(price_from("2026-07-01T00:00:00Z").value() == Approx(2));
}

TEST_CASE("Explain lists the layers that set a value, lowest first", "[planner][loader][document]") {
  const Document parsed =
      document(small_scenario, {.patches = {}, .sets = {"/placement/web/edge/replicas=1"}});
  const auto origins = parsed.resolve("both").explain("/placement/web/edge/replicas");
  REQUIRE(origins.size() == 2);
  CHECK(origins[0].layer == "strategy both");
  CHECK(origins[0].value == "2");
  CHECK(origins[0].file == "small.json");
  CHECK(origins[0].at.line == 19);
  CHECK(origins[1].layer == "--set");
  CHECK(origins[1].value == "1");
  const auto deleted = parsed.resolve("edge").explain("/placement/web/cloud");
  REQUIRE(deleted.size() == 2);
  CHECK(deleted[0].layer == "file");
  CHECK(deleted[1].value.empty());
  CHECK(parsed.resolve("edge").explain("/nothing/here").empty());
  CHECK(parsed.resolve("edge").explain("no pointer").empty());
}

TEST_CASE("A set value is typed by the schema", "[planner][loader][document]") {
  const auto with_set = [](std::string argument) {
    return scenario(small_scenario, {.patches = {}, .sets = {std::move(argument)}});
  };
  CHECK(with_set("/workloads/w/arrivals/rate=900 req/s").workloads.at("w").rate == 900);
  CHECK(with_set("/workloads/w/arrivals/rate=\"900 req/s\"").workloads.at("w").rate == 900);
  CHECK(with_set("/experiment/seed=18446744073709551615").experiment.seed == UINT64_MAX);
  CHECK(with_set("/experiment/replications={\"min\": 3, \"max\": 9}").experiment.max_replications == 9);
  CHECK(with_set("/routing/spill_at=85 %").routing.spill_at == Approx(0.85));
  CHECK(with_set("/meta/title=true").title == "true");
  CHECK_FALSE(with_set("/links/edge--cloud/bandwidth=").links.at("edge--cloud").bandwidth.has_value());
}

TEST_CASE("An issue of an overlay is located in it", "[planner][loader][document]") {
  const auto issues = issues_of(small_scenario, {.patches = {}, .sets = {"/workloads/w/arrivals/rate=900"}});
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].code == Code::missing_unit);
  CHECK(issues[0].file == "--set /workloads/w/arrivals/rate=900");
  CHECK(issues[0].pointer == "/workloads/w/arrivals/rate");
  CHECK(issues[0].range.start.column == 28);  // behind a pointer of 26 characters and '='
  for (const char* argument : {"rate=9", "/rate", "=9", "/strategies/cloud/title=x"}) {
    const auto bad = issues_of(small_scenario, {.patches = {}, .sets = {argument}});
    INFO(argument);
    REQUIRE_FALSE(bad.empty());
    CHECK(bad[0].code == Code::bad_set);
  }
}

TEST_CASE("A value from a strategy is reported at its place in the strategy", "[planner][loader][document]") {
  const auto issues =
      issues_of(with(small_scenario, R"("edge": { "replicas": 2 })", R"("edge": { "replicas": -2 })"));
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].code == Code::out_of_range);
  CHECK(issues[0].pointer == "/strategies/both/patch/placement/web/edge/replicas");
  CHECK(issues[0].range.start.line == 19);
}

TEST_CASE("Issues of all strategies come in one error, each once", "[planner][loader][document]") {
  std::string text = with(small_scenario, "\"service\": \"web\"", "\"service\": \"wep\"");
  text = with(text, "\"web\": { \"edge\"", "\"web\": { \"egde\"");
  const auto issues = issues_of(text);
  std::size_t errors = 0;
  for (const Diagnostic& issue : issues) errors += issue.severity == Severity::error ? 1 : 0;
  // The call to "wep" is wrong under all three strategies, the site "egde" under two.
  CHECK(errors == 2);
}

TEST_CASE("An import is pinned by its digest and stays in the project", "[planner][loader][document]") {
  const Project project;
  const std::string part = R"({"x-part": 1})";
  project.write("part.json", part);
  const auto load_with = [&](const std::string& import) {
    return Document::load(project.write(
        "s.json", with(small_scenario, "\"meta\"", "\"imports\": {\"p\": " + import + "}, \"meta\"")));
  };
  CHECK_NOTHROW(load_with("{\"from\": \"part.json\", \"sha256\": \"" + sha256_hex(part) + "\"}"));
  CHECK_THROWS_AS(load_with("{\"from\": \"part.json\", \"sha256\": \"" + sha256_hex("other") + "\"}"),
                  ScenarioError);
  CHECK_THROWS_AS(load_with("{\"from\": \"/etc/hostname\"}"), ScenarioError);
  CHECK_THROWS_AS(load_with("{\"from\": \"../part.json\"}"), ScenarioError);
  CHECK_NOTHROW(load_with("{\"from\": \"sub/../part.json\"}"));
}

TEST_CASE("A missing file ends as an IO failure, an impossible placement as infeasible",
          "[planner][loader][document]") {
  const auto failure_of = [](auto&& action) {
    try {
      action();
    } catch (const ScenarioError& error) {
      return error.failure();
    }
    throw std::logic_error{"no failure"};
  };
  CHECK(failure_of([] { (void)Document::load("no/such/file.json"); }) == Failure::io);
  CHECK(failure_of([] { (void)Document::load("."); }) == Failure::io);
  CHECK(failure_of([] { (void)document("{"); }) == Failure::invalid);
  CHECK(failure_of([] { (void)document(small_scenario).resolve("none"); }) == Failure::invalid);
  const std::string crowded = with(small_scenario, "\"replicas\": 6", "\"replicas\": 600");
  CHECK(failure_of([&] { (void)document(crowded).resolve_all(); }) == Failure::infeasible);
}

TEST_CASE("The digest depends on the meaning, not on the writing", "[planner][loader][document]") {
  const std::string digest = scenario(small_scenario).sha256;
  CHECK(digest.size() == 64);
  CHECK(scenario(with(small_scenario, "{ \"name\": \"small\" }",
                      "{\n  // a name\n \"name\":\"small\", \"note\": \"x\" }"))
            .sha256 == digest);
  CHECK(scenario(with(small_scenario, "20 req/s", "21 req/s")).sha256 != digest);
}

TEST_CASE("The resolved scenario is a scenario that resolves to itself", "[planner][loader][document]") {
  const Resolution resolution = document(small_scenario).resolve("both");
  const Resolution again = document(resolution.json().dump()).resolve("base");
  CHECK(again.json() == resolution.json());
  CHECK(again.scenario().sha256 == resolution.scenario().sha256);
}

TEST_CASE("A later finding is located by its pointer", "[planner][loader][document]") {
  const Resolution resolution = document(small_scenario).resolve("both");
  const Diagnostic at_edge = resolution.diagnostic(Code::overload, "/placement/web/edge", "too much");
  CHECK(at_edge.pointer == "/strategies/both/patch/placement/web/edge");
  CHECK(at_edge.range.start.line == 19);
  CHECK(at_edge.message == "too much");
  const Diagnostic above =
      resolution.diagnostic(Code::overload, "/placement/web/cloud/none/deeper", "too much");
  CHECK(above.pointer == "/placement/web/cloud");
}

TEST_CASE("Inputs without a better basis than assumed are listed", "[planner][loader][document]") {
  const std::string text =
      with(small_scenario, "\"latency\": \"9 ms\"",
           R"("latency": {"dist": "exponential", "mean": "9 ms", "basis": "measured", "source": "x"})");
  const auto pointers = [](const Scenario& read) {
    std::vector<std::string> list;
    for (const auto& assumption : read.assumptions) list.push_back(assumption.pointer);
    return list;
  };
  const auto plain = pointers(scenario(small_scenario));
  const auto measured = pointers(scenario(text));
  CHECK(std::count(plain.begin(), plain.end(), "/populations/users/access/latency") == 1);
  CHECK(std::count(measured.begin(), measured.end(), "/populations/users/access/latency") == 0);
  CHECK(std::count(measured.begin(), measured.end(), "/services/web/time") == 1);
}

TEST_CASE("A profile has mean 1 and begins where the run begins", "[planner][loader][document]") {
  // Hour h of the day has demand h + 1; the mean is 12.5, so hour 0 has 0.08 and hour 23 has 1.92 of it.
  std::string hours;
  for (int hour = 1; hour <= 24; ++hour) hours += (hour > 1 ? ", " : "") + std::to_string(hour);
  const auto workload = [&](const std::string& zone) {
    std::string text = with(
        small_scenario, "\"rate\": \"20 req/s\"",
        "\"rate\": \"20 req/s\", \"profile\": {\"hourly\": [" + hours + "], \"zone\": \"" + zone + "\"}");
    text = with(text, "\"duration\": \"10 min\"",
                "\"duration\": \"10 min\", \"start\": \"2026-03-02T06:30:00Z\"");
    return scenario(text).workloads.at("w");
  };
  const Workload utc = workload("UTC");
  REQUIRE(utc.profile.size() == 24);
  CHECK(utc.profile.front() == Approx(0.08));
  CHECK(utc.profile.back() == Approx(1.92));
  CHECK(utc.profile_step == std::chrono::hours{1});
  CHECK(utc.profile_offset == std::chrono::minutes{390});
  CHECK(workload("UTC-8").profile_offset == std::chrono::minutes{22 * 60 + 30});
  CHECK(workload("local").profile_offset == std::chrono::minutes{450});  // 15 degrees east: one hour ahead
}

TEST_CASE("A profile comes from a column of a CSV file", "[planner][loader][document]") {
  const Project project;
  std::string csv = "hour,NL,BE\n";
  for (int hour = 0; hour < 168; ++hour)
    csv += std::to_string(hour) + ",1," + std::to_string(hour % 2) + "\n";
  project.write("week.csv", csv);
  const auto load_with = [&](const std::string& profile) {
    const auto file =
        project.write("s.json", with(small_scenario, "\"rate\": \"20 req/s\"",
                                     "\"rate\": \"20 req/s\", \"profile\": \"" + profile + "\""));
    return Document::load(file).resolve("cloud").scenario().workloads.at("w");
  };
  const Workload read = load_with("week.csv#BE");
  REQUIRE(read.profile.size() == 168);
  CHECK(read.profile[0] == 0);
  CHECK(read.profile[1] == 2);
  CHECK_THROWS_AS(load_with("week.csv#FR"), ScenarioError);
  CHECK_THROWS_AS(load_with("none.csv#BE"), ScenarioError);
}

TEST_CASE("Quantities that a run could not hold are refused", "[planner][loader][document]") {
  // Times above a century would overflow the clock's 292 years in sums; 1 TB over 1 kbit/s takes 8e9 s and
  // still fits.
  const auto first_code = [](std::string_view from, std::string_view to) {
    return issues_of(with(small_scenario, from, to)).at(0).code;
  };
  CHECK(first_code("\"10 min\"", "\"2000 month\"") == Code::quantity_out_of_range);
  CHECK(first_code("\"10 Gbit/s\"", "\"1 bit/s\"") == Code::quantity_out_of_range);
  CHECK(first_code("{ \"service\": \"web\" }", "{ \"service\": \"web\", \"request\": \"2 TB\" }") ==
        Code::quantity_out_of_range);
  CHECK(first_code("\"20 req/s\"", "\"1e13 req/s\"") == Code::quantity_out_of_range);
}

TEST_CASE("A rate per user is multiplied by the users", "[planner][loader][document]") {
  // 1,000 users with 36 requests an hour make 10 a second.
  CHECK(scenario(with(small_scenario, "\"rate\": \"20 req/s\"", "\"per_user\": \"36 req/h\""))
            .workloads.at("w")
            .rate == Approx(10));
}

TEST_CASE("Ten thousand sites are checked in a second", "[planner][document]") {
  std::string sites, placements;
  for (int i = 0; i < 10000; ++i) {
    const std::string id = "site-" + std::to_string(i);
    sites +=
        "\"" + id +
        R"(": {"tier": "edge", "at": {"lat": 50, "lon": 8}, "grid": {"carbon": "100 gCO2e/kWh", "pue": 1.3},
      "pools": {"box": {"nodes": 2, "cpu": "4 vCPU", "memory": "8 GiB", "price": "1 USD/h"}}}, )";
    placements += "\"" + id + R"(": {"replicas": 2}, )";
  }
  std::string text = with(small_scenario, "\"sites\": {", "\"sites\": {" + sites);
  text = with(text, "\"placement\": { \"web\": {", "\"placement\": { \"web\": {" + placements);
  text = with(text, "\"strategies\"", "\"x-strategies\"");
  const std::clock_t start = std::clock();
  const Document parsed = document(text);
  CHECK(parsed.resolve("base").scenario().sites.size() == 10002);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  if (!instrumented) CHECK(seconds < 1);
}
