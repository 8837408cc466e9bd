#include <nlohmann/json.hpp>

#include "planner/optimize.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;
using Places = std::map<std::string, Placement>;

bool same(const Placement& a, const Placement& b) {
  return a.pool == b.pool && a.replicas == b.replicas && a.provisioned == b.provisioned;
}

/// The set of sites that a site came from; empty for one that is written out.
std::string set_of(const Scenario& base, const std::string& site) {
  const auto found = base.sites.find(site);
  return found != base.sites.end() ? found->second.set : std::string{};
}

/// Sets whose placement can stay as it is: the plan has all their places, unchanged.
std::set<std::string> kept_sets(const Scenario& base, const Places& before, const Places& places) {
  std::set<std::string> kept, broken;
  for (const auto& [site, one] : before) {
    const std::string set = set_of(base, site);
    if (set.empty()) continue;
    const auto now = places.find(site);
    (now != places.end() && same(now->second, one) ? kept : broken).insert(set);
  }
  for (const std::string& set : broken) kept.erase(set);
  return kept;
}

Json instances(const Scenario& base, const std::string& site, const Placement& one, const Placement* before) {
  const bool nodes = base.sites.at(site).pools.at(one.pool).kind == PoolType::Kind::nodes;
  Json at = {{"pool", one.pool}};
  if (nodes) at["replicas"] = one.replicas;
  if (!nodes && (one.provisioned > 0 || (before != nullptr && before->provisioned > 0)))
    at["provisioned"] = one.provisioned;
  if (before == nullptr || before->pool == one.pool) return at;
  // What the base says of another pool there does not hold for this one.
  for (const char* key : {"replicas", "provisioned", "max_instances", "concurrency", "keep_alive"}) {
    if (!at.contains(key)) at[key] = nullptr;
  }
  return at;
}

Json service_patch(const Scenario& base, const Places& before, const Places& places) {
  const std::set<std::string> kept = kept_sets(base, before, places);
  Json patch = Json::object();
  for (const auto& [site, one] : before) {
    const std::string set = set_of(base, site);
    if (kept.contains(set)) continue;
    if (!set.empty()) patch[set] = nullptr;
    if (!places.contains(site)) patch[site] = nullptr;
  }
  for (const auto& [site, one] : places) {
    if (site == user_device || kept.contains(set_of(base, site))) continue;
    const auto found = before.find(site);
    const Placement* old = found != before.end() ? &found->second : nullptr;
    if (old == nullptr || !same(*old, one)) patch[site] = instances(base, site, one, old);
  }
  // A place that stays as it is must be written out where its set no longer places it.
  for (const auto& [site, one] : places) {
    const std::string set = set_of(base, site);
    if (!set.empty() && !kept.contains(set) && !patch.contains(site) && site != user_device)
      patch[site] = instances(base, site, one, nullptr);
  }
  return patch;
}

}  // namespace

Json placement_patch(const Scenario& base, const Placements& placement) {
  Json services = Json::object();
  for (const auto& [service, places] : placement) {
    const auto found = base.placement.find(service);
    Json patch = service_patch(base, found != base.placement.end() ? found->second : Places{}, places);
    if (!patch.empty()) services[service] = std::move(patch);
  }
  return {{"placement", std::move(services)}};
}

}  // namespace planner
