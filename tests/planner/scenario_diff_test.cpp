#include "planner/scenario_diff.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "small_scenario.hpp"

using namespace planner;
using test_support::document;
using test_support::small_scenario;
using test_support::with;

namespace {

using Simulation = ScenarioDiff::Pair::Simulation;
using Strings = std::vector<std::string>;

ScenarioDiff changed(std::string_view from, std::string_view to) {
  return diff(document(small_scenario), document(with(small_scenario, from, to)));
}

}  // namespace

TEST_CASE("What is only written differently is no difference", "[planner][diff]") {
  CHECK(changed("\"5 ms\"", "\"5000 us\"").equal());
  CHECK(changed("\"10 Gbit/s\"", "\"10000 Mbit/s\"").equal());
  CHECK(changed("\"10 min\"", "\"600 s\"").equal());
  CHECK(changed("1000", "1e3").equal());
  CHECK(changed("\"tier\": \"edge\", ", "/* near */ \"note\": \"n\", \"x-team\": 5, \"tier\": \"edge\", ")
            .equal());
  CHECK(changed("\"nodes\": 2, \"cpu\": \"4 vCPU\"", "\"cpu\": \"4 vCPU\", \"nodes\": 2").equal());
  CHECK(changed("\"workloads\"", "\"sweeps\": {}, \"workloads\"").equal());
}

TEST_CASE("A default that is written out is no difference", "[planner][diff]") {
  // Faults are detected after 10 s where the scenario says nothing.
  const std::string stated =
      with(small_scenario, "\"workloads\"", "\"faults\": { \"detection\": \"10 s\" }, \"workloads\"");
  const std::string other =
      with(small_scenario, "\"workloads\"", "\"faults\": { \"dns_ttl\": \"60000 ms\" }, \"workloads\"");
  CHECK(diff(document(stated), document(other)).equal());
  const std::string longer =
      with(small_scenario, "\"workloads\"", "\"faults\": { \"detection\": \"11 s\" }, \"workloads\"");
  CHECK_FALSE(diff(document(stated), document(longer)).equal());
}

TEST_CASE("A change of the base is one difference in every strategy, with ratio and place",
          "[planner][diff]") {
  const ScenarioDiff found = changed("\"20 req/s\"", "\"1500 req/min\"");
  REQUIRE(found.changes.size() == 1);
  const InputChange& change = found.changes.front();
  CHECK(change.pointer == "/workloads/w/arrivals/rate");
  CHECK(change.before == "\"20 req/s\"");
  CHECK(change.after == "\"1500 req/min\"");
  CHECK(change.ratio == Approx(25.0 / 20));  // 1500 a minute are 25 a second
  CHECK(change.strategies == Strings{"cloud", "both", "edge"});
  CHECK(change.at.line == 15);
  for (const auto& pair : found.pairs) CHECK(pair.simulation == Simulation::different);
}

TEST_CASE("A change of a strategy's patch shows where it applies", "[planner][diff]") {
  const ScenarioDiff found = changed("\"edge\": { \"replicas\": 2 }", "\"edge\": { \"replicas\": 3 }");
  REQUIRE(found.changes.size() == 1);
  CHECK(found.changes.front().pointer == "/placement/web/edge/replicas");
  CHECK(found.changes.front().strategies == Strings{"both", "edge"});
  CHECK(found.pairs.at(0).simulation == Simulation::same);
  CHECK(found.pairs.at(1).simulation == Simulation::different);
}

TEST_CASE("What names, judges or plans leaves the simulation the same", "[planner][diff]") {
  for (const char* section : {R"("meta": { "name": "other" })",
                              R"("meta": { "name": "small" }, "experiment": { "replications": 9 })"}) {
    const ScenarioDiff found = changed(R"("meta": { "name": "small" })", section);
    CHECK_FALSE(found.equal());
    for (const auto& pair : found.pairs) CHECK(pair.simulation == Simulation::same);
  }
  const ScenarioDiff seeded = changed(R"("meta": { "name": "small" })",
                                      R"("meta": { "name": "small" }, "experiment": { "seed": 9 })");
  CHECK(seeded.pairs.front().simulation == Simulation::different);
}

TEST_CASE("Strategies that come, go or become the baseline are told", "[planner][diff]") {
  const ScenarioDiff renamed = changed("\"edge\": { \"extends\"", "\"near\": { \"extends\"");
  CHECK(renamed.only_before == Strings{"edge"});
  CHECK(renamed.only_after == Strings{"near"});
  CHECK_FALSE(renamed.equal());
  const ScenarioDiff based = changed("\"both\": { \"patch\"", "\"both\": { \"baseline\": true, \"patch\"");
  CHECK(based.baseline_before == "cloud");
  CHECK(based.baseline_after == "both");
  CHECK_FALSE(based.equal());
}

TEST_CASE("Two strategies of a file differ by what their patches do", "[planner][diff]") {
  const Document both = document(small_scenario);
  const ScenarioDiff found = diff(both, "cloud", both, "edge");
  REQUIRE(found.changes.size() == 2);
  CHECK(found.changes[0].kind == InputChange::Kind::removed);
  CHECK(found.changes[0].pointer == "/placement/web/cloud");
  CHECK(found.changes[1].kind == InputChange::Kind::added);
  CHECK(nlohmann::json::parse(found.changes[1].after) == nlohmann::json{{"replicas", 2}});
  CHECK(found.changes[1].strategies == Strings{"cloud → edge"});
}

TEST_CASE("A difference is rendered within 80 columns and escaped for Markdown", "[planner][diff][render]") {
  const std::string title = "<b>|" + std::string(300, 'x') + "|@everyone</b>";
  const ScenarioDiff found =
      changed("\"name\": \"small\"", "\"name\": \"small\", \"title\": \"" + title + "\"");
  const std::string text = render_diff(found, {"a", "b"}, 80);
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
    CHECK(end - at <= 82);  // an ellipsis is three bytes in one column
  const std::string markdown = diff_markdown(found, {"a", "b"});
  CHECK(markdown.find("<b>") == std::string::npos);
  CHECK(markdown.find("/meta/title") != std::string::npos);
  CHECK(markdown.size() < 65'536);
}
