#include "planner/loss_patch.hpp"

#include <nlohmann/json.hpp>

#include "planner/optimize.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

/// Entries that are gone, as a patch deletes them.
template <class Entries>
Json gone(const Entries& before, const Entries& after) {
  Json patch = Json::object();
  for (const auto& [id, entry] : before) {
    if (!after.contains(id)) patch[id] = nullptr;
  }
  return patch;
}

}  // namespace

Json loss_patch(const Scenario& scenario, Losable each, const std::vector<std::string>& lost) {
  const Scenario less = without(scenario, each, lost);
  Json patch = placement_patch(scenario, less.placement);
  if (Json links = gone(scenario.links, less.links); !links.empty()) patch["links"] = std::move(links);
  if (Json workloads = gone(scenario.workloads, less.workloads); !workloads.empty())
    patch["workloads"] = std::move(workloads);
  if (patch["placement"].empty()) patch.erase("placement");
  return patch;
}

}  // namespace planner
