#pragma once
#include <optional>
#include <string>
#include <vector>

#include "planner/results.hpp"

namespace planner {

/// Which strategy has the lowest value of a metric, with a promise.
struct BestChoice {
  std::string metric;
  double indifference = 0;  ///< in base units: differences that do not matter
  double confidence = 0.95;
  std::optional<std::string> best;     ///< none: the replications do not suffice
  std::vector<std::string> remaining;  ///< those that may be the best
  std::string reason;                  ///< why nothing can be said, empty if something can
};

/// Chooses by the procedure of Kim and Nelson (sim/selection.hpp), replication by replication.
///
/// If the lowest value is lower than all others by the indifference or more, that strategy is chosen with a
/// probability of at least the study's confidence. The value of a strategy is the mean of its replications'
/// values. Infeasible strategies do not compete. The first five replications, or all if fewer, give the
/// variances.
/// @param metric        bound to what the study knows; of each strategy by itself
/// @param indifference  > 0, in base units of the metric
[[nodiscard]] BestChoice choose_best(const Study& study, const Expression& metric,
                                     const std::string& metric_text, double indifference);

/// A sentence that names the choice.
[[nodiscard]] std::string best_sentence(const BestChoice& choice, const std::string& indifference);

}  // namespace planner
