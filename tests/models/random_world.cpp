#include "random_world.hpp"

#include <string>

#include "attempts.hpp"
#include "sim/hash.hpp"

namespace test_support {
namespace {

using models::Dispatch;
using models::Divert;
using models::none;
using models::Part;
using models::PoolSpec;
using models::SourceSpec;
using models::Step;
using models::StepKind;

constexpr std::uint32_t partitions = 3;
constexpr sim::Duration grid{64'000};

class RandomWorld {
 public:
  RandomWorld(std::uint64_t seed, Calls calls) : random_{seed}, calls_{calls} {}

  models::WorldSpec build() {
    world_.spec.partitions = partitions;
    world_.spec.classes = partitions;
    world_.spec.meters = 2;
    world_.spec.lookahead = 20 * grid;
    world_.spec.warmup = 300 * grid;
    world_.spec.duration = 3000 * grid;
    if (calls_ == Calls::guarded) world_.spec.drain = 500'000 * grid;  // autoscalers tick until its end
    add_laws();
    for (std::uint32_t partition = 0; partition < partitions; ++partition) add_resources(partition);
    if (calls_ == Calls::guarded) add_guards();
    if (calls_ == Calls::stateful) add_state();
    for (std::uint32_t partition = 0; partition < partitions; ++partition) add_sources(partition);
    for (std::uint32_t partition = 0; partition < partitions; ++partition) add_pipeline(partition);
    return std::move(world_.spec);
  }

 private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>((random_() >> 33) % limit); }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  sim::Duration some_ticks(std::uint32_t limit) { return grid * below(limit); }

  void add_laws() {
    const double unit = sim::to_seconds(grid);
    world_.constant(4 * unit);
    world_.law(sim::Distribution::discrete({0, 2 * unit, 4 * unit, 30 * unit}, {0.4, 0.3, 0.2, 0.1}));
  }

  void add_resources(std::uint32_t partition) {
    // 8 bytes take 64 us at 1 Mbit/s.
    for (int i = 0; i < 3; ++i) world_.station(sim::BitRate{1e6}, partition);
    for (int i = 0; i < 2; ++i) share(world_.station(sim::BitRate{1e6}, partition));
    connect(partition);
    for (int i = 0; i < 2; ++i) {
      leaf_pools_[partition][i] = world_.pool({.partition = partition,
                                               .instances = below(3) + (i == 0 ? 1 : 0),
                                               .concurrency = 1 + below(2),
                                               .queue_limit = chance(50) ? below(4) : none,
                                               .spill_at = chance(30) ? 0.5 : 2.0});
      held_pools_[partition][i] = world_.pool(held_pool(partition));
    }
    if (calls_ == Calls::guarded) add_machines(partition);
  }

  // Two models of different sizes on one or two accelerators, and processors of one core.
  void add_machines(std::uint32_t partition) {
    const auto group = static_cast<std::uint32_t>(world_.spec.accelerators.size());
    world_.spec.accelerators.push_back(
        {.partition = partition, .count = 1 + below(2), .memory = sim::Bytes{chance(50) ? 10.0 : 0.0}});
    for (double weights : {6.0, 7.0}) {
      models::Batching batching{.size = 1 + below(4), .wait = some_ticks(6), .added = 0.25};
      batching.accelerators = group;
      batching.weights = sim::Bytes{weights};
      batching.load = sim::Distribution::deterministic(sim::to_seconds(8 * grid));
      const std::uint32_t limit = chance(40) ? below(4) : none;
      batched_pools_[partition] = world_.pool({.partition = partition,
                                               .queue_limit = limit,
                                               .spill_at = chance(30) ? 0.5 : 2.0,
                                               .batching = batching});
    }
    world_.spec.processors.push_back({.partition = partition, .cores = 1.0, .count = below(3)});
    world_.spec.accounts.push_back({.partition = partition, .concurrency = 2});
    using models::QueueSpec;
    world_.spec.queues.push_back({.partition = partition,
                                  .capacity = 1 + below(3),
                                  .full = chance(50) ? QueueSpec::Full::drop : QueueSpec::Full::error});
    world_.spec.queues.push_back(
        {.partition = partition, .capacity = 1 + below(3), .full = QueueSpec::Full::block});
    using Rule = models::BalancerSpec::Rule;
    world_.spec.balancers.push_back({.partition = partition,
                                     .rule = chance(50) ? Rule::round_robin : Rule::least_requests,
                                     .choices = 2});
  }

  // Two links, and routes over the first, the second, both.
  void connect(std::uint32_t partition) {
    std::vector<std::uint32_t> links;
    for (int i = 0; i < 2; ++i) {
      links.push_back(world_.station(sim::BitRate{0.5e6 * (i + 1)}, partition));
      world_.spec.stations[links[i]].sharing = models::Sharing::max_min;
    }
    world_.spec.routes.insert(world_.spec.routes.end(), {{links[0]}, {links[1]}, links});
  }

  // Cells that lie side by side are equal but for their name.
  void share(std::uint32_t station) {
    using models::TenantSpec;
    models::StationSpec& shared = world_.spec.stations[station];
    shared.sharing = models::Sharing::fair;
    shared.tenants = {TenantSpec{}, TenantSpec{.weight = 3, .cap = sim::BitRate{0.5e6}},
                      TenantSpec{.weight = 2, .weighed = TenantSpec::Weighed::tenant, .level = below(2)}};
  }

  PoolSpec held_pool(std::uint32_t partition) {
    const double unit = sim::to_seconds(grid);
    PoolSpec pool{.partition = partition, .concurrency = 1 + below(2)};
    if (chance(70)) pool.kind = PoolSpec::Kind::elastic;
    pool.instances = pool.kind == PoolSpec::Kind::fixed ? 1 + below(3) : below(2);
    pool.max_instances = chance(70) ? 1 + below(4) : none;
    pool.queue_limit = chance(40) ? below(5) : none;
    pool.spill_at = chance(30) ? 0.7 : 2.0;
    if (calls_ == Calls::guarded && pool.kind == PoolSpec::Kind::fixed && chance(60))
      pool.balance = models::Balance{static_cast<std::uint8_t>(below(5))};
    pool.dispatch = Dispatch{static_cast<std::uint8_t>(below(3))};
    pool.cold_start = sim::Distribution::discrete({0, 20 * unit}, {0.2, 0.8});
    pool.keep_alive = sim::Distribution::discrete({0, 10 * unit, 100 * unit}, {0.3, 0.4, 0.3});
    if (calls_ == Calls::guarded && pool.kind == PoolSpec::Kind::elastic && chance(50)) scale(pool);
    if (calls_ == Calls::guarded) supply(pool);
    if (calls_ == Calls::guarded && chance(50)) {
      pool.preparation = {sim::Distribution::deterministic(3 * unit),
                          sim::Distribution::discrete({0, 9 * unit}, {0.5, 0.5}),
                          sim::Distribution::deterministic(below(2) * unit)};
    }
    pool.cold_purpose = sim::hash_name("cold-" + std::to_string(world_.spec.pools.size()));
    return pool;
  }

  // Half of the guards of a partition turn calls away or stop retries, for a while.
  void add_guards() {
    for (std::uint32_t partition = 0; partition < partitions; ++partition) {
      world_.spec.guards.push_back({.partition = partition});
      world_.spec.guards.push_back(
          {.partition = partition,
           .breaker =
               models::CircuitBreaker::Spec{
                   .window = 20, .minimum_calls = 10, .threshold = 0.4, .open_for = 50 * grid, .probes = 2},
           .budget = models::RetryBudget::Spec{.tokens = 6, .ratio = 0.5}});
    }
  }

  // Few items, so that they meet; of which some move.
  void add_state() {
    const double unit = sim::to_seconds(grid);
    models::WorldSpec& spec = world_.spec;
    spec.keys.push_back({.name = "all alike", .items = 3, .purpose = sim::hash_name("alike")});
    spec.keys.push_back({.name = "by rank",
                         .items = 5,
                         .purpose = sim::hash_name("rank"),
                         .popularity = std::make_shared<models::ZipfPopularity>(5, 1.0),
                         .stay = 300 * grid});
    for (std::uint32_t partition = 0; partition < partitions; ++partition) {
      using Store = models::StoreSpec;
      spec.stores.push_back({.name = "cache", .partition = partition, .keys = below(2), .capacity = 2});
      if (chance(50)) spec.stores.back().time_to_live = some_ticks(200);
      spec.stores.push_back({.name = "objects",
                             .partition = partition,
                             .kind = Store::Kind::objects,
                             .keys = below(2),
                             .hibernate_after = some_ticks(30),
                             .wake_up = sim::Distribution::discrete({0, 5 * unit}, {0.5, 0.5})});
      spec.stores.push_back({.name = "replica",
                             .partition = partition,
                             .kind = Store::Kind::replica,
                             .keys = below(2),
                             .longest_lag = 100 * grid});
    }
    spec.replays.push_back(std::make_shared<const std::vector<sim::Duration>>(
        std::vector<sim::Duration>{2 * grid, 0 * grid, 5 * grid}));
  }

  // What keeps instances, and what gives requests up, beyond the rules of the plain worlds.
  void supply(PoolSpec& pool) {
    const bool on_demand = pool.kind == PoolSpec::Kind::elastic;
    if (on_demand && !pool.scaler && chance(30))
      pool.hybrid = models::HybridKeepAlive::Spec{.bin = 5 * grid, .bins = 20, .least_variation = 1};
    if (on_demand && chance(30))
      pool.provisions = {{500 * grid, below(3)}, {1500 * grid, below(3)}, {2500 * grid, 0}};
    if (on_demand && chance(30)) pool.account = pool.partition;
    if (pool.balance == models::Balance::shared && chance(30))
      pool.shedding = models::Shedding{.longest = 40 * grid, .busy = 10 * grid, .busy_after = 30 * grid};
  }

  void scale(PoolSpec& pool) {
    if (chance(50)) {
      pool.scaler = models::KnativeScaler::Spec{.tick = 10 * grid,
                                                .stable_window = 100 * grid,
                                                .panic_window = 20 * grid,
                                                .target = 0.7,
                                                .zero_grace = 50 * grid};
    } else {
      pool.scaler = models::PodAutoscaler::Spec{
          .tick = 15 * grid, .down_window = 100 * grid, .growth_period = 15 * grid, .zero_grace = 50 * grid};
    }
    if (chance(30)) pool.scale_out = models::TokenBucket::Spec{.period = 40 * grid, .refill = 1, .depth = 2};
  }

  void add_sources(std::uint32_t partition) {
    for (int i = 0; i < 2; ++i) add_source(partition, program(partition));
  }

  void add_source(std::uint32_t partition, std::uint32_t first_step) {
    SourceSpec source{.partition = partition, .program = first_step};
    if (calls_ == Calls::stateful && world_.at(world_.here() - 2).kind == StepKind::renew) {
      source.process = SourceSpec::Process::closed;
      source.users = 1 + below(4);
      source.think = world_.spec.laws[1];
    } else if (chance(50)) {
      source.process = SourceSpec::Process::periodic;
      source.phase = SourceSpec::Phase::aligned;
      source.profile = {.step = 100 * grid, .rates = {1.0 / sim::to_seconds(grid * (4 + below(12)))}};
    } else {
      source.process = SourceSpec::Process::trace;
      for (sim::Duration at{0}; at < 3400 * grid; at += some_ticks(20)) source.times.push_back(at);
    }
    world_.source(std::move(source));
  }

  // Resources of their own in a row, which two sources share: requests mostly meet them in order, and must
  // not be taken to do so where a delay differs, a size is 0, or a pool has two servers or turns some away.
  void add_pipeline(std::uint32_t partition) {
    std::vector<std::uint32_t> stations, pools;
    for (int i = 0; i < 3; ++i) {
      stations.push_back(world_.station(sim::BitRate{1e6}, partition));
      pools.push_back(world_.pool({.partition = partition,
                                   .instances = chance(80) ? 1U : 2U,
                                   .queue_limit = chance(20) ? below(4) : none}));
    }
    const sim::Duration usual_delay = some_ticks(3);
    const std::uint32_t start = world_.here();
    for (int source = 0; source < 2; ++source) {
      // The second source goes through the first one's program, or through a similar one of its own.
      const bool shared = source == 1 && chance(50);
      if (!shared) pipeline_program(partition, stations, pools, usual_delay);
      add_source(partition, shared ? start : last_program_);
    }
  }

  void pipeline_program(std::uint32_t partition, const std::vector<std::uint32_t>& stations,
                        const std::vector<std::uint32_t>& pools, sim::Duration usual_delay) {
    last_program_ = world_.here();
    for (std::size_t i = 0; i < stations.size(); ++i) {
      world_.pass(stations[i], sim::Bytes{chance(90) ? 8.0 : 0.0});
      world_.delay(chance(90) ? usual_delay : some_ticks(4));
      const std::uint32_t call = world_.serve(pools[i], below(2));
      if (chance(50)) reply_to_refused(call);
    }
    world_.finish(partition, partition);
  }

  std::uint32_t program(std::uint32_t partition) {
    const std::uint32_t first = world_.here();
    block(partition, 3);
    // A user thinks at least a tick from answer to question, else there is no end to them.
    if (calls_ == Calls::stateful && chance(50)) {
      world_.delay(grid);
      world_.step({.kind = StepKind::renew, .partition = partition});
    }
    world_.finish(partition, partition);
    return first;
  }

  void block(std::uint32_t partition, std::uint32_t depth) {
    for (std::uint32_t i = 2 + below(3); i > 0; --i) element(partition, depth);
  }

  void element(std::uint32_t partition, std::uint32_t depth) {
    if (calls_ == Calls::stateful && chance(30)) return state(partition, depth);
    if (calls_ == Calls::guarded && depth > 0 && chance(25)) return guarded(partition, depth - 1);
    switch (below(depth == 0 ? 5 : 10)) {
      case 0:
        plain_delay();
        break;
      case 1:
        chance(70) ? world_.delay_by(1) : world_.by_epoch(1, 50 * grid);
        break;
      case 2:
      case 3:
        station(partition);
        break;
      case 4:
        leaf_call(partition);
        break;
      case 5:
        held_call(partition, depth - 1);
        break;
      case 6:
        fan_out(partition, depth - 1);
        break;
      case 7:
        either(partition, depth - 1);
        break;
      default:
        excursion(partition, depth - 1);
        break;
    }
  }

  void plain_delay() {
    const std::uint32_t step = world_.delay(some_ticks(4));
    if (chance(40)) world_.at(step).index = below(2);
  }

  void station(std::uint32_t partition) {
    const bool fair = chance(40);
    const std::uint32_t first = 7 * partition + (fair ? 3 : below(2));
    const double size = 8.0 * below(5);  // compilers differ in the order of arguments
    if (calls_ == Calls::stateful && chance(30)) {
      world_.step({.kind = StepKind::carry,
                   .partition = partition,
                   .index = 3 * partition + below(3),
                   .size = sim::Bytes{size}});
      return;
    }
    if (calls_ == Calls::stateful && chance(20)) {
      world_.step({.kind = StepKind::handover, .part = models::Part::access, .index = 1, .fixed = 3 * grid});
    }
    const std::uint32_t step = world_.pass(first, sim::Bytes{size});
    if (chance(50)) world_.at(step).count = 2;
    if (calls_ == Calls::stateful && chance(50)) world_.at(step).keys = 1;
    if (fair) world_.at(step).tenant = static_cast<std::uint16_t>(below(3));
  }

  void leaf_call(std::uint32_t partition) {
    if (calls_ == Calls::guarded && chance(25)) {
      const std::uint32_t call = world_.batch(batched_pools_[partition] - below(2), below(2));
      world_.at(call).divert = chance(50) ? Divert::refused : Divert::spilled_and_refused;
      return reply_to_refused(call);
    }
    const std::uint32_t held = held_pools_[partition][below(2)];
    const std::uint32_t pool = may_hold(held) && chance(30) ? held : leaf_pools_[partition][below(2)];
    const std::uint32_t call = world_.serve(pool, below(2));
    world_.at(call).divert = chance(50) ? Divert::refused : Divert::spilled_and_refused;
    reply_to_refused(call);
  }

  void held_call(std::uint32_t partition, std::uint32_t depth) {
    const std::uint32_t pool = held_pools_[partition][below(2)];
    if (!may_hold(pool)) return;
    const std::uint32_t call = world_.acquire(pool);
    if (calls_ == Calls::guarded) world_.at(call).priority = static_cast<std::uint8_t>(below(3));
    const std::uint32_t outer = std::exchange(innermost_held_, pool);
    if (calls_ == Calls::guarded && chance(50)) {
      const std::uint32_t step = world_.work(partition, below(2));
      world_.at(step).count = static_cast<std::uint16_t>(below(3));
    }
    block(partition, depth);
    innermost_held_ = outer;
    world_.release(partition);
    reply_to_refused(call);
  }

  // Who holds a pool takes only later ones, else two requests could wait for each other for ever.
  [[nodiscard]] bool may_hold(std::uint32_t pool) const {
    return innermost_held_ == none || pool > innermost_held_;
  }

  // The step `call` sends those it does not take around what follows it, marked as failed or (half of the
  // time) as if nothing had been.
  void reply_to_refused(std::uint32_t call) {
    const std::uint32_t over = world_.step({.kind = StepKind::jump});
    world_.at(call).target = world_.here();
    if (chance(50)) world_.step({.kind = StepKind::fail, .index = 0, .target = world_.here() + 1});
    world_.delay(some_ticks(3), Part::retry);
    world_.at(over).target = world_.here();
  }

  void state(std::uint32_t partition, std::uint32_t depth) {
    const std::uint32_t first_store = 3 * partition;
    switch (below(depth == 0 ? 4 : 6)) {
      case 0:
      case 1:
        return missed(partition, StepKind::lookup, first_store);
      case 2:
        world_.at(world_.delay(sim::Duration{0})).replay = 0;
        world_.step({.kind = StepKind::note, .partition = partition, .index = first_store + 2});
        return;
      case 3:
        return missed(partition, StepKind::by_item, below(2));
      case 4:
        return held_object(partition, depth - 1);
      default:
        return write(partition);
    }
  }

  void missed(std::uint32_t partition, StepKind kind, std::uint32_t index) {
    const std::uint32_t asked =
        world_.step({.kind = kind, .partition = partition, .index = index, .probability = 0.5});
    const std::uint32_t over = world_.step({.kind = StepKind::jump});
    world_.at(asked).target = world_.here();
    world_.delay_by(1, Part::state);
    world_.at(over).target = world_.here();
  }

  // Objects come before pools, and one at a time, else two requests could wait for each other for ever.
  void held_object(std::uint32_t partition, std::uint32_t depth) {
    if (innermost_held_ != none || holds_object_) return;
    holds_object_ = true;
    world_.step({.kind = StepKind::lock, .partition = partition, .index = 3 * partition + 1});
    block(partition, depth);
    world_.step({.kind = StepKind::unlock, .partition = partition});
    holds_object_ = false;
  }

  void write(std::uint32_t partition) {
    const std::uint32_t there = (partition + 1) % partitions;
    const std::uint32_t spawn = world_.step({.kind = StepKind::spawn, .partition = partition});
    const std::uint32_t over = world_.step({.kind = StepKind::jump});
    world_.at(spawn).target = world_.here();
    world_.delay(world_.spec.lookahead + some_ticks(60), Part::state);
    world_.step({.kind = StepKind::apply, .partition = there, .index = 3 * there + 2});
    world_.step({.kind = StepKind::leave});
    world_.at(over).target = world_.here();
  }

  void guarded(std::uint32_t partition, std::uint32_t depth) {
    if (chance(20)) return chance(50) ? spawned(partition, depth) : message(partition, depth);
    if (chance(15)) return balanced(partition, depth);
    if (chance(30)) return quorum(partition);
    Attempts call{.guard = 2 * partition + below(2), .partition = partition, .retries = below(3)};
    if (chance(70)) call.timeout = some_ticks(60);
    if (chance(40)) call.hedge_after = some_ticks(20);
    if (chance(50)) call.backoff = {some_ticks(5), some_ticks(5)};
    const std::uint32_t given_up = world_.step({.kind = StepKind::if_failed});
    add_attempts(world_, call, [&] { block(partition, depth == 0 ? 0 : depth - 1); });
    if (chance(30)) world_.step({.kind = StepKind::forgive});
    world_.at(given_up).target = world_.here();
  }

  // Holds nothing of the request's, so it may take any pool.
  void spawned(std::uint32_t partition, std::uint32_t depth) {
    const std::uint32_t spawn = world_.step({.kind = StepKind::spawn, .partition = partition});
    const std::uint32_t over = world_.step({.kind = StepKind::jump});
    world_.at(spawn).target = world_.here();
    const std::uint32_t outer = std::exchange(innermost_held_, none);
    block(partition, depth);
    innermost_held_ = outer;
    world_.step({.kind = StepKind::leave});
    world_.at(over).target = world_.here();
  }

  // Who waits for a place in a queue must hold nothing that its messages need: no pool, no other place.
  void message(std::uint32_t partition, std::uint32_t depth) {
    if (in_message_) return;
    const bool may_wait = innermost_held_ == none && chance(60);
    const std::uint32_t queue = 2 * partition + (may_wait ? 1 : 0);
    const std::uint32_t offer =
        world_.step({.kind = StepKind::offer, .partition = partition, .index = queue});
    const std::uint32_t over = world_.step({.kind = StepKind::jump});
    world_.at(offer).target = world_.here();
    const std::uint32_t outer = std::exchange(innermost_held_, none);
    in_message_ = true;
    block(partition, depth);
    in_message_ = false;
    innermost_held_ = outer;
    world_.step({.kind = StepKind::consumed, .partition = partition, .index = queue});
    world_.at(over).target = world_.here();
  }

  void balanced(std::uint32_t partition, std::uint32_t depth) {
    const auto first_target = static_cast<std::uint32_t>(world_.spec.targets.size());
    world_.spec.targets.resize(first_target + 2);
    world_.step({.kind = StepKind::pick, .partition = partition, .index = partition, .target = first_target});
    std::vector<std::uint32_t> over;
    for (std::uint16_t choice = 0; choice < 2; ++choice) {
      world_.spec.targets[first_target + choice] = world_.here();
      block(partition, depth == 0 ? 0 : depth - 1);
      world_.step({.kind = StepKind::give_back, .partition = partition, .index = partition, .count = choice});
      over.push_back(world_.step({.kind = StepKind::jump}));
    }
    for (const std::uint32_t step : over) world_.at(step).target = world_.here();
  }

  void quorum(std::uint32_t partition) {
    const std::uint32_t split = world_.here();
    fan_out(partition, 0);
    Step& step = world_.at(split);
    step.needed = static_cast<std::uint16_t>(1 + below(step.count));
    step.spare = static_cast<std::uint16_t>(step.count + 1 - step.needed);
  }

  void fan_out(std::uint32_t partition, std::uint32_t depth) {
    const std::uint32_t split = world_.step({.kind = StepKind::split, .partition = partition});
    const std::uint32_t branches = 1 + below(3);
    std::vector<std::uint32_t> jumps, starts;
    for (std::uint32_t i = 0; i <= branches; ++i) {
      if (i > 0) starts.push_back(world_.here());
      if (chance(80)) block(partition, depth);
      jumps.push_back(world_.step({.kind = StepKind::jump}));
    }
    world_.at(split).count = static_cast<std::uint16_t>(branches);
    world_.at(split).index = static_cast<std::uint32_t>(world_.spec.targets.size());
    world_.spec.targets.insert(world_.spec.targets.end(), starts.begin(), starts.end());
    for (const std::uint32_t jump : jumps) world_.at(jump).target = world_.here();
    world_.step({.kind = StepKind::join, .partition = partition});
  }

  void either(std::uint32_t partition, std::uint32_t depth) {
    const std::uint32_t branch = world_.step({.kind = StepKind::branch, .probability = 0.6});
    block(partition, depth);
    world_.at(branch).target = world_.here();
  }

  void excursion(std::uint32_t partition, std::uint32_t depth) {
    const std::uint32_t there = (partition + 1 + below(partitions - 1)) % partitions;
    world_.delay(world_.spec.lookahead + some_ticks(5));
    block(there, depth);
    world_.delay(world_.spec.lookahead + some_ticks(5));
  }

  sim::SplitMix64 random_;
  Calls calls_;
  WorldBuilder world_;
  bool in_message_ = false;
  std::uint32_t innermost_held_ = none;
  bool holds_object_ = false;
  std::uint32_t last_program_ = 0;
  std::uint32_t leaf_pools_[partitions][2] = {};
  std::uint32_t held_pools_[partitions][2] = {};
  std::uint32_t batched_pools_[partitions] = {};  ///< the second of two
};

}  // namespace

models::WorldSpec random_world(std::uint64_t seed, Calls calls) { return RandomWorld{seed, calls}.build(); }

}  // namespace test_support
