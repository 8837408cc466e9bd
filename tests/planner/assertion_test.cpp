#include "planner/assertion.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "planner/verdict_text.hpp"
#include "sim/special_functions.hpp"
#include "support/scenario_builder.hpp"

using namespace planner;
using namespace test_support;

namespace {

Assertion assertion(const std::string& text) {
  Assertion result;
  result.id = "a";
  result.text = text;
  const auto parsed = parse_comparison(text);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) FAIL(text << ": " << error->message);
  result.comparison = std::get<Comparison>(parsed);
  return result;
}

FigureTable latencies(std::vector<std::optional<double>> own) {
  double sum = 0;
  for (const auto& value : own) sum += *value;
  const double mean = sum / static_cast<double>(own.size());
  return {{"p99(latency{flow=page})", {"ms", {mean, std::move(own)}, {}}}};
}

Verdict::Outcome outcome(const std::string& text, const FigureTable& table, double confidence = 0.95) {
  return judge(assertion(text), table, nullptr, confidence).outcome;
}

using enum Verdict::Outcome;

}  // namespace

TEST_CASE("A verdict rests on the one-sided bound", "[planner][assertion]") {
  // Mean 45 ms, spread 1 ms over 4 replications: error 0.5 ms, t(0.95, 3) = 2.3534: bounds 45 -+ 1.177 ms.
  const double half = sim::math::student_t_quantile(0.95, 3) * std::sqrt((4.5 / 3) / 4);
  const FigureTable table = latencies({43.5, 46.5, 45.0, 45.0});
  const Verdict verdict = judge(assertion("p99(latency{flow=page}) <= 50 ms"), table, nullptr, 0.95);
  CHECK(verdict.value == Approx(45.0));
  CHECK(verdict.low == Approx(45.0 - half));
  CHECK(verdict.high == Approx(45.0 + half));
  CHECK(verdict.unit == "ms");
  CHECK(verdict.outcome == pass);
  CHECK(outcome("p99(latency{flow=page}) <= 46 ms", table) == inconclusive);
  CHECK(outcome("p99(latency{flow=page}) <= 44 ms", table) == inconclusive);
  CHECK(outcome("p99(latency{flow=page}) <= 43 ms", table) == fail);
  CHECK(outcome("p99(latency{flow=page}) >= 43 ms", table) == pass);
  CHECK(outcome("p99(latency{flow=page}) > 50 ms", table) == fail);
}

TEST_CASE("One replication decides nothing, however many requests it has", "[planner][assertion]") {
  FigureTable table{{"ratio(ok{flow=page})", {"1", {1.0, {1.0}}, 100'000}}};
  CHECK(outcome("ratio(ok{flow=page}) >= 99 %", table) == inconclusive);
  table.begin()->second.sections.own = {1.0, 1.0};
  CHECK(outcome("ratio(ok{flow=page}) >= 99 %", table) == pass);
}

TEST_CASE("Shares that all replications agree in are as certain as their requests, in any expression",
          "[planner][assertion]") {
  // No failure among 10,000: with 95 % confidence fewer than 1 - 0.05^(1/10,000) = 0.03 % fail.
  const FigureTable table{{"ratio(ok{flow=page})", {"1", {1.0, {1.0, 1.0, 1.0}}, 10'000}},
                          {"cost.total", {"USD/month", {200.0, {200.0, 200.0, 200.0}}, {}}}};
  const double most = 1 - std::pow(0.05, 1e-4);
  CHECK(judge(assertion("1 - ratio(ok{flow=page}) <= 0.1 %"), table, nullptr, 0.95).high ==
        Approx(100 * most));
  for (const char* text : {"ratio(ok{flow=page}) >= 99.99 %", "1 - ratio(ok{flow=page}) <= 0.01 %",
                           "-ratio(ok{flow=page}) <= -99.99 %", "2 * ratio(ok{flow=page}) >= 199.98 %"})
    CHECK(outcome(text, table) == inconclusive);
  CHECK(outcome("1 - ratio(ok{flow=page}) <= 0.04 %", table) == pass);
  CHECK(outcome("cost.total <= 200 USD/month", table) == pass);
  // Against a baseline with as many, each bound has half of the error: 1 - 0.025^(1/10,000) = 0.037 %.
  const Verdict delta =
      judge(assertion("difference(ratio(ok{flow=page}), baseline) >= -0.1 %"), table, &table, 0.95);
  CHECK(delta.outcome == pass);
  CHECK(delta.low == Approx(-100 * (1 - std::pow(0.025, 1e-4))));
  CHECK(delta.high == Approx(100 * (1 - std::pow(0.025, 1e-4))));
}

TEST_CASE("A ratio is told in the form of its limit", "[planner][assertion]") {
  FigureTable table = latencies({43.5, 46.5, 45.0, 45.0});
  table["mean(latency{flow=page})"] = {"ms", {10.0, {10.0, 10.0, 10.0, 10.0}}, {}};
  const auto judged = [&](const std::string& limit) {
    return judge(assertion("p99(latency{flow=page}) / mean(latency{flow=page}) <= " + limit), table, nullptr,
                 0.95);
  };
  const Verdict plain = judged("6");
  CHECK(plain.value == Approx(4.5));  // 45 ms / 10 ms
  CHECK(plain.limit == 6);
  CHECK(plain.unit.empty());
  CHECK(value_text(plain).starts_with("4.5"));
  CHECK(value_text(plain).find('%') == std::string::npos);
  const Verdict percent = judged("600 %");
  CHECK(percent.value == Approx(450));
  CHECK(percent.unit == "%");
  CHECK(percent.outcome == plain.outcome);
}

TEST_CASE("A figure that is scaled, shifted or negated takes its bounds along", "[planner][assertion]") {
  // As above: 45 -+ 1.177 ms. A constant has one value in each of the four replications.
  const double half = sim::math::student_t_quantile(0.95, 3) * std::sqrt((4.5 / 3) / 4);
  const FigureTable table = latencies({43.5, 46.5, 45.0, 45.0});
  const auto bounds = [&](const std::string& text) {
    const Verdict verdict = judge(assertion(text), table, nullptr, 0.95);
    return std::array{verdict.low, verdict.value, verdict.high};
  };
  const auto check = [](const std::array<double, 3>& given, double value, double error) {
    CHECK(given[0] == Approx(value - error));
    CHECK(given[1] == Approx(value));
    CHECK(given[2] == Approx(value + error));
  };
  check(bounds("0.5 * p99(latency{flow=page}) <= 50 ms"), 22.5, 0.5 * half);
  check(bounds("p99(latency{flow=page}) / 3 <= 50 ms"), 15, half / 3);
  check(bounds("p99(latency{flow=page}) + 5 ms <= 50 ms"), 50, half);
  check(bounds("-p99(latency{flow=page}) >= -50 ms"), -45, half);
  check(bounds("20 ms <= 50 % * p99(latency{flow=page})"), -2.5, 0.5 * half);
}

TEST_CASE("At the limit itself, <= holds and < does not", "[planner][assertion]") {
  const FigureTable table = latencies({50.0, 50.0, 50.0});
  CHECK(outcome("p99(latency{flow=page}) <= 50 ms", table) == pass);
  CHECK(outcome("p99(latency{flow=page}) < 50 ms", table) == fail);
  CHECK(outcome("p99(latency{flow=page}) >= 50 ms", table) == pass);
  CHECK(outcome("p99(latency{flow=page}) > 50 ms", table) == fail);
}

TEST_CASE("One replication decides nothing", "[planner][assertion]") {
  const Verdict verdict =
      judge(assertion("p99(latency{flow=page}) <= 50 ms"), latencies({10.0}), nullptr, 0.95);
  CHECK(verdict.outcome == inconclusive);
  CHECK_FALSE(verdict.reason.empty());
  CHECK(verdict.value == Approx(10.0));
}

TEST_CASE("A share without exceptions is only as sure as its requests are many", "[planner][assertion]") {
  // None of n failed: with 95 % confidence the share is below 1 - 0.05^(1/n): 0.00299 for 1,000 requests.
  const auto share = [](std::uint64_t requests) {
    return FigureTable{{"ratio(failed{flow=page})", {"1", {0.0, {0.0, 0.0, 0.0}}, requests}}};
  };
  const Verdict verdict = judge(assertion("ratio(failed{flow=page}) <= 0.1 %"), share(1'000), nullptr, 0.95);
  CHECK(verdict.high == Approx(100 * (1 - std::pow(0.05, 1e-3))));
  CHECK(verdict.outcome == inconclusive);
  CHECK(outcome("ratio(failed{flow=page}) <= 0.1 %", share(10'000)) == pass);
}

TEST_CASE("A right side that is no constant is weighed against the left", "[planner][assertion]") {
  FigureTable table = latencies({40.0, 42.0});
  table["p50(latency{flow=page})"] = {"ms", {20.0, {19.0, 21.0}}, {}};
  // 41 - 2 * 20 = 1 ms in each replication's mean: 40 - 38 = 2 and 42 - 42 = 0.
  const Verdict verdict =
      judge(assertion("p99(latency{flow=page}) <= 2 * p50(latency{flow=page})"), table, nullptr, 0.95);
  CHECK(verdict.value == Approx(1.0));
  CHECK(verdict.limit == 0);
  CHECK(verdict.outcome == inconclusive);
}

TEST_CASE("The worst outcome of level error is that of all", "[planner][assertion]") {
  Verdict passed, failed, undecided;
  passed.outcome = pass;
  failed.outcome = fail;
  CHECK(overall(std::vector<Verdict>{}) == pass);
  CHECK(overall(std::vector{passed, undecided}) == inconclusive);
  CHECK(overall(std::vector{passed, undecided, failed}) == fail);
  failed.level = undecided.level = Assertion::Level::warn;
  CHECK(overall(std::vector{passed, undecided, failed}) == pass);
}

TEST_CASE("A study judges the assertions of each strategy", "[planner][assertion][study]") {
  // 1 ms up + 10 ms + 2 ms down = 13 ms; 20 ms more each way to the far site: 53 ms.
  Scenario near = one_site(5);
  near.strategy = "near";
  near.assertions = {assertion("p99(latency{flow=page}) <= 20 ms"),
                     assertion("delta(p99(latency{flow=page}), baseline) <= 5 %")};
  Scenario far = near;
  far.strategy = "far";
  far.baseline = false;
  add_far_site(far, constant(0.020));
  far.placement["web"] = {};
  far.placement["web"]["far"].pool = "box";
  const Study result = study({near, far}, 3);
  REQUIRE(result.strategies[0].verdicts.size() == 2);
  CHECK(result.strategies[0].verdicts[0].outcome == pass);
  CHECK(result.strategies[0].verdicts[1].value == 0);
  CHECK(result.strategies[0].verdicts[1].outcome == pass);
  CHECK(result.strategies[1].verdicts[0].outcome == fail);
  CHECK(result.strategies[1].verdicts[1].value == Approx(100 * (53.0 / 13.0 - 1)).epsilon(1e-4));
  CHECK(verdict_of(result) == fail);
}

TEST_CASE("Until decided, a study ends at the look that decides", "[planner][assertion][study]") {
  Scenario scenario = one_site(5);
  scenario.assertions = {assertion("p99(latency{flow=page}) <= 20 ms")};
  StudyOptions options;
  options.until = StudyOptions::Until::decided;
  // Constant times have no spread: the first look, after the scenario's 5 replications, decides.
  const Study decided = run_study({scenario}, options);
  CHECK(decided.strategies[0].replications == 5);
  REQUIRE(decided.precision);
  CHECK(decided.precision->met);

  // No number of replications tells whether a value is below itself and the spread of it.
  scenario.workloads.at("load").process = Workload::Process::poisson;
  scenario.workloads.at("load").rate = 50;
  scenario.duration = std::chrono::seconds{5};
  const Study level = run_study({scenario}, {});
  const double p99 = level.strategies[0].figures.at("p99(latency{flow=page})").sections.overall;
  scenario.assertions = {assertion(std::to_string(p99) + " ms <= p99(latency{flow=page})")};
  scenario.experiment.max_replications = 10;
  const Study open = run_study({scenario}, options);
  CHECK(open.strategies[0].replications == 10);
  CHECK_FALSE(open.precision->met);
  CHECK(open.precision->reached == 1);
}

TEST_CASE("A study ends when the metric asked for is precise", "[planner][study]") {
  Scenario scenario = one_site(50);
  scenario.workloads.at("load").process = Workload::Process::poisson;
  scenario.experiment.max_replications = 80;
  StudyOptions options;
  options.half_width = 0.5;
  options.metric = std::get<Expression>(parse_expression("cost.total"));
  options.metric_text = "cost.total";
  // Rent of nodes does not depend on the draws: the first look is enough.
  const Study cost = run_study({scenario}, options);
  CHECK(cost.strategies[0].replications == 5);
  CHECK(cost.precision->metric == "cost.total");
  CHECK(cost.precision->met);

  options.half_width = 0.001;
  options.metric = std::get<Expression>(parse_expression("p99(latency{flow=page})"));
  const Study latency = run_study({scenario}, options);
  CHECK(latency.strategies[0].replications == 80);
  CHECK_FALSE(latency.precision->met);
  CHECK(latency.precision->reached > 0.001);
}
