#include "read/grid_hours.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "planner/demand.hpp"

namespace planner {
namespace {

using std::chrono::hours;

double sum(const std::array<double, 24>& of) { return std::accumulate(of.begin(), of.end(), 0.0); }

/// Adds up to 1; stays where all are 0.
std::array<double, 24> as_shares(std::array<double, 24> of) {
  const double whole = sum(of);
  if (whole > 0)
    for (double& hour : of) hour /= whole;
  return of;
}

/// What the demand repeats with, in whole days; nothing where it does not.
std::optional<sim::Duration> days(const Workload& workload) {
  if (workload.times) return std::nullopt;
  const models::RateProfile profile = rate_profile(workload);
  const sim::Duration period = profile.step * static_cast<std::int64_t>(profile.rates.size());
  if (profile.rates.size() == 1) return hours{24};
  return period % hours{24} == sim::Duration{0} ? std::optional{period} : std::nullopt;
}

}  // namespace

bool has_grid_hours(const Scenario& scenario) {
  return std::ranges::any_of(scenario.sites,
                             [](const auto& site) { return !site.second.carbon_hours.empty(); });
}

GridHours::GridHours(const Scenario& scenario, const Payers* payers, std::optional<Window> window)
    : scenario_{scenario}, payers_{payers}, window_{window} {
  if (payers_ == nullptr || !has_grid_hours(scenario)) return;
  for (const auto& [id, workload] : scenario.workloads) add_demand(workload);
  for (auto& [population, hours] : demand_) hours = as_shares(hours);
}

void GridHours::add_demand(const Workload& workload) {
  Hours own{};
  const auto period = days(workload);
  const Window recorded{scenario_.warmup, scenario_.duration};
  spread(workload, window_ ? *window_ : period ? Window{{}, *period} : recorded, own);
  own = as_shares(own);
  Hours& all = demand_[workload.population];
  for (std::size_t hour = 0; hour < 24; ++hour) all[hour] += workload.rate * own[hour];
}

double GridHours::mean(const Site& site, const std::string& id, double by_demand) const {
  if (site.carbon_hours.empty() || payers_ == nullptr) return 1.0;
  const Hours with_demand = demand_of(payers_->of_site(id)), always = even();
  double factor = 0;
  for (std::size_t hour = 0; hour < 24; ++hour)
    factor += site.carbon_hours[hour] * (by_demand * with_demand[hour] + (1 - by_demand) * always[hour]);
  return factor;
}

GridHours::Hours GridHours::even() const {
  Hours all;
  all.fill(1.0 / 24);
  if (!window_) return all;
  Workload steady;
  steady.rate = 1;
  all.fill(0);
  spread(steady, *window_, all);
  return as_shares(all);
}

GridHours::Hours GridHours::demand_of(const Shares& payers) const {
  Hours all{};
  for (const auto& [population, share] : payers) {
    const auto own = demand_.find(population);
    if (own == demand_.end()) continue;
    for (std::size_t hour = 0; hour < 24; ++hour) all[hour] += share * own->second[hour];
  }
  return sum(all) > 0 ? as_shares(all) : even();
}

void GridHours::spread(const Workload& workload, const Window& window, Hours& of) const {
  constexpr sim::Duration hour = hours{1};
  const sim::Duration start = std::chrono::seconds{scenario_.start_unix};
  const sim::Duration end = window.begin + window.length;
  for (sim::Duration at = window.begin; at < end;) {
    const std::int64_t number = (start + at) / hour;
    const sim::Duration next = std::min((number + 1) * hour - start, end);
    of[static_cast<std::size_t>(number % 24)] +=
        mean_rate(workload, at, next - at) * sim::to_seconds(next - at);
    at = next;
  }
}

}  // namespace planner
