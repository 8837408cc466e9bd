#include "planner/choice.hpp"

#include <algorithm>

#include "planner/sections.hpp"
#include "sim/special_functions.hpp"

namespace planner {
namespace {

/// Student's probability that the true value is at most `limit`. Without spread, or with one replication,
/// the value counts as exact.
double at_most(const Sections& sections, double limit) {
  const Spread known = spread(sections);
  if (!(known.error > 0)) return sections.overall <= limit ? 1.0 : 0.0;
  return sim::math::student_t_cdf((limit - sections.overall) / known.error, known.replications - 1.0);
}

/// `rival` less what is left of `one` after the indifference.
Sections ahead(const Sections& rival, const Sections& one, double indifference) {
  const double rest = 1.0 - indifference;
  Sections difference;
  difference.overall = rival.overall - rest * one.overall;
  for (std::size_t i = 0; i < std::min(rival.own.size(), one.own.size()); ++i) {
    if (rival.own[i] && one.own[i]) difference.own.push_back(*rival.own[i] - rest * *one.own[i]);
  }
  return difference;
}

}  // namespace

std::vector<Standing> standings(const std::vector<Contestant>& contestants, double indifference) {
  std::vector<Standing> all;
  for (const Contestant& contestant : contestants) {
    Standing standing;
    double missed = 0;
    for (const Contestant::Limited& one : contestant.requirements) {
      standing.kept.push_back(contestant.ran ? at_most(one.value, one.limit) : 0.0);
      missed += 1.0 - standing.kept.back();
    }
    standing.feasible = contestant.ran ? std::max(1.0 - missed, 0.0) : 0.0;
    all.push_back(std::move(standing));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    double beaten = 0;
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (j == i || !contestants[i].ran || !contestants[j].ran) continue;
      const double better = at_most(ahead(contestants[j].goal, contestants[i].goal, indifference), 0.0);
      const double possible =
          all[j].kept.empty() ? 1.0 : *std::min_element(all[j].kept.begin(), all[j].kept.end());
      beaten += std::min(possible, better);
    }
    all[i].best = std::max(all[i].feasible - beaten, 0.0);
  }
  return all;
}

double error_of_a_look(double error, std::size_t contestants, std::size_t requirements, std::uint32_t looks) {
  const auto others = static_cast<double>(std::max<std::size_t>(contestants, 2) - 1);
  return error / (static_cast<double>(requirements + 1) * others * looks);
}

}  // namespace planner
