#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/autoscaler.hpp"
#include "models/circuit_breaker.hpp"
#include "models/item_cache.hpp"
#include "models/retry_budget.hpp"
#include "models/sharing.hpp"
#include "models/token_bucket.hpp"
#include "models/world_spec.hpp"
#include "planner/assertion.hpp"
#include "sim/distribution.hpp"
#include "sim/time.hpp"
#include "sim/units.hpp"

/// A scenario as the models need it: one strategy, resolved, checked, in SI units. Made by the loader;
/// everything in here is valid, so nobody downstream checks again.
namespace planner {

/// Where a figure comes from; results list every `assumed` one.
enum class Basis : std::uint8_t { unstated, measured, vendor, assumed, calibrated };

struct Provenance {
  Basis basis = Basis::unstated;
  std::string source;
};

/// A law given in the scenario: `"50 ms"` or `{"dist": "lognormal", "median": "6 ms", "p99": "19 ms"}`. [s]
struct Law {
  sim::Distribution law;
  Provenance provenance;
};

struct Place {
  double latitude = 0;   ///< [degree]
  double longitude = 0;  ///< [degree]
  std::string country;   ///< ISO 3166-1 alpha-2, empty where unknown
};

struct Power {
  sim::Watts idle{};  ///< of one node that is on
  sim::Watts busy{};  ///< of one node with all slots busy; linear in between
};

/// Price of what lies above a volume in a month.
struct PriceTier {
  double above = 0;
  sim::Money price{};
};

/// Unit prices of an elastic platform.
struct ElasticPrice {
  /// The time that per_gb_second and per_cpu_second are charged for.
  enum class Billing : std::uint8_t {
    request,         ///< of each request, rounded up, also of those that share an instance
    instance_busy,   ///< of an instance while it serves at least one request
    instance_alive,  ///< of an instance from its start to its end
    cpu_time,        ///< of the processor only; memory and waiting are free
  };
  Billing billing = Billing::request;
  sim::Money per_request{};
  // Of configured memory, by GiB.s: the gigabyte of providers' price lists is one of 1,024 MB, each 2^20 B.
  sim::Money per_gb_second{};              ///< while a request is served (and while starting, if init_billed)
  sim::Money per_provisioned_gb_second{};  ///< of provisioned instances, all the time; instance_busy without
                                           ///< the price below: while they wait
  /// While a request is served in a provisioned instance; none: as on demand.
  std::optional<sim::Money> per_provisioned_execution_gb_second;
  sim::Money per_cpu_second{};                           ///< CPU time (isolate platforms)
  sim::Duration granularity = sim::Duration{1'000'000};  ///< duration is rounded up to this
  bool init_billed = true;
  // Of the first part of a month's volume the prices above hold; in all its sites a platform is one account.
  std::vector<PriceTier> request_tiers;                                 ///< by rising volume
  std::vector<PriceTier> gb_second_tiers;                               ///< by rising volume [GiB.s]
  double free_requests = 0, free_gb_seconds = 0, free_cpu_seconds = 0;  ///< a month; memory in GiB.s
};

/// What starting an instance takes before its initialisation, one part after the other.
struct StartParts {
  Law acquire;                 ///< an environment
  sim::BitRate pull_rate{};    ///< at which a service's image is fetched; 0: its size is no matter
  double image_present = 0;    ///< share of the starts that find it there
  sim::Bytes image{};          ///< of a service that states none
  std::optional<Law> restore;  ///< of a snapshot, in place of an initialisation
  /// `restore`, or the initialisation, by configured memory [B]; the largest that a service has holds.
  std::map<double, Law> by_memory;
};

/// Machines or a platform at a site on which services are placed.
struct PoolType {
  enum class Kind : std::uint8_t { nodes, elastic };
  Kind kind = Kind::nodes;
  std::string device;    ///< catalogue id, empty if described in full
  std::string platform;  ///< catalogue id, empty if described in full
  // nodes
  std::uint32_t nodes = 0;
  double cpu = 0;                        ///< [vCPU] of a node
  sim::Bytes memory{};                   ///< of a node; elastic: of an instance whose service states none
  double gpus = 0;                       ///< accelerators of a node
  sim::Money node_price_per_hour{};      ///< rent, or capital and running cost written off
  Power power;                           ///< of a node; of an accelerator card where it is one
  std::map<std::string, Law> inference;  ///< measured time of a batch of one, by model name
  std::map<std::string, double> added;  ///< time that each further request adds, as a share of that, by model
  std::string power_mode;               ///< of the device, empty: that of the measurements
  double slowdown = 1.0;                ///< factor on every time in service: power mode, heat, other tenants
  sim::Bytes parameter_cache{};         ///< of an accelerator's weights; 0: no such limit
  sim::BitRate weight_rate{};           ///< at which weights beyond it are streamed
  std::optional<Law> model_load;        ///< of a model that another one evicted
  sim::Grams embodied{};                ///< of making one node, spread over `life`
  sim::Duration life{};
  /// What requests that are served at the same time do to each other.
  enum class Processors : std::uint8_t {
    reserved,  ///< nothing
    shared,    ///< they share the node's cores (elastic: those of their instance)
  };
  Processors processors = Processors::reserved;
  // elastic
  StartParts start;
  Law cold_start;  ///< after the parts above: the initialisation, or all where no parts are known
  Law keep_alive;
  std::string dispatch = "mru";   ///< mru | longest-idle | random
  std::uint32_t concurrency = 1;  ///< default of requests an instance serves at a time
  std::uint32_t max_instances = UINT32_MAX;
  std::optional<models::TokenBucket::Spec> scale_out;  ///< of each service
  std::optional<models::ScalerSpec> autoscaler;
  std::optional<models::HybridKeepAlive::Spec> histogram;  ///< in place of keep_alive
  std::optional<std::uint32_t> account;  ///< requests in service on demand, of all services on the pool
  ElasticPrice price;
  sim::Joules energy_per_gb_second{};       ///< [J/GB.s], 1e9 B, of an instance that starts or serves
  sim::Joules idle_energy_per_gb_second{};  ///< of one that waits
  Provenance provenance;
};

/// What a site costs besides its machines; due if anything is placed there.
struct SiteCosts {
  sim::Money fixed_per_hour{};      ///< rent, staff, licences
  sim::Money capital{};             ///< written off evenly over `life`
  sim::Duration life{};             ///< 0: no capital
  sim::Money colocation_per_kwh{};  ///< of the nodes' greatest power, drawn or not
  sim::Money visit{};               ///< a technician's journey, one every `visit_every`
  sim::Duration visit_every{};      ///< 0: none
};

struct Site {
  std::string tier;         ///< edge | pop | metro | region | on-premises | free text
  std::optional<Place> at;  ///< none: only explicit links reach it
  std::map<std::string, std::string> labels;
  double carbon = 0;  ///< [gCO2e/kWh]
  /// Of the day in UTC, hour by hour, as a share of `carbon`: 24 of mean 1; empty: no different.
  std::vector<double> carbon_hours;
  double pue = 1.0;
  Provenance grid;
  sim::Money egress_per_gb{};           ///< to users and other sites where no link says otherwise
  std::vector<PriceTier> egress_tiers;  ///< by rising volume [GB]
  /// Catalogue id of the cloud region whose price list holds towards other regions; empty: egress_per_gb
  /// does.
  std::string priced_region;
  sim::Money electricity_per_kwh{};  ///< where it is not part of the rent
  SiteCosts costs;
  std::map<std::string, PoolType> pools;
  std::string set;  ///< site set it was expanded from, empty if written out
};

struct Link {
  std::string a, b;
  std::optional<Law> latency;                          ///< one way; none: the network model's
  std::optional<sim::BitRate> bandwidth;               ///< each direction; none: not a bottleneck
  models::Sharing sharing = models::Sharing::in_turn;  ///< of the bandwidth, between transfers
  std::optional<sim::Money> egress_per_gb;             ///< none: that of the site the bytes leave
};

/// Latency between sites without a link.
struct Network {
  enum class Model : std::uint8_t { corridor, geo };
  Model model = Model::corridor;
  sim::Duration fixed{};      ///< geo: one way
  double seconds_per_km = 0;  ///< geo
  Law jitter;                 ///< added to every wide-area traversal, one way; default none
  sim::Joules energy_per_gb{};
  Provenance provenance;
};

/// First hop of a population: latency law a direction and, where given, a shared cell.
struct Access {
  std::string profile;  ///< catalogue id, empty if described in full
  Law uplink_latency;   ///< one way, unloaded
  Law downlink_latency;
  std::optional<sim::BitRate> uplink;  ///< of a user; bounds a transfer
  std::optional<sim::BitRate> downlink;
  std::optional<sim::BitRate> cell_uplink;  ///< shared by the users of a cell
  std::optional<sim::BitRate> cell_downlink;
  double loss = 0;                                     ///< share of packets that transport has to repeat
  double users_per_cell = 0;                           ///< 0: the whole population shares one cell
  models::Sharing sharing = models::Sharing::in_turn;  ///< of the cell's rates, between transfers
  std::string cell;          ///< name under which populations share their cells; empty: they are its own
  models::TenantSpec share;  ///< fair: what the population's transfers get; the cap is the user's rate
  std::optional<Law> reallocation;  ///< one way, drawn once every `reallocated_every` for all users
  sim::Duration reallocated_every{};
  sim::Watts device_power{};     ///< of the user's device while it sends or receives
  std::optional<Law> promotion;  ///< before a request of a user who was silent for idle_after
  sim::Duration idle_after{};
  /// Wait of an answer that comes more than `doze_after` after the user asked, as his device sleeps by then.
  std::optional<Law> doze;
  sim::Duration doze_after{};
  /// How long a user who moves stays in one of the population's cells, each in his own; 0: users are spread
  /// over them evenly at all times, and the latency laws hold what changes of cells cost.
  sim::Duration residence{};
  sim::Duration interruption{};  ///< of a user who changes cells
};

/// Where the data of a population may be.
struct Residency {
  std::vector<std::string> countries;         ///< ISO 3166-1 alpha-2; empty: any
  std::map<std::string, std::string> labels;  ///< that a site must have
  [[nodiscard]] bool allows(const Site& site) const;
};

struct Population {
  std::optional<Place> at;
  std::string site;  ///< site it hangs on where it has no coordinates
  double users = 0;
  Access access;
  std::string device;  ///< what users hold, for services placed on `user-device`; catalogue id
  std::map<std::string, Law> device_inference;
  double device_idle_watts = 0, device_busy_watts = 0;
  sim::Money device_price_per_hour{};  ///< of one user's device; zero where users own it
  std::string set;                     ///< population set it was expanded from
  std::optional<Residency> residency;  ///< none: anywhere
};

/// What the operations of a store and what it keeps cost.
struct StatePrice {
  sim::Money per_read{};             ///< a lookup in a cache, a session's load, a read of replicated data
  sim::Money per_write{};            ///< what a miss puts into a cache; a write, at each copy
  sim::Money per_request{};          ///< objects: of each request to one
  sim::Money awake_per_hour{};       ///< objects: of one that is held, or does not hibernate yet
  sim::Money per_gigabyte_second{};  ///< of what is kept
  std::string store;  ///< listed by the catalogue: one account in all its services; empty: none
  // Of the account in a month, without charge:
  double free_reads = 0, free_writes = 0, free_requests = 0;
  sim::Duration free_awake{};
  sim::Bytes free_storage{};
  Provenance provenance;
};

/// What a service keeps, and how requests find it (docs/models/state.md).
struct State {
  enum class Kind : std::uint8_t {
    cache,       ///< of a site; who misses makes the service's calls, who hits does not
    session,     ///< of a user, at the site that serves him; who misses has it loaded
    objects,     ///< each at one site, serving one request at a time
    replicated,  ///< written at a primary, read everywhere
  };
  Kind kind = Kind::cache;
  enum class Key : std::uint8_t { item, user };
  Key key = Key::item;      ///< what a request asks for: an item by popularity, or its user's own
  std::uint32_t items = 1;  ///< Key::item
  /// Key::item: service whose items these are, so that a request asks both for the same one, with the items
  /// and popularity of that service; empty: they are its own.
  std::string items_of;
  double popularity = 0;    ///< Zipf's exponent; 0: all alike
  sim::Duration stay{};     ///< of a user at one site, where several share them; 0: for ever
  std::optional<Law> miss;  ///< cache, session: what a miss takes besides the calls
  // cache, session
  std::optional<double> hit_ratio;
  std::uint32_t capacity = UINT32_MAX;  ///< items
  models::Eviction eviction = models::Eviction::least_recently_used;
  std::optional<sim::Duration> time_to_live;
  models::TtlEntry::Rule time_to_live_rule = models::TtlEntry::Rule::from_fetch;
  // objects
  std::optional<sim::Duration> hibernate_after;
  std::optional<Law> wake_up;
  // replicated
  std::string primary;  ///< site
  enum class Replication : std::uint8_t {
    asynchronous,  ///< a write is answered by the primary, and is on its way to the others
    synchronous,   ///< when all have it
    quorum,        ///< when `quorum` of them have it, the primary counted
  };
  Replication replication = Replication::asynchronous;
  std::uint32_t quorum = 0;
  std::optional<Law> lag;  ///< of a write at a replica, besides its way there
  // money
  std::optional<StatePrice> price;
  sim::Bytes stored{};  ///< kept at each site; objects: at all of them together
};

/// How a service takes several requests at once on an accelerator.
struct BatchRule {
  std::uint32_t size = 1;
  sim::Duration wait{};         ///< how long the first may wait for others
  std::optional<double> added;  ///< wins over the device's
};

/// Where calls that are `async` leave their messages.
struct QueueRule {
  std::uint64_t capacity = UINT64_MAX;  ///< messages that wait, are in work, or wait for another attempt
  models::QueueSpec::Full full = models::QueueSpec::Full::error;
};

struct Service {
  std::optional<Law> time;             ///< service time on a reference core
  std::string inference;               ///< model name; the time is the device's measured one
  std::map<std::string, Law> time_on;  ///< by device, platform or tier; wins over `time`
  double cpu = 0;                      ///< [vCPU] a replica
  sim::Bytes memory{};                 ///< a replica; of a function: its configured size
  double gpus = 0;
  sim::Bytes weights{};           ///< of the model, on the accelerator
  std::uint32_t concurrency = 1;  ///< requests a replica serves at a time
  sim::Bytes image{};             ///< code or image that a start fetches; 0: the platform's
  std::optional<Law> init;        ///< of this service; wins over the platform's initialisation or restoring
  std::optional<Law> cold_start;  ///< of this service, all parts; wins over the platform's
  std::uint32_t queue_limit = UINT32_MAX;
  std::optional<BatchRule> batch;
  std::optional<models::Shedding> shedding;
  std::optional<QueueRule> queue;
  double failure = 0;  ///< share of the requests that end in an error after their service time
  std::optional<State> state;
};

/// When a call is made again after a failure.
struct Retry {
  /// How the wait before a retry is spread. Source: M. Brooker, "Exponential Backoff And Jitter", AWS 2015.
  enum class Jitter : std::uint8_t {
    none,
    full,   ///< evenly over [0, wait]
    equal,  ///< evenly over [wait / 2, wait]
  };
  std::uint32_t attempts = 1;  ///< the first one included
  sim::Duration backoff{};     ///< before the first retry
  double factor = 2;           ///< by which it grows with each
  std::optional<sim::Duration> longest_backoff;
  Jitter jitter = Jitter::none;
  std::optional<models::RetryBudget::Spec> budget;
};

struct Call {
  std::string service;
  std::string from;  ///< call whose service makes this one; empty: the entry's (the entry: the user)
  std::vector<std::string> after;  ///< calls that must have ended
  sim::Bytes request{}, response{};
  double probability = 1.0;
  double writes = 0;                         ///< share that the primary of a replicated service has to serve
  std::optional<sim::Duration> timeout;      ///< of one attempt
  std::optional<sim::Duration> hedge_after;  ///< after which a second copy is sent
  Retry retry;
  std::optional<models::CircuitBreaker::Spec> breaker;
  bool can_fail = false;      ///< the caller does without
  bool asynchronous = false;  ///< the caller does not wait, or only until the queue has its message
  std::uint8_t priority = 0;  ///< in the queue of the pool; higher ones first
  std::uint32_t quorum = 0;   ///< of the calls its service makes, answers it waits for; 0: all
};

/// Whether a call is more than one attempt without limits.
[[nodiscard]] inline bool is_guarded(const Call& call) {
  return call.timeout || call.hedge_after || call.retry.attempts > 1 || call.breaker;
}

struct Flow {
  std::string entry;                  ///< call that the user makes
  std::map<std::string, Call> calls;  ///< a tree by `from`, ordered by `after`; no cycles
  sim::Bytes request{}, response{};   ///< between user and entry
  std::optional<sim::Duration> deadline;
  std::string transport = "none";    ///< handshake, by the name that models::handshake_by_name() knows
  double reuse = 1.0;                ///< share of requests on an open connection
  sim::Bytes initial_window{14480};  ///< of each transfer between user and entry; ten segments (RFC 6928)
  std::optional<Law> lookup;         ///< of the name, before a new connection
  double lookup_cached = 0.0;        ///< share of lookups that cost nothing
};

struct Workload {
  std::string population, flow;
  enum class Process : std::uint8_t { poisson, periodic, trace, closed } process = Process::poisson;
  /// Mean over the profile's period (trace: over the run; closed: if answers took no time), whole population
  /// [1/s].
  double rate = 0;
  std::vector<double> profile;  ///< shape, mean 1; empty: constant
  sim::Duration profile_step{};
  sim::Duration profile_offset{};  ///< where in the period the run's time 0 lies
  /// poisson: calm and bursts by turns, the mean unchanged.
  struct Bursts {
    double factor = 1;       ///< rate in a burst over that in a calm
    sim::Duration length{};  ///< mean of a burst
    sim::Duration every{};   ///< mean from one beginning to the next
  };
  std::optional<Bursts> bursts;
  /// trace: when requests come, since the run's time 0, ascending; shared by the strategies of a file.
  std::shared_ptr<const std::vector<sim::Duration>> times;
  /// trace: how long each took in the entry's service, instead of that service's time; null: not replayed.
  std::shared_ptr<const std::vector<sim::Duration>> durations;
  /// trace: payloads between user and entry, by request; below 0 where not told, which is the flow's. Null:
  /// not replayed.
  using Sizes = std::shared_ptr<const std::vector<sim::Bytes>>;
  Sizes requests, responses;
  /// The same of a call between services; null: not told of it.
  struct CallSizes {
    Sizes requests, responses;
  };
  std::map<std::string, CallSizes> call_sizes;  ///< by the service that is called
  std::uint32_t users = 0;                      ///< closed: each thinks, asks, and waits for the answer
  std::optional<Law> think;                     ///< closed
};

/// Instances of one service at one site.
struct Placement {
  std::string pool;
  std::uint32_t replicas = 1;                 ///< nodes
  std::uint32_t provisioned = 0;              ///< elastic: kept warm, at the run's time 0
  std::vector<models::Provision> provisions;  ///< elastic: changes of that, since time 0
  /// elastic: what these repeat, by hour of a day or of a week; empty: always the same.
  std::vector<std::uint32_t> provisioned_hours;
  bool reserved = false;  ///< elastic: max_instances are taken out of the pool's account
  std::optional<std::uint32_t> max_instances;
  std::optional<std::uint32_t> concurrency;
  std::optional<Law> keep_alive;
};

/// Id of the site that stands for each user's own device.
inline constexpr const char* user_device = "user-device";

struct Routing {
  enum class Policy : std::uint8_t {
    nearest,
    latency,
    weighted,
    round_robin,     ///< each caller by turns
    least_requests,  ///< where a caller has the fewest that have not come back
  } policy = Policy::latency;
  double spill_at = 2.0;  ///< busy share from which a request goes to the next site; > 1: never
  std::map<std::string, double> weights;              ///< weighted: share by site
  models::Balance balance = models::Balance::shared;  ///< over the replicas at a site
};

/// What happens when a part is lost (isochrone fail).
struct Faults {
  sim::Duration detection = std::chrono::seconds{10};  ///< until the loss is noticed
  sim::Duration name_ttl = std::chrono::seconds{60};   ///< how long users keep the name of a site
};

struct Experiment {
  std::uint64_t seed = 1;
  std::uint32_t min_replications = 5;
  std::uint32_t max_replications = 5;
  std::optional<double> half_width;  ///< relative; until `until` is that precise
  std::optional<Expression> until;   ///< none: p99 of every flow
  std::string until_text;            ///< as written
  std::optional<double> until_confidence;
  double confidence = 0.95;
  /// Length of the slices of results over time; 0: none; nothing: as suits the span.
  std::optional<sim::Duration> series;
  /// Differences from the baseline that do not matter: a share of its value, for shares in points. 0: none.
  double equivalence = 0;
};

struct Scenario {
  std::string name, title, note;
  std::string strategy;  ///< which one this is; "base" without strategies
  std::string strategy_title;
  bool baseline = false;
  std::int64_t start_unix = 0;  ///< [s] wall-clock instant of the run's time 0
  std::string zone = "UTC";     ///< of hours whose own is not said
  sim::Duration warmup{}, duration{};
  std::map<std::string, Site> sites;
  std::map<std::string, Link> links;
  Network network;
  std::map<std::string, Population> populations;
  std::map<std::string, Service> services;
  std::map<std::string, Flow> flows;
  std::map<std::string, Workload> workloads;
  std::map<std::string, std::map<std::string, Placement>> placement;  ///< service -> site
  Routing routing;
  std::map<std::string, Routing> service_routing;
  Experiment experiment;
  Faults faults;
  std::string sha256;  ///< of the resolved scenario's canonical text
  /// Of what in the file reaches the simulation, with the tables it reads; empty: made by hand.
  std::string content_sha256;
  std::vector<Assertion> assertions;  ///< by id
  struct Assumption {
    std::string pointer, text;
    Provenance provenance;
  };
  std::vector<Assumption> assumptions;  ///< inputs with basis `assumed` or none, in document order
};

/// What the selectors of expressions may name.
[[nodiscard]] KnownIds known_ids(const Scenario& scenario);

}  // namespace planner
