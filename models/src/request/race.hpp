#pragma once
#include <array>
#include <cstdint>

#include "models/request.hpp"

namespace models {

/// Branches of a request of which not all need to end: attempts with a timer, hedged copies, quorums.
///
/// It stays until its last branch has ended, which may be long after it was decided: work that nobody waits
/// for any more goes on where it is. Timers that nobody waits for are withdrawn.
struct Race {
  enum class Arrival : std::uint8_t {
    answer,   ///< a branch has ended
    failure,  ///< a branch has ended marked
    expiry,   ///< the time is up
    retreat,  ///< a branch has ended without having begun
  };
  enum class Verdict : std::uint8_t { open, won, lost };
  enum Timer : std::uint8_t { expiry_timer, copy_timer };
  static constexpr std::uint32_t no_timer = UINT32_MAX;

  std::array<std::uint32_t, part_count> parts{};  ///< of the request when it began
  sim::Time begin{};
  std::uint32_t outer = Request::no_frame;                  ///< what was held before
  std::uint32_t strand = 0;                                 ///< that goes on once it is decided
  std::uint32_t running = 0;                                ///< branches that have not ended
  std::uint32_t needed = 1;                                 ///< answers that are still wanted
  std::uint32_t spare = 0;                                  ///< failures that can still be borne
  std::array<std::uint32_t, 2> timers{no_timer, no_timer};  ///< by Timer: in SiteState::timers
  Verdict verdict = Verdict::open;

  [[nodiscard]] bool is_over() const { return running == 0; }
  /// Counts the end of a branch. @return whether just this decides the race
  bool count(Arrival arrival) {
    --running;
    if (verdict != Verdict::open) return false;
    if (arrival == Arrival::answer && --needed == 0) verdict = Verdict::won;
    if (arrival == Arrival::failure && spare-- == 0) verdict = Verdict::lost;
    if (arrival == Arrival::expiry) verdict = Verdict::lost;
    return verdict != Verdict::open;
  }
};

}  // namespace models
