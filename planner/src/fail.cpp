#include "planner/fail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "text_table.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

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

bool holds(Losable each, const std::string& lost, const std::string& site, const std::string& pool) {
  return each == Losable::site ? site == lost : each == Losable::pool && pool_id(site, pool) == lost;
}

void lose(Scenario& scenario, Losable each, const std::string& lost) {
  for (auto& [service, sites] : scenario.placement)
    std::erase_if(sites,
                  [&](const auto& entry) { return holds(each, lost, entry.first, entry.second.pool); });
  if (each == Losable::link) scenario.links.erase(lost);
  if (each != Losable::site) return;
  std::erase_if(scenario.links,
                [&](const auto& link) { return link.second.a == lost || link.second.b == lost; });
  // Who hangs on the site has no other way to anything.
  std::erase_if(scenario.workloads, [&](const auto& workload) {
    const Population& population = scenario.populations.at(workload.second.population);
    return !population.at && population.site == lost;
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
        lost, [&](const std::string& one) { return holds(each, one, pool.site, pool.pool); });
    if (gone) there[pool.service] += static_cast<double>(pool.requests);
  }
  double largest = 0;
  for (const auto& [service, requests] : there)
    if (requests > 0) largest = std::max(largest, requests / all[service]);
  return largest;
}

double request_rate(const Scenario& scenario) {
  double rate = 0;
  for (const auto& [id, workload] : scenario.workloads) rate += workload.rate;
  return rate;
}

Loss loss_of(const Scenario& scenario, const FailOptions& options, const std::vector<std::string>& lost,
             const Study& study, const StrategyResult& result) {
  Loss loss;
  loss.lost = lost;
  loss.survives = result.feasible;
  loss.reason = result.infeasible_reason;
  loss.share = share_of(study.strategies.front(), options.each, lost);
  const double window =
      sim::to_seconds(scenario.faults.detection) + sim::to_seconds(scenario.faults.name_ttl) / 2;
  loss.failed_requests = loss.share * request_rate(scenario) * window;
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

double worst_rise(const Loss& loss) {
  double worst = 0;
  for (const Loss::Flow& flow : loss.flows) worst = std::max(worst, flow.delta.value);
  return worst;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " + ") + name;
  return text;
}

Json estimate_json(const Estimate& of) {
  return {{"v", of.value}, {"lo", of.low}, {"hi", of.high}, {"unit", of.unit}};
}

}  // namespace

std::vector<Loss> find_losses(const Scenario& scenario, const FailOptions& options) {
  const auto all = combinations(candidates(scenario, options.each), options.at_once);
  std::vector<Loss> losses;
  for (std::size_t begin = 0; begin < all.size(); begin += variants_at_once) {
    const std::size_t end = std::min(begin + variants_at_once, all.size());
    std::vector<Scenario> variants{scenario};
    variants.front().baseline = true;
    for (std::size_t i = begin; i < end; ++i) variants.push_back(without(scenario, options.each, all[i]));
    const Study study = run_study(variants, options.study);
    if (study.interrupted) break;
    for (std::size_t i = begin; i < end; ++i)
      losses.push_back(loss_of(scenario, options, all[i], study, study.strategies[1 + i - begin]));
  }
  std::ranges::stable_sort(losses, [](const Loss& a, const Loss& b) {
    if (a.survives != b.survives) return !a.survives;
    return a.survives ? worst_rise(a) > worst_rise(b) : a.share > b.share;
  });
  return losses;
}

std::string render_losses(const Scenario& scenario, const std::vector<Loss>& losses,
                          const TextOptions& options) {
  if (losses.empty()) return "nothing that could be lost is in use\n";
  TextTable table;
  std::vector<std::string> head{"lost", "in it", "fail at once"};
  for (const auto& [flow, spec] : scenario.flows) head.push_back("p99 " + flow + " [ms]");
  table.row(head, TextTable::Emphasis::strong);
  for (const Loss& loss : losses) {
    std::vector<std::string> cells{joined(loss.lost), percent_text(loss.share),
                                   number_text(loss.failed_requests)};
    for (const auto& [flow, spec] : scenario.flows) {
      const auto found = std::ranges::find(loss.flows, flow, &Loss::Flow::flow);
      cells.push_back(found == loss.flows.end()
                          ? (loss.survives ? "-" : "cannot")
                          : fmt::format("{} ({})", number_text(found->p99.value),
                                        signed_with_error(found->delta, found->p99.value)));
    }
    table.row(std::move(cells));
  }
  std::string text = table.text(options.width, 0, options.color);
  for (const Loss& loss : losses)
    if (!loss.survives)
      text += wrapped("without " + joined(loss.lost) + ": " + loss.reason, options.width, 2);
  return text +
         wrapped(fmt::format("Requests in it fail for {} until the loss is noticed and, on average, {} "
                             "until names are looked up again.",
                             duration_text(scenario.faults.detection),
                             duration_text(scenario.faults.name_ttl / 2)),
                 options.width, 0);
}

Json losses_json(const std::vector<Loss>& losses) {
  Json json{{"losses", Json::array()}};
  for (const Loss& loss : losses) {
    Json entry{{"lost", loss.lost},
               {"survives", loss.survives},
               {"share", loss.share},
               {"failed_requests", loss.failed_requests},
               {"flows", Json::object()}};
    if (!loss.survives) entry["reason"] = loss.reason;
    for (const Loss::Flow& flow : loss.flows)
      entry["flows"][flow.flow] = {{"p99", estimate_json(flow.p99)}, {"delta", estimate_json(flow.delta)}};
    json["losses"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace planner
