#pragma once
#include <optional>

#include "models/world.hpp"
#include "planner/scenario.hpp"

namespace planner {

/// How a recorded span stands for a month.
struct MonthOfSpan {
  double span = 0;                    ///< [s]; 0: nothing was recorded
  double demand = 1;                  ///< mean demand / that in the span
  std::optional<double> provisioned;  ///< mean number of instances over their schedule; none: as in the span
};

/// Instance time of an elastic pool in a month, as its platform charges it. [s]
struct ElasticTime {
  double on_demand = 0;     ///< at the prices on demand: served, and started where that is charged
  double serving_kept = 0;  ///< served by provisioned instances at a price of their own
  double kept = 0;          ///< provisioned, as far as that is charged
  double kept_busy = 0;     ///< of that, while serving
  double alive = 0;         ///< there is an instance
  double active = 0;        ///< of that, it starts or serves
};

/// What was on demand and what served follows demand; how long instances were kept follows their schedule,
/// and they serve the same share of that time as in the span.
[[nodiscard]] ElasticTime elastic_time(const ElasticPrice& price, const models::PoolResult& pool,
                                       const MonthOfSpan& month);

}  // namespace planner
