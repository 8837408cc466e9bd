#include "sim/histogram.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "sim/random.hpp"

using namespace sim;

namespace {

/// Values over nine decades, in random order.
std::vector<Duration> spread_values(std::size_t count, std::uint64_t seed) {
  SplitMix64 bits{seed};
  std::vector<Duration> values(count);
  for (Duration& value : values) {
    const std::uint64_t octave = bits() % 30;
    value = Duration{static_cast<std::int64_t>(bits() % (std::uint64_t{2} << octave))};
  }
  return values;
}

Histogram histogram_of(const std::vector<Duration>& values) {
  Histogram histogram;
  for (const Duration value : values) histogram.record(value);
  return histogram;
}

}  // namespace

TEST_CASE("Buckets of the log-linear scale adjoin and hold their values", "[sim][histogram]") {
  using Scale = Histogram::Scale;
  for (std::size_t bucket = 0; bucket < Scale::index(INT64_MAX); ++bucket) {
    REQUIRE(Scale::index(Scale::low(bucket)) == bucket);
    REQUIRE(Scale::index(Scale::high(bucket)) == bucket);
    REQUIRE(Scale::low(bucket + 1) == Scale::high(bucket) + 1);
    // Middle to edge, relative: at most half of 1/64.
    const double half = static_cast<double>(Scale::high(bucket) - Scale::low(bucket)) / 2;
    REQUIRE(half <= static_cast<double>(Scale::low(bucket)) / 128);
  }
  CHECK(Scale::high(Scale::index(INT64_MAX)) == static_cast<std::uint64_t>(INT64_MAX));
}

TEST_CASE("A histogram knows count, sum, mean, minimum and maximum exactly", "[sim][histogram]") {
  Histogram histogram;
  CHECK(histogram.empty());
  CHECK(histogram.quantile(0.5) == 0ns);
  for (const Duration value : {5ms, 1ms, 3ms}) histogram.record(value);
  CHECK(histogram.count() == 3);
  CHECK(histogram.sum() == 9e6);
  CHECK(histogram.mean() == 3e6);
  CHECK(histogram.min() == 1ms);
  CHECK(histogram.max() == 5ms);
}

TEST_CASE("The sum of durations does not overflow 64 bits", "[sim][histogram]") {
  Histogram histogram;
  for (int i = 0; i < 5; ++i) histogram.record(Duration::max());
  // 5 (2^63 - 1), rounded to double: 5 * 2^63.
  CHECK(histogram.sum() == 5 * 0x1p63);
  CHECK(histogram.quantile(0.5) == Duration::max());  // the bucket's middle, but not below the minimum
  CHECK(histogram.max() == Duration::max());
}

TEST_CASE("Quantiles of a histogram are within 1/128 of the nearest-rank quantile", "[sim][histogram]") {
  std::vector<Duration> values = spread_values(20'000, 7);
  const Histogram histogram = histogram_of(values);
  std::sort(values.begin(), values.end());
  for (const double p : {0.0, 1e-4, 0.01, 0.1, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0}) {
    const auto exact = static_cast<double>(values[nearest_rank(values.size(), p) - 1].count());
    CHECK(std::abs(static_cast<double>(histogram.quantile(p).count()) - exact) <= exact / 128);
  }
}

TEST_CASE("The nearest rank is the whole number when the product misses it by rounding", "[sim][histogram]") {
  CHECK(nearest_rank(100, 0.07) == 7);  // 0.07 * 100 = 7.000000000000001 in double
  CHECK(nearest_rank(10, 0.95) == 10);
  CHECK(nearest_rank(10, 0.9) == 9);
  CHECK(nearest_rank(10, 0.0) == 1);
  CHECK(nearest_rank(1'000'000'000, 0.999) == 999'000'000);
}

TEST_CASE("Merged histograms equal the histogram of all values, in any order", "[sim][histogram]") {
  const std::vector<Duration> values = spread_values(3'000, 11);
  const std::vector<Duration> first{values.begin(), values.begin() + 1'000};
  const std::vector<Duration> rest{values.begin() + 1'000, values.end()};
  const Histogram whole = histogram_of(values);
  Histogram forward = histogram_of(first);
  forward.merge(histogram_of(rest));
  Histogram backward = histogram_of(rest);
  backward.merge(histogram_of(first));
  backward.merge(Histogram{});
  CHECK(forward == whole);
  CHECK(backward == whole);
  Histogram other = whole;
  other.record(1ns);
  CHECK_FALSE(other == whole);
}

TEST_CASE("The fraction above a threshold agrees with counting", "[sim][histogram]") {
  Histogram histogram;
  for (int i = 1; i <= 100; ++i) histogram.record(Duration{i});  // own bucket each, up to 127
  CHECK(histogram.fraction_above(90ns) == 0.1);
  CHECK(histogram.fraction_above(0ns) == 1.0);
  CHECK(histogram.fraction_above(100ns) == 0.0);
  CHECK(histogram.fraction_above(1s) == 0.0);
  CHECK(Histogram{}.fraction_above(1s) == 0.0);
  // 1024..1039 share a bucket: of 16 values, those above 1027 are 12, of 17 recorded.
  Histogram coarse;
  for (int i = 0; i < 16; ++i) coarse.record(Duration{1024 + i});
  coarse.record(2000ns);
  CHECK(coarse.fraction_above(1027ns) == Approx(13.0 / 17).epsilon(1e-14));
}

TEST_CASE("Buckets of a histogram list every value once, in order", "[sim][histogram]") {
  const Histogram histogram = histogram_of(spread_values(5'000, 3));
  const auto buckets = histogram.buckets();
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    total += buckets[i].count;
    if (i > 0) CHECK(buckets[i - 1].high < buckets[i].low);
  }
  CHECK(total == histogram.count());
}

TEST_CASE("A histogram survives storage as integers", "[sim][histogram]") {
  const Histogram histogram = histogram_of(spread_values(2'000, 5));
  const auto integers = histogram.to_integers();
  CHECK(Histogram::from_integers(integers) == histogram);
  CHECK(Histogram::from_integers(Histogram{}.to_integers()) == Histogram{});
}

TEST_CASE("Integers that no histogram gives are refused", "[sim][histogram]") {
  const auto good = histogram_of({1us, 2us, 3us}).to_integers();
  REQUIRE(Histogram::from_integers(good));
  const auto broken = [&](std::size_t at, std::uint64_t value) {
    auto integers = good;
    integers[at] = value;
    return !Histogram::from_integers(integers);
  };
  CHECK(broken(0, 99));         // unknown version
  CHECK(broken(3, 5));          // minimum outside the first bucket
  CHECK(broken(4, 1));          // maximum outside the last bucket
  CHECK(broken(6, 0));          // empty bucket listed
  CHECK(broken(7, good[5]));    // buckets do not rise
  CHECK(broken(9, 1'000'000));  // beyond the last bucket
  CHECK_FALSE(Histogram::from_integers({}));
  CHECK_FALSE(Histogram::from_integers(std::span{good}.first(good.size() - 1)));
}

TEST_CASE("The composition above a quantile is the mean of the parts up there", "[sim][histogram]") {
  // 99 fast requests of 1 ms compute, one slow of 100 ms that waited 99 ms.
  BreakdownHistogram<2> breakdown;
  for (int i = 0; i < 99; ++i) breakdown.record(1ms, {0, 1'000});
  breakdown.record(100ms, {99'000, 1'000});
  const auto all = breakdown.composition(0.0);
  CHECK(all.count == 100);
  CHECK(all.mean[0] == Approx(990.0));  // 99000 / 100
  CHECK(all.mean[1] == Approx(1'000.0));
  const auto tail = breakdown.composition(0.995);
  CHECK(tail.count == 1);
  CHECK(tail.mean[0] == 99'000.0);
  // At or above p99: the 99th and the 100th value.
  const auto two = breakdown.composition(0.99);
  CHECK(two.count == 2);
  CHECK(two.mean[0] == Approx(49'500.0));
  const auto middle = breakdown.composition(0.45, 0.55);
  CHECK(middle.count == 11);  // ranks 45 to 55
  CHECK(middle.mean[0] == 0.0);
  CHECK(BreakdownHistogram<2>{}.composition(0.5).count == 0);
}

TEST_CASE("Merged breakdowns equal the breakdown of all requests", "[sim][histogram]") {
  const std::vector<Duration> values = spread_values(1'000, 17);
  BreakdownHistogram<3> whole, even, odd;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::array<std::uint32_t, 3> parts{static_cast<std::uint32_t>(i), 7, 0};
    whole.record(values[i], parts);
    (i % 2 == 0 ? even : odd).record(values[i], parts);
  }
  odd.merge(even);
  CHECK(odd == whole);
  CHECK(whole.latency() == histogram_of(values));
}

TEST_CASE("A breakdown survives storage as integers, and what no breakdown gives is refused",
          "[sim][histogram]") {
  const std::vector<Duration> values = spread_values(1'000, 5);
  BreakdownHistogram<3> breakdown;
  for (std::size_t i = 0; i < values.size(); ++i)
    breakdown.record(values[i], {static_cast<std::uint32_t>(i), 7, 0});
  std::vector<std::uint64_t> integers = breakdown.to_integers();
  CHECK(BreakdownHistogram<3>::from_integers(integers) == breakdown);
  const BreakdownHistogram<3> none;
  CHECK(BreakdownHistogram<3>::from_integers(none.to_integers()) == none);
  CHECK_FALSE(BreakdownHistogram<2>::from_integers(integers).has_value());
  CHECK_FALSE(BreakdownHistogram<3>::from_integers({}).has_value());
  CHECK_FALSE(
      BreakdownHistogram<3>::from_integers(std::span{integers}.first(integers.size() - 1)).has_value());
  ++integers.back();  // one value more than the latencies have
  CHECK_FALSE(BreakdownHistogram<3>::from_integers(integers).has_value());
}
