#include "planner/fail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "explore/loss_exposure.hpp"
#include "planner/loss_patch.hpp"
#include "planner/study_view.hpp"

namespace planner {
namespace {

constexpr std::size_t variants_at_once = 8;  ///< compiled at a time: bounds the memory

std::string pool_id(const std::string& site, const std::string& pool) { return site + "/" + pool; }

/// Parts that something is placed on, or all links.
std::vector<std::string> candidates(const Scenario& scenario, Losable each) {
  std::set<std::string> found;
  if (each == Losable::link) {
    for (const auto& [id, link] : scenario.links) found.insert(id);
  } else {
    for (const auto& [service, sites] : scenario.placement) {
      for (const auto& [site, placement] : sites) {
        if (site == user_device) continue;
        found.insert(each == Losable::site ? site : pool_id(site, placement.pool));
      }
    }
  }
  return {found.begin(), found.end()};
}

/// Given by a site, the users have their access there; given by a place, they may take any site.
bool hangs_on(const Population& population, const std::vector<std::string>& sites) {
  return !population.at && std::ranges::count(sites, population.site) > 0;
}

void lose(Scenario& scenario, Losable each, const std::string& lost) {
  for (auto& [service, sites] : scenario.placement)
    std::erase_if(sites,
                  [&](const auto& entry) { return stands_in(each, lost, entry.first, entry.second.pool); });
  if (each == Losable::link) scenario.links.erase(lost);
  if (each != Losable::site) return;
  std::erase_if(scenario.links,
                [&](const auto& link) { return link.second.a == lost || link.second.b == lost; });
  // Who hangs on the site has no other way to anything.
  std::erase_if(scenario.workloads, [&](const auto& workload) {
    return hangs_on(scenario.populations.at(workload.second.population), {lost});
  });
}

}  // namespace

Scenario without(const Scenario& scenario, Losable each, const std::vector<std::string>& lost) {
  Scenario less = scenario;
  less.baseline = false;
  less.strategy = "without";
  less.content_sha256.clear();  // it is not what the loader read any more
  for (const std::string& one : lost) {
    lose(less, each, one);
    less.strategy += " " + one;
  }
  return less;
}

namespace {

/// Largest share of a service's calls that the lost parts served.
double share_of(const StrategyResult& whole, Losable each, const std::vector<std::string>& lost) {
  std::map<std::string, double> all, there;
  for (const PoolUse& pool : whole.pools) {
    all[pool.service] += static_cast<double>(pool.requests);
    const bool gone = std::ranges::any_of(
        lost, [&](const std::string& one) { return stands_in(each, one, pool.site, pool.pool); });
    if (gone) there[pool.service] += static_cast<double>(pool.requests);
  }
  double largest = 0;
  for (const auto& [service, requests] : there)
    if (requests > 0) largest = std::max(largest, requests / all[service]);
  return largest;
}

/// Populations with requests that hang on a lost site: no failover gives them another access point.
std::vector<std::string> cut_off(const Scenario& scenario, const std::vector<std::string>& lost) {
  std::set<std::string> found;
  for (const auto& [id, workload] : scenario.workloads) {
    const Population& population = scenario.populations.at(workload.population);
    if (hangs_on(population, lost)) found.insert(workload.population);
  }
  return {found.begin(), found.end()};
}

std::string cut_off_text(const std::vector<std::string>& populations) {
  return fmt::format("population{} {} lose{} the site of {} access", populations.size() == 1 ? "" : "s",
                     fmt::join(populations, ", "), populations.size() == 1 ? "s" : "",
                     populations.size() == 1 ? "its" : "their");
}

Loss loss_of(const Scenario& scenario, const FailOptions& options, const std::vector<std::string>& lost,
             const Study& study, const StrategyResult& result) {
  Loss loss;
  loss.lost = lost;
  loss.survives = result.feasible;
  loss.reason = result.infeasible_reason;
  if (options.each == Losable::site) {
    if (const auto populations = cut_off(scenario, lost); !populations.empty()) {
      loss.survives = false;
      loss.reason = cut_off_text(populations) + (loss.reason.empty() ? "" : "; " + loss.reason);
    }
  }
  loss.share = share_of(study.strategies.front(), options.each, lost);
  const Exposure exposure = exposure_to(scenario, options.each, lost);
  loss.users = exposure.users;
  loss.exposed = exposure.rate;
  loss.failed_requests = exposure.failed;
  loss.retried_requests = exposure.saved;
  if (const PoolUse* busiest = busiest_pool(result); loss.survives && busiest != nullptr)
    loss.busiest =
        Loss::Busiest{pool_id(busiest->site, busiest->pool), busiest->service, busiest->utilisation};
  for (const std::string& flow : flows_of(study)) {
    const Slice* slice = whole_flow(result, flow);
    const Difference* difference = find_difference(study, result.strategy, "p99", flow);
    if (slice && difference) loss.flows.push_back({flow, slice->percentiles[p99_index], difference->delta});
  }
  return loss;
}

std::vector<std::vector<std::string>> combinations(const std::vector<std::string>& parts, std::uint32_t n) {
  std::vector<std::vector<std::string>> all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (n == 1) all.push_back({parts[i]});
    for (std::size_t k = i + 1; n == 2 && k < parts.size(); ++k) all.push_back({parts[i], parts[k]});
  }
  return all;
}

/// The strategy as it is and some of its losses, simulated together.
class Batch {
 public:
  Batch(const Scenario& base, const FailOptions& options)
      : base_{base}, options_{options}, travels_{options.study.store || options.study.executor} {
    scenarios_.push_back(base);
    scenarios_.front().baseline = true;
    origins_.push_back(read({}).value_or(Variant{}).origin);
  }

  void add(const std::vector<std::string>& lost) {
    Scenario less = without(base_, options_.each, lost);
    // What the reader refuses cannot carry its load: the compiler tells why, and nothing is simulated.
    if (std::optional<Variant> variant = read(loss_patch(base_, options_.each, lost))) {
      variant->scenario.strategy = less.strategy;
      variant->scenario.baseline = false;
      variant->scenario.experiment = base_.experiment;
      less = std::move(variant->scenario);
      origins_.push_back(std::move(variant->origin));
    } else {
      origins_.emplace_back();
    }
    scenarios_.push_back(std::move(less));
  }

  [[nodiscard]] Study run() const {
    StudyOptions options = options_.study;
    options.origins = origins_;
    return run_study(scenarios_, options);
  }

 private:
  [[nodiscard]] std::optional<Variant> read(const nlohmann::ordered_json& patch) const {
    if (!travels_ || !options_.load) return std::nullopt;
    return read_variant(options_.load, base_.strategy, patch);
  }

  const Scenario& base_;
  const FailOptions& options_;
  bool travels_;  ///< to a store or to other processes
  std::vector<Scenario> scenarios_;
  std::vector<Origin> origins_;
};

double worst_rise(const Loss& loss) {
  double worst = 0;
  for (const Loss::Flow& flow : loss.flows) worst = std::max(worst, flow.delta.value);
  return worst;
}

}  // namespace

Losses find_losses(const Scenario& scenario, const FailOptions& options) {
  const std::vector<std::string> parts = candidates(scenario, options.each);
  const auto all = combinations(parts, options.at_once);
  Losses losses{{}, 0, all.size(), parts.size()};
  for (std::size_t begin = 0; begin < all.size(); begin += variants_at_once) {
    const std::size_t end = std::min(begin + variants_at_once, all.size());
    Batch batch{scenario, options};
    for (std::size_t i = begin; i < end; ++i) batch.add(all[i]);
    const Study study = batch.run();
    if (study.interrupted) break;
    if (const StrategyResult& whole = study.strategies.front(); !whole.feasible) {
      losses.infeasible = whole.infeasible_reason;
      return losses;
    }
    for (std::size_t i = begin; i < end; ++i)
      losses.found.push_back(loss_of(scenario, options, all[i], study, study.strategies[1 + i - begin]));
  }
  losses.tried = losses.found.size();
  std::ranges::stable_sort(losses.found, [](const Loss& a, const Loss& b) {
    if (a.survives != b.survives) return !a.survives;
    return a.survives ? worst_rise(a) > worst_rise(b) : a.users > b.users;
  });
  return losses;
}

}  // namespace planner
