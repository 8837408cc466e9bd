#include "optimize/search.hpp"

#include <algorithm>

#include "optimize/sizing.hpp"

namespace planner {
namespace {

using Option = PlanSpace::Option;
using Structure = PlanSpace::Structure;

/// Combinations of pools beyond these are left to the moves of single services.
constexpr std::size_t most_combinations = 32;
/// Structures that are sized after a rough look, and that are improved after sizing.
constexpr std::size_t most_sized = 16, climbs = 4;
/// Candidates to add or move to, nearest to the users first.
constexpr std::size_t most_candidates = 12;

/// Structures beyond these are too many to look at each.
constexpr std::size_t few_structures = 256;

std::string key_of(const Structure& structure) {
  std::string key;
  for (const auto& [service, places] : structure) {
    key += service + ":";
    for (const auto& [site, pool] : places) key += site + "/" + pool + ",";
  }
  return key;
}

/// Every service's choice of a kind of place.
std::vector<std::map<std::string, std::string>> combinations(const PlanSpace& space) {
  std::vector<std::map<std::string, std::string>> all{{}};
  for (const std::string& service : space.services()) {
    std::vector<std::map<std::string, std::string>> more;
    for (const auto& one : all) {
      for (const std::string& kind : space.kinds(service)) {
        if (more.size() >= most_combinations) break;
        more.push_back(one);
        more.back()[service] = kind;
      }
    }
    all = std::move(more);
  }
  return all;
}

std::map<std::string, std::string> as_places(const std::vector<Option>& options) {
  std::map<std::string, std::string> places;
  for (const Option& option : options) places[option.site] = option.pool;
  return places;
}

}  // namespace

bool PlanSearch::stopped() const {
  const auto* stop = evaluator_.options().stop;
  return stop != nullptr && stop->load();
}

bool PlanSearch::over() const { return evaluator_.evaluations() >= last_ || stopped(); }

void PlanSearch::tell() const {
  if (!evaluator_.options().progress) return;
  Progress progress;
  progress.strategy = "search by formula";
  const auto done = static_cast<double>(evaluator_.evaluations() - first_);
  progress.fraction = std::min(done / static_cast<double>(last_ - first_), 1.0);
  evaluator_.options().progress(progress);
}

const Placements& PlanSearch::consider(const Structure& structure) {
  const std::string key = key_of(structure);
  const auto known = found_.find(key);
  if (known != found_.end()) return known->second.placement;
  const Placements placement = sized(space_, evaluator_, structure);
  tell();
  return found_.emplace(key, Found{structure, placement}).first->second.placement;
}

std::vector<Structure> PlanSearch::starts() const {
  std::set<std::string> entries;
  for (const auto& [id, flow] : space_.base().flows) entries.insert(flow.calls.at(flow.entry).service);
  std::size_t most = 1;
  for (const std::string& service : space_.services()) most = std::max(most, space_.options(service).size());
  most = std::min(most, space_.limits().most_sites);
  std::map<std::string, Structure> found;  // by text, because kinds with few sites meet the same again
  for (std::size_t count = space_.limits().least_sites; count <= most;
       count = count < most ? std::min(count + std::max<std::size_t>(count / 2, 1), most) : count + 1) {
    for (const auto& kinds : combinations(space_)) {
      Structure spread, central;
      for (const auto& [service, kind] : kinds) {
        spread[service] = as_places(space_.medians(service, kind, count));
        central[service] = entries.contains(service)
                               ? spread[service]
                               : as_places(space_.medians(service, kind, space_.limits().least_sites));
      }
      for (const Structure& one : {spread, central}) {
        if (space_.allows(one)) found.emplace(key_of(one), one);
      }
    }
  }
  std::vector<Structure> all;
  for (auto& [key, one] : found) all.push_back(std::move(one));
  return all;
}

void PlanSearch::start() {
  const std::uint64_t half = first_ + (last_ - first_) / 2;  // the rest is for improving what was found
  std::vector<std::pair<PlanFigures, Structure>> looked_at;
  for (Structure& structure : starts()) {
    if (over() || evaluator_.evaluations() > half) break;
    const PlanFigures figures = evaluator_.figures(roughly_sized(space_, evaluator_, structure));
    looked_at.emplace_back(figures, std::move(structure));
    tell();
  }
  std::stable_sort(looked_at.begin(), looked_at.end(),
                   [&](const auto& a, const auto& b) { return evaluator_.better(a.first, b.first); });
  for (std::size_t i = 0; i < std::min(most_sized, looked_at.size()) && !over(); ++i) {
    consider(looked_at[i].second);
  }
}

std::vector<Structure> PlanSearch::neighbours(const Structure& structure) const {
  std::vector<Structure> near;
  const auto keep = [&](Structure changed) {
    if (space_.allows(changed)) near.push_back(std::move(changed));
  };
  for (const auto& [service, places] : structure) {
    std::set<std::pair<double, Option>> candidates;  // pools of one site are equally far
    for (const Option& option : space_.options(service)) {
      const auto there = places.find(option.site);
      if (there != places.end() && there->second == option.pool) continue;
      candidates.insert({space_.distance(service, option), option});
      if (candidates.size() > most_candidates) candidates.erase(std::prev(candidates.end()));
    }
    for (const auto& [site, pool] : places) {
      Structure without = structure;
      without[service].erase(site);
      if (!without[service].empty()) keep(without);
      for (const auto& [far, option] : candidates) {
        Structure moved = without;
        moved[service][option.site] = option.pool;
        keep(std::move(moved));
      }
    }
    for (const auto& [far, option] : candidates) {
      Structure with = structure;
      with[service][option.site] = option.pool;
      keep(std::move(with));
    }
  }
  return near;
}

void PlanSearch::climb(Structure structure) {
  for (bool moved = true; moved && !over();) {
    moved = false;
    for (const Structure& near : neighbours(structure)) {
      if (over()) return;
      const PlanFigures now = evaluator_.figures(consider(structure));
      if (!evaluator_.better(evaluator_.figures(consider(near)), now)) continue;
      structure = near;
      moved = true;
      break;
    }
  }
}

void PlanSearch::look_at_all() {
  for (const Structure& structure : space_.all()) {
    if (stopped()) return;
    consider(structure);
  }
  complete_ = true;
}

void PlanSearch::run() {
  if (space_.allows(space_.current())) consider(space_.current());
  if (space_.limits().sites == OptimizeOptions::Sites::kept) return;
  if (space_.count() <= few_structures) return look_at_all();
  start();
  const std::vector<Found> best = ranking();
  for (std::size_t i = 0; i < std::min(climbs, best.size()) && !over(); ++i) climb(best[i].structure);
}

std::vector<PlanSearch::Found> PlanSearch::ranking() const {
  std::vector<Found> all;
  for (const auto& [key, found] : found_) all.push_back(found);
  std::stable_sort(all.begin(), all.end(), [&](const Found& a, const Found& b) {
    return evaluator_.better(evaluator_.figures(a.placement), evaluator_.figures(b.placement));
  });
  return all;
}

}  // namespace planner
