#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "models/world.hpp"
#include "planner/scenario.hpp"

namespace planner {

/// What determines the result of a replication, and nothing else.
struct RunAddress {
  std::string content;  ///< SHA-256 over the models' sources and what of a scenario reaches the simulation
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
};

struct Bundle;

/// What a scenario was read from: enough for another process, or a later one, to read it again.
struct Origin {
  std::shared_ptr<const Bundle> bundle;  ///< null: it was made in memory
  std::string strategy;                  ///< its id there
};

/// Replications that were simulated before.
class RunStore {
 public:
  virtual ~RunStore() = default;
  /// Nothing where it was not simulated yet. Safe from any thread.
  [[nodiscard]] virtual std::optional<models::WorldResult> find(const RunAddress& address) = 0;
  /// @param result  complete. Once this returns, a crash does not lose it. Safe from any thread
  virtual void keep(const RunAddress& address, const models::WorldResult& result) = 0;
  /// What the replications with this content are made of, for who replays them; a store need not care.
  virtual void remember(const std::string& /*content*/, const Origin& /*origin*/) {}
};

/// SHA-256 over the sources of the models and the catalogue that this program was built from.
[[nodiscard]] std::string_view models_digest();

/// Address of the replications of a scenario; empty where it is not known (a scenario made by hand).
[[nodiscard]] std::string content_address(const Scenario& scenario);

}  // namespace planner
