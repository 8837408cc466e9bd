#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/prefetch.hpp"

namespace sim {

/// Division of the non-negative integers into buckets of about equal relative width: every octave
/// [2^e, 2^(e+1)) has 2^SubBits buckets of equal width; below 2^(SubBits+1) each integer has its own.
///
/// The middle of a bucket is within 2^-(SubBits+1) (relative) of all its values.
template <int SubBits>
struct LogLinearScale {
  static constexpr std::size_t per_octave = std::size_t{1} << SubBits;

  /// Number of the bucket of `value`; rises with `value`. O(1), no branches.
  [[nodiscard]] static constexpr std::size_t index(std::uint64_t value) {
    const int shift = 63 - SubBits - std::countl_zero(value | per_octave);
    return (static_cast<std::size_t>(shift) << SubBits) + (value >> shift);
  }
  /// Smallest value of bucket `index`.
  [[nodiscard]] static constexpr std::uint64_t low(std::size_t index) {
    if (index < 2 * per_octave) return index;
    return static_cast<std::uint64_t>(per_octave + index % per_octave) << shift(index);
  }
  /// Largest value of bucket `index`.
  [[nodiscard]] static constexpr std::uint64_t high(std::size_t index) {
    return low(index) + ((std::uint64_t{1} << shift(index)) - 1);
  }

 private:
  static constexpr std::size_t shift(std::size_t index) {
    return index < per_octave ? 0 : index / per_octave - 1;
  }
};

/// Row of `Width` counters for each bucket of a scale, held for the octaves between the smallest and the
/// largest value met. Sums of integers, so merging is exact and in any order gives equal tables.
template <int SubBits, std::size_t Width>
class LogLinearTable {
 public:
  using Scale = LogLinearScale<SubBits>;

  /// The counters of the bucket of `value`, made if need be. O(1) but for the first value of an octave;
  /// valid until the next call.
  std::uint64_t* row(std::uint64_t value) {
    const std::size_t bucket = Scale::index(value);
    if (bucket - first_ >= rows_) [[unlikely]]
      cover(bucket, bucket + 1);
    return cells_.data() + (bucket - first_) * Width;
  }

  /// Asks for the counters of the bucket of `value`, if there are any.
  void prefetch(std::uint64_t value) const {
    const std::size_t bucket = Scale::index(value);
    if (bucket - first_ < rows_)
      sim::prefetch(cells_.data() + (bucket - first_) * Width, Width * sizeof(cells_[0]));
  }

  void merge(const LogLinearTable& other) {
    if (other.rows_ == 0) return;
    cover(other.begin(), other.end());
    std::uint64_t* into = cells_.data() + (other.first_ - first_) * Width;
    for (const std::uint64_t cell : other.cells_) *into++ += cell;
  }

  /// Buckets that have counters: [begin, end).
  [[nodiscard]] std::size_t begin() const { return first_; }
  [[nodiscard]] std::size_t end() const { return first_ + rows_; }
  /// @pre begin() <= bucket < end()
  [[nodiscard]] const std::uint64_t* at(std::size_t bucket) const {
    return cells_.data() + (bucket - first_) * Width;
  }

  friend bool operator==(const LogLinearTable&, const LogLinearTable&) = default;

 private:
  /// Extends the held octaves to those of [from, to) and no further, so that equal contents are equal tables.
  void cover(std::size_t from, std::size_t to) {
    from -= from % Scale::per_octave;
    to += (Scale::per_octave - to % Scale::per_octave) % Scale::per_octave;
    if (rows_ != 0) {
      from = std::min(from, begin());
      to = std::max(to, end());
    }
    std::vector<std::uint64_t> wider((to - from) * Width);
    if (rows_ != 0)
      std::copy(cells_.begin(), cells_.end(),
                wider.begin() + static_cast<std::ptrdiff_t>((first_ - from) * Width));
    cells_ = std::move(wider);
    first_ = from;
    rows_ = to - from;
  }

  std::size_t first_ = 0, rows_ = 0;  // in buckets
  std::vector<std::uint64_t> cells_;
};

}  // namespace sim
