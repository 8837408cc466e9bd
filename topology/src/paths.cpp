#include "topology/paths.hpp"

#include <algorithm>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <set>
#include <tuple>
#include <utility>

#include "network_graph.hpp"
#include "sim/contract.hpp"

namespace topology {
namespace {

using Adjacency = NetworkGraph::Adjacency;
using Edge = boost::graph_traits<Adjacency>::edge_descriptor;

/// The part of a graph that Yen's method leaves: without some links and some sites.
struct Removed {
  std::vector<bool> links;
  std::vector<bool> sites;
};

struct Keep {
  const Adjacency* graph = nullptr;
  const Removed* removed = nullptr;

  bool operator()(const Edge& edge) const { return !removed->links[(*graph)[edge].link.value()]; }
  bool operator()(std::size_t site) const { return !removed->sites[site]; }
};

// Saturates, because Boost may add to an infinite distance when it relaxes an undirected edge.
struct Sum {
  PathCost operator()(const PathCost& a, const PathCost& b) const {
    if (a.latency > unreachable - b.latency) return infinite_cost;
    return {a.latency + b.latency, a.links + b.links};
  }
};

template <class Graph>
std::vector<PathCost> costs_to(const Graph& graph, std::size_t target) {
  std::vector<PathCost> cost(boost::num_vertices(graph), infinite_cost);
  boost::dijkstra_shortest_paths(graph, target,
                                 boost::weight_map(boost::get(&GraphEdge::cost, graph))
                                     .distance_map(cost.data())
                                     .distance_compare(std::less<PathCost>{})
                                     .distance_combine(Sum{})
                                     .distance_inf(infinite_cost)
                                     .distance_zero(PathCost{}));
  return cost;
}

void append(Path& path, const Network& network, LinkId link) {
  path.links.push_back(link);
  path.latency += network.link(link).latency.typical;
  path.minimum += network.link(link).latency.minimum;
}

/// Walks downhill over `cost`, the costs to the target, until they are 0 links. The first edge that fits is
/// the one with the least link id.
template <class Graph>
std::optional<PathToTarget> walk(const Network& network, const Graph& graph,
                                 const std::vector<PathCost>& cost, SiteId from) {
  if (cost[from.value()] == infinite_cost) return std::nullopt;
  Path path;
  std::size_t here = from.value();
  while (cost[here].links > 0) {
    const auto [first, last] = boost::out_edges(here, graph);
    const auto next = std::find_if(first, last, [&](const auto& edge) {
      const auto& beyond = cost[boost::target(edge, graph)];
      return beyond != infinite_cost && Sum{}(graph[edge].cost, beyond) == cost[here];
    });
    SIM_ENSURE(next != last);
    append(path, network, graph[*next].link);
    here = boost::target(*next, graph);
  }
  return PathToTarget{SiteId{static_cast<std::uint32_t>(here)}, std::move(path)};
}

template <class Graph>
std::optional<Path> best_path(const Network& network, const Graph& graph, SiteId from, SiteId to) {
  auto found = walk(network, graph, costs_to(graph, to.value()), from);
  return found ? std::optional{std::move(found->path)} : std::nullopt;
}

/// Orders paths as shortest_path() documents.
struct Better {
  bool operator()(const Path& a, const Path& b) const {
    const auto size_a = a.links.size();
    const auto size_b = b.links.size();
    return std::tie(a.latency, size_a, a.links) < std::tie(b.latency, size_b, b.links);
  }
};

/// The best path that shares its first `shared` links with `known` and then departs from every path of
/// `found` that begins likewise.
std::optional<Path> departure(const Network& network, SiteId from, SiteId to, const Path& known,
                              std::size_t shared, const std::vector<Path>& found) {
  const auto passed = sites_along(network, from, known);
  Removed removed{std::vector<bool>(network.link_count()), std::vector<bool>(network.site_count())};
  for (std::size_t i = 0; i < shared; ++i) removed.sites[passed[i].value()] = true;
  const auto root_end = known.links.begin() + static_cast<std::ptrdiff_t>(shared);
  for (const auto& path : found) {
    if (path.links.size() > shared && std::equal(known.links.begin(), root_end, path.links.begin())) {
      removed.links[path.links[shared].value()] = true;
    }
  }
  const auto& adjacency = network.graph().adjacency;
  const Keep keep{&adjacency, &removed};
  const boost::filtered_graph remaining{adjacency, keep, keep};
  const auto rest = best_path(network, remaining, passed[shared], to);
  if (!rest) return std::nullopt;
  Path path;
  std::for_each(known.links.begin(), root_end, [&](LinkId link) { append(path, network, link); });
  for (const auto link : rest->links) append(path, network, link);
  return path;
}

void expect_sites(const Network& network, SiteId from, SiteId to) {
  SIM_EXPECT(from.value() < network.site_count() && to.value() < network.site_count());
}

}  // namespace

std::optional<Path> shortest_path(const Network& network, SiteId from, SiteId to) {
  expect_sites(network, from, to);
  return best_path(network, network.graph().adjacency, from, to);
}

std::vector<Path> k_shortest_paths(const Network& network, SiteId from, SiteId to, std::size_t count) {
  std::vector<Path> found;
  if (count == 0) return found;
  auto best = shortest_path(network, from, to);
  if (!best) return found;
  found.push_back(std::move(*best));
  std::set<Path, Better> candidates;
  while (found.size() < count) {
    const Path known = found.back();
    for (std::size_t shared = 0; shared < known.links.size(); ++shared) {
      auto candidate = departure(network, from, to, known, shared, found);
      if (candidate) candidates.insert(std::move(*candidate));
    }
    if (candidates.empty()) break;
    found.push_back(std::move(candidates.extract(candidates.begin()).value()));
  }
  return found;
}

std::vector<sim::Duration> path_latencies(const Network& network, SiteId from) {
  expect_sites(network, from, from);
  const auto cost = costs_to(network.graph().adjacency, from.value());
  std::vector<sim::Duration> latency;
  latency.reserve(cost.size());
  for (const auto& entry : cost) latency.push_back(entry.latency);
  return latency;
}

std::vector<std::optional<PathToTarget>> paths_to_nearest(const Network& network,
                                                          std::span<const SiteId> targets) {
  // A vertex behind all targets at no cost makes the nearest target a matter of one search.
  auto graph = network.graph().adjacency;
  const auto behind = boost::add_vertex(graph);
  for (const auto target : targets) {
    SIM_EXPECT(target.value() < network.site_count());
    boost::add_edge(target.value(), behind, GraphEdge{}, graph);
  }
  const auto cost = costs_to(graph, behind);
  std::vector<std::optional<PathToTarget>> paths(network.site_count());
  for (std::uint32_t site = 0; site < paths.size(); ++site) {
    paths[site] = walk(network, graph, cost, SiteId{site});
  }
  return paths;
}

std::vector<SiteId> sites_along(const Network& network, SiteId from, const Path& path) {
  std::vector<SiteId> sites{from};
  for (const auto id : path.links) {
    const auto& link = network.link(id);
    SIM_EXPECT(link.a == sites.back() || link.b == sites.back());
    sites.push_back(link.a == sites.back() ? link.b : link.a);
  }
  return sites;
}

std::vector<std::vector<SiteId>> connected_components(const Network& network) {
  std::vector<std::uint32_t> component(network.site_count());
  const auto count = boost::connected_components(network.graph().adjacency, component.data());
  std::vector<std::vector<SiteId>> result(count);
  for (std::uint32_t site = 0; site < component.size(); ++site) {
    result[component[site]].push_back(SiteId{site});
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() > b.size() : a.front() < b.front();
  });
  return result;
}

}  // namespace topology
