#include "planner/render.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "planner/study_view.hpp"
#include "support/scenario_builder.hpp"
#include "support/shared_data.hpp"

using namespace test_support;
using Json = nlohmann::json;
using planner::Scenario;
using planner::Study;

namespace {

/// Three strategies: near, far (20 ms away), and one that cannot carry the load.
Study three_strategies(double equivalence = 0) {
  Scenario near = one_site(50);
  near.name = "places";
  near.title = "Near or far?";
  near.experiment.equivalence = equivalence;
  near.strategy = "near";
  near.workloads.at("load").process = planner::Workload::Process::poisson;
  near.flows.at("page").deadline = std::chrono::milliseconds{60};
  near.sites.at("home").pools.at("box").node_price_per_hour = sim::Money{1.0};
  near.assumptions.push_back({"/services/web/time", "10 ms", {planner::Basis::assumed, ""}});
  add_far_site(near, constant(0.020));
  Scenario far = near;
  far.strategy = "far";
  far.baseline = false;
  far.placement["web"] = {};
  far.placement["web"]["far"].pool = "box";
  Scenario none = far;
  none.strategy = "none";
  none.placement["web"]["far"].replicas = 0;
  return study({near, far, none}, 3);
}

/// What the schema has to say against a document; empty: it is valid.
std::string complaints(const Json& document) {
  std::ifstream file{source_dir() / "scenarios/schema/result-1.schema.json"};
  const Json text = Json::parse(file);
  valijson::Schema schema;
  valijson::SchemaParser{valijson::SchemaParser::kDraft7}.populateSchema(
      valijson::adapters::NlohmannJsonAdapter{text}, schema);
  valijson::ValidationResults results;
  valijson::Validator{}.validate(schema, valijson::adapters::NlohmannJsonAdapter{document}, &results);
  std::string all;
  for (const auto& error : results) {
    for (const std::string& at : error.context) all += at;
    all += ": " + error.description + "\n";
  }
  return all;
}

/// The document as the command line completes it.
Json completed(const Study& study) {
  Json document = Json::parse(planner::result_json(study).dump());
  document["schema"] = "result/1";
  document["tool"] = {{"name", "isochrone"}, {"version", "0"}};
  document["exit"] = {{"code", 0}, {"name", "OK"}};
  return document;
}

int longest_line(const std::string& text) {
  int longest = 0, line = 0;
  for (const char byte : text) {
    if (byte == '\n') {
      longest = std::max(longest, line);
      line = 0;
    } else if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) {
      ++line;
    }
  }
  return longest;
}

bool has(const std::string& text, const std::string& piece) { return text.find(piece) != std::string::npos; }

}  // namespace

TEST_CASE("A real result satisfies the published schema", "[planner][render]") {
  const Json document = completed(three_strategies());
  CHECK(complaints(document) == "");
  Json wrong = document;
  wrong["strategies"]["near"]["latency"][0]["mean"]["unit"] = "furlong";
  CHECK(complaints(wrong) != "");
}

TEST_CASE("Results in JSON carry units, nine digits, and what was asked", "[planner][render]") {
  const Study study = three_strategies();
  const Json document = completed(study);
  const Json& p99 = document["strategies"]["near"]["latency"][0]["percentiles"]["p99"];
  CHECK(p99["unit"] == "ms");
  CHECK(p99["v"].get<double>() == Approx(study.strategies[0].slices[0].percentiles[3].value).epsilon(1e-8));
  CHECK(p99.dump().size() < 90);
  CHECK(document["strategies"]["none"]["feasible"] == false);
  CHECK_FALSE(document["strategies"]["none"].contains("latency"));
  CHECK(document["assumptions"].size() == 1);
}

TEST_CASE("Text keeps to 80 columns and names every strategy", "[planner][render]") {
  const Study study = three_strategies();
  for (const std::string& text : {planner::render_comparison(study, {}), planner::render_detail(study, {})}) {
    CHECK(longest_line(text) <= 80);
    for (const char* name : {"near", "far", "none"}) CHECK(has(text, name));
    CHECK(has(text, "infeasible: web at far is offered 50 requests/s"));
    CHECK(has(text, "1 input is assumed"));
    CHECK_FALSE(has(text, "\x1b"));
    CHECK(text.back() == '\n');
  }
  planner::TextOptions colored;
  colored.color = planner::Color::on;
  CHECK(has(planner::render_comparison(study, colored), "\x1b[1m"));
}

TEST_CASE("A comparison gives paired differences and says what is better and why", "[planner][render]") {
  // far takes 40 ms of propagation more; near answers 99 % within 60 ms, far with its 53 ms and queue does
  // not.
  const Study study = three_strategies();
  const std::string text = planner::render_comparison(study, {});
  CHECK(has(text, "+40.0"));
  CHECK(has(text, ">60 ms"));
  const std::vector<std::string> said = planner::conclusions(study);
  REQUIRE(said.size() == 3);
  CHECK(said[0] == "none cannot carry the load.");
  CHECK(said[1] == "near answers 99 % of page within 60 ms.");
  CHECK(has(said[2], "near is the lowest"));
}

TEST_CASE("A request that fails is not answered in time, however soon the others are", "[planner][render]") {
  // near answers all it answers within 60 ms. Were it to answer 98 of 100 requests, that would be 98 % of
  // them.
  Study study = three_strategies();
  planner::StrategyResult& near = study.strategies.front();
  near.figures["ratio(good{flow=page})"] = {"1", {0.98, {0.979, 0.981, 0.98, 0.98}}, 100'000};
  near.slices[0].ok.value = 0.98;
  const std::vector<std::string> said = planner::conclusions(study);
  CHECK(said.at(1) == "No strategy answers 99 % of page within 60 ms; near comes closest.");
}

TEST_CASE("Without an interval, and within it, nothing is said of a deadline", "[planner][render]") {
  Study study = three_strategies();
  study.strategies.resize(1);
  planner::StrategyResult& near = study.strategies.front();
  // 99 % lies within 98.9 -+ Student's 3.18 x 0.5 / 2 %.
  near.figures["ratio(good{flow=page})"] = {"1", {0.989, {0.984, 0.994, 0.987, 0.991}}, 100'000};
  CHECK(planner::conclusions(study).front() ==
        "Whether near answers 99 % of page within 60 ms is undecided at this precision.");
  near.figures["ratio(good{flow=page})"] = {"1", {1.0, {1.0}}, 100'000};
  near.replications = 1;
  CHECK(planner::conclusions(study).front() ==
        "Whether near answers 99 % of page within 60 ms is undecided at this precision.");
}

TEST_CASE("The reason for a difference is the part that changed most", "[planner][render]") {
  Study study = three_strategies();
  study.strategies.pop_back();
  // The same with far as the baseline.
  std::swap(study.strategies[0].baseline, study.strategies[1].baseline);
  planner::Difference p99;
  p99.strategy = "near";
  p99.metric = "p99";
  p99.flow = "page";
  p99.delta = {-40.0, -40.1, -39.9, "ms"};
  p99.significant = true;
  study.differences = {p99};
  const std::vector<std::string> said = planner::conclusions(study);
  CHECK(has(said.back(), "near is 40.0 ms below far: above p99, propagation is 0 ms instead of 40.0 ms."));
}

TEST_CASE("Strategies that are not told apart are called tied", "[planner][render]") {
  Scenario base = one_site(50);
  base.workloads.at("load").process = planner::Workload::Process::poisson;
  base.strategy = "one";
  Scenario twin = base;
  twin.strategy = "two";
  twin.baseline = false;
  const std::vector<std::string> said = planner::conclusions(study({base, twin}, 3));
  REQUIRE(said.size() == 1);
  CHECK(said[0] == "p99 of page: one and two are not told apart at this precision.");
}

TEST_CASE("Differences within the region of equivalence do not count", "[planner][render]") {
  // far takes 40 ms more, its p99 is less than three times near's and more than 1 % above it.
  for (const double region : {2.0, 0.01}) {
    const Study study = three_strategies(region);
    const planner::Difference* p99 = planner::find_difference(study, "far", "p99", "page");
    REQUIRE(p99 != nullptr);
    CHECK(p99->significant);
    CHECK(p99->equivalent == (region > 1));
    CHECK(planner::change_mark(*p99) == (region > 1 ? "≈" : ""));
    const std::string said = planner::conclusions(study).back();
    CHECK(has(said, "near and far are equivalent, within 200 % of the lowest.") == (region > 1));
    CHECK(has(said, "near is the lowest") == (region < 1));
    CHECK(has(planner::render_comparison(study, {}), "≈ where all of it is within"));
    CHECK(completed(study)["differences"][0].contains("equivalent"));
  }
  CHECK_FALSE(completed(three_strategies())["differences"][0].contains("equivalent"));
}

TEST_CASE("A study without any request still renders", "[planner][render]") {
  const Study empty = study(one_site(0));
  const std::string detail = planner::render_detail(empty, {});
  CHECK(has(detail, "No request of page was answered."));
  CHECK(has(detail, "all 0"));
  CHECK(has(detail, " - "));
  CHECK_FALSE(has(detail, "error"));
  CHECK_FALSE(has(detail, "1,000 answers"));
  CHECK(has(planner::render_comparison(empty, {}), "No request of page was answered."));
  CHECK(complaints(completed(empty)) == "");
}
