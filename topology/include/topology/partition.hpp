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

/// Window at which a group of one site, about a thousand events a second, is visited for one event.
inline constexpr sim::Duration default_half_window{1'000'000};

/// partition_below() with the threshold that serves a run best: it maximises
///     (1 - share of the largest group) * lookahead / (lookahead + half_window).
///
/// Small groups stay in cache and may run beside each other, so groups should not grow without need; but
/// each window costs a visit of every group, which long windows spread over many events, with diminishing
/// returns. So metros merge, continents do not, and the groups stop growing before one swallows the rest.
/// Ties go to more groups. Only thresholds that leave two exchanging groups count: nodes that nothing
/// connects do not make the rest merge. If all nodes exchange without delay, there is one group.
/// @param weights      expected events of each node, >= 0; empty: all alike
/// @param half_window  window at which windows cost as much as events, > 0
/// O(exchanges log exchanges): 9 ms for 10,000 nodes and 70,000 exchanges.
[[nodiscard]] Partitioning partition(std::size_t nodes, std::span<const Exchange> exchanges,
                                     std::span<const double> weights = {},
                                     sim::Duration half_window = default_half_window);

}  // namespace topology
