#include <catch2/catch.hpp>

#include "planner/accounting.hpp"
#include "planner/compile.hpp"
#include "planner/load.hpp"
#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

using namespace test_support;
using planner::ElasticPrice;
using planner::Scenario;
using planner::StrategyResult;

namespace {

constexpr double month = 730 * 3600.0;  // [s]

template <class Rows>
double sum_of(const Rows& rows, const std::string& item) {
  double sum = 0;
  for (const auto& row : rows) sum += row.item == item ? row.per_month.value : 0.0;
  return sum;
}

StrategyResult answer(const Scenario& scenario) { return study(scenario).strategies.front(); }

/// A text scenario whose service of 5 ms and 512 MiB has 20 requests/s, evenly, on an elastic pool.
std::string elastic_text(const std::string& pool, const std::string& placed) {
  const std::string service = R"("time": "5 ms", "cpu": "1 vCPU")", rate = R"("rate": "20 req/s")";
  const std::string box = R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })";
  std::string text = with(small_scenario, box, R"("box": { )" + pool + " }");
  text = with(text, R"("cloud": { "replicas": 6 })", R"("cloud": { )" + placed + " }");
  text = with(text, rate, rate + R"(, "process": "periodic")");
  return with(text, service, service + R"(, "memory": "512 MiB")");
}
const std::string own_pool = R"("kind": "elastic", "cold_start": "0 ms", "keep_alive": "1 h")";

/// What a span of 100 s costs at 1 USD a GiB-second on demand and of provisioned instances, for instances of
/// 1 GiB: 40 s of requests and of busy instances, 30 s of them in two that are kept, 5 s of starting, 270 s
/// of life in all. So amounts are seconds.
planner::Bill bill_of(const ElasticPrice& rule, double joules = 0, double idle_joules = 0) {
  Scenario scenario = one_site(1);
  scenario.services.at("web").memory = sim::Bytes{1024. * 1024 * 1024};
  planner::PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = planner::PoolType::Kind::elastic;
  pool.cold_start = constant(0);
  pool.keep_alive = constant(300);
  pool.price = rule;
  pool.price.per_gb_second = sim::Money{1};
  pool.energy_per_gb_second = sim::Joules{joules};
  pool.idle_energy_per_gb_second = sim::Joules{idle_joules};
  models::PoolResult did;
  did.instance_busy = did.billed = std::chrono::seconds{40};
  did.provisioned_busy = did.provisioned_billed = std::chrono::seconds{30};
  did.provisioned = std::chrono::seconds{200};
  did.instance_alive = std::chrono::seconds{270};
  did.starting = std::chrono::seconds{5};
  const planner::CompiledScenario compiled = planner::compile(scenario);
  models::WorldResult result;
  result.simulated = std::chrono::seconds{100};
  result.pools = {did};
  result.meters.resize(compiled.meters.size());
  return planner::account(scenario, compiled, planner::offered_load(compiled), result);
}

/// The row of a bill above, in seconds of the span.
double seconds(const planner::Bill& bill, const std::string& item) {
  double sum = 0;
  for (const planner::BillRow& row : bill.cost) sum += row.item == item ? row.amount : 0.0;
  return sum / (month / 100);
}

ElasticPrice keeping(ElasticPrice::Billing billing) {
  ElasticPrice price;
  price.billing = billing;
  price.per_provisioned_gb_second = sim::Money{1};
  return price;
}

}  // namespace

TEST_CASE("Memory and its price are counted by the same gigabyte", "[planner][accounting]") {
  // 20/s x 5 ms = 0.1 s of service a second, 262,800 s a month, each of 0.5 GiB at 0.00002 USD/GiB-s:
  // 2.628 USD. By 10^9 bytes 0.5 GiB are 0.536870912 GB.
  const auto cost = [](const std::string& price) {
    const std::string text =
        elastic_text(own_pool + R"(, "price": { "per_gb_second": ")" + price + R"(" })", "");
    return sum_of(answer(scenario(text)).cost, "execution");
  };
  CHECK(cost("0.00002 USD/GiB-s") == Approx(262'800 * 0.5 * 2e-5).epsilon(1e-3));
  CHECK(cost("0.00002 USD/GB-s") == Approx(262'800 * 0.536870912 * 2e-5).epsilon(1e-3));
}

TEST_CASE("Prices of provisioned memory and of tiers are by the gigabyte of their unit",
          "[planner][accounting]") {
  const std::string text = elastic_text(own_pool + R"(, "price": {
      "per_provisioned_gb_second": "0.000004 USD/GiB-s",
      "per_provisioned_execution_gb_second": "0.00001 USD/GB-s",
      "gb_second_tiers": { "more": { "above": 9, "price": "0.00001 USD/GiB-s" } } })",
                                        "");
  const ElasticPrice price = scenario(text).sites.at("cloud").pools.at("box").price;
  CHECK(price.per_provisioned_gb_second.value() == Approx(4e-6));
  CHECK(price.per_provisioned_execution_gb_second->value() == Approx(1.073741824e-5));
  CHECK(price.gb_second_tiers.front().price.value() == Approx(1e-5));
}

TEST_CASE("Platforms' list prices hold for memory of 1,024 MB to the gigabyte", "[planner][accounting]") {
  // What the lists say for 1 GB of memory a second: Lambda 1.66667e-5 USD (1,024 MB), Cloud Run 2.5e-6 USD
  // and Container Apps 3e-6 USD (a GiB).
  const auto price = [](const std::string& platform) {
    return scenario(elastic_text(R"("platform": ")" + platform + '"', ""))
        .sites.at("cloud")
        .pools.at("box")
        .price;
  };
  CHECK(price("aws-lambda").per_gb_second.value() == Approx(1.66667e-5));
  CHECK(price("gcp-cloud-run").per_gb_second.value() == Approx(2.5e-6));
  CHECK(price("azure-container-apps").per_gb_second.value() == Approx(3e-6));
  // Executing in Lambda's provisioned instances costs 9.7222e-6 USD.
  CHECK(price("aws-lambda").per_provisioned_execution_gb_second->value() == Approx(9.7222e-6));
}

TEST_CASE("Provisioned instances idle while they do not serve, whatever others do", "[planner][accounting]") {
  // Of 200 s kept they serve 30 s. All 40 s of service and 5 s of starts are charged as on demand, as serving
  // in them has no other price.
  const planner::Bill bill = bill_of(keeping(ElasticPrice::Billing::request));
  CHECK(seconds(bill, "provisioned") == Approx(30));
  CHECK(seconds(bill, "idle") == Approx(170));
  CHECK(seconds(bill, "execution") == Approx(45));
}

TEST_CASE("Serving in a provisioned instance has its own price", "[planner][accounting]") {
  // 10 s of service and 5 s of starts on demand, 30 s at a quarter of that price.
  ElasticPrice price = keeping(ElasticPrice::Billing::request);
  price.per_provisioned_execution_gb_second = sim::Money{0.25};
  const planner::Bill bill = bill_of(price);
  CHECK(seconds(bill, "execution") == Approx(40 - 30 + 5 + 0.25 * 30));
  CHECK(seconds(bill, "provisioned") + seconds(bill, "idle") == Approx(200));
}

TEST_CASE("Where busy instances are charged, the price of keeping is one of waiting",
          "[planner][accounting]") {
  // Of 200 s kept 30 s serve: 170 s wait, and these alone cost the price of keeping.
  ElasticPrice price = keeping(ElasticPrice::Billing::instance_busy);
  const planner::Bill waiting = bill_of(price);
  CHECK(seconds(waiting, "execution") == Approx(45));
  CHECK(seconds(waiting, "provisioned") == 0);
  CHECK(seconds(waiting, "idle") == Approx(170));
  // A platform that lists a price of serving in them, too, charges the first all the time.
  price.per_provisioned_execution_gb_second = sim::Money{0.25};
  const planner::Bill both = bill_of(price);
  CHECK(seconds(both, "provisioned") + seconds(both, "idle") == Approx(200));
}

TEST_CASE("Where lives are charged, those of provisioned instances have their price, if there is one",
          "[planner][accounting]") {
  ElasticPrice price = keeping(ElasticPrice::Billing::instance_alive);
  CHECK(seconds(bill_of(price), "execution") == Approx(270 - 200));
  price.per_provisioned_gb_second = {};
  CHECK(seconds(bill_of(price), "execution") == Approx(270));
}

TEST_CASE("Twenty provisioned instances at 20 Erlang idle a sixth of the time", "[planner][accounting]") {
  // Exponential service of 1 s at 20/s; instances beyond the kept ones start at once. B(20, 20) = 0.1589 of
  // the requests find the 20 taken, so these carry 20 x 0.8411 = 16.82 Erlang and idle 15.89 % of the time.
  // The standard deviation of the mean of a process with relaxation time 1 s over 4,000 s is below 0.02 of
  // it.
  Scenario scenario = one_site(20);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.services.at("web").time = law(sim::Distribution::exponential(1.0));
  scenario.services.at("web").memory = sim::Bytes{1024. * 1024 * 1024};
  scenario.warmup = std::chrono::seconds{20};
  scenario.duration = std::chrono::seconds{4000};
  planner::PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = planner::PoolType::Kind::elastic;
  pool.cold_start = constant(0);
  pool.keep_alive = constant(10);
  pool.price.per_provisioned_gb_second = sim::Money{4e-6};
  scenario.placement.at("web").at("home").provisioned = 20;
  const StrategyResult result = answer(scenario);
  const double all = 20 * month * 4e-6;
  CHECK(sum_of(result.cost, "provisioned") + sum_of(result.cost, "idle") == Approx(all).epsilon(1e-9));
  CHECK(sum_of(result.cost, "idle") == Approx(0.1589 * all).epsilon(0.084));
}

TEST_CASE("Energy is drawn while an instance exists, whatever is charged", "[planner][accounting]") {
  // One request in 10 s, served in 10 ms by the one instance that never ends: it is there all month. 0.5 GB
  // at 2 J/GB-s are 1 W: 0.73 kWh, for any rounding and any rule of charging.
  Scenario scenario = one_site(0.1);
  scenario.warmup = std::chrono::seconds{20};
  scenario.services.at("web").memory = sim::Bytes{0.5e9};
  planner::PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = planner::PoolType::Kind::elastic;
  pool.cold_start = constant(0.2);
  pool.keep_alive = constant(1e6);
  pool.energy_per_gb_second = pool.idle_energy_per_gb_second = sim::Joules{2};
  for (const auto billing : {ElasticPrice::Billing::request, ElasticPrice::Billing::instance_alive}) {
    for (const sim::Duration step : {sim::Duration{1'000'000}, sim::Duration{1'000'000'000}}) {
      pool.price.billing = billing;
      pool.price.granularity = step;
      pool.price.init_billed = billing == ElasticPrice::Billing::request;
      CHECK(answer(scenario).energy_total.value == Approx(0.73).epsilon(1e-6));
    }
  }
  // Waiting draws less where the platform says so: 0.1 % of the time at 2 J/GB-s, the rest at 0.4.
  pool.idle_energy_per_gb_second = sim::Joules{0.4};
  CHECK(answer(scenario).energy_total.value == Approx(0.73 * (0.001 + 0.999 * 0.2)).epsilon(1e-3));
}

TEST_CASE("Kept instances draw energy while they serve, too", "[planner][accounting]") {
  // 270 s of instances in 100 s, of which 40 s serve and 5 s start, each of 1.073741824 GB at 1 J/GB-s.
  const double kwh = month / 100 * 1.073741824 / 3.6e6;
  const ElasticPrice price = keeping(ElasticPrice::Billing::instance_alive);
  CHECK(bill_of(price, 1, 1).energy_total() == Approx(270 * kwh));
  CHECK(bill_of(price, 1, 0).energy_total() == Approx(45 * kwh));
}

TEST_CASE("Instances provisioned by the hour count with the mean of their hours", "[planner][accounting]") {
  // Four instances in hour 0 alone are 4/24 of an instance all month, whichever hour the ten minutes are of:
  // 0.5 GiB x 4e-6 USD x 2.628e6 s / 6 = 0.876 USD.
  const std::string hours = "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0";
  for (const std::string& day : {"4, " + hours, hours + ", 4"}) {
    CAPTURE(day);
    const std::string text =
        elastic_text(own_pool + R"(, "price": { "per_provisioned_gb_second": "0.000004 USD/GiB-s" })",
                     R"("provisioned": { "hourly": [)" + day + "] }");
    const StrategyResult result = answer(scenario(text));
    CHECK(sum_of(result.cost, "provisioned") + sum_of(result.cost, "idle") == Approx(0.876).epsilon(1e-9));
    bool told = false;
    for (const std::string& note : result.notes)
      told = told || note.find("mean of their hours") != std::string::npos;
    CHECK(told);
  }
}
