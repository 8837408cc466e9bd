#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/circuit_breaker.hpp"
#include "models/pool_spec.hpp"
#include "models/retry_budget.hpp"
#include "models/sharing.hpp"
#include "models/source_spec.hpp"
#include "models/step.hpp"
#include "models/store_spec.hpp"
#include "sim/distribution.hpp"
#include "sim/units.hpp"

/// Plain data that a scenario is compiled into, and that World runs. No names are looked up in here: all
/// references are indices into the vectors of WorldSpec; names serve random streams and messages.
namespace models {

/// Resource with a constant rate: one direction of a cell or of a link.
struct StationSpec {
  std::string name{};
  std::uint32_t partition = 0;
  sim::BitRate rate{};
  Sharing sharing = Sharing::in_turn;
  std::vector<TenantSpec> tenants{};  ///< fair: at least one; else none

  /// Of a transfer that meets no other. @param tenant  meaningless where transfers are carried in turn
  [[nodiscard]] sim::BitRate rate_alone(std::uint32_t tenant) const {
    if (tenant >= tenants.size() || !tenants[tenant].cap) return rate;
    return std::min(*tenants[tenant].cap, rate);
  }
};

/// Messages that wait to be dealt with, are in work, or wait for another attempt.
struct QueueSpec {
  /// What becomes of a message that finds no place.
  enum class Full : std::uint8_t {
    drop,   ///< it is lost, and its caller does not learn of it
    error,  ///< its caller is told
    block,  ///< its caller waits, first come, first served
  };
  std::string name{};
  std::uint32_t partition = 0;
  std::uint64_t capacity = UINT64_MAX;  ///< messages
  Full full = Full::error;
};

/// Chooses among several places for the requests of one caller, by what the caller knows.
struct BalancerSpec {
  enum class Rule : std::uint8_t {
    round_robin,
    least_requests,  ///< fewest that have not come back; of equals the next by turns
  };
  std::string name{};
  std::uint32_t partition = 0;  ///< of the caller
  Rule rule = Rule::round_robin;
  std::uint32_t choices = 1;  ///< > 0
};

/// What one caller knows of one service that it calls: whether to call it at all, and to call it again.
struct GuardSpec {
  std::string name{};
  std::uint32_t partition = 0;
  std::optional<CircuitBreaker::Spec> breaker{};
  std::optional<RetryBudget::Spec> budget{};
};

/// No way through a program leads back to a step that it has passed; checked by World.
struct WorldSpec {
  std::vector<sim::Distribution> laws;  ///< in seconds
  std::vector<Step> steps;
  std::vector<std::uint32_t> targets;  ///< step indices, of split, attempt and pick
  std::vector<StationSpec> stations;
  /// Stations that share `max_min`, in one partition, each once: what a transfer passes at once.
  std::vector<std::vector<std::uint32_t>> routes;
  std::vector<PoolSpec> pools;
  std::vector<ProcessorSpec> processors;
  std::vector<AcceleratorSpec> accelerators;
  std::vector<AccountSpec> accounts;
  std::vector<GuardSpec> guards;
  std::vector<QueueSpec> queues;
  std::vector<BalancerSpec> balancers;
  std::vector<KeySpec> keys;
  std::vector<StoreSpec> stores;
  /// Durations by number of the request, not empty; the last one stands for those beyond.
  std::vector<std::shared_ptr<const std::vector<sim::Duration>>> replays;
  std::vector<SourceSpec> sources;
  std::uint32_t partitions = 1;
  std::uint32_t meters = 0;  ///< counters of passages (Step::index of delays): bytes, money and energy follow
  std::uint32_t classes = 0;                       ///< recorders (Step::index of finish)
  sim::Duration lookahead = sim::Duration::max();  ///< shortest delay between two partitions
  sim::Duration warmup{};                          ///< requests that start earlier are not recorded
  sim::Duration duration{};                        ///< recorded span, after the warm-up; then sources stop
  sim::Duration drain{};                           ///< how long requests in flight may still finish
  /// Length of the pieces of WorldResult::series, at most 1e6 of them; 0: no series. A series takes about
  /// 2 KiB for each class with answers in a piece, 100 bytes for each pool, 8 for each meter and source.
  sim::Duration series_step{};
};

}  // namespace models
