#pragma once
#include <cstdint>
#include <vector>

#include "planner/figure_table.hpp"

/// Which finalist is the best of those that keep every requirement, from replications.
namespace planner {

/// What replications on common random numbers gave for one finalist.
struct Contestant {
  Sections goal;  ///< the lower, the better
  struct Limited {
    Sections value;
    double limit = 0;  ///< in the unit of the value; kept by values up to it
  };
  std::vector<Limited> requirements;
  bool ran = true;  ///< false: it cannot be simulated, so it cannot be chosen
};

/// What is known of one finalist. Probabilities are one less the error at which Student's test rejects.
struct Standing {
  std::vector<double> kept;  ///< that a requirement holds
  double feasible = 0;       ///< at least: that all of them hold
  double best = 0;  ///< at least: feasible, and no other that is feasible is better by the indifference
};

/// Pairs are compared replication by replication; errors of requirements and of rivals are added up, so the
/// bounds hold whatever depends on whatever (Bonferroni). Assumes means that are about normal.
/// @param indifference  share of the goal's figure by which a rival must be ahead to count as better, >= 0
[[nodiscard]] std::vector<Standing> standings(const std::vector<Contestant>& contestants,
                                              double indifference);

/// The error that one look may leave to the finalist it chooses, so that a wrong one is chosen in at most
/// `error` of such contests: neither feasible nor within the indifference of the best that is.
///
/// One of the others is chosen wrongly only if, at some look, a test rejects what is true: that it misses a
/// requirement, that the best is better, or that the best keeps its requirements.
/// @param looks  at which the contest may end, >= 1
[[nodiscard]] double error_of_a_look(double error, std::size_t contestants, std::size_t requirements,
                                     std::uint32_t looks);

}  // namespace planner
