#pragma once
#include <cstdint>
#include <string>

#include "models/world.hpp"

namespace planner {

struct Bundle;

/// One replication of a strategy, and what it takes to simulate it in another process.
struct Work {
  const models::WorldSpec* world = nullptr;
  models::World::Options options;  ///< `threads`: as many as there are places for it
  const Bundle* bundle = nullptr;  ///< what the strategy was read from; null: it can be simulated here alone
  std::string strategy;
  std::string content;  ///< content_address(); empty: it can be simulated here alone
};

/// Simulates replications somewhere: in threads of other processes, on other machines.
///
/// Where and when does not matter to the result, which is that of models::World.
class Executor {
 public:
  /// What the processes share.
  enum class Spread : std::uint8_t {
    replications,  ///< each simulates others
    partitions,    ///< all simulate the same one, each a part of its sites
  };

  virtual ~Executor() = default;
  /// To be called before the first run(). @param threads  of each process; 0: as it sees fit
  virtual void configure(unsigned threads, Spread spread) = 0;
  /// How many threads there are for replications side by side.
  [[nodiscard]] virtual unsigned places() const = 0;
  /// Waits for a place and then for the result. Heeds `options.stop`; safe from any thread.
  /// @throws std::runtime_error where another process fails; std::bad_alloc where it is short of memory
  [[nodiscard]] virtual models::WorldResult run(const Work& work) = 0;
};

}  // namespace planner
