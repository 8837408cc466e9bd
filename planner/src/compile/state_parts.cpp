#include "compile/state_parts.hpp"

#include <algorithm>

#include "planner/results.hpp"
#include "sim/hash.hpp"

namespace planner {

using models::StoreSpec;

namespace {

StoreSpec::Kind kind_of(State::Kind kind) {
  switch (kind) {
    case State::Kind::cache:
    case State::Kind::session:
      return StoreSpec::Kind::cache;
    case State::Kind::objects:
      return StoreSpec::Kind::objects;
    case State::Kind::replicated:
      break;
  }
  return StoreSpec::Kind::replica;
}

}  // namespace

std::uint32_t StateParts::users_of(const std::string& population) const {
  constexpr double most = 1e7;
  return static_cast<std::uint32_t>(std::clamp(scenario_.populations.at(population).users, 1.0, most));
}

std::uint32_t StateParts::walking_users(const std::string& population) {
  const auto [known, added] =
      walking_.try_emplace(population, static_cast<std::uint32_t>(out_.world.keys.size()));
  if (added) {
    out_.world.keys.push_back({.name = "cells/" + population,
                               .items = users_of(population),
                               .purpose = sim::hash_name("user/" + population),
                               .stay = scenario_.populations.at(population).access.residence});
  }
  return known->second;
}

std::uint32_t StateParts::keys(const std::string& service, const std::string& population) {
  const State& state = *scenario_.services.at(service).state;
  const bool own = state.key == State::Key::user;
  const std::string& owner = state.items_of.empty() ? service : state.items_of;
  const auto [known, added] = keys_.try_emplace({service, own ? population : std::string{}},
                                                static_cast<std::uint32_t>(out_.world.keys.size()));
  if (!added) return known->second;
  models::KeySpec spec{.name = own ? service + "/" + population : service,
                       .items = state.items,
                       .purpose = sim::hash_name(own ? "user/" + population : "item/" + owner),
                       .stay = state.stay};
  if (own) {
    spec.items = users_of(population);
  } else if (state.popularity > 0) {
    spec.popularity = std::make_shared<const models::ZipfPopularity>(state.items, state.popularity);
  }
  out_.world.keys.push_back(std::move(spec));
  return known->second;
}

std::uint32_t StateParts::store(const std::string& service, const std::string& site,
                                const std::string& population, std::uint32_t node) {
  const State& state = *scenario_.services.at(service).state;
  const StoreLabel label{service, site, state.key == State::Key::user ? population : std::string{}};
  const auto [known, added] =
      stores_.try_emplace(label, static_cast<std::uint32_t>(out_.world.stores.size()));
  if (!added) return known->second;
  StoreSpec spec;
  spec.name = service + "@" + site + (label.population.empty() ? "" : "/" + label.population);
  spec.partition = node;
  spec.kind = kind_of(state.kind);
  spec.keys = keys(service, population);
  spec.hit_ratio = state.hit_ratio;
  spec.capacity = state.capacity;
  spec.eviction = state.eviction;
  spec.time_to_live = state.time_to_live;
  spec.time_to_live_rule = state.time_to_live_rule;
  spec.hibernate_after = state.hibernate_after;
  if (state.wake_up) spec.wake_up = state.wake_up->law;
  spec.longest_lag = longest_lag;
  out_.world.stores.push_back(std::move(spec));
  out_.stores.push_back(label);
  return known->second;
}

std::string_view name(State::Kind kind) {
  switch (kind) {
    case State::Kind::cache:
      return "cache";
    case State::Kind::session:
      return "session";
    case State::Kind::objects:
      return "objects";
    case State::Kind::replicated:
      break;
  }
  return "replicated";
}

double expected_hits(const models::WorldSpec& world, const StoreSpec& cache) {
  if (cache.hit_ratio) return *cache.hit_ratio;
  const models::KeySpec& keys = world.keys[cache.keys];
  if (cache.capacity >= keys.items) return 1.0;
  const double capacity = cache.capacity;
  if (!keys.popularity) return capacity / keys.items;
  return models::expected_hit_ratio(keys.popularity->probabilities(), capacity, cache.eviction);
}

}  // namespace planner
