#include "planner/assertion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "planner/sections.hpp"
#include "sim/statistics.hpp"

namespace planner {
namespace {

using Relation = Comparison::Relation;

/// What is judged and the limit it is held against, in base units.
struct Matter {
  Evaluated value;
  double limit = 0;
  UnitInfo unit;
};

/// The unit that the limit is written in, else the one that reports use.
UnitInfo unit_of(const Expression& left, const Expression& right) {
  for (const Expression* side : {&right, &left}) {
    if (side->kind == Expression::Kind::number && !side->unit.empty()) return find_unit(side->unit).value();
  }
  static constexpr std::array usual{"ms",           "%",        "USD/month", "kWh/month",
                                    "kgCO2e/month", "USD/kreq", "Wh/kreq",   "gCO2e/kreq"};
  for (const char* name : usual) {
    const std::optional<UnitInfo> unit = find_unit(name);
    if (unit && unit->powers == left.powers) return *unit;
  }
  return {.powers = left.powers, .canonical = title_of(left.powers)};
}

bool all_same(const Sections& sections) {
  return std::all_of(sections.own.begin(), sections.own.end(),
                     [&](const auto& own) { return own && *own == sections.overall; });
}

/// One-sided bounds, each at `confidence`; none where the spread is not known.
std::optional<sim::Interval> bounds(const Evaluated& evaluated, double confidence) {
  const Sections& sections = evaluated.sections;
  const double both = 2 * confidence - 1;
  if (evaluated.trials && *evaluated.trials > 0 && all_same(sections)) {
    const double trials = static_cast<double>(*evaluated.trials);
    const auto successes = static_cast<std::uint64_t>(std::floor(sections.overall * trials + 0.5));
    return sim::clopper_pearson_interval(successes, *evaluated.trials, both);
  }
  if (std::count_if(sections.own.begin(), sections.own.end(),
                    [](const auto& own) { return own.has_value(); }) < 2)
    return std::nullopt;
  const Estimate interval = estimate(sections, both, {});
  return sim::Interval{interval.low, interval.high};
}

Verdict::Outcome outcome(Relation relation, const sim::Interval& within, double limit) {
  using enum Verdict::Outcome;
  switch (relation) {
    case Relation::at_most:
      return within.high <= limit ? pass : within.low > limit ? fail : inconclusive;
    case Relation::below:
      return within.high < limit ? pass : within.low >= limit ? fail : inconclusive;
    case Relation::at_least:
      return within.low >= limit ? pass : within.high < limit ? fail : inconclusive;
    case Relation::above:
      return within.low > limit ? pass : within.high <= limit ? fail : inconclusive;
  }
  return inconclusive;
}

/// @throws NoValue
Matter matter_of(const Comparison& comparison, const FigureTable& table, const FigureTable* baseline) {
  const auto value_of = [&](const Expression& expression) {
    auto result = evaluate(expression, table, baseline);
    if (const NoValue* none = std::get_if<NoValue>(&result)) throw NoValue{*none};
    return std::get<Evaluated>(std::move(result));
  };
  Matter matter{.value = {}, .unit = unit_of(comparison.left, comparison.right)};
  if (is_constant(comparison.right)) {
    matter.limit = value_of(comparison.right).sections.overall;
    matter.value = value_of(comparison.left);
    return matter;
  }
  Expression margin;
  margin.kind = Expression::Kind::subtract;
  margin.operands = {comparison.left, comparison.right};
  matter.value = value_of(margin);
  return matter;
}

}  // namespace

bool uses_baseline(const Assertion& assertion) {
  return uses_baseline(assertion.comparison.left) || uses_baseline(assertion.comparison.right);
}

Verdict judge(const Assertion& assertion, const FigureTable& table, const FigureTable* baseline,
              double confidence) {
  Verdict verdict;
  verdict.id = assertion.id;
  verdict.text = assertion.text;
  verdict.from = assertion.from;
  verdict.level = assertion.level;
  verdict.confidence = confidence;
  for (const Expression* side : {&assertion.comparison.left, &assertion.comparison.right})
    verdict.keys.merge(keys_read(*side, table));
  try {
    const Matter matter = matter_of(assertion.comparison, table, baseline);
    const auto shown = [&](double value) { return value * matter.unit.denominator / matter.unit.numerator; };
    verdict.value = verdict.low = verdict.high = shown(matter.value.sections.overall);
    verdict.limit = shown(matter.limit);
    verdict.unit = matter.unit.canonical;
    const std::optional<sim::Interval> within = bounds(matter.value, confidence);
    if (!within) {
      verdict.reason = "a single replication tells no spread";
      return verdict;
    }
    verdict.low = shown(within->low);
    verdict.high = shown(within->high);
    verdict.outcome = outcome(assertion.comparison.relation, *within, matter.limit);
  } catch (const NoValue& none) {
    verdict.reason = none.reason;
  }
  return verdict;
}

Verdict::Outcome overall(std::span<const Verdict> verdicts) {
  const auto any = [&](Verdict::Outcome outcome) {
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& verdict) {
      return verdict.level == Assertion::Level::error && verdict.outcome == outcome;
    });
  };
  if (any(Verdict::Outcome::fail)) return Verdict::Outcome::fail;
  return any(Verdict::Outcome::inconclusive) ? Verdict::Outcome::inconclusive : Verdict::Outcome::pass;
}

const char* name(Verdict::Outcome outcome) {
  switch (outcome) {
    case Verdict::Outcome::pass:
      return "pass";
    case Verdict::Outcome::fail:
      return "fail";
    case Verdict::Outcome::inconclusive:
      break;
  }
  return "inconclusive";
}

const char* name(Assertion::Level level) { return level == Assertion::Level::warn ? "warn" : "error"; }

}  // namespace planner
