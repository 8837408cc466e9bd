#include "planner/sweep.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "small_scenario.hpp"

using planner::Document;
using planner::Sweep;
using planner::SweepPoint;
using test_support::document;
using test_support::small_scenario;
using test_support::with;
using Json = nlohmann::ordered_json;

namespace {

Document with_sweep(const std::string& sweep) {
  return document(
      with(small_scenario, R"("strategies": {)", R"("sweeps": { "s": )" + sweep + R"( }, "strategies": {)"));
}

const std::string two_axes = R"({
  "axes": { "load": { "at": ["/workloads/w/arrivals/rate"], "scale": [1, 1.5, 2] },
            "edge": { "at": ["/sites/edge/pools/box/nodes",
                             { "pointer": "/placement/web/edge/replicas", "if_absent": "skip" }],
                      "range": { "from": 2, "to": 8, "step": 2 } } } })";

std::vector<std::string> sets(const Document& document, const Sweep& sweep, const SweepPoint& point,
                              const std::string& strategy) {
  return planner::sets_at(sweep, point, document.resolve(strategy));
}

std::string refusal(const std::string& sweep) {
  try {
    (void)planner::read_sweep(with_sweep(sweep), "s");
  } catch (const planner::ScenarioError& error) {
    return error.diagnostics().front().message;
  }
  return "";
}

}  // namespace

TEST_CASE("A cross product has every value with every value, the last axis fastest", "[planner][sweep]") {
  const Sweep sweep = planner::read_sweep(with_sweep(two_axes), "s");
  const auto points = planner::points_of(sweep);
  REQUIRE(points.size() == 3 * 4);
  CHECK(points[0] == SweepPoint{0, 0});
  CHECK(points[1] == SweepPoint{0, 1});
  CHECK(points[11] == SweepPoint{2, 3});
  CHECK(planner::coordinates(sweep, points[11]) ==
        std::vector<std::pair<std::string, std::string>>{{"load", "2"}, {"edge", "8"}});
}

TEST_CASE("Zipped axes go together and must be equally long", "[planner][sweep]") {
  const std::string zipped = with(two_axes, R"("axes")", R"("combine": "zip", "axes")");
  CHECK(refusal(zipped).find("equally long") != std::string::npos);
  const Sweep sweep = planner::read_sweep(with_sweep(with(zipped, R"("to": 8)", R"("to": 6)")), "s");
  CHECK(planner::points_of(sweep) == std::vector<SweepPoint>{{0, 0}, {1, 1}, {2, 2}});
}

TEST_CASE("Rules leave out the points of which all conditions hold", "[planner][sweep]") {
  const std::string skipping =
      with(two_axes, R"("axes")", R"("skip": [ { "load": { "max": 1.4 }, "edge": 8 } ], "axes")");
  const Sweep sweep = planner::read_sweep(with_sweep(skipping), "s");
  // Of 12 points load = 1 with edge = 8 alone is left out.
  CHECK(planner::points_of(sweep).size() == 11);
}

TEST_CASE("Rules are expressions over the axes", "[planner][sweep]") {
  // load: 1, 1.5, 2; edge: 2, 4, 6, 8.
  const auto left = [](const std::string& rule) {
    const std::string skipping = with(two_axes, R"("axes")", "\"skip\": [ \"" + rule + "\" ], \"axes\"");
    return planner::points_of(planner::read_sweep(with_sweep(skipping), "s")).size();
  };
  CHECK(left("load < 1.5 && edge == 8") == 11);
  CHECK(left("load <= 1.5 && edge == 8") == 10);
  CHECK(left("load > 1 || edge > 2") == 1);
  CHECK(left("!(load > 1 || edge > 2)") == 11);
  CHECK(left("load >= 1.5 && (edge == 2 || edge == 4)") == 8);
  // && binds closer than ||.
  CHECK(left("load == 1 && edge == 2 || load == 2") == 7);
  CHECK(left("edge != 8") == 3);
  CHECK(left("edge == \\\"8\\\"") == 9);
}

TEST_CASE("A rule that cannot be read is told with its column", "[planner][sweep]") {
  const auto reason = [](const std::string& rule) {
    return refusal(with(two_axes, R"("axes")", "\"skip\": [ \"" + rule + "\" ], \"axes\""));
  };
  CHECK(reason("lod < 1.5") == "expected an axis (load, edge) at column 1 of \"lod < 1.5\"");
  CHECK(reason("load < ") == "expected a number or a text in quotes at column 8 of \"load < \"");
  CHECK(reason("load 3").find("expected <, <=, >, >=, == or != at column 6") == 0);
  CHECK(reason("load < 1 )").find("expected && or || at column 10") == 0);
  CHECK(reason("(load < 1").find("expected )") == 0);
  CHECK(reason("load < 20 ms").find("axis \"load\" has \"1\", which is not in ms") == 0);
  CHECK(reason(std::string(200, '(')).find("too many parentheses") == 0);
}

TEST_CASE("An axis sets several places, scales what stands there, and skips what a strategy lacks",
          "[planner][sweep]") {
  const Document original = with_sweep(two_axes);
  const Sweep sweep = planner::read_sweep(original, "s");
  CHECK(sets(original, sweep, {1, 3}, "both") ==
        std::vector<std::string>{R"(/workloads/w/arrivals/rate="30 req/s")", "/sites/edge/pools/box/nodes=8",
                                 "/placement/web/edge/replicas=8"});
  CHECK(sets(original, sweep, {1, 3}, "cloud").size() == 2);
  const Sweep strict = planner::read_sweep(
      with_sweep(with(two_axes, R"("if_absent": "skip")", R"("if_absent": "error")")), "s");
  CHECK_THROWS_AS(sets(original, strict, {1, 3}, "cloud"), planner::ScenarioError);
}

TEST_CASE("A step of a tenth does not lose the last value", "[planner][sweep]") {
  // 0.1 + 0.1 + 0.1 is more than 0.3 in binary.
  const Sweep sweep = planner::read_sweep(
      with_sweep(
          R"({ "axes": { "x": { "at": ["/workloads/w/arrivals/rate"], "range": { "from": 0.1, "to": 0.3, "step": 0.1 } } } })"),
      "s");
  CHECK(sweep.axes[0].values.size() == 3);
}

TEST_CASE("Scaling keeps units, shapes and whole numbers", "[planner][sweep]") {
  CHECK(planner::scaled(Json("20 ms"), 1.5) == Json("30 ms"));
  CHECK(planner::scaled(Json(4), 1.5) == Json(6));
  CHECK(planner::scaled(Json(3), 1.5) == Json(4.5));
  CHECK(planner::scaled(Json::parse(R"({"dist":"lognormal","median":"6 ms","p99":"19 ms"})"), 2) ==
        Json::parse(R"({"dist":"lognormal","median":"12 ms","p99":"38 ms"})"));
  CHECK_FALSE(planner::scaled(Json("diurnal"), 2).has_value());
  CHECK_FALSE(planner::scaled(Json("5g-sa"), 2).has_value());
  CHECK_FALSE(planner::scaled(Json(true), 2).has_value());
}

TEST_CASE("Every point is in one shard, and shards are about equal", "[planner][sweep]") {
  const std::string many =
      R"({ "axes": { "x": { "at": ["/workloads/w/arrivals/rate"], "range": { "from": 1, "to": 400 } } } })";
  const Sweep sweep = planner::read_sweep(with_sweep(many), "s");
  std::vector<std::size_t> sizes(4);
  for (const SweepPoint& point : planner::points_of(sweep)) ++sizes.at(planner::shard_of(sweep, point, 4));
  // 400 points at 1/4: 100, standard deviation sqrt(400 * 3/16) = 8.7; within four of them.
  for (const std::size_t size : sizes) CHECK(std::abs(static_cast<double>(size) - 100) < 4 * 8.7);
}

TEST_CASE("Mistakes in a sweep are told", "[planner][sweep]") {
  CHECK(refusal(R"({ "strategies": ["none"], "axes": { "x": { "at": ["/a"], "scale": [1] } } })") ==
        "unknown strategy \"none\"");
  CHECK(refusal(R"({ "axes": {} })").find("needs an axis") != std::string::npos);
  CHECK(refusal(R"({ "axes": { "x": { "at": ["/a"] } } })").find("one of values") != std::string::npos);
  CHECK(refusal(R"({ "axes": { "x": { "at": ["/a"], "scale": [1] } }, "skip": [ { "y": 1 } ] })") ==
        "no axis \"y\"");
  CHECK(
      refusal(R"({ "axes": { "x": { "at": ["/a"], "range": { "from": 3, "to": 1 } } } })").find("goes up") !=
      std::string::npos);
}
