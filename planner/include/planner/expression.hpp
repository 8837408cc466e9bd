#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "planner/diagnostic_code.hpp"
#include "planner/figure_table.hpp"
#include "planner/quantity.hpp"
#include "sim/statistics.hpp"

/// Expressions over results, as assertions state them: `p99(latency{flow=frame}) <= 50 ms`.
///
/// Grammar and metrics: docs/expressions.md. Units are checked when an expression is read, so evaluation
/// cannot meet a time where a price is due.
namespace planner {

/// Something that a study measures.
struct Metric {
  std::string statistic;                         ///< mean | p50 ... p99.9 | ratio; empty: the metric itself
  std::string name;                              ///< latency | ok | cost.total | ...
  std::map<std::string, std::string> selectors;  ///< flow=..., site=...

  /// Canonical text: `p99(latency{flow=frame,population=nl-5g})`.
  [[nodiscard]] std::string key() const;
};

/// A node of the parsed text. Plain data; depth is bounded by the parser.
struct Expression {
  enum class Kind : std::uint8_t {
    number,  ///< `number`, in base units
    metric,  ///< `metric`
    negate,  ///< one operand
    add,     ///< two operands, as all below but the last two
    subtract,
    multiply,
    divide,
    least,       ///< min(a, b)
    greatest,    ///< max(a, b)
    change,      ///< delta(a, baseline): (a - baseline's a) / baseline's a; one operand
    difference,  ///< difference(a, baseline): a - baseline's a; one operand
  };
  Kind kind = Kind::number;
  double number = 0;
  std::string unit;  ///< of a number, as written; empty without
  Metric metric;
  std::vector<Expression> operands;
  UnitPowers powers{};
  std::uint32_t begin = 0, end = 0;  ///< bytes in the text
};

/// `left <= right` and its kin.
struct Comparison {
  enum class Relation : std::uint8_t { at_most, below, at_least, above };
  Relation relation = Relation::at_most;
  Expression left, right;
};

/// What is wrong with an expression, and where in its text.
struct ExpressionError {
  Code code{};
  std::string message;
  std::uint32_t begin = 0, end = 0;
  std::vector<std::string> proposals;  ///< what may take the place of [begin, end)
};

[[nodiscard]] std::variant<Expression, ExpressionError> parse_expression(std::string_view text);
[[nodiscard]] std::variant<Comparison, ExpressionError> parse_comparison(std::string_view text);

/// Ids that selectors may name; an empty set means that the kind is not checked.
struct KnownIds {
  std::set<std::string> flows, populations, sites, services, pools;
  std::set<std::string> flows_with_deadline;
};

/// Fills in the flow where a metric leaves it out and there is only one.
/// @return what is wrong with the metrics: ids that do not exist, a flow that must be named
[[nodiscard]] std::optional<ExpressionError> bind(Expression& expression, const KnownIds& known);

/// Whether a node compares with the baseline.
[[nodiscard]] bool uses_baseline(const Expression& expression);
/// Whether the value is the same whatever was simulated.
[[nodiscard]] bool is_constant(const Expression& expression);

/// Keys of the table that the expression reads; what the table lacks is left out.
[[nodiscard]] std::set<std::string> keys_read(const Expression& expression, const FigureTable& table);

/// Why an expression has no value: a metric that the table lacks, a division by 0.
struct NoValue {
  std::string reason;
};
/// The value in base units, replication by replication. Nonlinear functions are evaluated of the overall
/// figures, and of each replication's own for their spread.
/// @param baseline  null: there is none, and expressions that use it have no value
[[nodiscard]] std::variant<Sections, NoValue> evaluate(const Expression& expression, const FigureTable& table,
                                                       const FigureTable* baseline);

/// One-sided bounds, each at `confidence`, of an expression that came out the same in every replication, so
/// that their spread tells nothing: from the requests that its shares are shares of (Clopper and Pearson, the
/// error divided among the shares), by interval arithmetic. Nothing where no share takes part, or where a
/// divisor's bounds cover 0.
[[nodiscard]] std::optional<sim::Interval> bounds_of_shares(const Expression& expression,
                                                            const FigureTable& table,
                                                            const FigureTable* baseline, double confidence);

}  // namespace planner
