#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "models/request.hpp"
#include "models/world_spec.hpp"
#include "sim/fingerprint.hpp"
#include "sim/histogram.hpp"
#include "sim/total_time.hpp"

namespace sim {
class Fabric;
}

namespace models {

/// How a request's program is run. Both give the same results to the last bit.
enum class Path : std::uint8_t {
  compiled,  ///< stateless steps are summed, only shared resources become events
  general,   ///< every step is an event
};

/// How the sites of a world are spread over the engine's partitions. All give the same results to the last
/// bit.
enum class Partitioning : std::uint8_t {
  automatic,  ///< neighbours in the spec share one until each has work enough in a window
  split,      ///< as the spec says
  merged,     ///< all in one, as a plain simulator would
};

/// What one class of requests met in the recorded span.
struct ClassResult {
  std::uint64_t started = 0;                      ///< requests that began in the span
  std::uint64_t answered = 0;                     ///< of these, finished
  std::uint64_t failed = 0;                       ///< of these, refused or given up
  sim::Histogram latency;                         ///< of the answered
  sim::BreakdownHistogram<part_count> breakdown;  ///< [64 ns ticks] by latency bucket

  friend bool operator==(const ClassResult&, const ClassResult&) = default;
};

/// What one pool did in the recorded span.
struct PoolResult {
  std::uint64_t requests = 0;
  std::uint64_t refused = 0;
  std::uint64_t throttled = 0;  ///< of the refused: by the account's quota
  std::uint64_t shed = 0;       ///< of the requests: given up because they waited too long
  std::uint64_t spilled = 0;
  std::uint64_t cold_starts = 0;  ///< requests that waited for an instance to start
  std::uint64_t instances_started = 0;
  std::uint64_t peak_instances = 0;
  std::uint64_t peak_queue = 0;
  std::uint64_t batches = 0;        ///< begun, of a pool that serves in batches
  std::uint64_t model_loads = 0;    ///< batches that found their model missing from the accelerator's memory
  sim::TotalTime slot_busy{};       ///< integral of busy slots, service and hold; in batches: of accelerators
  sim::TotalTime instance_busy{};   ///< integral of instances with a busy slot; in batches: as slot_busy
  sim::TotalTime instance_alive{};  ///< integral of instances that are on or starting
  sim::TotalTime starting{};        ///< integral of instances that are starting
  sim::TotalTime acquiring{}, pulling{}, restoring{};  ///< of that; the rest initialise
  sim::TotalTime provisioned{};  ///< integral of instances that are kept warm; of an elastic pool
  sim::TotalTime billed{};       ///< sum of the requests' times in service, each rounded up to billing_step
  // Of instance_busy, starting and billed: what was in instances that are kept warm. One that is no longer
  // kept while it serves counts as on demand from then on, a request by its end, a start by its beginning.
  sim::TotalTime provisioned_busy{}, provisioned_starting{}, provisioned_billed{};

  /// Adds up what several spans or replications met; peaks are the highest.
  PoolResult& operator+=(const PoolResult& more);
  friend bool operator==(const PoolResult&, const PoolResult&) = default;
};

/// What became of the calls that one guard watches, by instants in the recorded span.
struct GuardResult {
  std::uint64_t attempts = 0;     ///< first ones and retries, without hedged copies
  std::uint64_t failed = 0;       ///< of the attempts: refused, failed or timed out
  std::uint64_t timed_out = 0;    ///< of the failed
  std::uint64_t retried = 0;      ///< failed attempts that were followed by another
  std::uint64_t not_retried = 0;  ///< failed attempts with another left, which the budget did not allow
  std::uint64_t hedged = 0;       ///< copies sent
  std::uint64_t turned_away = 0;  ///< calls that the open breaker stopped

  GuardResult& operator+=(const GuardResult& more);
  friend bool operator==(const GuardResult&, const GuardResult&) = default;
};

/// What one station carried in the recorded span.
struct StationResult {
  std::uint64_t passed = 0;
  double bytes = 0.0;
  sim::Duration busy{};

  friend bool operator==(const StationResult&, const StationResult&) = default;
};

/// What one class of requests met that began in one piece of the recorded span.
struct ClassPiece {
  std::uint64_t failed = 0;
  sim::Histogram latency;  ///< of the answered

  friend bool operator==(const ClassPiece&, const ClassPiece&) = default;
};

/// One of the pieces that WorldSpec::series_step cuts the recorded span into. Requests belong to the piece in
/// which they begin, with all that becomes of them later; times of pools and stores to the pieces that they
/// lie in. So the sums over the pieces are those of the whole, exactly.
struct WorldPiece {
  sim::Duration length{};              ///< that was reached; shorter for the last one, and when stopped
  std::vector<std::uint64_t> started;  ///< by source
  std::vector<ClassPiece> classes;
  std::vector<PoolResult> pools;      ///< peaks are the highest among requests of the piece
  std::vector<sim::TotalTime> awake;  ///< by store: StoreResult::awake
  std::vector<std::uint64_t> meters;  ///< passages of requests that began in it

  friend bool operator==(const WorldPiece&, const WorldPiece&) = default;
};

/// What one store did in the recorded span.
struct StoreResult {
  std::uint64_t requests = 0;  ///< lookups, locks, reads of a replica
  std::uint64_t hits = 0;      ///< cache
  std::uint64_t waited = 0;    ///< objects: locks that found another request there
  std::uint64_t woken = 0;     ///< objects: locks that waited for a waking up
  std::uint64_t stale = 0;     ///< replica: reads that a write which had been made was still on its way to
  std::uint64_t applied = 0;   ///< replica: writes
  /// Objects: in the recorded span held, or left alone and not hibernating yet; of all.
  sim::TotalTime awake{};

  StoreResult& operator+=(const StoreResult& more);
  friend bool operator==(const StoreResult&, const StoreResult&) = default;
};

/// What became of the messages of one queue that were offered in the recorded span, those below by then
/// accepted: accepted = delivered + dead_letters + left in the queue when the run ended.
struct QueueResult {
  std::uint64_t accepted = 0;
  std::uint64_t dropped = 0;       ///< found no place, and were lost
  std::uint64_t refused = 0;       ///< found no place, and their callers were told
  std::uint64_t blocked = 0;       ///< found no place, and their callers waited for one
  std::uint64_t delivered = 0;     ///< dealt with
  std::uint64_t dead_letters = 0;  ///< given up
  std::uint64_t peak = 0;          ///< most messages at once
  sim::TotalTime occupied{};       ///< integral of the messages in the queue over the recorded span
  sim::TotalTime blocked_time{};   ///< integral of the callers that waited for a place
  sim::Histogram delay;            ///< of the delivered: from acceptance until dealt with

  QueueResult& operator+=(const QueueResult& more);
  friend bool operator==(const QueueResult&, const QueueResult&) = default;
};

struct WorldResult {
  enum class Status : std::uint8_t { complete, stopped, event_limit };
  Status status = Status::complete;
  sim::Duration simulated{};  ///< recorded span that was reached (shorter when stopped)
  std::vector<ClassResult> classes;
  std::vector<PoolResult> pools;
  std::vector<StationResult> stations;
  std::vector<GuardResult> guards;
  std::vector<StoreResult> stores;
  std::vector<QueueResult> queues;
  std::vector<std::uint64_t> started;  ///< by source: requests that began in the recorded span
  std::vector<std::uint64_t> meters;   ///< passages of recorded requests, by meter
  std::vector<WorldPiece> series;      ///< in their order; empty if none asked
  std::uint64_t unfinished = 0;        ///< recorded requests still in flight when the drain ended
  std::uint64_t events = 0;            ///< of the engine; fewer on the compiled path
  std::uint64_t requests = 0;          ///< started in all, warm-up included
  /// Over the ends of all requests: source, instant, answered or failed. The same on both paths.
  sim::Fingerprint fingerprint;
};

/// Adds what another member of a fabric had of the same run to what one had; once all are in, it is what one
/// process alone would have had.
void merge(WorldResult& into, const WorldResult& share);

/// Sees every step of every request as it begins; for looking into a run, not for results.
class Tracer {
 public:
  virtual ~Tracer() = default;
  /// @param request  as it comes to its step `request.step` (an index into WorldSpec::steps, or beyond them
  /// for
  ///                 steps that the compiler put in); its parts are those of the steps before
  /// @param strand   tells the branches of a request apart
  virtual void step(const Request& request, std::uint32_t strand, sim::Time now) = 0;
};

/// One replication of a compiled scenario.
class World {
 public:
  struct Options {
    std::uint64_t seed = 1;
    std::uint32_t replication = 0;
    Path path = Path::compiled;
    Partitioning partitioning = Partitioning::automatic;  ///< Path::general always runs merged
    std::uint64_t event_limit = UINT64_MAX;
    unsigned threads = 1;            ///< that share the partitions; with any number the results are the same
    std::uint64_t share_from = 512;  ///< events of a window from which they do (sim::Engine::Options)
    /// Other processes that run the same replication, each with a share of the partitions; a result then has
    /// what happened in the own share, see merge(). Needs Path::compiled and no event limit.
    sim::Fabric* fabric = nullptr;
    const std::atomic<bool>* stop = nullptr;        ///< ends the run early, results so far are kept
    Tracer* tracer = nullptr;                       ///< Path::general alone; called from the running thread
    std::atomic<std::int64_t>* progress = nullptr;  ///< simulated nanoseconds, for a progress display
  };
  /// @param spec  kept by reference; must outlive the world; validated by whoever compiled it
  World(const WorldSpec& spec, Options options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// Threads that share the partitions: those asked for, but one alone with an event limit.
  [[nodiscard]] unsigned threads() const;
  /// Runs warm-up, recorded span and drain; to be called once.
  WorldResult run();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace models
