#include "planner/assertion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "planner/sections.hpp"
#include "sim/special_functions.hpp"
#include "sim/statistics.hpp"

namespace planner {
namespace {

using Relation = Comparison::Relation;

/// What is judged and the limit it is held against, in base units.
struct Matter {
  Expression expression;
  Sections value;
  double limit = 0;
  UnitInfo unit;
};

/// Whether a plain number that is read counts something, and is no share.
bool counts(const Expression& expression) {
  return (expression.kind == Expression::Kind::metric && expression.metric.name == "queue.length") ||
         std::ranges::any_of(expression.operands, counts);
}

/// Whether the limit is a number without a unit: 6, not 600 %.
bool is_plain(const Expression& limit) {
  return limit.kind == Expression::Kind::number && limit.unit.empty();
}

/// The unit that the limit is written in, else the one that reports use.
UnitInfo unit_of(const Expression& left, const Expression& right) {
  for (const Expression* side : {&right, &left}) {
    if (side->kind == Expression::Kind::number && !side->unit.empty()) return find_unit(side->unit).value();
  }
  if (left.powers == UnitPowers{} && (is_plain(right) || counts(left) || counts(right))) return {};
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

/// How much farther Student's bounds must lie from the figure where replications are skewed, in standard
/// errors: below it and above it. A percentile of a replication has a long upper tail, and its low values
/// come with little spread, so that plain bounds are crossed too often on one side. First term of the
/// Edgeworth expansion of Student's statistic; the side on which it would allow nearer bounds keeps
/// Student's. Source: P. Hall, The Bootstrap and Edgeworth Expansion, Springer 1992, section 2.6.
std::pair<double, double> widening_for_skew(const std::vector<double>& values, double quantile) {
  sim::Moments moments;
  for (const double value : values) moments.add(value);
  const double count = static_cast<double>(values.size()), variance = moments.variance();
  if (values.size() < 3 || !(variance > 0)) return {0, 0};
  double cubes = 0;
  for (const double value : values) {
    const double off = value - moments.mean();
    cubes += off * off * off;
  }
  const double skew = cubes / count / (variance * std::sqrt(variance));
  const double shift = skew * (1 + 2 * quantile * quantile) / (6 * std::sqrt(count));
  return {std::max(-shift, 0.0), std::max(shift, 0.0)};
}

/// One-sided bounds from the spread of at least two replications, each at `confidence`.
sim::Interval bounds_of_spread(const Sections& sections, const std::vector<double>& values,
                               double confidence) {
  const double both = 2 * confidence - 1;
  const Estimate interval = estimate(sections, both, {});
  const double quantile = sim::math::student_t_quantile(confidence, static_cast<int>(values.size()) - 1);
  const double error = quantile > 0 ? (interval.high - interval.value) / quantile : 0.0;
  const auto [below, above] = widening_for_skew(values, quantile);
  return sim::Interval{interval.low - below * error, interval.high + above * error};
}

/// One-sided bounds, each at `confidence`; none where the spread is not known: requests of one replication
/// depend on each other, so that counting them would tell too little of it.
std::optional<sim::Interval> bounds(const Matter& matter, const FigureTable& table,
                                    const FigureTable* baseline, double confidence) {
  std::vector<double> values;
  for (const auto& own : matter.value.own) {
    if (own) values.push_back(*own);
  }
  if (values.size() < 2) return std::nullopt;
  if (all_same(matter.value)) {
    if (const auto within = bounds_of_shares(matter.expression, table, baseline, confidence)) return within;
  }
  return bounds_of_spread(matter.value, values, confidence);
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

/// A value in the unit that it is shown in.
double shown(const UnitInfo& unit, double value) { return value * unit.denominator / unit.numerator; }

/// @throws NoValue
Matter matter_of(const Comparison& comparison, const FigureTable& table, const FigureTable* baseline) {
  const auto value_of = [&](const Expression& expression) {
    auto result = evaluate(expression, table, baseline);
    if (const NoValue* none = std::get_if<NoValue>(&result)) throw NoValue{*none};
    return std::get<Sections>(std::move(result));
  };
  Matter matter{
      .expression = comparison.left, .value = {}, .unit = unit_of(comparison.left, comparison.right)};
  if (is_constant(comparison.right)) {
    matter.limit = value_of(comparison.right).overall;
  } else {
    matter.expression = {};
    matter.expression.kind = Expression::Kind::subtract;
    matter.expression.operands = {comparison.left, comparison.right};
  }
  matter.value = value_of(matter.expression);
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
    verdict.value = verdict.low = verdict.high = shown(matter.unit, matter.value.overall);
    verdict.limit = shown(matter.unit, matter.limit);
    verdict.unit = matter.unit.canonical;
    const std::optional<sim::Interval> within = bounds(matter, table, baseline, confidence);
    if (!within) {
      verdict.reason = "a single replication tells no spread";
      return verdict;
    }
    verdict.low = shown(matter.unit, within->low);
    verdict.high = shown(matter.unit, within->high);
    verdict.outcome = outcome(assertion.comparison.relation, *within, matter.limit);
  } catch (const NoValue& none) {
    verdict.reason = none.reason;
  }
  return verdict;
}

std::variant<Margin, NoValue> margin(const Assertion& assertion, const FigureTable& table,
                                     const FigureTable* baseline) {
  const Relation relation = assertion.comparison.relation;
  const double sign = relation == Relation::at_most || relation == Relation::below ? 1 : -1;
  try {
    const Matter matter = matter_of(assertion.comparison, table, baseline);
    const auto left = [&](double value) { return shown(matter.unit, sign * (matter.limit - value)); };
    Margin result{.sections = {.overall = left(matter.value.overall), .own = {}},
                  .unit = matter.unit.canonical};
    for (const auto& own : matter.value.own)
      result.sections.own.push_back(own ? std::optional{left(*own)} : std::nullopt);
    return result;
  } catch (const NoValue& none) {
    return none;
  }
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
