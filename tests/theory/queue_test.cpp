#include <catch2/catch.hpp>

#include "station_run.hpp"

// First come, first served, with room for all.

using sim::Distribution;
using theory::check_queue;
using theory::modulated;
using theory::poisson;
using theory::renewal;

namespace {

constexpr std::size_t jobs = 50'000;       // in each replication
constexpr std::size_t many_jobs = 90'000;  // where waits are long correlated or rare
const std::vector<std::string> asymptotic{"asymptotic_variance_of_mean_wait_per_customer",
                                          "asymptotic_variance_of_time_average_number"};

Distribution exponential(double rate) { return Distribution::exponential(1.0 / rate); }

void check_mg1(const std::string& id, double rate, const Distribution& service,
               const std::vector<std::string>& left_out = {}) {
  check_queue(id, {}, poisson(rate, service, jobs), left_out);
}

void check_mmc(const std::string& id, std::uint32_t servers, double rate) {
  check_queue(id, {.servers = servers}, poisson(rate, exponential(1), jobs));
}

void check_gm1(const std::string& id, const Distribution& interval) {
  check_queue(id, {}, renewal(interval, exponential(1), jobs), {"sigma"});
}

}  // namespace

TEST_CASE("theory: mm1-rho0.5") { check_mg1("mm1-rho0.5", 0.5, exponential(1), asymptotic); }
TEST_CASE("theory: mm1-rho0.8") { check_mg1("mm1-rho0.8", 0.8, exponential(1), asymptotic); }
TEST_CASE("theory: mm1-rho0.9") {
  check_queue("mm1-rho0.9", {}, poisson(90, exponential(100), many_jobs), asymptotic);
}
TEST_CASE("theory: mmc-c2-lam1.6") { check_mmc("mmc-c2-lam1.6", 2, 1.6); }
TEST_CASE("theory: mmc-c5-lam4") { check_mmc("mmc-c5-lam4", 5, 4); }
TEST_CASE("theory: mmc-c10-lam9") { check_mmc("mmc-c10-lam9", 10, 9); }
TEST_CASE("theory: mmc-c100-lam90") {
  check_queue("mmc-c100-lam90", {.servers = 100}, poisson(90, exponential(1), many_jobs));
}
TEST_CASE("theory: md1-rho0.5") {
  check_mg1("md1-rho0.5", 0.5, Distribution::deterministic(1), {"wait_cdf_at"});
}
TEST_CASE("theory: md1-rho0.9") {
  check_mg1("md1-rho0.9", 0.9, Distribution::deterministic(1), {"wait_cdf_at"});
}
TEST_CASE("theory: mdc-c2-lam1.8") {
  check_queue("mdc-c2-lam1.8", {.servers = 2}, poisson(1.8, Distribution::deterministic(1), jobs));
}
TEST_CASE("theory: mdc-c10-lam9") {
  check_queue("mdc-c10-lam9", {.servers = 10}, poisson(9, Distribution::deterministic(1), jobs));
}
TEST_CASE("theory: mg1-lognormal-cv1-rho0.7") {
  check_mg1("mg1-lognormal-cv1-rho0.7", 0.7, Distribution::lognormal_by_mean_cv(1, 1));
}
TEST_CASE("theory: mg1-lognormal-cv2-rho0.8") {
  check_mg1("mg1-lognormal-cv2-rho0.8", 0.8, Distribution::lognormal_by_mean_cv(1, 2));
}
TEST_CASE("theory: mg1-h2-scv4-rho0.8") {
  check_mg1("mg1-h2-scv4-rho0.8", 0.8, Distribution::hyperexponential_by_mean_cv(1, 2));
}
TEST_CASE("theory: mg1-erlang4-rho0.8") {
  check_mg1("mg1-erlang4-rho0.8", 0.8, Distribution::gamma(4, 0.25));
}
TEST_CASE("theory: mg1-uniform02-rho0.75") {
  check_mg1("mg1-uniform02-rho0.75", 0.75, Distribution::uniform(0, 2));
}
TEST_CASE("theory: mg1-bimodal") {
  check_mg1("mg1-bimodal", 0.6, Distribution::discrete({1, 6}, {0.9, 0.1}));
}
TEST_CASE("theory: dm1-rho0.8") { check_gm1("dm1-rho0.8", Distribution::deterministic(1.25)); }
TEST_CASE("theory: h2m1-rho0.7") {
  check_gm1("h2m1-rho0.7", Distribution::hyperexponential_by_mean_cv(1 / 0.7, 2));
}
TEST_CASE("theory: um1-rho0.8") { check_gm1("um1-rho0.8", Distribution::uniform(0, 2.5)); }
TEST_CASE("theory: weibull-m1-rho0.8") {
  check_gm1("weibull-m1-rho0.8", Distribution::weibull(0.6, 0.8307991255743542));
}
TEST_CASE("theory: dm4-rho0.9") {
  check_queue("dm4-rho0.9", {.servers = 4},
              renewal(Distribution::deterministic(1 / 3.6), exponential(1), jobs), {"sigma"});
}
TEST_CASE("theory: mmpp-m1-bursty") {
  check_queue("mmpp-m1-bursty", {}, modulated({0.2, 1.8}, {0.05, 0.1}, exponential(1), jobs));
}
TEST_CASE("theory: ipp-m1") {
  check_queue("ipp-m1", {}, modulated({3, 0}, {0.2, 0.1}, exponential(1.5), jobs));
}

TEST_CASE("theory: splitmerge-4") {
  const theory::Traffic arrivals = poisson(0.3, exponential(1), jobs);
  check_queue("splitmerge-4", {}, [&](const sim::Streams& streams) {
    // A job lasts as long as the longest of its four tasks.
    const sim::Stream draws = streams.make("tasks", "source");
    std::vector<sim::Job> list = arrivals(streams);
    for (std::uint32_t i = 0; i < list.size(); ++i)
      for (std::uint32_t task = 1; task < 4; ++task)
        list[i].service = std::max(list[i].service, exponential(1).sample_duration(draws.draw(i, task)));
    return list;
  });
}

TEST_CASE("theory: mx-m-1-geo") {
  check_queue("mx-m-1-geo", {}, [](const sim::Streams& streams) {
    const sim::Stream draws = streams.make("batches", "source");
    std::vector<sim::Job> list(jobs);
    sim::Time now = sim::time_zero;
    for (std::uint32_t i = 0; i < jobs; ++i) {
      // With probability 1/4 the batch of the previous job was complete: geometric of mean 4.
      const auto [choice, gap] = draws.pair(i, 0);
      if (choice.uniform() < 0.25) now += exponential(0.2).sample_duration(gap);
      list[i].created = now;
      list[i].service = exponential(1).sample_duration(draws.draw(i, 2));
    }
    return list;
  });
}
