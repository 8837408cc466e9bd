#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/world.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// What a pool does, piece by piece of the recorded span; holds nothing and does nothing where there are no
/// pieces. All calls are given the same span.
class PoolSeries {
 public:
  explicit PoolSeries(const RecordedSpan& span) : pieces_(span.pieces()) {}

  /// Adds one to a counter of the piece of `now`.
  void count(std::uint64_t PoolResult::*counter, sim::Time now, const RecordedSpan& span) {
    if (!pieces_.empty() && span.contains(now)) ++(pieces_[span.piece_of(now)].*counter);
  }
  /// Raises a peak of the piece of `now`.
  void raise(std::uint64_t PoolResult::*peak, std::uint64_t value, sim::Time now, const RecordedSpan& span) {
    if (pieces_.empty() || !span.contains(now)) return;
    std::uint64_t& highest = pieces_[span.piece_of(now)].*peak;
    highest = std::max(highest, value);
  }
  /// Adds a time to a sum of the piece of `now`.
  void add(sim::TotalTime PoolResult::*sum, sim::Duration time, sim::Time now, const RecordedSpan& span) {
    if (!pieces_.empty() && span.contains(now)) pieces_[span.piece_of(now)].*sum += time;
  }
  /// Adds to a sum of each piece how much of [from, to) lies in it. O(pieces touched)
  void spread(sim::TotalTime PoolResult::*sum, sim::Time from, sim::Time to, const RecordedSpan& span) {
    span.for_each_part(from, to, [&](std::size_t piece, sim::Duration part) { pieces_[piece].*sum += part; });
  }
  /// Undoes a part of what spread() did.
  void take_back(sim::TotalTime PoolResult::*sum, sim::Time from, sim::Time to, const RecordedSpan& span) {
    span.for_each_part(from, to, [&](std::size_t piece, sim::Duration part) { pieces_[piece].*sum -= part; });
  }

  [[nodiscard]] const std::vector<PoolResult>& pieces() const { return pieces_; }

 private:
  std::vector<PoolResult> pieces_;
};

/// The pieces of a pool whose instances are on all the time, until `end`.
[[nodiscard]] inline std::vector<PoolResult> always_on(const PoolSeries& series, std::uint32_t instances,
                                                       sim::Time end, const RecordedSpan& span) {
  std::vector<PoolResult> pieces = series.pieces();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    pieces[i].peak_instances = instances;
    const sim::TotalTime each = span.overlap(span.piece_begin(i), std::min(end, span.piece_end(i)));
    pieces[i].instance_alive = each * instances;
  }
  return pieces;
}

}  // namespace models
