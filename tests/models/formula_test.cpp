#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/availability.hpp"
#include "models/erlang.hpp"
#include "models/handshake.hpp"
#include "models/max_min.hpp"
#include "models/worst_case.hpp"

// Small cases by hand; records of the theory collection: tests/theory/formula_test.cpp.

TEST_CASE("Erlang's formulas give the loss and the waiting of one and two servers", "[models][formula]") {
  // One server: B = a / (1 + a), C = a. Two: B = a^2/2 / (1 + a + a^2/2).
  CHECK(models::erlang_b(0, 3) == 1.0);
  CHECK(models::erlang_b(1, 0.5) == Approx(0.5 / 1.5));
  CHECK(models::erlang_b(2, 1) == Approx(0.5 / 2.5));
  CHECK(models::erlang_c(1, 0.5) == Approx(0.5));
  // C = B / (1 - rho (1 - B)) = 0.2 / (1 - 0.5 * 0.8)
  CHECK(models::erlang_c(2, 1) == Approx(1. / 3));
  CHECK(models::erlang_b(10, 0) == 0.0);
}

TEST_CASE("One server's waits and responses have their laws", "[models][formula]") {
  // M/M/1: P(wait > t) = a e^-(1-a)t; P(response > t) = e^-(1-a)t.
  CHECK(models::waits_longer(1, 0.5, 2) == Approx(0.5 * std::exp(-1.0)));
  CHECK(models::responds_later(1, 0.5, 2) == Approx(std::exp(-1.0)));
  // Where servers - load is 1, waits and services have equal rates: e^-t (1 + C t).
  CHECK(models::responds_later(2, 1, 3) == Approx(std::exp(-3.0) * (1 + 3. / 3)));
}

TEST_CASE("The fewest servers are enough, and one less is not", "[models][formula]") {
  for (const double offered : {0.3, 7.0, 120.5}) {
    CAPTURE(offered);
    const std::uint64_t lossy = models::servers_for_loss(offered, 0.02);
    CHECK(models::erlang_b(lossy, offered) <= 0.02);
    CHECK(models::erlang_b(lossy - 1, offered) > 0.02);
    const std::uint64_t patient = models::servers_for_wait(offered, 0.05, 0.5);
    CHECK(models::waits_longer(patient, offered, 0.5) <= 0.05);
    if (static_cast<double>(patient) - 1 > offered)
      CHECK(models::waits_longer(patient - 1, offered, 0.5) > 0.05);
    const std::uint64_t prompt = models::servers_for_response(offered, 0.05, 4);
    CHECK(models::responds_later(prompt, offered, 4) <= 0.05);
  }
  CHECK(models::servers_for_loss(0, 0.5) == 1);
}

TEST_CASE("One repair crew is less than one for each part", "[models][availability]") {
  // Two parts, failures at rate 1 each, repairs at rate 10. Crews for both: each is up 10/11, none at 1/121.
  // One crew: p1 = 2/10 p0, p2 = 1/10 p1, so p2 = 0.02 / 1.22.
  models::Redundancy pair{.parts = 2, .needed = 1, .crews = 2, .mean_up = 1, .mean_down = 0.1};
  CHECK(models::availability(pair) == Approx(1 - 1. / 121));
  CHECK(models::mean_failed(pair) == Approx(2. / 11));
  pair.crews = 1;
  CHECK(models::availability(pair) == Approx(1 - 0.02 / 1.22));
  // To the first failure 1/2; from there to the second (1 + 10 * 1/2) / 1.
  CHECK(models::mean_time_to_failure(pair) == Approx(0.5 + 6));
}

TEST_CASE("No parts in series are up, no parts in parallel are down", "[models][availability]") {
  CHECK(models::in_series({}) == 1.0);
  CHECK(models::in_parallel({}) == 0.0);
  CHECK(models::availability(99, 1) == Approx(0.99));
}

TEST_CASE("A flow that a full link stops leaves the rest to the others", "[models][max-min]") {
  // Link 0 (9) carries flows 0, 1, 2; link 1 (2) flow 2 and 3; link 2 (100) flow 0. Link 1 is full first, at
  // 1 each; then link 0 at (9 - 1) / 2 = 4 each.
  const std::vector<sim::BitRate> links{sim::BitRate{9}, sim::BitRate{2}, sim::BitRate{100}};
  const auto rates = models::max_min_rates(links, {{0, 2}, {0}, {0, 1}, {1}});
  CHECK(rates ==
        std::vector<sim::BitRate>{sim::BitRate{4}, sim::BitRate{4}, sim::BitRate{1}, sim::BitRate{1}});
  CHECK(models::max_min_rates(links, {}).empty());
}

TEST_CASE("A burst waits for those before it and for the server's latency", "[models][formula]") {
  // 1,000 B at 8 Mbit/s take 1 ms; in 2 ms another 4 Mbit/s * 2 ms = 1,000 B arrive.
  const models::ArrivalCurve arrivals{sim::Bytes{1000}, sim::BitRate{4e6}};
  const models::ServiceCurve service{sim::BitRate{8e6}, std::chrono::milliseconds{2}};
  CHECK(models::delay_bound(arrivals, service) == std::chrono::milliseconds{3});
  CHECK(models::backlog_bound(arrivals, service).value() == Approx(2000));
}

TEST_CASE("Handshakes are known by their names", "[models][transport]") {
  using models::Handshake;
  CHECK(models::handshake_by_name("tcp-tls12-resumed") == Handshake::tcp_tls12_resumed);
  CHECK(models::handshake_by_name("none") == Handshake::established);
  CHECK_FALSE(models::handshake_by_name("carrier-pigeon").has_value());
  CHECK(models::round_trips_before_request(Handshake::established) == 0);
}
