#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/autoscaler.hpp"
#include "models/hybrid_keep_alive.hpp"
#include "models/step.hpp"
#include "models/token_bucket.hpp"
#include "sim/distribution.hpp"
#include "sim/units.hpp"

/// Where the services of a WorldSpec run: pools of instances, and what several of them share.
namespace models {

/// Which idle instance takes the next request.
enum class Dispatch : std::uint8_t { most_recently_used, longest_idle, random };

/// How requests are spread over the instances of a fixed pool.
enum class Balance : std::uint8_t {
  shared,  ///< not at all: one queue, and who waits longest takes the slot that is free first
  // A queue at each instance; the choice is made on arrival and stays:
  random,
  round_robin,     ///< by turns
  least_requests,  ///< fewest in service or waiting; of equals the one that has been so for longest
  two_choices,     ///< the better of two chosen at random
};

/// How the accelerators of a pool serve several requests at once.
struct Batching {
  std::uint32_t size = 1;          ///< most in a batch, > 0
  sim::Duration wait{};            ///< how long the first may wait for others; 0: not at all
  double added = 0;                ///< time that each further request adds, as a share of that of one; >= 0
  std::uint32_t accelerators = 0;  ///< index into WorldSpec::accelerators; several pools may share them
  sim::Bytes weights{};            ///< what the model takes of an accelerator's memory
  sim::Distribution load{};        ///< [s] to put it there; paid by the batch that finds it missing
};

/// Parts of a start before the initialisation, in their order.
enum class StartPart : std::uint8_t {
  acquire,  ///< an environment: placement, sandbox, network
  pull,     ///< code or image
  restore,  ///< a snapshot
};

/// From when on how many instances are kept warm.
struct Provision {
  sim::Duration from{};
  std::uint32_t instances = 0;

  friend bool operator==(const Provision&, const Provision&) = default;
};

/// When a request that waits for a slot is given up: at the head of the queue after `longest`, or, once the
/// queue has not been empty for `busy_after`, as soon as it is its turn after more than `busy`.
///
/// The second rule keeps an overloaded service answering requests that are still young. Source: Maurer, "Fail
/// at Scale", ACM Queue 13(8), 2015, after Nichols and Jacobson, "Controlling Queue Delay" (CoDel), 2012.
struct Shedding {
  sim::Duration longest{};     ///< > 0
  sim::Duration busy{};        ///< <= longest
  sim::Duration busy_after{};  ///< > 0

  friend bool operator==(const Shedding&, const Shedding&) = default;
};

/// Instances of one service at one site.
struct PoolSpec {
  enum class Kind : std::uint8_t {
    fixed,    ///< `instances` always on (containers, devices)
    elastic,  ///< started on demand, ended after idleness (functions, isolates)
  };
  std::string name{};
  std::uint32_t partition = 0;
  Kind kind = Kind::fixed;
  std::uint32_t instances = 1;         ///< fixed: all of them; elastic: provisioned minimum, always warm
  std::uint32_t max_instances = none;  ///< elastic: quota; a request that meets it waits, or is refused
  std::uint32_t concurrency = 1;       ///< requests one instance serves at a time
  std::uint32_t queue_limit = none;    ///< waiting requests beyond this are refused
  std::optional<Shedding> shedding{};  ///< of waiting requests; not of balanced or batched pools
  /// elastic: limits the starts; a request that may not start an instance waits for a slot, or is refused
  /// where nothing serves or starts
  std::optional<TokenBucket::Spec> scale_out{};
  /// elastic: starts and ends the instances on demand by what it measures, in place of requests and
  /// keep_alive. A request that finds no free slot waits; where no instance is alive it has one started
  std::optional<ScalerSpec> scaler{};
  /// elastic: index into WorldSpec::processors, of this pool alone, whose use the autoscaler sees
  std::uint32_t processors = none;
  std::vector<Provision> provisions{};  ///< elastic: changes of `instances` during the run, by rising time
  std::optional<HybridKeepAlive::Spec> hybrid{};  ///< elastic: in place of keep_alive
  std::uint32_t account = none;        ///< elastic: index into WorldSpec::accounts; its quota refuses at once
  double spill_at = 2.0;               ///< busy share of all slots from which requests spill; > 1: never
  Balance balance = Balance::shared;   ///< fixed; with another value queue_limit is that of each instance
  std::optional<Batching> batching{};  ///< fixed: reached by `batch` steps alone; concurrency has no effect
  Dispatch dispatch = Dispatch::most_recently_used;
  /// elastic: what a start takes before `cold_start`, by StartPart [s]
  std::array<sim::Distribution, 3> preparation{};
  sim::Distribution cold_start{};  ///< elastic: of an initialisation, or of all where no parts are known [s]
  sim::Distribution keep_alive{};  ///< elastic: idle time until an instance ends [s]
  std::uint64_t cold_purpose = 0;  ///< names the draws of cold_start and keep_alive
  sim::Duration billing_step{1'000'000};  ///< > 0; PoolResult::billed rounds each request's service up to it
};

/// Processors that the work steps of requests share evenly, each request on one core at most.
struct ProcessorSpec {
  std::string name{};
  std::uint32_t partition = 0;
  double cores = 1;  ///< of one processor, > 0; a part of one is a slow core
  std::uint32_t count =
      0;  ///< instance i of a pool runs on processor i modulo this; 0: each on one of its own
};

/// Accelerators of one kind that run models, each one batch at a time.
struct AcceleratorSpec {
  std::string name{};
  std::uint32_t partition = 0;
  std::uint32_t count = 1;
  sim::Bytes memory{};  ///< of each, for weights: the models used last stay; 0: all of them
};

/// A quota of requests that several elastic pools have in service on instances on demand.
struct AccountSpec {
  std::string name{};
  std::uint32_t partition = 0;
  std::uint64_t concurrency = 0;
};

}  // namespace models
