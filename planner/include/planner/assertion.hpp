#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>

#include "planner/expression.hpp"

namespace planner {

/// A requirement that results are judged by, from the scenario's section `assert`.
struct Assertion {
  enum class Level : std::uint8_t { warn, error };
  std::string id;
  std::string text;  ///< the expression as written
  Comparison comparison;
  Level level = Level::error;
  std::optional<double> confidence;  ///< of its verdict; none: the study's
  std::string from;                  ///< where the requirement comes from, free text
};

/// Whether a comparison with the baseline is part of it.
[[nodiscard]] bool uses_baseline(const Assertion& assertion);

/// An assertion judged by what was simulated.
struct Verdict {
  enum class Outcome : std::uint8_t { pass, fail, inconclusive };
  std::string id, text, from;
  Assertion::Level level = Assertion::Level::error;
  Outcome outcome = Outcome::inconclusive;
  /// Of the left side; of left minus right where the right side is no constant. In `unit`.
  double value = 0;
  /// One-sided bounds of `value`, each at `confidence`. They equal it where there is no interval.
  double low = 0, high = 0;
  double limit = 0;  ///< of the right side; 0 where that is no constant
  std::string unit;  ///< empty where the limit is a plain number
  double confidence = 0.95;
  std::set<std::string> keys;  ///< figures that it rests on
  std::string reason;          ///< why it is inconclusive, if not for the interval alone
};

/// Judges: passed when the bound on the limit's far side keeps it, failed when the other bound breaks it.
///
/// If a strategy meets the requirement, it is failed with a probability of at most 1 - confidence, and the
/// other way round. A share that is the same in every replication gets Clopper and Pearson's bound over its
/// requests, because a spread of 0 would claim certainty.
/// @param baseline    null: there is none
/// @param confidence  of each bound; with several looks, that of the look
[[nodiscard]] Verdict judge(const Assertion& assertion, const FigureTable& table, const FigureTable* baseline,
                            double confidence);

/// What is left to a limit: above zero where the requirement is met.
struct Margin {
  Sections sections;
  std::string unit;
};
/// Limit minus value, or value minus limit where the value has to be above it; in the unit of judge().
/// @return why there is none, where the expression has no value
[[nodiscard]] std::variant<Margin, NoValue> margin(const Assertion& assertion, const FigureTable& table,
                                                   const FigureTable* baseline);

/// Of several assertions: failed if one of level error is, else inconclusive if one of those is, else passed.
[[nodiscard]] Verdict::Outcome overall(std::span<const Verdict> verdicts);

/// `pass`, `fail`, `inconclusive`.
[[nodiscard]] const char* name(Verdict::Outcome outcome);
/// `error`, `warn`.
[[nodiscard]] const char* name(Assertion::Level level);

}  // namespace planner
