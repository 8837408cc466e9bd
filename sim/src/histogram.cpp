#include "sim/histogram.hpp"

#include <algorithm>
#include <cmath>

#include "sim/contract.hpp"

namespace sim {
namespace {

constexpr std::uint64_t format_version = 1;
constexpr std::size_t header_size = 5;

Duration duration(std::uint64_t nanoseconds) { return Duration{static_cast<std::int64_t>(nanoseconds)}; }

}  // namespace

void Histogram::merge(const Histogram& other) {
  counts_.merge(other.counts_);
  add_to_sum(other.sum_high_, other.sum_low_);
  count_ += other.count_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

double Histogram::sum() const {
  return static_cast<double>(sum_high_) * 0x1p64 + static_cast<double>(sum_low_);
}

double Histogram::mean() const { return empty() ? 0.0 : sum() / static_cast<double>(count_); }

Duration Histogram::min() const { return empty() ? Duration{0} : duration(min_); }

Duration Histogram::quantile(double p) const {
  SIM_EXPECT(p >= 0 && p <= 1);
  if (empty()) return Duration{0};
  if (p == 0) return min();
  const std::uint64_t rank = nearest_rank(count_, p);
  if (rank == count_) return max();
  std::size_t bucket = counts_.begin();
  for (std::uint64_t seen = *counts_.at(bucket); seen < rank; seen += *counts_.at(bucket)) ++bucket;
  const std::uint64_t low = Scale::low(bucket);
  return duration(std::clamp(low + (Scale::high(bucket) - low) / 2, min_, max_));
}

double Histogram::fraction_above(Duration threshold) const {
  if (threshold < min()) return empty() ? 0.0 : 1.0;
  if (threshold >= max()) return 0.0;
  const auto limit = static_cast<std::uint64_t>(threshold.count());
  const std::size_t cut = Scale::index(limit);
  std::uint64_t above = 0;
  for (std::size_t bucket = cut + 1; bucket < counts_.end(); ++bucket) above += *counts_.at(bucket);
  const auto width = static_cast<double>(Scale::high(cut) - Scale::low(cut) + 1);
  const double share = static_cast<double>(Scale::high(cut) - limit) / width;
  return (static_cast<double>(above) + share * static_cast<double>(*counts_.at(cut))) /
         static_cast<double>(count_);
}

std::vector<Histogram::Bucket> Histogram::buckets() const {
  std::vector<Bucket> result;
  for (std::size_t bucket = counts_.begin(); bucket < counts_.end(); ++bucket)
    if (const std::uint64_t count = *counts_.at(bucket); count > 0)
      result.push_back({duration(Scale::low(bucket)), duration(Scale::high(bucket)), count});
  return result;
}

std::vector<std::uint64_t> Histogram::to_integers() const {
  if (empty()) return {format_version};
  std::vector<std::uint64_t> integers{format_version, sum_high_, sum_low_, min_, max_};
  for (std::size_t bucket = counts_.begin(); bucket < counts_.end(); ++bucket)
    if (const std::uint64_t count = *counts_.at(bucket); count > 0) {
      integers.push_back(bucket);
      integers.push_back(count);
    }
  return integers;
}

std::optional<Histogram> Histogram::from_integers(std::span<const std::uint64_t> integers) {
  if (integers.empty() || integers[0] != format_version) return std::nullopt;
  Histogram result;
  if (integers.size() == 1) return result;
  if (integers.size() < header_size + 2 || (integers.size() - header_size) % 2 != 0) return std::nullopt;
  result.sum_high_ = integers[1];
  result.sum_low_ = integers[2];
  result.min_ = integers[3];
  result.max_ = integers[4];
  const std::span pairs = integers.subspan(header_size);
  const std::size_t last = Scale::index(INT64_MAX);
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    if (pairs[i] > last || pairs[i + 1] == 0 || (i > 0 && pairs[i] <= pairs[i - 2])) return std::nullopt;
    *result.counts_.row(Scale::low(pairs[i])) = pairs[i + 1];
    result.count_ += pairs[i + 1];
  }
  const bool bounds_fit = Scale::index(result.min_) == pairs[0] &&
                          Scale::index(result.max_) == pairs[pairs.size() - 2] && result.min_ <= result.max_;
  return bounds_fit ? std::optional{result} : std::nullopt;
}

std::uint64_t nearest_rank(std::uint64_t n, double p) {
  SIM_EXPECT(n >= 1 && p >= 0 && p <= 1);
  const double product = static_cast<double>(n) * p;
  const double rank = std::ceil(product - product * 0x1p-50);
  return std::clamp(static_cast<std::uint64_t>(rank), std::uint64_t{1}, n);
}

}  // namespace sim
