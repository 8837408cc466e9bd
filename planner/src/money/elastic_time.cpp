#include "money/elastic_time.hpp"

#include <algorithm>

#include "planner/accounting.hpp"

namespace planner {
namespace {

using Billing = ElasticPrice::Billing;

constexpr double month_seconds = hours_per_month * 3600.0;

/// What is charged of a span by the rule of the platform, before it is told what has a price of its own. [s]
struct Charged {
  double all = 0;   ///< provisioned instances' serving included, their waiting excluded
  double kept = 0;  ///< of that, in provisioned instances
};

Charged charged(const ElasticPrice& price, const models::PoolResult& pool) {
  const double starting =
      price.init_billed ? sim::to_seconds(pool.starting - pool.provisioned_starting) : 0.0;
  if (price.billing == Billing::instance_busy)
    return {sim::to_seconds(pool.instance_busy) + starting, sim::to_seconds(pool.provisioned_busy)};
  if (price.billing != Billing::instance_alive)
    return {sim::to_seconds(pool.billed) + starting, sim::to_seconds(pool.provisioned_billed)};
  // Lives of instances that are kept are charged as such, or like any other where that has no price.
  const bool apart = price.per_provisioned_gb_second.value() > 0;
  const double alive = sim::to_seconds(pool.instance_alive) - (apart ? sim::to_seconds(pool.provisioned) : 0);
  const double unpaid = price.init_billed ? 0.0 : sim::to_seconds(pool.starting - pool.provisioned_starting);
  return {std::max(alive - unpaid, 0.0), 0.0};
}

}  // namespace

ElasticTime elastic_time(const ElasticPrice& price, const models::PoolResult& pool,
                         const MonthOfSpan& month) {
  ElasticTime time;
  if (month.span <= 0) return time;
  const double monthly = month.demand * month_seconds / month.span;
  const double in_span = sim::to_seconds(pool.provisioned) / month.span;
  const double instances = month.provisioned.value_or(in_span);
  const double kept = instances * month_seconds;
  const double busy_share =
      in_span > 0
          ? std::min(month.demand * sim::to_seconds(pool.provisioned_busy) / (in_span * month.span), 1.0)
          : 0.0;

  const Charged of_span = charged(price, pool);
  const bool own_price = price.per_provisioned_execution_gb_second.has_value();
  const double by_schedule = in_span > 0 ? instances / in_span : 1.0;
  if (own_price) time.serving_kept = std::min(of_span.kept * by_schedule, of_span.all) * monthly;
  time.on_demand = of_span.all * monthly - time.serving_kept;

  // Without a price of its own, serving is charged as on demand; a price of keeping is then one of waiting
  // where instances are charged by their time, and one of being reserved where requests are.
  const bool waits_only = price.billing == Billing::instance_busy && !own_price;
  time.kept = waits_only ? kept * (1 - busy_share) : kept;
  time.kept_busy = waits_only ? 0.0 : kept * busy_share;

  const double alive_on_demand = std::max(sim::to_seconds(pool.instance_alive - pool.provisioned), 0.0);
  time.alive = alive_on_demand * monthly + kept;
  time.active = std::min(sim::to_seconds(pool.instance_busy + pool.starting) * monthly, time.alive);
  return time;
}

}  // namespace planner
