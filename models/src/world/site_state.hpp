#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "link/fair_network.hpp"
#include "link/fifo_link.hpp"
#include "models/request.hpp"
#include "pool/balanced_pool.hpp"
#include "pool/batcher.hpp"
#include "pool/elastic_pool.hpp"
#include "pool/fixed_pool.hpp"
#include "pool/message_queue.hpp"
#include "pool/processors.hpp"
#include "pool/site_balancer.hpp"
#include "request/call_guard.hpp"
#include "request/race.hpp"
#include "request/slab.hpp"
#include "state/cache_store.hpp"
#include "state/object_store.hpp"
#include "state/read_replica.hpp"
#include "world/arrivals.hpp"

namespace models {

/// What a request holds, or awaits, until a later step.
struct Frame {
  enum class Kind : std::uint8_t {
    unused,
    slot,     ///< of an ElasticPool
    replica,  ///< a slot of a BalancedPool
    branches,
    race,
    object,
  };
  Kind kind = Kind::unused;
  bool failed = false;                      ///< branches: one of those that ended is marked
  std::uint16_t strand = 0;                 ///< branches: the strand that goes on after the join
  std::uint32_t outer = Request::no_frame;  ///< what was held before
  std::uint32_t pool = 0, instance = 0;     ///< slot, replica; race: `instance` is its number;
                                            ///< object: store and item
  std::uint32_t remaining = 0;              ///< branches that have not ended
  sim::Time begin{};                        ///< slot, replica: usable from
};

/// Users who think before they ask, and wait for their answers.
struct ClosedUsers {
  const SourceSpec* spec;
  sim::Stream thoughts;  ///< of their times to think
};

/// A population's workload as it goes on.
struct Source {
  Arrivals arrivals;
  std::uint32_t index;    ///< in the spec
  std::uint32_t program;  ///< first operation
  std::uint32_t number = 0;
  std::uint64_t recorded = 0;             ///< requests that started in the recorded span
  sim::Time piece_end = sim::time_never;  ///< of the piece of a series that goes on
  std::vector<std::uint64_t> by_piece{};  ///< `recorded` at the end of each piece but the last
  std::unique_ptr<ClosedUsers> closed{};  ///< those of a closed source; seldom there, so apart

  /// Notes that all pieces that end by `now` are over.
  void end_pieces(sim::Time now, const RecordedSpan& span) {
    while (now >= piece_end) {
      by_piece.push_back(recorded);
      const std::size_t next = by_piece.size();
      piece_end = next + 1 < span.pieces() ? span.piece_end(next) : sim::time_never;
    }
  }
};

/// A model of a batcher, as `batch` operations know it.
struct BatchedPool {
  std::uint32_t batcher = 0, model = 0;
};

/// A fair station or a network of them, and the event that its next end is scheduled as.
struct SharedLink {
  FairNetwork links;
  std::uint32_t index;                   ///< of the first station in the spec
  sim::Time expected = sim::time_never;  ///< the event's time; never: none is pending
  std::uint64_t events = 0;              ///< scheduled so far; numbers them, as withdrawn ones must differ
};

/// Everything that changes at the sites of one partition.
struct SiteState {
  Slab<Request> requests;  ///< those that wait for the clock or for a slot
  Slab<Frame> frames;
  Slab<Race> races;
  /// By pending event of a timer: its branch in `requests`, or none once it is withdrawn. The event stays.
  Slab<std::uint32_t> timers;
  std::vector<CallGuard> guards;
  std::vector<MessageQueue> queues;
  std::vector<SiteBalancer> balancers;
  std::vector<CacheStore> caches;
  std::vector<ObjectStore> objects;
  std::vector<ReadReplica> replicas;
  std::vector<FifoLink> stations;
  std::vector<SharedLink> shared_links;
  std::vector<FixedPool> fixed_pools;
  std::vector<Account> accounts;  ///< complete before the pools, which refer to them
  std::vector<ElasticPool> elastic_pools;
  std::vector<std::uint32_t> elastic_pool_numbers;  ///< in the spec
  std::vector<BalancedPool> balanced_pools;
  std::vector<BatchedPool> batched_pools;
  std::vector<Batcher> batchers;
  std::vector<Processors> processors;
  std::vector<std::uint32_t> batcher_numbers, processor_numbers;  ///< in the spec
  std::vector<Source> sources;
};

}  // namespace models
