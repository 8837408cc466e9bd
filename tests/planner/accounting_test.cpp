#include "planner/accounting.hpp"

#include <catch2/catch.hpp>

#include "support/scenario_builder.hpp"

using namespace test_support;
using planner::Scenario;
using planner::StrategyResult;

namespace {

StrategyResult answer(const Scenario& scenario, std::uint32_t replications = 1) {
  return study(scenario, replications).strategies.front();
}

double cost_of(const StrategyResult& result, const std::string& item) {
  double sum = 0;
  for (const auto& row : result.cost) sum += row.item == item ? row.per_month.value : 0.0;
  return sum;
}

double energy_of(const StrategyResult& result, const std::string& item) {
  double sum = 0;
  for (const auto& row : result.energy) sum += row.item == item ? row.per_month.value : 0.0;
  return sum;
}

/// one_site() with an elastic pool: 512 MiB, 10 ms of service, instances that never end.
Scenario elastic_site(double rate) {
  Scenario scenario = one_site(rate);
  planner::PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = planner::PoolType::Kind::elastic;
  pool.cold_start = constant(0.5);
  pool.keep_alive = constant(1e6);
  pool.price.per_request = sim::Money{2e-7};
  pool.price.per_gb_second = sim::Money{1e-5};
  pool.price.init_billed = false;
  scenario.services.at("web").memory = sim::Bytes{512. * 1024 * 1024};
  return scenario;
}

}  // namespace

TEST_CASE("Nodes are paid all month, split into busy and idle", "[planner][accounting]") {
  // 20 requests/s of 10 ms keep one slot 20 % busy. 2 USD/h x 730 h = 1460 USD: 292 busy, 1168 idle.
  Scenario scenario = one_site(20);
  scenario.sites.at("home").pools.at("box").node_price_per_hour = sim::Money{2.0};
  const StrategyResult result = answer(scenario);
  CHECK(result.cost_total.value == Approx(1460.0));
  CHECK(cost_of(result, "compute") == Approx(292.0).epsilon(1e-3));
  CHECK(cost_of(result, "idle") == Approx(1168.0).epsilon(1e-3));
  CHECK(result.idle_share == Approx(0.8).epsilon(1e-3));
  // 20/s x 730 h x 3600 s = 52.56 million answers a month.
  CHECK(result.cost_per_1000 == Approx(1460.0 / 52'560.0));
}

TEST_CASE("Power is linear between idle and busy, times the site's overhead", "[planner][accounting]") {
  // 100 W idle, 200 W busy, 20 % busy: 120 W x PUE 1.5 = 180 W; x 730 h = 131.4 kWh; at 300 g/kWh 39.42 kg.
  Scenario scenario = one_site(20);
  planner::Site& home = scenario.sites.at("home");
  home.pue = 1.5;
  home.carbon = 300;
  home.pools.at("box").power = {sim::Watts{100}, sim::Watts{200}};
  const StrategyResult result = answer(scenario);
  CHECK(result.energy_total.value == Approx(131.4).epsilon(1e-3));
  CHECK(result.carbon_total.value == Approx(39.42).epsilon(1e-3));
}

TEST_CASE("Replicas share a node as far as they fit", "[planner][accounting]") {
  Scenario scenario = one_site(1);
  planner::PoolType& box = scenario.sites.at("home").pools.at("box");
  box.nodes = 10;
  box.cpu = 4;
  box.memory = sim::Bytes{16e9};
  scenario.services.at("web").cpu = 1;
  scenario.services.at("web").memory = sim::Bytes{6e9};
  scenario.placement.at("web").at("home").replicas = 5;
  // Memory lets two replicas on a node: 5 replicas take 3.
  CHECK(planner::nodes_needed(scenario, "home", "box") == 3);
  scenario.services.at("web").memory = {};
  CHECK(planner::nodes_needed(scenario, "home", "box") == 2);  // four a node by CPU
  scenario.services.at("web").cpu = 0;
  CHECK(planner::nodes_needed(scenario, "home", "box") == 5);  // no need stated: a node each
}

TEST_CASE("A function is paid by request and by rounded gigabyte-seconds", "[planner][accounting]") {
  // 10 requests/s of 10 ms, rounded up to 100 ms, at 0.5 GB: a month has 26.28 million requests,
  // 26.28e6 x 0.1 x 0.5 = 1.314 million GB-s at 1e-5 USD, and 26.28e6 x 2e-7 USD.
  Scenario scenario = elastic_site(10);
  scenario.sites.at("home").pools.at("box").price.granularity = std::chrono::milliseconds{100};
  scenario.warmup = std::chrono::seconds{10};
  const StrategyResult result = answer(scenario);
  CHECK(cost_of(result, "requests") == Approx(5.256));
  CHECK(cost_of(result, "execution") == Approx(13.14).epsilon(1e-4));
  CHECK(result.cost_total.value == Approx(5.256 + 13.14).epsilon(1e-4));
}

TEST_CASE("Platforms bill requests, busy instances, living instances or processor time",
          "[planner][accounting]") {
  // Two calls at once, 10 times a second, 10 ms each, on instances that serve 4 at a time; starts excluded,
  // 0.5 GB, 1e-5 USD. A month has 26.28e6 pairs. By request: 2 x 10 ms a pair. By busy instance: both calls
  // of a pair are in one instance, 10 ms. By living instance: 5 or 6 pairs, 10 to 12 calls, come while the
  // first instance starts (0.5 s), so there are 3 instances for all 2.628e6 s. By processor: 2 x 10 ms at
  // 2e-5 USD a second.
  Scenario scenario = elastic_site(10);
  scenario.warmup = std::chrono::seconds{10};
  scenario.placement["web"] = {};
  scenario.placement["web"][planner::user_device];
  scenario.services.at("web").time = constant(0);
  for (const char* name : {"a", "b"}) {
    planner::Call& call = add_call(scenario, name, "home", constant(0.010));
    call.service = "shared";
  }
  scenario.services["shared"] = scenario.services.at("a");
  scenario.services.at("shared").memory = sim::Bytes{512. * 1024 * 1024};
  scenario.services.at("shared").concurrency = 4;
  scenario.placement["shared"]["home"].pool = "box";
  auto& price = scenario.sites.at("home").pools.at("box").price;
  using Billing = planner::ElasticPrice::Billing;
  const auto execution = [&](Billing billing) {
    price.billing = billing;
    return cost_of(answer(scenario), "execution");
  };
  CHECK(execution(Billing::request) == Approx(26.28e6 * 0.020 * 0.5 * 1e-5).epsilon(1e-3));
  CHECK(execution(Billing::instance_busy) == Approx(26.28e6 * 0.010 * 0.5 * 1e-5).epsilon(1e-3));
  CHECK(execution(Billing::instance_alive) == Approx(3 * 2.628e6 * 0.5 * 1e-5).epsilon(1e-3));
  price.per_gb_second = {};
  price.per_cpu_second = sim::Money{2e-5};
  CHECK(execution(Billing::cpu_time) == Approx(26.28e6 * 0.020 * 2e-5).epsilon(1e-3));
}

TEST_CASE("A link without a price charges that of the site it leaves", "[planner][accounting]") {
  // Users at home reach far over the link: far's responses of 1 MB at 0.09 USD/GB, 26,280 GB a month.
  Scenario scenario = one_site(10);
  scenario.flows.at("page").response = sim::Bytes{1e6};
  add_far_site(scenario, constant(0.020));
  scenario.placement["web"] = {};
  scenario.placement["web"]["far"].pool = "box";
  scenario.sites.at("far").egress_per_gb = sim::Money{0.09};
  CHECK(cost_of(answer(scenario), "egress") == Approx(26280 * 0.09));
  scenario.links.at("home--far").egress_per_gb = sim::Money{0};
  CHECK(cost_of(answer(scenario), "egress") == 0.0);
}

TEST_CASE("Provisioned instances cost all month; what they idle is a row of its own",
          "[planner][accounting]") {
  // 2 instances x 0.5 GB x 730 h x 3600 s = 2.628 million GB-s at 4e-6 USD = 10.512 USD. 10 requests/s of
  // 10 ms keep one of the two busy 10 % of the time: 5 % of both.
  Scenario scenario = elastic_site(10);
  scenario.sites.at("home").pools.at("box").price.per_provisioned_gb_second = sim::Money{4e-6};
  scenario.placement.at("web").at("home").provisioned = 2;
  const StrategyResult result = answer(scenario);
  CHECK(cost_of(result, "provisioned") + cost_of(result, "idle") == Approx(10.512).epsilon(1e-4));
  CHECK(cost_of(result, "provisioned") == Approx(0.05 * 10.512).epsilon(2e-3));
}

TEST_CASE("A bill by formula holds for ten thousand busy slots", "[planner][accounting]") {
  // A million requests a second, each billed 10 ms and on average half a step of 1 ms, at 0.5 GB and 1e-5
  // USD.
  const Scenario scenario = elastic_site(1e6);
  const planner::CompiledScenario compiled = planner::compile(scenario);
  const planner::Load load = planner::offered_load(compiled);
  const planner::Bill bill =
      planner::expected_bill(scenario, compiled, load, planner::estimate(compiled, load));
  double execution = 0;
  for (const planner::BillRow& row : bill.cost) execution += row.item == "execution" ? row.amount : 0.0;
  CHECK(execution == Approx(1e6 * 0.0105 * 2.628e6 * 0.5 * 1e-5));
}

TEST_CASE("Egress is paid for bytes that leave a site, by the link's price where there is one",
          "[planner][accounting]") {
  // 10 responses a second of 1 MB: 26.28e6 x 1e-3 GB = 26,280 GB a month. From home to its users at 0.09
  // USD/GB; requests of 100 kB come in free.
  Scenario scenario = one_site(10);
  scenario.flows.at("page").request = sim::Bytes{1e5};
  scenario.flows.at("page").response = sim::Bytes{1e6};
  scenario.sites.at("home").egress_per_gb = sim::Money{0.09};
  CHECK(cost_of(answer(scenario), "egress") == Approx(26280 * 0.09));

  // At far, both directions pass the link, at 0.02 USD/GB: 26,280 + 2,628 GB. Users hang on home over the
  // link.
  add_far_site(scenario, constant(0.020));
  scenario.placement["web"] = {};
  scenario.placement["web"]["far"].pool = "box";
  scenario.links.at("home--far").egress_per_gb = sim::Money{0.02};
  CHECK(cost_of(answer(scenario), "egress") == Approx((26280 + 2628) * 0.02));
}

TEST_CASE("The network's energy follows the bytes, once a transfer", "[planner][accounting]") {
  // (1 MB + 100 kB) x 26.28e6 = 28,908 GB at 3,600 J/GB = 1 Wh/GB: 28.908 kWh.
  Scenario scenario = one_site(10);
  scenario.flows.at("page").request = sim::Bytes{1e5};
  scenario.flows.at("page").response = sim::Bytes{1e6};
  scenario.network.energy_per_gb = sim::Joules{3600};
  CHECK(energy_of(answer(scenario), "network") == Approx(28.908));
}

TEST_CASE("A user's device pays for its transfers and its work", "[planner][accounting]") {
  // 10 kB at 8 Mbit/s send for 10 ms at 2 W: 20 mJ x 26.28e6 = 525.6 kJ = 0.146 kWh.
  Scenario sending = one_site(10);
  sending.flows.at("page").request = sim::Bytes{1e4};
  sending.populations.at("users").access.uplink = sim::BitRate{8e6};
  sending.populations.at("users").access.device_power = sim::Watts{2};
  CHECK(energy_of(answer(sending), "devices") == Approx(0.146));

  // Work on the device: 10 ms at 5 W above idle: 50 mJ a request, 0.365 kWh. Owned by users: no cost.
  Scenario working = one_site(10);
  working.placement["web"] = {};
  working.placement["web"][planner::user_device];
  working.populations.at("users").device_idle_watts = 1;
  working.populations.at("users").device_busy_watts = 6;
  CHECK(energy_of(answer(working), "devices") == Approx(0.365));
  CHECK(answer(working).cost_total.value == 0.0);

  // Bought for it: 100 devices at 0.01 USD/h are 730 USD, and idle at 1 W: 73 kWh more.
  working.populations.at("users").device_price_per_hour = sim::Money{0.01};
  CHECK(cost_of(answer(working), "device") == Approx(730.0));
  CHECK(energy_of(answer(working), "devices") == Approx(73.365));
}

TEST_CASE("What follows demand is scaled from the recorded span to the mean of its period",
          "[planner][accounting]") {
  // The profile has rates 2, 0 x the mean, by 100 s; the run sees the first piece only: 20/s instead of 10/s.
  Scenario scenario = elastic_site(10);
  planner::Workload& load = scenario.workloads.at("load");
  load.profile = {2.0, 0.0};
  load.profile_step = std::chrono::seconds{100};
  const StrategyResult result = answer(scenario);
  CHECK(cost_of(result, "requests") == Approx(5.256));
  bool told = false;
  for (const std::string& note : result.notes) told = told || note.find("scaled") != std::string::npos;
  CHECK(told);
}

TEST_CASE("Rows add up to their totals exactly", "[planner][accounting]") {
  Scenario scenario = one_site(7);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  planner::PoolType& box = scenario.sites.at("home").pools.at("box");
  box.nodes = 3;
  box.node_price_per_hour = sim::Money{0.37};
  box.power = {sim::Watts{13}, sim::Watts{71}};
  scenario.sites.at("home").egress_per_gb = sim::Money{0.083};
  scenario.flows.at("page").response = sim::Bytes{12345};
  scenario.network.energy_per_gb = sim::Joules{777};
  add_call(scenario, "a", "home", law(sim::Distribution::exponential(0.013)));
  const StrategyResult result = answer(scenario, 3);
  double cost = 0, energy = 0, carbon = 0;
  for (const auto& row : result.cost) cost += row.per_month.value;
  for (const auto& row : result.energy) {
    energy += row.per_month.value;
    carbon += row.carbon.value;
  }
  CHECK(cost == result.cost_total.value);
  CHECK(energy == result.energy_total.value);
  CHECK(carbon == result.carbon_total.value);
  CHECK(cost > 0);
}
