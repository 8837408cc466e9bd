#include "planner/why.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "compile/program_walk.hpp"
#include "planner/compile.hpp"
#include "planner/estimate.hpp"
#include "planner/load.hpp"
#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "read/resource_name.hpp"
#include "show/text_table.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;
using models::Part;

const auto& parts_of(const Slice& slice, Explained explained) {
  return explained == Explained::tail ? slice.tail_parts : slice.parts;
}

/// Slice of the flow's populations that spends most in a part.
const Slice* worst_population(const StrategyResult& result, const std::string& flow, Part part,
                              Explained explained) {
  const Slice* worst = nullptr;
  const auto index = static_cast<std::size_t>(part);
  for (const Slice& slice : result.slices) {
    if (slice.flow != flow || slice.population.empty() || slice.answered == 0) continue;
    if (!worst || parts_of(slice, explained)[index] > parts_of(*worst, explained)[index]) worst = &slice;
  }
  return worst;
}

std::string population_text(const StrategyResult& result, const std::string& flow, Part part,
                            Explained explained) {
  const Slice* worst = worst_population(result, flow, part, explained);
  if (!worst) return {};
  return fmt::format("longest for population {}: {} ms", worst->population,
                     number_text(parts_of(*worst, explained)[static_cast<std::size_t>(part)]));
}

/// Seconds a second, by the resource's name.
using TimeSpent = std::map<std::string, double>;

/// The one with most; empty where there is none.
std::string most_spent(const TimeSpent& spent) {
  const auto most =
      std::ranges::max_element(spent, [](const auto& a, const auto& b) { return a.second < b.second; });
  return most != spent.end() && most->second > 0 ? most->first : "";
}

/// One flow's requests alone, by the traffic equations.
struct Passing {
  CompiledScenario compiled;
  Load load;
};

Passing passing(Scenario scenario, const std::string& flow) {
  std::erase_if(scenario.workloads, [&](const auto& workload) { return workload.second.flow != flow; });
  Passing own{compile(scenario), {}};
  own.load = offered_load(own.compiled);
  return own;
}

/// Mean wait there among all flows; without end where more comes than it carries. [s]
double wait_at(const ResourceLoad& station) {
  return station.utilisation() < 1.0 ? waiting_time(station).mean : std::numeric_limits<double>::infinity();
}

/// The cell or link at which the flow's requests wait, or are sent, longest.
std::string station_text(const Scenario& scenario, const std::string& flow, Part part) {
  const CompiledScenario compiled = compile(scenario);
  const Load load = offered_load(compiled);
  std::map<std::string, ResourceLoad> of_all;
  for (std::size_t i = 0; i < compiled.stations.size(); ++i)
    of_all.emplace(resource_name(compiled.stations[i]), load.stations[i]);
  const Passing own = passing(scenario, flow);
  TimeSpent spent;
  for (std::size_t i = 0; i < own.compiled.stations.size(); ++i) {
    const std::string name = resource_name(own.compiled.stations[i]);
    const ResourceLoad& there = own.load.stations[i];
    const auto shared = of_all.find(name);
    if (there.rates.recorded <= 0 || shared == of_all.end()) continue;
    const double each = part == Part::network_queue ? wait_at(shared->second) : there.service;
    spent[name] += there.rates.recorded * each;
  }
  const std::string most = most_spent(spent);
  return most.empty() ? "" : fmt::format("{}, {} busy", most, percent_text(of_all.at(most).utilisation()));
}

/// What the flow's requests do at the pools in steps of one part, as opposed to how long they hold a slot.
TimeSpent work_of(const Passing& own, Part part) {
  using models::StepKind;
  const models::WorldSpec& world = own.compiled.world;
  const ProgramWalk walk{world, {}};
  TimeSpent work;
  std::vector<std::uint32_t> holding;  // pools whose slots a request has, the innermost last
  for (std::uint32_t i = 0; i < world.steps.size(); ++i) {
    const models::Step& step = world.steps[i];
    const bool serves = step.kind == StepKind::serve || step.kind == StepKind::batch;
    if (step.kind == StepKind::acquire) holding.push_back(step.index);
    if (step.kind == StepKind::release && !holding.empty() && holding.back() == step.index)
      holding.pop_back();
    if (!serves && step.kind != StepKind::delay && step.kind != StepKind::work) continue;
    const std::uint32_t pool = serves ? step.index : holding.empty() ? models::none : holding.back();
    if (step.part != part || pool >= own.compiled.pools.size()) continue;
    work[resource_name(own.compiled.pools[pool])] += own.load.steps[i] * walk.service(step).mean;
  }
  return work;
}

/// Pools that a flow's requests reach, with how many a second.
TimeSpent visits_of(const Passing& own) {
  TimeSpent visits;
  for (std::size_t i = 0; i < own.compiled.pools.size(); ++i)
    visits[resource_name(own.compiled.pools[i])] += own.load.pools[i].rates.recorded;
  return visits;
}

std::string name_of(const PoolUse& pool) { return fmt::format("{} @ {}", pool.service, pool.site); }

/// The pool that the flow passes for which `weight` is greatest and above zero.
template <class Weight>
const PoolUse* pool_with_most(const StrategyResult& result, const TimeSpent& visits, Weight weight) {
  const PoolUse* most = nullptr;
  double heaviest = 0;
  for (const PoolUse& pool : result.pools) {
    const auto passed = visits.find(name_of(pool));
    if (passed == visits.end() || passed->second <= 0) continue;
    const double heavy = weight(pool, passed->second);
    if (heavy <= heaviest) continue;
    heaviest = heavy;
    most = &pool;
  }
  return most;
}

/// ` (acquire 160 ms, init 240 ms)`, where the parts of a start are known.
std::string start_text(const StartTimes& start) {
  if (!start.in_parts()) return {};
  std::string text;
  for (const auto& [part, seconds] : {std::pair{"acquire", start.acquire}, std::pair{"pull", start.pull},
                                      std::pair{"restore", start.restore}, std::pair{"init", start.init}}) {
    if (seconds > 0)
      text += fmt::format("{}{} {} ms", text.empty() ? "" : ", ", part, number_text(1e3 * seconds));
  }
  return " (" + text + ")";
}

std::string pool_text(const StrategyResult& result, const Scenario& scenario, const std::string& flow,
                      Part part) {
  const Passing own = passing(scenario, flow);
  const TimeSpent visits = visits_of(own);
  if (part == Part::cold_start) {
    const PoolUse* pool = pool_with_most(
        result, visits, [](const PoolUse& use, double passed) { return use.cold_share.value * passed; });
    return pool ? fmt::format("{}, {} of its requests wait for a start{}", name_of(*pool),
                              percent_text(pool->cold_share.value), start_text(pool->start))
                : "";
  }
  if (part == Part::pool_queue) {
    const PoolUse* pool = pool_with_most(result, visits, [](const PoolUse& use, double) {
      return use.peak_queue > 0 ? use.utilisation : 0.0;
    });
    return pool ? fmt::format("{}, {} busy, up to {} waiting", name_of(*pool),
                              percent_text(pool->utilisation), count_text(pool->peak_queue))
                : "";
  }
  const TimeSpent work = work_of(own, part);
  const PoolUse* pool = pool_with_most(result, visits, [&](const PoolUse& use, double) {
    const auto found = work.find(name_of(use));
    return found != work.end() ? found->second : 0.0;
  });
  return pool ? fmt::format("{}, {} requests a second", name_of(*pool), number_text(pool->offered_rate)) : "";
}

std::string binding(const StrategyResult& result, const Scenario& scenario, const std::string& flow,
                    Part part, Explained explained) {
  switch (part) {
    case Part::transmission:
    case Part::network_queue:
      return station_text(scenario, flow, part);
    case Part::pool_queue:
    case Part::cold_start:
    case Part::compute:
    case Part::state:
      return pool_text(result, scenario, flow, part);
    case Part::retry:  // time that attempts took which were given up: at no place of its own
      return {};
    case Part::connection:
    case Part::access:
    case Part::propagation:
      break;
  }
  return population_text(result, flow, part, explained);
}

std::vector<PartShare> shares(const Slice& slice, const Slice* other, Explained explained) {
  std::vector<PartShare> parts;
  for (std::size_t i = 0; i < models::part_count; ++i) {
    PartShare share{static_cast<Part>(i), parts_of(slice, explained)[i], {}};
    if (other) share.against = parts_of(*other, explained)[i];
    if (share.value > 0 || share.against.value_or(0) > 0) parts.push_back(share);
  }
  const auto weight = [](const PartShare& share) {
    return std::abs(share.value - share.against.value_or(0));
  };
  std::ranges::stable_sort(parts, [&](const auto& a, const auto& b) { return weight(a) > weight(b); });
  return parts;
}

std::string sentence(const Explanation& one) {
  const char* metric = one.explained == Explained::tail ? "p99" : "mean";
  std::string text =
      fmt::format("{} of {} under {}: {} ms", metric, one.flow, one.strategy, with_error(one.figure));
  if (one.delta) {
    text += fmt::format(", {} ms against {}", signed_with_error(*one.delta, one.figure.value), one.against);
    if (one.delta->low <= 0 && one.delta->high >= 0) text += " (not told apart)";
  }
  if (one.parts.empty()) return text + ".";
  text += fmt::format(". Most {} {}", one.against.empty() ? "is" : "changes",
                      part_label(static_cast<std::size_t>(one.parts.front().part)));
  return text + (one.binding.empty() ? "." : ": " + one.binding + ".");
}

std::string part_table(const Explanation& one, const TextOptions& options) {
  TextTable table;
  double total = 0, other = 0;
  for (const PartShare& share : one.parts) {
    total += share.value;
    other += share.against.value_or(0);
  }
  const bool compared = !one.against.empty();
  std::vector<std::string> head{
      one.explained == Explained::tail ? "answers above p99 [ms]" : "all answers [ms]", one.strategy,
      "share"};
  if (compared) head.insert(head.end(), {one.against, "change"});
  table.row(head, TextTable::Emphasis::strong);
  const auto row = [&](const std::string& label, double value, double against) {
    std::vector<std::string> cells{label, number_text(value), percent_text(total > 0 ? value / total : 0)};
    if (compared)
      cells.insert(cells.end(),
                   {number_text(against), signed_text(value - against, std::max(value, against))});
    table.row(std::move(cells));
  };
  for (const PartShare& share : one.parts)
    row(part_label(static_cast<std::size_t>(share.part)), share.value, share.against.value_or(0));
  row("all parts", total, other);
  return table.text(options.width, 2, options.color);
}

}  // namespace

std::vector<Explanation> explain(const Study& study, const Scenario& scenario, const std::string& against,
                                 Explained explained) {
  std::vector<Explanation> all;
  const auto named = [&](const std::string& name) -> const StrategyResult* {
    const auto found = std::ranges::find(study.strategies, name, &StrategyResult::strategy);
    return found == study.strategies.end() ? nullptr : &*found;
  };
  const StrategyResult* result = named(scenario.strategy);
  const StrategyResult* other = against.empty() ? nullptr : named(against);
  if (!result) return all;
  const char* metric = explained == Explained::tail ? "p99" : "mean";
  for (const std::string& flow : flows_of(study)) {
    const Slice* slice = whole_flow(*result, flow);
    if (!slice || slice->answered == 0) continue;
    Explanation one{scenario.strategy, flow, against, explained, {}, {}, {}, {}};
    one.figure = explained == Explained::tail ? slice->percentiles[p99_index] : slice->mean;
    if (const Difference* difference = find_difference(study, scenario.strategy, metric, flow))
      if (other) one.delta = difference->delta;
    one.parts = shares(*slice, other ? whole_flow(*other, flow) : nullptr, explained);
    if (!one.parts.empty()) {
      const PartShare& first = one.parts.front();
      // Where something got shorter, what was in the way before is the reason.
      const bool shorter = first.against && *first.against > first.value;
      if (!shorter) one.binding = binding(*result, scenario, flow, first.part, explained);
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::string render_explanations(const std::vector<Explanation>& all, const TextOptions& options) {
  std::string text;
  for (const Explanation& one : all)
    text += wrapped(sentence(one), options.width, 0) + part_table(one, options) + "\n";
  return text.empty() ? "no request was answered\n" : text;
}

Json explanations_json(const std::vector<Explanation>& all) {
  const auto estimate = [](const Estimate& of) {
    return Json{{"v", of.value}, {"lo", of.low}, {"hi", of.high}, {"unit", of.unit}};
  };
  Json json{{"explanations", Json::array()}};
  for (const Explanation& one : all) {
    Json entry{{"strategy", one.strategy},
               {"flow", one.flow},
               {"metric", one.explained == Explained::tail ? "p99" : "mean"},
               {"figure", estimate(one.figure)}};
    if (!one.against.empty()) entry["against"] = one.against;
    if (one.delta) entry["delta"] = estimate(*one.delta);
    entry["parts"] = Json::array();
    for (const PartShare& share : one.parts) {
      Json part{{"part", models::name(share.part)}, {"v", share.value}, {"unit", "ms"}};
      if (share.against) part["against"] = *share.against;
      entry["parts"].push_back(std::move(part));
    }
    if (!one.binding.empty()) entry["binding"] = one.binding;
    json["explanations"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace planner
