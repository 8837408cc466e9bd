#include <fmt/format.h>

#include <map>

#include "planner/load.hpp"
#include "planner/routes.hpp"

namespace planner {
namespace {

constexpr double crowded = 0.9;  ///< busy share above which queues grow steeply; a warning

/// `61.3 requests/s`, short and the same everywhere.
std::string rate_text(double per_second) { return fmt::format("{:.4g} requests/s", per_second); }

std::string overload_text(const std::string& what, const ResourceLoad& load) {
  if (load.servers <= 0) {
    return fmt::format("{} is offered {} and has no capacity at all", what, rate_text(load.rates.recorded));
  }
  return fmt::format("{} is offered {} and can serve {} ({:.4g} at a time, {:.4g} ms each)", what,
                     rate_text(load.rates.recorded), rate_text(load.capacity()), load.servers,
                     load.service * 1e3);
}

std::string crowded_text(const std::string& what, const ResourceLoad& load) {
  if (load.utilisation() > crowded) {
    return fmt::format("{} is expected to be {:.1f} % busy: offered {} of {} (limit {:.0f} %)", what,
                       100 * load.utilisation(), rate_text(load.rates.recorded), rate_text(load.capacity()),
                       100 * crowded);
  }
  return fmt::format("{} is expected to reach {:.1f} % at the highest demand: {} of {}", what,
                     100 * load.peak_utilisation(), rate_text(load.rates.peak), rate_text(load.capacity()));
}

enum class OverloadMeans : std::uint8_t { no_steady_state, refusals };

void judge(std::vector<Finding>& findings, const std::string& pointer, const std::string& what,
           const ResourceLoad& load, OverloadMeans means) {
  if (load.utilisation() >= 1.0 && (means == OverloadMeans::no_steady_state || load.servers <= 0)) {
    findings.push_back({Code::overload, pointer, overload_text(what, load)});
  } else if (load.utilisation() > crowded || load.peak_utilisation() >= 1.0) {
    findings.push_back({Code::near_capacity, pointer, crowded_text(what, load)});
  }
}

/// Pools among which requests spill over, as if they were one.
struct Together {
  ResourceLoad load;
  double work = 0;
  bool refuses = true;

  void add(const ResourceLoad& more, const models::PoolSpec& pool) {
    load.rates.recorded += more.rates.recorded;
    load.rates.peak += more.rates.peak;
    work += more.rates.recorded * more.service;
    load.servers += more.servers;
    refuses = refuses && pool.queue_limit != models::none;
    load.service = load.rates.recorded > 0 ? work / load.rates.recorded : 0.0;
  }
};

/// Whether all that reaches a service are messages of queues that turn away what is too much.
bool turns_messages_away(const Scenario& scenario, const std::string& service) {
  const std::optional<QueueRule>& queue = scenario.services.at(service).queue;
  if (!queue || queue->capacity == UINT64_MAX || queue->full == models::QueueSpec::Full::block) return false;
  for (const auto& [name, flow] : scenario.flows) {
    for (const auto& [call_name, call] : flow.calls)
      if (call.service == service && !call.asynchronous) return false;
  }
  return true;
}

void judge_pools(const Scenario& scenario, const CompiledScenario& compiled, const Load& load,
                 std::vector<Finding>& findings) {
  std::map<std::string, Together> spilling;
  for (std::size_t i = 0; i < compiled.pools.size(); ++i) {
    const PoolLabel& label = compiled.pools[i];
    const models::PoolSpec& pool = compiled.world.pools[i];
    if (pool.spill_at <= 1.0 && scenario.placement.at(label.service).size() > 1) {
      auto [together, added] = spilling.try_emplace(label.service);
      if (added) together->second.load.servers = 0;
      together->second.add(load.pools[i], pool);
      continue;
    }
    const bool refuses = pool.queue_limit != models::none || turns_messages_away(scenario, label.service);
    const auto means = refuses ? OverloadMeans::refusals : OverloadMeans::no_steady_state;
    judge(findings, "/placement/" + label.service + "/" + label.site, label.service + " at " + label.site,
          load.pools[i], means);
  }
  for (const auto& [service, together] : spilling) {
    judge(findings, "/placement/" + service, service + " at all its sites", together.load,
          together.refuses ? OverloadMeans::refusals : OverloadMeans::no_steady_state);
  }
}

void judge_processors(const CompiledScenario& compiled, const Load& load, std::vector<Finding>& findings) {
  for (std::size_t i = 0; i < load.processors.size(); ++i) {
    // Called after their site and pool.
    const std::string& name = compiled.world.processors[i].name;
    const std::size_t slash = name.find('/');
    judge(findings, "/sites/" + name.substr(0, slash) + "/pools/" + name.substr(slash + 1),
          "the processors of " + name, load.processors[i], OverloadMeans::no_steady_state);
  }
}

void judge_stations(const CompiledScenario& compiled, const Load& load, std::vector<Finding>& findings) {
  const StationLabel* last = nullptr;
  for (std::size_t i = 0; i < compiled.stations.size(); ++i) {
    const StationLabel& label = compiled.stations[i];
    const bool cell = label.kind != StationLabel::Kind::link;
    // All cells of a population are alike.
    if (cell && last && last->kind == label.kind && last->owner == label.owner) continue;
    last = &label;
    if (cell) {
      const char* direction = label.kind == StationLabel::Kind::cell_uplink ? "uplink" : "downlink";
      judge(findings, "/populations/" + label.owner + "/access",
            label.from.empty() ? fmt::format("each cell's {} of population {}", direction, label.owner)
                               : fmt::format("the {} of cell {}", direction, label.from),
            load.stations[i], OverloadMeans::no_steady_state);
    } else {
      judge(findings, "/links/" + label.owner, fmt::format("link {} from {}", label.owner, label.from),
            load.stations[i], OverloadMeans::no_steady_state);
    }
  }
}

}  // namespace

std::vector<Finding> check_load(const Scenario& scenario, const CompiledScenario& compiled,
                                const Load& load) {
  std::vector<Finding> findings;
  for (const Unreachable& call : compiled.unreachable) {
    findings.push_back({Code::unreachable_site, "/placement/" + call.service,
                        fmt::format("no site with {} can be reached from {} (call {} of flow {})",
                                    call.service, call.caller, call.call, call.flow)});
  }
  judge_pools(scenario, compiled, load, findings);
  judge_processors(compiled, load, findings);
  judge_stations(compiled, load, findings);
  return findings;
}

}  // namespace planner
