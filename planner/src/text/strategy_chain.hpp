#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/value.hpp"
#include "read/issues.hpp"

namespace planner {

/// A strategy as the file has it.
struct StrategyEntry {
  std::string id;
  const Member* member = nullptr;  ///< nullptr: the scenario itself, where no strategies are defined
  bool baseline = false;
};

/// Strategies of a document in its order; reports unknown and circular `extends` and several baselines.
/// @param base  merged document, structure checked; outlives the result
[[nodiscard]] std::vector<StrategyEntry> list_strategies(const Value& base, Issues& issues);

/// The strategy with those that it extends, the root first. @pre list_strategies() found no error
[[nodiscard]] std::vector<const Member*> chain_of(const Value& base, const StrategyEntry& strategy);

/// Reports the guards of `strategy` that do not hold of `tree`.
void check_guards(const Member& strategy, const Value& tree, Issues& issues);

}  // namespace planner
