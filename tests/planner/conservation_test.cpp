#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "support/random_scenario.hpp"

// What holds for every scenario: nothing is lost, and a total is the sum of its parts.

namespace {

/// Gives a random scenario prices and powers that differ from place to place.
planner::Scenario priced(std::uint32_t number) {
  using Pools = test_support::RandomScenario::Pools;
  planner::Scenario scenario =
      test_support::RandomScenario{number, 4'000, number % 2 == 0 ? Pools::fixed : Pools::some_elastic}
          .make();
  double step = 1 + number % 7;
  for (auto& [id, site] : scenario.sites) {
    site.egress_per_gb = sim::Money{0.01 * ++step};
    site.carbon = 50 * step;
    site.pue = 1 + 0.05 * step;
    for (auto& [pool_id, pool] : site.pools) {
      pool.node_price_per_hour = sim::Money{0.1 * step};
      pool.power = {sim::Watts{10 * step}, sim::Watts{35 * step}};
      pool.price.per_request = sim::Money{1e-7 * step};
      pool.price.per_gb_second = sim::Money{1e-5 * step};
      pool.energy_per_gb_second = sim::Joules{0.5 * step};
    }
  }
  for (auto& [id, service] : scenario.services) service.memory = sim::Bytes{256e6 * step};
  scenario.network.energy_per_gb = sim::Joules{100};
  return scenario;
}

/// The same with failures, retries, time-outs, hedged copies and asynchronous calls, caches, sessions,
/// objects and replicas, and users who wait for their answers.
planner::Scenario troubled(std::uint32_t number) {
  planner::Scenario scenario = priced(number);
  using planner::State;
  std::uint32_t turn = number;
  for (auto& [id, service] : scenario.services) {
    service.failure = 0.05 * (turn % 3);
    State state;
    state.kind = State::Kind{static_cast<std::uint8_t>(turn++ % 4)};
    if (state.kind == State::Kind::session) state.key = State::Key::user;
    state.items = 50;
    state.popularity = 0.9;
    if (turn % 2 == 0) state.time_to_live = std::chrono::seconds{2};
    state.miss = test_support::constant(0.003);
    if (turn % 3 == 0) state.hibernate_after = std::chrono::milliseconds{500};
    state.wake_up = test_support::constant(0.010);
    state.primary = scenario.placement.at(id).begin()->first;
    state.replication = turn % 2 == 0 ? State::Replication::synchronous : State::Replication::asynchronous;
    service.state = state;
  }
  for (auto& [id, call] : scenario.flows.at("f").calls) {
    const bool entry = id == scenario.flows.at("f").entry;
    if (scenario.services.at(call.service).state->kind == State::Kind::replicated) call.writes = 0.3;
    call.retry.attempts = 1 + turn % 3;
    if (turn % 2 == 0) call.timeout = std::chrono::milliseconds{400};
    if (turn % 5 == 0) call.hedge_after = std::chrono::milliseconds{100};
    if (!entry) call.can_fail = turn % 3 == 0;
    if (!entry) call.asynchronous = turn % 4 == 0;
    ++turn;
  }
  // State moves work from site to site, and retries add to it.
  for (auto& [id, places] : scenario.placement)
    for (auto& [site, placement] : places) placement.replicas *= 10;
  if (number % 3 == 0) {
    planner::Workload& load = scenario.workloads.begin()->second;
    load.process = planner::Workload::Process::closed;
    load.users = 20;
    load.think = test_support::constant(20 / load.rate);
  }
  return scenario;
}

/// Links and cells with a bandwidth, which half of the time is shared fairly.
void share_links(planner::Scenario& scenario, std::uint32_t turn) {
  for (auto a = scenario.sites.begin(); a != scenario.sites.end(); ++a) {
    const auto b = std::next(a);
    if (b == scenario.sites.end()) break;
    planner::Link link;
    link.a = a->first;
    link.b = b->first;
    link.bandwidth = sim::BitRate{500e6};
    link.sharing = turn % 2 == 0 ? models::Sharing::fair : models::Sharing::in_turn;
    if (turn++ % 3 == 0) link.egress_per_gb = sim::Money{0.05};
    scenario.links[a->first + "--" + b->first] = link;
  }
  for (auto& [id, population] : scenario.populations) {
    if (population.access.cell_uplink && turn % 2 == 0) population.access.sharing = models::Sharing::fair;
    population.access.loss = 0.01 * (turn++ % 3);
  }
}

/// What limits and starts the instances of an elastic pool.
void supply(planner::PoolType& pool, std::uint32_t turn) {
  if (turn % 2 == 0) pool.account = 6 + turn % 5;
  if (turn % 3 == 0) pool.scale_out = models::TokenBucket::Spec{.refill = 2, .depth = 4};
  if (turn % 3 == 1) pool.autoscaler = models::KnativeScaler::Spec{.target = 0.7};
  if (turn % 3 == 2) pool.histogram = models::HybridKeepAlive::Spec{};
  pool.price.billing = planner::ElasticPrice::Billing{static_cast<std::uint8_t>(turn % 4)};
  pool.price.per_provisioned_gb_second = sim::Money{2e-6};
  pool.price.per_cpu_second = sim::Money{1e-5};
  pool.price.request_tiers = {{1e6, sim::Money{5e-8}}};
  pool.price.free_gb_seconds = 1e4 * (turn % 3);
}

/// All that a site may cost, and its electricity.
void charge(planner::Site& site, std::uint32_t turn) {
  site.electricity_per_kwh = sim::Money{0.15};
  site.egress_tiers = {{10, sim::Money{0.005}}, {1000, sim::Money{0.001}}};
  site.costs.fixed_per_hour = sim::Money{0.5 * (turn % 3)};
  site.costs.capital = sim::Money{20e3};
  site.costs.life = std::chrono::hours{5 * 8760};
  site.costs.colocation_per_kwh = sim::Money{0.25};
  site.costs.visit = sim::Money{300};
  site.costs.visit_every = std::chrono::hours{730};
  for (auto& [id, pool] : site.pools) {
    pool.embodied = sim::Grams{1e6};
    pool.life = std::chrono::hours{4 * 8760};
    if (pool.kind == planner::PoolType::Kind::elastic) supply(pool, turn);
  }
}

bool is_on_nodes(const planner::Scenario& scenario, const std::string& service) {
  for (const auto& [site, placement] : scenario.placement.at(service))
    if (scenario.sites.at(site).pools.at(placement.pool).kind == planner::PoolType::Kind::elastic)
      return false;
  return true;
}

/// Priced, with balancers, batches, shedding, quotas, scalers, breakers, quorums, spill-over, fair links, and
/// tiers and sites in the bill.
planner::Scenario crowded(std::uint32_t number) {
  planner::Scenario scenario = priced(number);
  std::uint32_t turn = number;
  share_links(scenario, number);
  for (auto& [id, site] : scenario.sites) charge(site, turn++);
  for (auto& [id, service] : scenario.services) {
    service.failure = 0.02 * (turn % 2);
    planner::Routing routing = scenario.routing;
    if (turn % 4 == 0)
      service.shedding = models::Shedding{.longest = std::chrono::milliseconds{8},
                                          .busy = std::chrono::milliseconds{3},
                                          .busy_after = std::chrono::milliseconds{10}};
    if (turn % 4 == 1 && is_on_nodes(scenario, id))
      routing.balance = models::Balance{static_cast<std::uint8_t>(1 + number % 4)};
    if (turn % 4 == 2 && is_on_nodes(scenario, id))
      service.batch = planner::BatchRule{.size = 4, .wait = std::chrono::milliseconds{3}, .added = 0.2};
    if (turn % 4 == 3) service.queue_limit = 3;
    if (turn % 3 == 0) routing.spill_at = 0.8;
    scenario.service_routing[id] = routing;
    ++turn;
  }
  for (auto& [id, call] : scenario.flows.at("f").calls) {
    if (turn % 2 == 0) call.retry.attempts = 3;
    if (turn % 2 == 0) call.retry.budget = models::RetryBudget::Spec{};
    if (turn % 3 == 0)
      call.breaker = models::CircuitBreaker::Spec{
          .window = 20, .minimum_calls = 10, .threshold = 0.3, .open_for = std::chrono::milliseconds{200}};
    call.can_fail = id != scenario.flows.at("f").entry && turn % 3 == 0;
    ++turn;
  }
  for (auto& [id, places] : scenario.placement)
    for (auto& [site, placement] : places) placement.replicas *= 2;
  return scenario;
}

/// The same with messages in short queues, priorities, and callers that choose among sites.
planner::Scenario messaging(std::uint32_t number) {
  planner::Scenario scenario = priced(number);
  using models::QueueSpec;
  std::uint32_t turn = number;
  for (auto& [id, service] : scenario.services) {
    service.failure = 0.1 * (turn % 3);
    service.queue =
        planner::QueueRule{.capacity = 1 + turn % 3, .full = static_cast<QueueSpec::Full>(turn % 3)};
    ++turn;
  }
  for (auto& [id, call] : scenario.flows.at("f").calls) {
    const bool entry = id == scenario.flows.at("f").entry;
    if (!entry) call.asynchronous = turn % 3 != 0;
    if (!entry) call.retry.attempts = 1 + turn % 3;
    call.priority = static_cast<std::uint8_t>(turn % 4);
    ++turn;
  }
  for (auto& [id, places] : scenario.placement)
    for (auto& [site, placement] : places) placement.replicas *= 10;
  scenario.routing.policy =
      number % 2 == 0 ? planner::Routing::Policy::round_robin : planner::Routing::Policy::least_requests;
  return scenario;
}

/// Of four kinds.
constexpr std::uint32_t scenarios = 150;
planner::Scenario scenario_of(std::uint32_t number) {
  if (number < 40) return priced(number);
  if (number < 80) return troubled(number);
  return number < 120 ? crowded(number) : messaging(number);
}

/// Of the items of a bill that assertions can name, such as `cost.idle`.
double sum_of_items(const planner::FigureTable& figures, const std::string& stem) {
  double sum = 0;
  for (const auto& [key, figure] : figures) {
    const bool item =
        key.starts_with(stem + ".") && !key.ends_with(".total") && !key.ends_with(".per_request");
    if (item) sum += figure.sections.overall;
  }
  return sum;
}

template <class Rows, class Figure>
double sum_of(const Rows& rows, Figure figure) {
  double sum = 0;
  for (const auto& row : rows) sum += figure(row);
  return sum;
}

}  // namespace

TEST_CASE("Money, energy and carbon are the sums of their rows in random scenarios",
          "[planner][accounting]") {
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    CAPTURE(number);
    const planner::Scenario scenario = scenario_of(number);
    const planner::StrategyResult result = test_support::study({scenario}, 2).strategies.front();
    INFO(result.infeasible_reason);
    REQUIRE(result.feasible);
    CHECK(result.cost_total.value > 0);
    CHECK(result.energy_total.value > 0);
    // Rows are rounded to double one by one: relative error 1e-12 is some thousand roundings.
    CHECK(sum_of(result.cost, [](const auto& row) { return row.per_month.value; }) ==
          Approx(result.cost_total.value).epsilon(1e-12));
    CHECK(sum_of(result.energy, [](const auto& row) { return row.per_month.value; }) ==
          Approx(result.energy_total.value).epsilon(1e-12));
    CHECK(sum_of(result.energy, [](const auto& row) { return row.carbon.value; }) ==
          Approx(result.carbon_total.value).epsilon(1e-12));
    for (const std::string stem : {"cost", "energy", "carbon"}) {
      CAPTURE(stem);
      CHECK(sum_of_items(result.figures, stem) ==
            Approx(result.figures.at(stem + ".total").sections.overall).epsilon(1e-12));
    }
    for (const planner::CostRow& row : result.cost) CHECK(row.per_month.value >= 0);
    CHECK(sum_of(result.cost_by_population, [](const auto& each) { return each.per_month; }) ==
          Approx(result.cost_total.value).epsilon(1e-12));
    CHECK(result.idle_share >= 0);
    CHECK(result.idle_share <= 1);
  }
}

TEST_CASE("Every request is answered, failed or in flight, and its parts make its latency",
          "[planner][accounting]") {
  std::uint64_t failed = 0, retried = 0, found = 0;
  models::QueueResult messages;
  planner::PoolUse met;
  std::uint64_t turned_away = 0;
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    CAPTURE(number);
    const planner::Scenario scenario = scenario_of(number);
    const planner::StrategyResult result = test_support::study({scenario}, 2).strategies.front();
    for (const planner::CallUse& use : result.calls) {
      retried += use.counts.retried;
      turned_away += use.counts.turned_away;
    }
    for (const planner::PoolUse& use : result.pools) {
      met.refused += use.refused;
      met.spilled += use.spilled;
      met.throttled += use.throttled;
      met.shed += use.shed;
      met.batches += use.batches;
    }
    for (const planner::StateUse& use : result.state) found += use.counts.requests;
    for (const planner::QueueUse& use : result.queues) {
      CHECK(use.counts.accepted == use.counts.delivered + use.counts.dead_letters);
      messages += use.counts;
    }
    for (const planner::Slice& slice : result.slices) {
      if (slice.site.empty()) CHECK(slice.started == slice.answered + slice.failed + slice.unfinished);
      CHECK(slice.latency.count() == slice.answered);
      failed += slice.failed;
      const double parts = std::accumulate(slice.parts.begin(), slice.parts.end(), 0.0);
      // A latency counts nanoseconds, its parts 64 of them: a mean is below by at most 64 ns.
      const double mean_ms = slice.latency.mean() * 1e-6;
      CHECK(parts <= mean_ms * (1 + 1e-12) + 64e-6);
      CHECK(parts >= mean_ms - 2 * 64e-6);
    }
  }
  CHECK(std::min({failed, retried, found, messages.delivered}) > 1000);
  CHECK(std::min({messages.dead_letters, messages.dropped, messages.refused, messages.blocked}) > 100);
  // The scenarios meet all that they are made for.
  CHECK(std::min({turned_away, met.refused, met.spilled, met.throttled, met.shed, met.batches}) > 100);
}
