#pragma once
#include <string>
#include <vector>

#include "planner/scenario.hpp"

namespace planner {

/// The calls that one service makes while it serves a request: one after the other, or at once.
struct CallBlock {
  enum class Kind : std::uint8_t {
    call,      ///< makes the call `name`
    series,    ///< each block begins when the one before it has ended
    parallel,  ///< all blocks begin at once; ends with the last
  };
  Kind kind = Kind::series;
  std::string name;               ///< of the call; empty for series and parallel
  std::vector<CallBlock> blocks;  ///< of series and parallel; an empty series is no call at all
};

/// Whose service makes `call`: its `from`, else the entry. Empty for the entry itself, which the user makes.
[[nodiscard]] std::string maker(const Flow& flow, const std::string& call);

/// What the service of `call` calls, arranged by `after`.
///
/// An order that series and parallel blocks cannot express (a before c and d, b before d only) waits at a
/// barrier instead: then some calls begin later than they might, never earlier. An `after` that names a call
/// made deeper in the tree waits for the call of this service that contains it; one that names the caller
/// itself, or a call outside, is met already. O(n^3) for n calls, once a flow.
[[nodiscard]] CallBlock calls_made_by(const Flow& flow, const std::string& call);

}  // namespace planner
