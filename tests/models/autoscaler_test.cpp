#include "models/autoscaler.hpp"

#include <catch2/catch.hpp>

using models::KnativeScaler;
using models::PodAutoscaler;
using sim::operator""s;

namespace {

/// Feeds `ticks` equal samples; ready instances follow what is wanted at once. @return what was wanted last
template <class Scaler>
std::uint32_t feed(Scaler& scaler, sim::Time& now, double in_flight, std::uint32_t& ready, int ticks) {
  for (int i = 0; i < ticks; ++i) {
    now += scaler.tick();
    ready = scaler.wanted({.now = now, .in_flight = in_flight, .busy_slots = in_flight, .ready = ready});
  }
  return ready;
}

}  // namespace

TEST_CASE("Knative wants the mean of the stable window over the target", "[models]") {
  // Target 10. 100 in flight from the start: ten instances. Then 60: the mean of 30 samples, k of them 60, is
  // 100 - 40 k / 30, so after 15 ticks 80: eight instances, after 30 six.
  KnativeScaler scaler{{.target = 10, .panic_threshold = 100}};
  sim::Time now{};
  std::uint32_t ready = 10;
  CHECK(feed(scaler, now, 100, ready, 30) == 10);
  CHECK(feed(scaler, now, 60, ready, 15) == 8);
  CHECK(feed(scaler, now, 60, ready, 15) == 6);
}

TEST_CASE("Knative panics in a burst and then does not scale down for the stable window", "[models]") {
  // 10 in flight on one instance for a minute; then 100. The panic window of three ticks has a mean of
  // (10 + 10 + 100) / 3 = 40 at once, four times the ready instance: panic; of 70 and 100 at the next two.
  KnativeScaler scaler{{.target = 10}};
  sim::Time now{};
  std::uint32_t ready = 1;
  REQUIRE(feed(scaler, now, 10, ready, 30) == 1);
  CHECK_FALSE(scaler.panics());
  CHECK(feed(scaler, now, 100, ready, 1) == 4);
  CHECK(scaler.panics());
  CHECK(feed(scaler, now, 100, ready, 2) == 10);
  // Nothing any more: no scaling down before 60 s have passed since the last tick over the threshold.
  CHECK(feed(scaler, now, 0, ready, 28) == 10);
  CHECK(feed(scaler, now, 0, ready, 5) < 10);
  CHECK_FALSE(scaler.panics());
}

TEST_CASE("Knative at most halves a tick, and ends the last instance after its grace", "[models]") {
  KnativeScaler scaler{{.stable_window = 2s, .panic_window = 2s, .target = 10, .panic_threshold = 1000}};
  sim::Time now{};
  std::uint32_t ready = 16;
  for (const std::uint32_t wanted : {8U, 4U, 2U, 1U}) CHECK(feed(scaler, now, 0, ready, 1) == wanted);
  CHECK(feed(scaler, now, 0, ready, 15) == 1);  // none wanted for the first time at the first of these: 28 s
  CHECK(feed(scaler, now, 0, ready, 1) == 0);   // 30 s
}

TEST_CASE("The pod autoscaler waits its window before it goes down, and goes up at once", "[models]") {
  PodAutoscaler scaler{{.metric = PodAutoscaler::Metric::in_flight, .target = 10}};
  sim::Time now{};
  std::uint32_t ready = 4;
  CHECK(feed(scaler, now, 80, ready, 1) == 8);   // ceil(4 * 20 / 10), within the doubling
  CHECK(feed(scaler, now, 20, ready, 20) == 8);  // two would do, but 300 s have not passed
  CHECK(feed(scaler, now, 20, ready, 1) == 2);
}

TEST_CASE("The pod autoscaler doubles, or adds four, a period", "[models]") {
  PodAutoscaler scaler{{.metric = PodAutoscaler::Metric::in_flight, .target = 1, .growth_period = 14s}};
  sim::Time now{};
  std::uint32_t ready = 1;
  for (const std::uint32_t wanted : {5U, 10U, 20U, 40U, 80U, 100U})
    CHECK(feed(scaler, now, 100, ready, 1) == wanted);
}

TEST_CASE("By utilisation the pod autoscaler does not see what waits", "[models]") {
  // All of 4 * 10 slots are busy, and 1,000 requests wait: ceil(4 * 1 / 0.5) = 8, no more.
  PodAutoscaler scaler{{.target = 0.5}};
  CHECK(scaler.wanted({.now = sim::at(15s), .in_flight = 1040, .busy_slots = 40, .ready = 4, .slots = 10}) ==
        8);
}
