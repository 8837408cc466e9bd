#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/contract.hpp"
#include "sim/log_linear_table.hpp"
#include "sim/time.hpp"

namespace sim {

/// Counts of durations in 64 buckets an octave: any quantile within 0.8 %, mean, minimum and maximum exact.
///
/// Everything is a sum of integers, so histograms of parts of a run merge to the histogram of the whole,
/// bit for bit and in any order. Up to 512 bytes for each octave between the smallest and the largest value.
/// Principle: Tene, HdrHistogram.
class Histogram {
 public:
  using Scale = LogLinearScale<6>;

  /// The values from `low` to `high`, both included, and how many were recorded.
  struct Bucket {
    Duration low, high;
    std::uint64_t count;
  };

  /// Adds a value, 0 <= value. A few nanoseconds; allocates when the value opens an octave.
  void record(Duration value) {
    const auto nanoseconds = static_cast<std::uint64_t>(value.count());
    SIM_EXPECT(value >= Duration{0});
    ++*counts_.row(nanoseconds);
    add_to_sum(0, nanoseconds);
    ++count_;
    min_ = std::min(min_, nanoseconds);
    max_ = std::max(max_, nanoseconds);
  }
  /// Asks for the memory that record() will need.
  void prefetch(Duration value) const { counts_.prefetch(static_cast<std::uint64_t>(value.count())); }
  void merge(const Histogram& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  /// Exact sum, rounded once to double; [ns].
  [[nodiscard]] double sum() const;
  /// Exact mean, rounded to double; [ns], 0 when empty.
  [[nodiscard]] double mean() const;
  /// Smallest value, exact; 0 when empty.
  [[nodiscard]] Duration min() const;
  /// Largest value, exact; 0 when empty.
  [[nodiscard]] Duration max() const { return Duration{static_cast<std::int64_t>(max_)}; }

  /// The nearest-rank quantile (the ceil(n p)-th smallest value): middle of its bucket, but not outside
  /// [min, max]. Relative error <= 1/128. @param p in [0, 1]; 0 and 1 give min and max. 0 when empty.
  [[nodiscard]] Duration quantile(double p) const;

  /// Share of the values above `threshold`, 0 when empty. Exact where a bucket ends at the threshold,
  /// otherwise that bucket's values count as spread evenly over it.
  [[nodiscard]] double fraction_above(Duration threshold) const;

  /// Non-empty buckets by rising values.
  [[nodiscard]] std::vector<Bucket> buckets() const;

  /// Plain integers for storage: format version, sum (upper, lower 64 bits), min, max, then bucket number
  /// and count of each non-empty bucket. Empty histogram: the version alone.
  [[nodiscard]] std::vector<std::uint64_t> to_integers() const;
  /// @return nothing when `integers` cannot come from to_integers()
  static std::optional<Histogram> from_integers(std::span<const std::uint64_t> integers);

  friend bool operator==(const Histogram&, const Histogram&) = default;

 private:
  void add_to_sum(std::uint64_t high, std::uint64_t low) {
    sum_low_ += low;
    sum_high_ += high + (sum_low_ < low ? 1 : 0);
  }

  LogLinearTable<6, 1> counts_;
  std::uint64_t count_ = 0;
  std::uint64_t sum_high_ = 0, sum_low_ = 0;  // 128-bit sum [ns]
  std::uint64_t min_ = UINT64_MAX, max_ = 0;
};

/// The ceil(n p)-th of n values in rising order, at least 1; products that miss a whole number by rounding
/// (0.07 * 100) count as that number. @param p in [0, 1]; @param n >= 1
[[nodiscard]] std::uint64_t nearest_rank(std::uint64_t n, double p);

/// Histogram of durations that also knows what they are made of: for each of 16 buckets an octave the
/// integer sums of N parts, so that "what are the requests above p99 made of" has an answer for any quantile.
///
/// Merging is exact and in any order.
template <std::size_t N>
class BreakdownHistogram {
 public:
  /// Mean parts of the values in a range of ranks.
  struct Composition {
    std::uint64_t count = 0;       ///< values in the range
    std::array<double, N> mean{};  ///< in the unit of the recorded parts; 0 when count is 0
  };

  /// Adds a value and its parts, in any unit. @param latency >= 0
  void record(Duration latency, const std::array<std::uint32_t, N>& parts) {
    latency_.record(latency);
    std::uint64_t* row = sums_.row(static_cast<std::uint64_t>(latency.count()));
    ++row[N];
    for (std::size_t i = 0; i < N; ++i) row[i] += parts[i];
  }
  /// Asks for what record() will need; that soon afterwards is then faster when there are many histograms.
  void prefetch(Duration latency) const {
    latency_.prefetch(latency);
    sums_.prefetch(static_cast<std::uint64_t>(latency.count()));
  }
  void merge(const BreakdownHistogram& other) {
    latency_.merge(other.latency_);
    sums_.merge(other.sums_);
  }

  [[nodiscard]] const Histogram& latency() const { return latency_; }

  /// Composition of the values from the quantile at `from` (included) to the quantile at `to` (included).
  ///
  /// Of a bucket that a bound cuts, as many values as lie within count, each with the bucket's mean parts
  /// (which differ from theirs by at most the bucket's relative width, 6 %). @param from <= to, in [0, 1]
  [[nodiscard]] Composition composition(double from, double to = 1.0) const {
    Composition result;
    if (latency_.empty()) return result;
    const std::uint64_t first = from > 0 ? nearest_rank(latency_.count(), from) - 1 : 0;
    const std::uint64_t last = nearest_rank(latency_.count(), to);
    std::uint64_t before = 0;
    for (std::size_t bucket = sums_.begin(); bucket < sums_.end() && before < last; ++bucket) {
      const std::uint64_t* row = sums_.at(bucket);
      const std::uint64_t after = before + row[N];
      if (after > first && row[N] > 0) {
        const std::uint64_t within = std::min(after, last) - std::max(before, first);
        const double share = static_cast<double>(within) / static_cast<double>(row[N]);
        for (std::size_t i = 0; i < N; ++i) result.mean[i] += share * static_cast<double>(row[i]);
        result.count += within;
      }
      before = after;
    }
    for (double& part : result.mean) part /= static_cast<double>(result.count);
    return result;
  }

  /// Plain integers for storage: how many latency().to_integers() has, those, then of each bucket with values
  /// its number, the sums of the parts and the count.
  [[nodiscard]] std::vector<std::uint64_t> to_integers() const {
    std::vector<std::uint64_t> integers = latency_.to_integers();
    integers.insert(integers.begin(), integers.size());
    for (std::size_t bucket = sums_.begin(); bucket < sums_.end(); ++bucket) {
      const std::uint64_t* row = sums_.at(bucket);
      if (row[N] == 0) continue;
      integers.push_back(bucket);
      integers.insert(integers.end(), row, row + N + 1);
    }
    return integers;
  }
  /// @return nothing when `integers` cannot come from to_integers()
  static std::optional<BreakdownHistogram> from_integers(std::span<const std::uint64_t> integers) {
    if (integers.empty() || integers[0] > integers.size() - 1) return std::nullopt;
    auto latency = Histogram::from_integers(integers.subspan(1, integers[0]));
    const std::span rows = integers.subspan(1 + integers[0]);
    if (!latency || rows.size() % (N + 2) != 0) return std::nullopt;
    BreakdownHistogram result;
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < rows.size(); i += N + 2) {
      if (rows[i] > Sums::Scale::index(INT64_MAX) || (i > 0 && rows[i] <= rows[i - N - 2]))
        return std::nullopt;
      std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(i) + 1, N + 1,
                  result.sums_.row(Sums::Scale::low(rows[i])));
      count += rows[i + N + 1];
    }
    if (count != latency->count()) return std::nullopt;
    result.latency_ = std::move(*latency);
    return result;
  }

  friend bool operator==(const BreakdownHistogram&, const BreakdownHistogram&) = default;

 private:
  using Sums = LogLinearTable<4, N + 1>;  // parts, then their number

  Histogram latency_;
  Sums sums_;
};

}  // namespace sim
