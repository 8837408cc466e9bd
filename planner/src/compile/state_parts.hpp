#pragma once
#include <map>
#include <string>
#include <utility>

#include "planner/compile.hpp"

namespace planner {

/// The stores and keys of a world, each made when it is first asked for.
class StateParts {
 public:
  StateParts(const Scenario& scenario, CompiledScenario& out) : scenario_{scenario}, out_{out} {}

  /// What requests of a population to a service with state concern.
  std::uint32_t keys(const std::string& service, const std::string& population);
  /// The users of a population that go from cell to cell; those of its services' state by user are the same.
  std::uint32_t walking_users(const std::string& population);
  /// State of a service at a site; of a user's own that of each population.
  /// @param node  of the site
  std::uint32_t store(const std::string& service, const std::string& site, const std::string& population,
                      std::uint32_t node);

 private:
  [[nodiscard]] std::uint32_t users_of(const std::string& population) const;

  const Scenario& scenario_;
  CompiledScenario& out_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> keys_;  ///< by service and population
  std::map<std::string, std::uint32_t> walking_;                       ///< by population
  std::map<StoreLabel, std::uint32_t> stores_;
};

/// Share of the lookups that hit a cache in the long run: Che's approximation where the capacity decides.
/// Times to live are left out.
[[nodiscard]] double expected_hits(const models::WorldSpec& world, const models::StoreSpec& cache);

/// Longest time that a write is taken to be on its way to a replica.
inline constexpr sim::Duration longest_lag = std::chrono::seconds{270};

}  // namespace planner
