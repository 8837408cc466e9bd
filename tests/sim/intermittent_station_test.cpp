#include <catch2/catch.hpp>
#include <vector>

#include "sim/loss_station.hpp"
#include "sim/polling_station.hpp"
#include "sim/setup_station.hpp"
#include "sim/unreliable_station.hpp"
#include "station_rig.hpp"

// Against theory: tests/theory/intermittent_test.cpp and loss_test.cpp.

using sim::Distribution;
using test_support::job;
using test_support::Rig;
using test_support::weighted;
using Times = std::vector<double>;

namespace {

/// Draws are rounded to whole nanoseconds.
auto near(const Times& expected) { return Catch::Matchers::Approx(expected).margin(1e-8); }

Rig<sim::SetupStation> setting_up(std::uint32_t servers, double keep_alive) {
  return Rig<sim::SetupStation>{{.servers = servers,
                                 .set_up = Distribution::deterministic(2),
                                 .keep_alive = Distribution::deterministic(keep_alive)}};
}

}  // namespace

TEST_CASE("Who waits for a set-up goes to the server that is free first, and the surplus set-up ends",
          "[sim][station]") {
  // Server A sets up 0-2 and serves job 0 until 3. Job 1 (at 1.5 s) starts B's set-up, which would take
  // until 3.5 s: A takes it at 3 s. Job 2 comes at 3.6 s, when A serves: were B on, it would begin at once,
  // but it was given up, and begins when A is free, at 4 s.
  auto rig = setting_up(2, 0);
  rig.run({job(0, 1), job(1.5, 1), job(3.6, 1)});
  CHECK_THAT(rig.starts(), near(Times{2, 3, 4}));
  CHECK_THAT(rig.ends(), near(Times{3, 4, 5}));
}

TEST_CASE("An idle server stays on for its keep-alive, and sets up again after it", "[sim][station]") {
  // Set up 0-2, served 2-3, on until 8: job 1 begins at once, is served 7.5-8.5; on until 13.5; job 2 (at
  // 14 s) waits for a set-up.
  CHECK_THAT(setting_up(1, 5).run({job(0, 1), job(7.5, 1), job(14, 1)}).starts(), near(Times{2, 7.5, 16}));
}

TEST_CASE("Of idle servers the one used last serves next", "[sim][station]") {
  // A serves job 0 in 2-3 s, B (set up 0.5-2.5 s) job 1 in 2.5-3.5 s. Job 2 at 4 s goes to B, so A is off at
  // 3 + 5 = 8 s, and job 4 waits for B, which serves job 3 until 9.2 s.
  auto rig = setting_up(2, 5);
  rig.run({job(0, 1), job(0.5, 1), job(4, 1), job(8.2, 1), job(8.3, 1)});
  CHECK_THAT(rig.starts(), near(Times{2, 2.5, 4, 8.2, 9.2}));
}

TEST_CASE("Set-ups and idle servers have their share of the time", "[sim][station]") {
  // One job at 0: 2 s set up, 1 s served, 5 s idle; then off.
  auto rig = setting_up(1, 5);
  rig.run({job(0, 1)});
  const sim::Time end = sim::at(std::chrono::hours{1});
  CHECK(rig.station().server_clock().mean_busy(end) == Approx(2. / 3600));
  CHECK(rig.station().server_clock().mean_present(end) == Approx((1. + 5) / 3600));
}

TEST_CASE("A server that polls goes on switching, and serves what it finds", "[sim][station]") {
  // Switching takes 1 s, two queues. It sets out from queue 0 at 0, is at queue 1 at 1, 3, ... s, at queue 0
  // at 2, 4, ... s. Job 0 (queue 0, at 0.5 s) is served 2-4; job 1 (queue 0, at 3 s) comes while it is there.
  const std::vector<sim::Job> jobs{job(0.5, 2, 0), job(3, 1, 0), job(3.5, 1, 1)};
  const auto polling = [&](sim::Visit visit) {
    Rig<sim::PollingStation> rig{
        {.queues = 2, .visit = visit, .switch_over = Distribution::deterministic(1)}};
    return rig.run(jobs).starts();
  };
  // Exhaustive: job 1 at 4 s, at queue 1 at 6 s. Gated: at queue 1 at 5 s, job 2 until 6 s, queue 0 at 7 s.
  CHECK_THAT(polling(sim::Visit::exhaustive), near(Times{2, 4, 6}));
  CHECK_THAT(polling(sim::Visit::gated), near(Times{2, 7, 5}));
}

TEST_CASE("A job whose server breaks down keeps what was done, and goes on first", "[sim][station]") {
  // Up 10 s, down 3 s. Job 0 (at 8 s, 4 s long) is served 8-10 and 13-15, then job 1 (at 9 s) 15-16.
  const sim::UnreliableStation::Spec one{.up = Distribution::deterministic(10),
                                         .down = Distribution::deterministic(3)};
  auto rig = Rig<sim::UnreliableStation>{one};
  rig.run({job(8, 4), job(9, 1)});
  CHECK_THAT(rig.ends(), near(Times{15, 16}));
  CHECK_THAT(rig.starts(), near(Times{8, 15}));
  // Up 10 of 13 s; the hour has 276 periods of 13 s and 12 s, of which 10 up.
  CHECK(rig.station().server_clock().mean_present(sim::at(std::chrono::hours{1})) == Approx(2770. / 3600));
}

TEST_CASE("A job goes on at another server that is up", "[sim][station]") {
  // Servers fail every 1 to 10 s and are back after 1 ms, in which a job of 20 s waits where there is one.
  const auto end = [](std::uint32_t servers) {
    Rig<sim::UnreliableStation> rig{{.servers = servers,
                                     .up = Distribution::uniform(1, 10),
                                     .down = Distribution::deterministic(0.001),
                                     .draws = sim::Streams{1, 0}.make("breakdowns", "station")}};
    return rig.run({job(0, 20)}).ends()[0];
  };
  CHECK(end(1) >= 20.002);
  CHECK(end(2) == Approx(20).epsilon(1e-9));
}

TEST_CASE("A job takes its units or is lost", "[sim][station]") {
  // Of 4 units 3 are taken until 2 s: 2 do not fit at 1 s, 1 does, and 2 fit again at 2.5 s.
  Rig<sim::LossStation> rig{{.units = 4}};
  rig.run({weighted(0, 2, 3), weighted(1, 1, 2), weighted(1.5, 2, 1), weighted(2.5, 1, 2)});
  CHECK_THAT(rig.ends(), near(Times{2, -1, 3.5, 3.5}));
  CHECK_THAT(rig.losses(), near(Times{-1, 1, -1, -1}));
}

namespace {

/// Of the instants at which 500 jobs end that come and work for exponential times.
template <class Station>
std::uint64_t fingerprint(typename Station::Spec spec) {
  const sim::Streams streams{2026, 0};
  const sim::Stream draws = streams.make("jobs", "station");
  spec.draws = streams.make("servers", "station");
  std::vector<sim::Job> jobs;
  double now = 0;
  for (std::uint32_t i = 0; i < 500; ++i) {
    const auto [gap, work] = draws.pair(i);
    now += Distribution::exponential(1).sample(gap);
    jobs.push_back(job(now, Distribution::exponential(0.6).sample(work), i % 2));
  }
  std::uint64_t all = 0;
  Rig<Station> rig{std::move(spec)};
  for (const double end : rig.run(std::move(jobs)).ends())
    all = all * 31 + static_cast<std::uint64_t>(sim::from_seconds(end).count());
  return all;
}

}  // namespace

TEST_CASE("Jobs end at the instants that are on record, whatever the compiler and its options",
          "[sim][station]") {
  // Recorded with clang 14 at -O0 for x86-64 and with g++ 12 at -O3 for x86-64-v3.
  const Distribution drawn = Distribution::exponential(2);
  CHECK(fingerprint<sim::SetupStation>({.servers = 3, .set_up = drawn, .keep_alive = drawn}) ==
        0x357c16387acd5a1c);
  CHECK(fingerprint<sim::UnreliableStation>({.servers = 2, .up = drawn, .down = drawn}) == 0xe7a24b1adfdf7f);
  CHECK(fingerprint<sim::PollingStation>({.queues = 2, .switch_over = drawn}) == 0x7730959c05d13142);
}
