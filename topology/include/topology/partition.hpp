#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/time.hpp"

namespace topology {

/// Two nodes that send each other messages, and the least time one takes.
struct Exchange {
  std::uint32_t a;
  std::uint32_t b;
  sim::Duration minimum;  ///< >= 0
};

/// A division of nodes into groups that may run independently for one lookahead at a time.
struct Partitioning {
  std::vector<std::uint32_t> group_of;  ///< by node; groups are numbered by their lowest node, dense from 0
  std::uint32_t groups = 0;
  /// Least latency between nodes of different groups, > 0; Duration::max() if none exchange messages.
  sim::Duration lookahead = sim::Duration::max();
};

/// Merges all nodes that exchanges shorter than `threshold` connect (also across several of them).
/// Exchanges of 0 merge always. O(exchanges). @pre exchanges name nodes below `nodes`
[[nodiscard]] Partitioning partition_below(std::size_t nodes, std::span<const Exchange> exchanges,
                                           sim::Duration threshold);

/// partition_below() with the threshold that serves a run best: it maximises
///     lookahead * (1 - share of the largest group).
///
/// The window should be long, because each costs a little in every group; but a group that holds most
/// nodes leaves nothing to run beside it and does not stay in cache. So metros merge, continents do not,
/// and the groups stop growing before one swallows the rest. Ties go to more groups. Only thresholds
/// that leave two exchanging groups count: nodes that nothing connects do not make the rest merge. If all
/// nodes exchange without delay, there is one group.
/// @param weights  expected events of each node, >= 0; empty: all alike
/// O(exchanges log exchanges).
[[nodiscard]] Partitioning partition(std::size_t nodes, std::span<const Exchange> exchanges,
                                     std::span<const double> weights = {});

}  // namespace topology
