#include "models/transfer.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace std::chrono_literals;

TEST_CASE("Slow start stalls once a window until the windows fill the path", "[models][transport]") {
  // 1 Mbit/s and 100 ms hold 12.5 kB. Windows 1.25, 2.5, 5, 10, 20 kB keep the link busy for 10, 20, 40, 80,
  // 160 ms: the first four leave a stall.
  const auto windows =
      models::slow_start_windows(sim::Bytes{1e6}, sim::Bytes{1250}, sim::BitRate{1e6}, 100ms);
  CHECK(windows == std::vector<sim::Duration>{10ms, 20ms, 40ms, 80ms});
}

TEST_CASE("Slow start ends with the payload", "[models][transport]") {
  const sim::BitRate rate{8e9};
  const auto stalls = [&](double size) {
    return models::slow_start_windows(sim::Bytes{size}, sim::Bytes{14480}, rate, 50ms).size();
  };
  CHECK(stalls(0) == 0);
  CHECK(stalls(14480) == 0);
  CHECK(stalls(14481) == 1);  // 1 + 2 windows: 43,440 B
  CHECK(stalls(43440) == 1);
  CHECK(stalls(43441) == 2);  // 1 + 2 + 4: 101,360 B
  CHECK(stalls(101361) == 3);
}

TEST_CASE("The rate under loss follows Padhye's formula", "[models][transport]") {
  // R = 100 ms, p = 1 %: 0.1 sqrt(0.02/3) = 8.165 ms; t_RTO = 1 s: 3 sqrt(0.00375) 0.01 (1 + 0.0032) = 1.8430
  // ms; 1448 B in 10.008 ms = 1.1575 Mbit/s.
  const double expected = 8 * 1448 / (0.1 * std::sqrt(0.02 / 3) + 3 * std::sqrt(0.03 / 8) * 0.01 * 1.0032);
  CHECK(models::loss_limited_rate(0.01, 100ms).value() == Approx(expected));
  CHECK(expected == Approx(1.1575e6).epsilon(1e-3));
  // Without time-outs the rate falls with the root of the loss; these make it fall faster.
  CHECK(models::loss_limited_rate(0.04, 100ms).value() < expected / 2);
  CHECK(models::packets(sim::Bytes{0}) == 1);
  CHECK(models::packets(sim::Bytes{1449}) == 2);
}
