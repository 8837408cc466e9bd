#include <array>

#include "planner/optimize.hpp"

namespace planner {

double goal_value(Goal goal, const PlanFigures& figures) {
  switch (goal) {
    case Goal::sites:
      return static_cast<double>(figures.sites);
    case Goal::energy:
      return figures.energy;
    case Goal::carbon:
      return figures.carbon;
    case Goal::latency:
      return figures.latency;
    case Goal::cost:
      break;
  }
  return figures.cost;
}

const char* goal_unit(Goal goal) {
  static constexpr std::array<const char*, 5> units{"USD/month", "sites", "kWh/month", "kgCO2e/month", "ms"};
  return units[static_cast<std::size_t>(goal)];
}

}  // namespace planner
