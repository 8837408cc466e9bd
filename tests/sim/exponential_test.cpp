#include "sim/exponential.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/distribution.hpp"

using sim::Draw;
using sim::Duration;

TEST_CASE("A batch of exponential durations equals the distribution's samples", "[sim][distribution]") {
  // From a mean far below a nanosecond, over both sides of the limit of the vector path, to one of 30 years.
  for (const double mean : {1e-12, 1e-9, 1.25e-3, 1.0, 59'999.0, 60'001.0, 1e9 / 5}) {
    std::vector<Draw> draws(4099);
    sim::Streams{1, 0}.make("test", "exponential").fill(0, 0, draws);
    draws[0] = Draw{0};      // the smallest value there is
    draws[1] = Draw{~0ULL};  // the largest
    std::vector<Duration> durations(draws.size());
    sim::exponential_durations(mean, draws, durations);
    const auto law = sim::Distribution::exponential(mean);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < draws.size(); ++i) wrong += durations[i] != law.sample_duration(draws[i]);
    INFO("mean " << mean << " s");
    CHECK(wrong == 0);
  }
}

TEST_CASE("Exponential durations have the mean asked for", "[sim][distribution]") {
  // 100,000 values of mean 2 ms: standard error 2 ms / sqrt(100,000) = 6.3 us, bound 4 of them.
  std::vector<Draw> draws(100'000);
  sim::Streams{1, 0}.make("test", "mean").fill(0, 1, draws);
  std::vector<Duration> durations(draws.size());
  sim::exponential_durations(2e-3, draws, durations);
  double sum = 0;
  for (const Duration duration : durations) sum += sim::to_seconds(duration);
  CHECK(std::abs(sum / 100'000 - 2e-3) < 4 * 2e-3 / std::sqrt(100'000.0));
}
