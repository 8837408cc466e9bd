#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/autoscaler.hpp"
#include "models/circuit_breaker.hpp"
#include "models/hybrid_keep_alive.hpp"
#include "models/request.hpp"
#include "models/retry_budget.hpp"
#include "models/sharing.hpp"
#include "models/store_spec.hpp"
#include "models/token_bucket.hpp"
#include "sim/distribution.hpp"
#include "sim/units.hpp"

/// Plain data that a scenario is compiled into, and that World runs. No names are looked up in here: all
/// references are indices into the vectors of WorldSpec; names serve random streams and messages.
namespace models {

inline constexpr std::uint32_t none = UINT32_MAX;

/// What one step of a request's program does. Steps without state are summed by the compiled path; steps
/// that share something with other requests become events at their partition.
enum class StepKind : std::uint8_t {
  delay,    ///< clock += fixed + draw(law) * scale; charged to `part`
  branch,   ///< goes on with `probability`, else continues at `target`
  jump,     ///< continues at `target`
  doze,     ///< if more than `fixed` has passed since the user asked: clock += draw(law) * scale; charged to
            ///< `part`
  epoch,    ///< clock += draw(law) * scale, one draw for each span of length `fixed` > 0 of simulated time:
            ///< all requests that pass within it meet the same, whatever their source; charged to `part`
  station,  ///< passes station `index`: waits (network_queue), then `size` at its rate (transmission), at a
            ///< fair one as `tenant`; with `count` > 1 one of the `count` stations from `index` on, chosen
            ///< evenly by a draw of `purpose` (a population spread over equal cells; equal purposes choose
            ///< the same cell). All in one partition
  serve,    ///< leaf call to pool `index`: waits (pool_queue, cold_start), fixed + draw(law) * scale, on a
            ///< fixed pool at least 1 ns; charged to `part`; nothing is held afterwards
  acquire,  ///< takes a slot of pool `index`; waits (pool_queue, cold_start) and holds it
  release,  ///< gives back the slot that the matching acquire took
  work,   ///< fixed + draw(law) * scale of a core's time on processors `index`, which whoever works there at
          ///< the same time slows down; on the processor of the instance held last. Charged to `part`
  batch,  ///< leaf call to pool `index`, which serves in batches: waits (pool_queue), then the batch's time,
          ///< in which fixed + draw(law) * scale of the first request is the time of a batch of one. Charged
          ///< to `part`; nothing is held afterwards
  split,  ///< starts branches: one at the next step, and one at each of targets[index .. index+count).
          ///< With `needed` > 0 it is a quorum, and decided as an attempt is
  join,   ///< ends a branch; the last one to arrive goes on, with the breakdown of the slowest branch; of a
          ///< quorum the one that decides it
  attempt,  ///< starts branches as split does. As soon as `needed` of them have reached an `answer` unmarked
            ///< it is won, and that one goes on; when more than `spare` have reached one marked, or one
            ///< reaches `expire`, it is lost: that one goes on, marked, and all the time since the attempt
            ///< began is charged to `retry`. The other branches run on to their ends, and nobody waits for
            ///< them
  answer,   ///< ends a branch of an attempt; `index` may name that step, to reckon with
  expire,   ///< ends a branch of an attempt that was its timer; counted by guard `index`, if not none
  enter,    ///< ends a branch of an attempt that is decided by now (the copy of a hedged request that is not
            ///< needed any more); counted by guard `index`, if not none, where it goes on
  admit,   ///< asks guard `index` for leave to call; without it the request is marked and goes on at `target`
  settle,  ///< tells guard `index` what became of a call. A marked request with a `target` that the guard
           ///< allows to retry is unmarked and goes on there
  if_failed,  ///< a marked request continues at `target`
  forgive,    ///< takes the mark off
  spawn,      ///< starts a branch at `target` that nobody waits for; it holds nothing, and ends at a `leave`
  leave,      ///< ends a branch that nobody waits for; holds nothing any more
  offer,  ///< puts a message into queue `index`: with a place a branch starts at `target` that nobody waits
          ///< for and that ends at a `consumed`. Without one, as the queue says: goes on and the message is
          ///< lost, or marked, or once there is a place (pool_queue)
  consumed,   ///< ends a message of queue `index`; marked it is a dead letter. Holds nothing any more
  pick,       ///< balancer `index` chooses where the request goes on: at targets[target + its choice]
  give_back,  ///< the request is back from where balancer `index` sent it, to its choice `count`
  lookup,     ///< asks cache `index` for the request's item; a miss goes on at `target`
  lock,     ///< waits (state) for the request's item of objects `index`, and for its waking up (cold_start),
            ///< and holds it
  unlock,   ///< gives back the object that the matching lock took
  note,     ///< reads the request's item of replica `index`
  apply,    ///< a write arrives at replica `index`; it was made when the branch was spawned that leads here
  by_item,  ///< as branch, but it is the request's item of keys `index` that chooses, by a draw of its own
  renew,    ///< in the partition of a closed source: the user thinks, and then asks again
  finish,   ///< answered: recorded in class `index`; holds nothing any more
  fail,  ///< given up: counted as failed in class `index`; with a `target` the request is marked instead and
         ///< goes on there (an error reply on its way back, which still meets its joins and releases), and
         ///< finish counts it as failed; a join passes the mark on
};

/// Which requests a serve or acquire step sends to its target.
enum class Divert : std::uint8_t {
  spilled_and_refused,  ///< those that find the pool busier than `spill_at`, and those it refuses
  refused,              ///< only those it refuses: the last site of a chain takes what the others spill
};

struct Step {
  StepKind kind = StepKind::delay;
  Part part = Part::compute;
  std::uint32_t partition = 0;  ///< where the step takes place, index into the partitions
  std::uint32_t index = none;   ///< station, pool, guard, class or first target, by kind; delay: meter in
                                ///< which the passage is counted, or none
  std::uint32_t target =
      none;                  ///< step index: alternative of branch, destination of jump; for serve,
                             ///< acquire, batch where one goes that spills over (`spill_at`) or is refused.
                             ///< Refused without one it fails on the spot, and must hold nothing then
  std::uint32_t law = none;  ///< index into laws
  std::uint32_t replay =
      none;                  ///< delay, serve: index into replays, whose durations take the place of the law;
                             ///< station: of the time on the wire, `size` is that of an average one then
  std::uint16_t count = 0;   ///< split, attempt: number of further branches; station: cells to choose from
  std::uint16_t needed = 0;  ///< attempt, split (0: all): branches that must succeed
  std::uint16_t spare = 0;   ///< attempt, split with `needed`: branches that may fail
  std::uint8_t priority = 0;  ///< serve, acquire: higher ones leave the pool's queue first; at most 127
  Divert divert = Divert::spilled_and_refused;  ///< serve, acquire, batch
  double probability = 1.0;                     ///< branch
  double scale = 1.0;                           ///< delay, serve, work, batch: factor on the law's draw
  std::uint16_t tenant = 0;                     ///< station: whose transfer it is, at a fair one
  sim::Duration fixed{};      ///< delay, serve, work, batch: constant part; epoch: its length
  sim::Bytes size{};          ///< station: what is carried
  std::uint64_t purpose = 0;  ///< hash naming the draw ("compute/frame/detect"); equal under every strategy
};

/// Resource with a constant rate: one direction of a cell or of a link.
struct StationSpec {
  std::string name{};
  std::uint32_t partition = 0;
  sim::BitRate rate{};
  Sharing sharing = Sharing::in_turn;
  std::vector<TenantSpec> tenants{};  ///< fair: at least one

  /// Of a transfer that meets no other. @param tenant  meaningless where transfers are carried in turn
  [[nodiscard]] sim::BitRate rate_alone(std::uint32_t tenant) const {
    if (tenant >= tenants.size() || !tenants[tenant].cap) return rate;
    return std::min(*tenants[tenant].cap, rate);
  }
};

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

/// Piecewise-constant rate of arrivals, repeated with its period.
struct RateProfile {
  sim::Duration step{};         ///< length of one piece, > 0
  std::vector<double> rates{};  ///< [1/s] of each piece, >= 0, not empty
  sim::Duration offset{};       ///< where in the period time 0 lies
};

/// A Poisson source that is calm and bursts by turns (a Markov-modulated Poisson process of two states).
///
/// Both last exponential times. The profile's rate is multiplied by `calm` or `burst`; with
/// (calm x calm_mean + burst x burst_mean) = calm_mean + burst_mean the profile stays the mean.
struct Bursts {
  double calm = 1.0, burst = 1.0;  ///< factors on the rate, >= 0
  sim::Duration calm_mean{};       ///< mean length of a calm, > 0
  sim::Duration burst_mean{};      ///< mean length of a burst, > 0
};

/// Generator of the requests of one population's workload.
struct SourceSpec {
  enum class Process : std::uint8_t {
    poisson,
    periodic,
    trace,
    closed,  ///< `users`, each of whom thinks, asks, and waits for the answer; all ends pass a `renew`.
             ///< Turn t of user u is request t * users + u, so each meets the same draws under every strategy
  };
  /// Where a periodic source stands at time 0.
  enum class Phase : std::uint8_t {
    random,   ///< anywhere between two arrivals, evenly; drawn once a replication
    aligned,  ///< at an arrival
  };
  std::string name{};  ///< unique; names its random streams
  std::uint32_t partition = 0;
  std::uint32_t program = 0;  ///< step index where a request starts
  Process process = Process::poisson;
  RateProfile profile{};               ///< poisson (inverted cumulative rate), periodic (mean spacing)
  Phase phase = Phase::random;         ///< periodic
  std::optional<Bursts> bursts{};      ///< poisson
  std::vector<sim::Duration> times{};  ///< trace: arrival instants, ascending
  std::uint32_t users = 0;             ///< closed
  sim::Distribution think{};           ///< closed [s]; at time 0 all users are thinking
};

/// No way through a program leads back to a step that it has passed; checked by World.
struct WorldSpec {
  std::vector<sim::Distribution> laws;  ///< in seconds
  std::vector<Step> steps;
  std::vector<std::uint32_t> targets;  ///< step indices, of split, attempt and pick
  std::vector<StationSpec> stations;
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
