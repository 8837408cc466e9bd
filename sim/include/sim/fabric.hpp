#pragma once
#include <cstdint>
#include <vector>

#include "sim/mail.hpp"

namespace sim {

/// What joins engines of several processes into one run, each with a share of the partitions.
///
/// All members build the same partitions and entities in the same order and call Engine::run_until() with the
/// same ends. What a member is to schedule at the beginning is what is in its own share (Engine::is_own()).
/// Results of a partition are at its member alone.
class Fabric {
 public:
  /// What a member, or all of them together, have before them.
  struct Outlook {
    Time next = time_never;    ///< no event is earlier
    bool stop = false;         ///< the run is to end here
    std::uint64_t events = 0;  ///< handled so far
  };

  virtual ~Fabric() = default;
  /// Number of this member, below members().
  [[nodiscard]] virtual unsigned member() const = 0;
  [[nodiscard]] virtual unsigned members() const = 0;

  /// Hands over mail and agrees on what comes next, once all members are here. Must not throw.
  /// @param own       of this member; mail that it hands over counts
  /// @param outgoing  by member; left empty
  /// @param incoming  empty; filled with what the others have for this one, in no particular order
  /// @return the same for all: the earliest time, whether any is to stop, the sum of the events
  virtual Outlook meet(Outlook own, std::vector<std::vector<Mail>>& outgoing,
                       std::vector<Mail>& incoming) = 0;
};

}  // namespace sim
