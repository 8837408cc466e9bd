#pragma once
#include <algorithm>
#include <cstddef>

#include "sim/time.hpp"

namespace models {

/// The part of a run that results are about: after the warm-up, before the drain.
struct RecordedSpan {
  sim::Time begin{};
  sim::Time end{};
  sim::Duration piece{};  ///< length of the pieces of a series, the last of which may be shorter; 0: none

  [[nodiscard]] bool contains(sim::Time time) const { return begin <= time && time < end; }
  /// How much of [from, to) lies within; 0 for an empty interval.
  [[nodiscard]] sim::Duration overlap(sim::Time from, sim::Time to) const {
    return std::max(sim::Duration{0}, std::min(to, end) - std::max(from, begin));
  }
  [[nodiscard]] bool has_pieces() const { return piece > sim::Duration{0}; }
  [[nodiscard]] std::size_t pieces() const {
    return has_pieces() ? static_cast<std::size_t>((end - begin + piece - sim::Duration{1}) / piece) : 0;
  }
  /// Number of the piece of an instant. @pre has_pieces() and contains(time)
  [[nodiscard]] std::size_t piece_of(sim::Time time) const {
    return static_cast<std::size_t>((time - begin) / piece);
  }
  /// @pre number < pieces()
  [[nodiscard]] sim::Time piece_begin(std::size_t number) const {
    return begin + static_cast<std::int64_t>(number) * piece;
  }
  [[nodiscard]] sim::Time piece_end(std::size_t number) const {
    return end - piece_begin(number) > piece ? piece_begin(number) + piece : end;
  }
  /// Calls back with the number of each piece that [from, to) touches and how much of it lies there.
  template <class Use>
  void for_each_part(sim::Time from, sim::Time to, Use use) const {
    if (!has_pieces()) return;
    from = std::max(from, begin);
    to = std::min(to, end);
    while (from < to) {
      const std::size_t number = piece_of(from);
      const sim::Time until = std::min(to, piece_end(number));
      use(number, until - from);
      from = until;
    }
  }
};

/// No delay is longer, and no run lasts longer (126 years), so that no sum of the two overflows.
inline constexpr sim::Duration longest_delay{4'000'000'000'000'000'000};

}  // namespace models
