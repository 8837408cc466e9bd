#pragma once
#include <boost/graph/adjacency_list.hpp>
#include <compare>
#include <cstdint>

#include "topology/graph.hpp"

namespace topology {

/// Length of a path: latency first, number of links second.
struct PathCost {
  sim::Duration latency{};
  std::uint32_t links = 0;

  friend constexpr auto operator<=>(const PathCost&, const PathCost&) = default;
};

inline constexpr PathCost infinite_cost{unreachable, 0};

struct GraphEdge {
  LinkId link;
  PathCost cost;
};

/// Vertex v is site v. Out-edges stand in order of link id, because edges are only ever appended.
struct NetworkGraph {
  using Adjacency =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, GraphEdge>;
  Adjacency adjacency;
};

}  // namespace topology
