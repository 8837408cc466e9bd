#include <catch2/catch.hpp>

#include "sim/loss_station.hpp"
#include "station_run.hpp"

// Stations that lose jobs, and stations that serve many at once.

using namespace std::chrono_literals;
using sim::Distribution;
using theory::check_queue;
using theory::poisson;

namespace {

constexpr std::size_t jobs = 50'000;  // in each replication
const Distribution unit = Distribution::exponential(1);

void check_loss(const std::string& id, std::uint32_t servers, std::size_t capacity, double rate,
                const Distribution& service = unit) {
  check_queue(id, {.servers = servers, .capacity = capacity}, poisson(rate, service, jobs));
}

// The clock of a BatchStation counts batches, not jobs, in service, so it does not tell the queue's length.
void check_batches(const std::string& id, const sim::BatchStation::Spec& spec, double rate) {
  const auto with_draws = [&](const sim::Streams& streams) {
    sim::BatchStation::Spec own = spec;
    own.draws = streams.make("batches", "station");
    return own;
  };
  theory::check_station<sim::BatchStation>(id, with_draws, 1, poisson(rate, Distribution{}, jobs),
                                           {"mean_queue_length"});
}

}  // namespace

TEST_CASE("theory: erlangb-c5-a3") {
  check_loss("erlangb-c5-a3", 5, 5, 3, Distribution::lognormal_by_mean_cv(1, 1));
}
TEST_CASE("theory: erlangb-c10-a8") { check_loss("erlangb-c10-a8", 10, 10, 8); }
TEST_CASE("theory: erlangb-c100-a95") { check_loss("erlangb-c100-a95", 100, 100, 95); }
TEST_CASE("theory: mmck-c1-K5-lam0.8") { check_loss("mmck-c1-K5-lam0.8", 1, 5, 0.8); }
TEST_CASE("theory: mmck-c1-K10-lam1.2") { check_loss("mmck-c1-K10-lam1.2", 1, 10, 1.2); }
TEST_CASE("theory: mmck-c2-K5-lam1.8") { check_loss("mmck-c2-K5-lam1.8", 2, 5, 1.8); }
TEST_CASE("theory: md1k-K8-lam0.9") {
  check_loss("md1k-K8-lam0.9", 1, 8, 0.9, Distribution::deterministic(1));
}
TEST_CASE("theory: mmc+m-c10-lam10") {
  check_queue("mmc+m-c10-lam10", {.servers = 10, .patience = Distribution::exponential(2)},
              poisson(10, unit, jobs));
}
TEST_CASE("theory: bulk-mm1-b2") { check_batches("bulk-mm1-b2", {.max_batch = 2, .law = unit}, 1.5); }
TEST_CASE("theory: bulk-mm1-b8") { check_batches("bulk-mm1-b8", {.max_batch = 8, .law = unit}, 6); }
TEST_CASE("theory: gpu-batch-lam2-B64") {
  check_batches("gpu-batch-lam2-B64", {.max_batch = 64, .per_batch = 1s, .per_job = 100ms}, 2);
}
TEST_CASE("theory: gpu-batch-lam5-B8") {
  check_batches("gpu-batch-lam5-B8", {.max_batch = 8, .per_batch = 500ms, .per_job = 100ms}, 5);
}
TEST_CASE("theory: kaufman-roberts-C20") {
  const theory::Record& given = theory::record("kaufman-roberts-C20").at("parameters");
  std::vector<theory::JobClass> classes;
  for (std::size_t i = 0; i < 2; ++i)
    classes.push_back({given.at("arrival_rates").at(i).get<double>(),
                       Distribution::exponential(given.at("mean_holding").get<double>()),
                       given.at("units").at(i).get<std::uint32_t>()});
  const auto spec = [&](const sim::Streams&) {
    return sim::LossStation::Spec{given.at("capacity").get<std::uint64_t>()};
  };
  theory::check_station<sim::LossStation>("kaufman-roberts-C20", spec, 1,
                                          theory::poisson_classes(classes, jobs));
}
