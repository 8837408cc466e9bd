#include "sim/total_time.hpp"

#include <catch2/catch.hpp>

using sim::TotalTime;
using sim::operator""s;

TEST_CASE("A sum of durations is exact beyond what a duration holds", "[sim][time]") {
  // A duration holds 2^63 ns = 9.22e9 s. Four times 3e9 s are 1.2e10 s; without three of them, and without
  // 3e9 s - 1 ns, one nanosecond is left.
  const sim::Duration each = 3'000'000'000s;
  TotalTime sum = TotalTime{each} * 4;
  CHECK(sim::to_seconds(sum) == Approx(1.2e10));
  CHECK(sum > TotalTime{sim::Duration::max()});
  sum -= TotalTime{each} * 3;
  sum -= each - sim::Duration{1};
  CHECK(sum == sim::Duration{1});
  CHECK(TotalTime::from_seconds(1.2e10) == TotalTime{each} * 4);
}

TEST_CASE("The halves of a sum of durations give it back", "[sim][time]") {
  for (const TotalTime total :
       {TotalTime{}, TotalTime{5s}, TotalTime{} - TotalTime{5s}, TotalTime{sim::Duration::max()} * 7}) {
    CHECK(TotalTime::from_halves(total.high(), total.low()) == total);
  }
}
