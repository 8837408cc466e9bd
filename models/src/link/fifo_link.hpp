#pragma once
#include <algorithm>

#include "models/request.hpp"
#include "models/world.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// A station of the request path: FIFO, constant rate, unlimited queue; one direction of a cell or link.
///
/// Lindley's recursion: who arrives in order learns at once when it leaves, so no departure is an event.
class FifoLink {
 public:
  /// When a request gets onto the wire and when its last bit is on it.
  struct Passage {
    sim::Time begin, end;
  };

  /// @param now   not before any earlier arrival
  /// @param wire  time on the wire, of `bytes` at the link's rate
  Passage pass(sim::Time now, sim::Duration wire, double bytes, const RecordedSpan& span) {
    const sim::Time begin = std::min(std::max(now, free_), sim::at(longest_delay));
    free_ = begin + wire;
    if (span.contains(now)) {
      ++passed_;
      bytes_ += bytes;
    }
    busy_ += span.overlap(begin, free_);
    return {begin, free_};
  }

  /// @param end  of the run; what is on the wire then, or waits for it, counts as busy until then
  [[nodiscard]] StationResult result(sim::Time end, const RecordedSpan& span) const {
    // An arrival may have been dealt with ahead of the clock, and have found the link free after the end.
    return {passed_, bytes_, std::max(busy_ - span.overlap(end, free_), sim::Duration{0})};
  }

 private:
  sim::Time free_{};
  std::uint64_t passed_ = 0;
  double bytes_ = 0.0;
  sim::Duration busy_{};
};

}  // namespace models
