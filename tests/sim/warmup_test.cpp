#include "sim/warmup.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace sim;

TEST_CASE("MSER-5 cuts the decaying transient of the reference series", "[sim][warmup]") {
  // 10 exp(-i/40) plus uniform noise of a fixed linear congruential generator.
  std::vector<double> series;
  std::uint64_t state = 12345;
  for (int i = 0; i < 1000; ++i) {
    state = (1103515245 * state + 12345) % (1ULL << 31);
    series.push_back(10 * std::exp(-i / 40.0) + static_cast<double>(state) / 0x1p31);
  }
  const WarmUp warm_up = mser(series);
  CHECK(warm_up.observations == 175);
  CHECK(warm_up.truncated_mean == Approx(0.5008591366135127).epsilon(1e-10));
  CHECK_FALSE(warm_up.at_limit);
}

TEST_CASE("MSER keeps everything of a series without a transient", "[sim][warmup]") {
  const std::vector<double> constant(50, 3.0);
  CHECK(mser(constant).observations == 0);
  CHECK(mser(constant).truncated_mean == 3.0);
}

TEST_CASE("MSER drops exactly the batches that differ", "[sim][warmup]") {
  // Batches of two: 9, 9, then 1 throughout. Any cut from the third batch on has statistic 0; the first wins.
  const std::array<double, 17> series{9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 99};
  const WarmUp warm_up = mser(series, 2);
  CHECK(warm_up.observations == 4);
  CHECK(warm_up.truncated_mean == 1.0);
}

TEST_CASE("MSER says when the transient is longer than half the run", "[sim][warmup]") {
  std::vector<double> falling;
  for (int i = 0; i < 100; ++i) falling.push_back(100.0 - i);
  const WarmUp warm_up = mser(falling);
  CHECK(warm_up.at_limit);
  CHECK(warm_up.observations == 50);
}
