#pragma once
#include <string>
#include <vector>

#include "planner/fail.hpp"

namespace planner {

/// Whether a placement stands in a lost site or pool; a lost link holds none.
[[nodiscard]] bool stands_in(Losable each, const std::string& lost, const std::string& site,
                             const std::string& pool);

/// Who needs the lost parts, and what becomes of the requests until the failover.
struct Exposure {
  double users = 0;  ///< of the populations, times the share of their requests that needs the parts
  double rate = 0;   ///< requests that do [1/s]
  double failed = 0, saved = 0;  ///< of them until the failover: for good, and by a later attempt
};

/// Walks the calls of every population by its routes; nothing is simulated.
///
/// The user's own call fails until the loss is noticed and the old name has run out, which happens evenly
/// over its time to live; calls between services fail until it is noticed. An attempt that comes later than
/// that succeeds. At a lost pool, calls whose policy spills over go to the next site at once. What a flow
/// does without fails no request. Of several calls that need the parts, the one that needs them most counts.
[[nodiscard]] Exposure exposure_to(const Scenario& scenario, Losable each,
                                   const std::vector<std::string>& lost);

}  // namespace planner
