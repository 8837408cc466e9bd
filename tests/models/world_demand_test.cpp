#include <catch2/catch.hpp>
#include <chrono>

#include "world_builder.hpp"

using models::SourceSpec;
using sim::operator""h;
using sim::operator""ms;
using sim::operator""ns;
using sim::operator""s;
using test_support::WorldBuilder;

namespace {

/// Numbers of arrivals in each second of `duration`.
std::vector<double> arrivals_by_second(SourceSpec source, sim::Duration duration,
                                       models::World::Options options = {}) {
  WorldBuilder world;
  world.spec.duration = duration;
  world.spec.series_step = 1s;
  world.finish();
  world.source(std::move(source));
  const models::WorldResult result = world.run(options);
  std::vector<double> counts;
  for (const models::WorldPiece& second : result.series)
    counts.push_back(static_cast<double>(second.classes[0].latency.count()));
  return counts;
}

}  // namespace

TEST_CASE("Poisson arrivals follow the rate of each piece of the profile", "[models][demand]") {
  // Pieces of 1 s with 1000, 0, 50 and 400 arrivals; time 0 lies 2 s into the period. A count of Poisson
  // arrivals has the variance of its mean; over 100 replications its mean has a standard error of sqrt(m /
  // 100).
  const SourceSpec source{.profile = {.step = 1s, .rates = {1000, 0, 50, 400}, .offset = 2s}};
  const std::vector<double> expected{50, 400, 1000, 0, 50, 400, 1000, 0};
  constexpr std::uint32_t replications = 100;
  std::vector<double> sum(expected.size());
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    const auto counts = arrivals_by_second(source, 8s, {.replication = replication});
    REQUIRE(counts.size() == expected.size());
    for (std::size_t i = 0; i < counts.size(); ++i) sum[i] += counts[i];
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    const double error = std::sqrt(expected[i] / replications);
    CHECK(std::abs(sum[i] / replications - expected[i]) <= 4 * error);
  }
}

TEST_CASE("Counts of Poisson arrivals vary like Poisson counts", "[models][demand]") {
  // Mean 100 and variance 100 a second. Over n = 4000 seconds the sample variance has a standard error of
  // about sqrt(2 / n) * 100 (and 1 % more for the fourth moment of a Poisson count).
  const auto counts = arrivals_by_second({.profile = {.step = 7s, .rates = {100}}}, 4000s);
  double sum = 0, squares = 0;
  for (const double count : counts) sum += count;
  const double mean = sum / 4000;
  for (const double count : counts) squares += (count - mean) * (count - mean);
  CHECK(std::abs(mean - 100) <= 4 * std::sqrt(100.0 / 4000));
  CHECK(std::abs(squares / 3999 - 100) <= 4 * 1.01 * 100 * std::sqrt(2.0 / 4000));
}

TEST_CASE("A periodic source keeps its spacing, from time 0 or from a random phase", "[models][demand]") {
  SourceSpec source{.process = SourceSpec::Process::periodic, .profile = {.step = 1s, .rates = {4, 8}}};
  source.phase = SourceSpec::Phase::aligned;
  // Expected numbers are whole at 0, 0.25, ...: 4 in [0, 1), 8 in [1, 2).
  CHECK(arrivals_by_second(source, 4s) == std::vector<double>{4, 8, 4, 8});
  source.phase = SourceSpec::Phase::random;
  const auto counts = arrivals_by_second(source, 4s);
  CHECK(counts == std::vector<double>{4, 8, 4, 8});
  WorldBuilder world;
  world.finish();
  world.source(source);
  const auto fingerprint = [&](std::uint32_t replication) {
    return world.run({.replication = replication}).fingerprint;
  };
  CHECK_FALSE(fingerprint(0) == fingerprint(1));
}

TEST_CASE("A trace gives its instants, equal ones included, up to the end of the span", "[models][demand]") {
  const auto counts = arrivals_by_second(
      {.process = SourceSpec::Process::trace, .profile = {}, .times = {0s, 0s, 999ms, 1s, 2999ms, 3s, 4s}},
      3s);
  CHECK(counts == std::vector<double>{3, 1, 1});
}

TEST_CASE("A rate of zero for long, or for ever, ends cleanly", "[models][demand]") {
  WorldBuilder world;  // stepping through a year's nanoseconds would never end
  world.spec.duration = 24h * 365;
  world.finish();
  SECTION("all zero, in pieces of a nanosecond") {
    world.source({.profile = {.step = 1ns, .rates = {0, 0, 0}}});
    CHECK(world.run().requests == 0);
  }
  SECTION("no profile at all") {
    world.source({});
    CHECK(world.run().requests == 0);
  }
  SECTION("one arrival a year expected, in pieces of a nanosecond") {
    world.source({.profile = {.step = 1ns, .rates = {0, 2 / (365 * 86400.0)}}});
    CHECK(world.run().requests < 12);  // P(more) < 1e-8 for a mean of 1
  }
  SECTION("busy for one second a year") {
    std::vector<double> rates(365 * 24, 0.0);
    rates[8000] = 100.0 / 3600;
    world.source({.profile = {.step = 1h, .rates = std::move(rates)}});
    const double count = static_cast<double>(world.run().requests);
    CHECK(std::abs(count - 100) <= 4 * 10);
  }
}

TEST_CASE("Sources of different names have arrivals of their own, and the same name has the same",
          "[models][demand]") {
  const auto counts = [](const char* name) {
    return arrivals_by_second({.name = name, .profile = {.step = 1s, .rates = {50}}}, 20s);
  };
  CHECK(counts("a") == counts("a"));
  CHECK_FALSE(counts("a") == counts("b"));
}

TEST_CASE("Bursts keep the mean rate and spread the counts as theory says", "[models][demand]") {
  // Calm: mean 30 s at 1/3 of the rate of 100/s; burst: mean 10 s at 3 times. Mean (30 / 3 + 10 * 3) / 40
  // = 1. Counts over t of a Markov-modulated Poisson process of rates a, b left at rates p, q have
  //   variance / mean = 1 + 2 (a - b)^2 p q / ((p + q)^2 (a q + b p)) (1 - (1 - exp(-(p + q) t)) / ((p + q)
  //   t))
  // (Fischer and Meier-Hellstern, Performance Evaluation 18, 1993): with a = 33.3, b = 300, p = 1/30, q =
  // 1/10 the first factor is 2 * 71111 / 300 / (0.017778 * 13.333) = 2000, and t = 1000 s leaves 0.9925 of
  // it.
  constexpr int replications = 200;
  constexpr double rate = 100, seconds = 1000, dispersion = 1 + 2000 * 0.9925;
  const SourceSpec source{.profile = {.step = 1h, .rates = {rate}},
                          .bursts = models::Bursts{1.0 / 3, 3.0, 30s, 10s}};
  double sum = 0, squares = 0;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    WorldBuilder world;
    world.spec.duration = 1000s;
    world.finish();
    world.source(source);
    const double count = static_cast<double>(world.run({.replication = replication}).started[0]);
    sum += count;
    squares += (count - rate * seconds) * (count - rate * seconds);
  }
  const double variance = dispersion * rate * seconds;
  CHECK(std::abs(sum / replications - rate * seconds) <= 4 * std::sqrt(variance / replications));
  // Counts of 25 cycles of states are nearly normal: the variance has a relative error of sqrt(2 / n).
  CHECK(std::abs(squares / replications / variance - 1) <= 4 * std::sqrt(2.0 / replications));
}

TEST_CASE("A burst of silence has no arrivals and never blocks the source", "[models][demand]") {
  // Only calms of 1 s on average have requests, at 10/s; half of the time is silent: 5/s are left.
  const SourceSpec source{.profile = {.step = 7s, .rates = {10}, .offset = 3s},
                          .bursts = models::Bursts{1.0, 0.0, 1s, 1s}};
  const auto counts = arrivals_by_second(source, 4000s);
  double sum = 0;
  for (const double count : counts) sum += count;
  // Rates 10 and 0, left at 1 each: dispersion 1 + 2 * 100 / (4 * 10) = 6; mean 20000, variance 120000.
  CHECK(std::abs(sum - 20'000) <= 4 * std::sqrt(120'000.0));
}

TEST_CASE("Bursts of factor one change no arrival", "[models][demand]") {
  const SourceSpec plain{.name = "s", .profile = {.step = 3s, .rates = {40, 0, 90}}};
  SourceSpec bursting = plain;
  bursting.bursts = models::Bursts{1.0, 1.0, 2s, 1s};
  CHECK(arrivals_by_second(plain, 60s) == arrivals_by_second(bursting, 60s));
}
