#include "planner/expression.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace planner;

namespace {

FigureTable table() {
  return {{"p99(latency{flow=page})", {"ms", {40.0, {38.0, 42.0}}, {}}},
          {"p50(latency{flow=page})", {"ms", {20.0, {19.0, 21.0}}, {}}},
          {"cost.total", {"USD/month", {1000.0, {990.0, 1010.0}}, {}}},
          {"ratio(ok{flow=page})", {"1", {0.99, {0.985, 0.995}}, 400}},
          {"utilization{pool=box,service=api,site=ams}", {"1", {0.5, {0.4, 0.6}}, {}}},
          {"utilization{pool=box,service=api,site=fra}", {"1", {0.7, {0.6, 0.8}}, {}}}};
}

Expression parsed(const std::string& text) {
  const auto result = parse_expression(text);
  if (const auto* error = std::get_if<ExpressionError>(&result)) FAIL(text << ": " << error->message);
  return std::get<Expression>(result);
}

Sections value(const std::string& text, const FigureTable* baseline = nullptr) {
  const auto result = evaluate(parsed(text), table(), baseline);
  if (const auto* none = std::get_if<NoValue>(&result)) FAIL(text << ": " << none->reason);
  return std::get<Sections>(result);
}

ExpressionError error_of(const std::string& text) {
  const auto result = parse_comparison(text);
  if (const auto* error = std::get_if<ExpressionError>(&result)) return *error;
  FAIL(text << " was read");
  return {};
}

/// The piece of the text that an error points at.
std::string place(const std::string& text) {
  const ExpressionError error = error_of(text);
  return text.substr(error.begin, error.end - error.begin);
}

}  // namespace

TEST_CASE("An expression is evaluated of the overall figures and of each replication's own",
          "[planner][expression]") {
  // (40 + 20) / 2 = 30 ms = 0.030 s; replications (38 + 19) / 2 and (42 + 21) / 2.
  const Sections sections = value("(p99(latency{flow=page}) + p50(latency{flow=page})) / 2");
  CHECK(sections.overall == Approx(0.030));
  CHECK(*sections.own.at(0) == Approx(0.0285));
  CHECK(*sections.own.at(1) == Approx(0.0315));
}

TEST_CASE("Operators bind as in arithmetic", "[planner][expression]") {
  CHECK(value("2 + 3 * 4").overall == 14);
  CHECK(value("(2 + 3) * 4").overall == 20);
  CHECK(value("8 / 4 / 2").overall == 1);
  CHECK(value("10 - 4 - 3").overall == 3);
  CHECK(value("-2 + 5").overall == 3);
  CHECK(value("- (2 - 5)").overall == 3);
  CHECK(value("min(3, 2) + max(3, 2)").overall == 5);
}

TEST_CASE("Units convert, and divide away", "[planner][expression]") {
  CHECK(value("p99(latency{flow=page}) / 10 ms").overall == Approx(4));  // 40 ms / 10 ms
  CHECK(value("1 s - 400 ms").overall == Approx(0.6));
  CHECK(value("50 %").overall == 0.5);
  CHECK(value("50 ms/2").overall == Approx(0.025));     // the slash is no part of the unit
  CHECK(value("50 ms-10 ms").overall == Approx(0.04));  // nor is the minus
  CHECK(value("cost.total / 1 USD/month").overall == Approx(1000));
}

TEST_CASE("A change is relative to the baseline, a difference is not", "[planner][expression]") {
  FigureTable before = table();
  before["p99(latency{flow=page})"] = {"ms", {32.0, {32.0, 40.0}}, {}};
  // 40 ms against 32: +25 %, 8 ms; by replication 38 against 32 and 42 against 40.
  const Sections change = value("delta(p99(latency{flow=page}), baseline)", &before);
  CHECK(change.overall == Approx(0.25));
  CHECK(*change.own.at(0) == Approx(0.1875));
  CHECK(*change.own.at(1) == Approx(0.05));
  CHECK(value("difference(p99(latency{flow=page}), baseline)", &before).overall == Approx(0.008));
}

TEST_CASE("Without a baseline, or by 0, there is no value but a reason", "[planner][expression]") {
  const auto reason = [](const std::string& text) {
    return std::get<NoValue>(evaluate(parsed(text), table(), nullptr)).reason;
  };
  CHECK(reason("delta(cost.total, baseline)") == "the baseline was not simulated");
  CHECK(reason("1 / (cost.total - cost.total)") == "a division by 0");
  CHECK(reason("cost.idle") == "there is no result for cost.idle");
}

TEST_CASE("Utilization is that of the busiest pool selected", "[planner][expression]") {
  CHECK(value("utilization").overall == 0.7);
  CHECK(value("utilization{site=ams}").overall == 0.5);
  CHECK(value("utilization{service=api,pool=box}").overall == 0.7);
}

TEST_CASE("A division by a constant 0 is refused when it is read", "[planner][expression]") {
  CHECK(error_of("1/0 <= 1").message == "the divisor is 0");
  CHECK(place("1 <= p99(latency) / (2 ms - 2 ms)") == "2 ms - 2 ms");
}

TEST_CASE("An unknown unit behind a known one is told as a unit", "[planner][expression]") {
  const ExpressionError error = error_of("cost.total <= 14000 USD/year");
  CHECK(error.code == Code::unknown_unit);
  CHECK(error.message == "unknown unit \"USD/year\"");
  CHECK(place("cost.total <= 14000 USD/year") == "14000 USD/year");
  CHECK(error.proposals.front() == "14000 USD/month");
  CHECK(error_of("p99(latency) <= 5 mss").proposals.front() == "5 ms");
  CHECK(value("40 ms/p99(latency{flow=page})").overall == Approx(1));  // the slash divides by a metric
}

TEST_CASE("Dimensions are checked when an expression is read", "[planner][expression]") {
  CHECK(error_of("p99(latency) <= 5 USD/month").code == Code::wrong_dimension);
  CHECK(place("p99(latency) <= 5 USD/month") == "5 USD/month");
  CHECK(place("p99(latency) + cost.total <= 5 ms") == "cost.total");
  CHECK(error_of("p99(latency) <= 50").code == Code::missing_unit);
  CHECK(place("p99(latency) <= 50") == "50");
  CHECK(error_of("p99(latency) <= 50").proposals.front() == "50 ms");
  CHECK(error_of("ratio(ok) >= 99 ms").code == Code::wrong_dimension);
  CHECK(error_of("delta(p99(latency), baseline) <= 5 ms").code == Code::wrong_dimension);
  CHECK(error_of("p99(latency) * p99(latency) <= 5 ms").code == Code::wrong_dimension);
}

TEST_CASE("Mistakes are located and explained", "[planner][expression]") {
  CHECK(place("p98(latency) <= 1 s") == "p98");
  CHECK(error_of("p98(latency) <= 1 s").code == Code::unknown_metric);
  CHECK(place("p99(latancy) <= 1 s") == "latancy");
  CHECK(error_of("p99(latancy) <= 1 s").proposals == std::vector<std::string>{"latency"});
  CHECK(place("p99(cost.total) <= 1 s") == "cost.total");
  CHECK(error_of("latency <= 1 s").message.find("p99(latency") != std::string::npos);
  CHECK(error_of("ok >= 1").message.find("ratio(ok") != std::string::npos);
  CHECK(place("p99(latency) <= 5 parsec") == "5 parsec");  // what a proposal takes the place of
  CHECK(error_of("p99(latency) <= 5 parsec").code == Code::unknown_unit);
  CHECK(error_of("p99(latency)").message.find("comparison") != std::string::npos);
  CHECK(place("p99(latency) <= 5 ms <= 6 ms") == "<= 6 ms");
  CHECK(error_of("cost.total{site=x} <= 1 USD/month").message.find("no selectors") != std::string::npos);
  CHECK(error_of("p99(latency{host=x}) <= 1 s").message.find("host") != std::string::npos);
  CHECK(error_of("p99(latency{flow=a,flow=b}) <= 1 s").message.find("twice") != std::string::npos);
  CHECK(error_of("p99(latency{population=a,site=b}) <= 1 s").message.find("not by both") !=
        std::string::npos);
  CHECK(error_of("delta(delta(cost.total, baseline), baseline) < 1").message.find("nested") !=
        std::string::npos);
  CHECK(error_of("delta(cost.total, yesterday) < 1").proposals == std::vector<std::string>{"baseline"});
  CHECK(error_of(std::string(300, '(') + "1").message.find("nested") != std::string::npos);
  CHECK(error_of(std::string(300, '-') + "1").message.find("signs") != std::string::npos);
}

TEST_CASE("Selectors are bound to what there is", "[planner][expression]") {
  KnownIds known;
  known.flows = {"page"};
  known.sites = {"ams", "fra"};
  Expression expression = parsed("p99(latency)");
  CHECK_FALSE(bind(expression, known));
  CHECK(expression.metric.key() == "p99(latency{flow=page})");

  Expression misspelled = parsed("1 + p99(latency{site=amz}) / 1 ms");
  const auto error = bind(misspelled, known);
  REQUIRE(error);
  CHECK(error->begin == 4);
  CHECK(error->proposals == std::vector<std::string>{"p99(latency{flow=page,site=ams})"});

  Expression late = parsed("ratio(late)");
  CHECK(bind(late, known)->message == "flow \"page\" has no deadline, so nothing is late");

  known.flows.insert("search");
  Expression which = parsed("p99(latency)");
  CHECK(bind(which, known)->message == "say which flow: page, search");
}

namespace {

/// A random expression of plain numbers as text, with its value.
struct Sum {
  std::string text;
  double value;
};

Sum random_sum(std::mt19937_64& random, int depth) {
  if (depth == 0) {
    const auto number = static_cast<double>(random() % 9 + 1);
    return {std::to_string(static_cast<int>(number)), number};
  }
  const Sum a = random_sum(random, depth - 1), b = random_sum(random, depth - 1);
  const std::string space = random() % 2 == 0 ? " " : "";
  switch (random() % 4) {
    case 0:
      return {"(" + a.text + space + "+" + space + b.text + ")", a.value + b.value};
    case 1:
      return {"(" + a.text + space + "-" + space + b.text + ")", a.value - b.value};
    case 2:
      return {"(" + a.text + space + "*" + space + b.text + ")", a.value * b.value};
    default:
      return {"max(" + a.text + "," + space + b.text + ")", std::max(a.value, b.value)};
  }
}

}  // namespace

TEST_CASE("Random expressions have the value that arithmetic gives them", "[planner][expression][property]") {
  std::mt19937_64 random{20260302};
  for (int i = 0; i < 2'000; ++i) {
    const Sum sum = random_sum(random, static_cast<int>(random() % 6));
    CAPTURE(sum.text);
    CHECK(value(sum.text).overall == sum.value);
  }
}

TEST_CASE("No text, however broken, does harm, and every error points into it",
          "[planner][expression][property]") {
  const std::string whole =
      "delta(p99(latency{flow=a-b,site=c}) * 2 %, baseline) + ratio(ok) <= 5.0 % / (3 - -1)";
  const std::string letters = "()+-*/<>={},.% abcdefp9mMGs\xC2\xB5\"";
  std::mt19937_64 random{7};
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = whole;
    for (auto edits = random() % 4 + 1; edits > 0; --edits) {
      const std::size_t at = random() % text.size();
      if (random() % 2 == 0)
        text.erase(at, 1);
      else
        text.insert(at, 1, letters[random() % letters.size()]);
    }
    const auto result = parse_comparison(text);
    const auto* error = std::get_if<ExpressionError>(&result);
    if (error == nullptr) continue;
    ++refused;
    CAPTURE(text);
    CHECK(error->begin < error->end);
    CHECK(error->begin <= text.size());
    CHECK(error->end <= text.size() + 1);
    CHECK_FALSE(error->message.empty());
  }
  CHECK(refused > 10'000);
}
