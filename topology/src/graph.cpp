#include "topology/graph.hpp"

#include <algorithm>
#include <utility>

#include "network_graph.hpp"
#include "sim/contract.hpp"

namespace topology {
namespace {

template <class Id, class Names>
std::optional<Id> find(const Names& names, std::string_view name) {
  const auto found = names.find(name);
  return found == names.end() ? std::nullopt : std::optional<Id>{found->second};
}

template <class Id>
Id next_id(std::size_t count) {
  return Id{static_cast<std::uint32_t>(count)};
}

}  // namespace

LinkLatency LinkLatency::fixed(sim::Duration one_way) {
  return {.typical = one_way, .minimum = one_way, .law = std::nullopt};
}

LinkLatency LinkLatency::of(const sim::Distribution& law) {
  const auto typical = sim::from_seconds(std::max(law.quantile(0.5), 0.0));
  const auto minimum = sim::from_seconds(std::max(law.minimum(), 0.0));
  return {.typical = typical, .minimum = std::min(minimum, typical), .law = law};
}

Network::Network() : graph_{std::make_unique<NetworkGraph>()} {}
Network::Network(const Network& other)
    : sites_{other.sites_},
      links_{other.links_},
      populations_{other.populations_},
      site_names_{other.site_names_},
      link_names_{other.link_names_},
      population_names_{other.population_names_},
      graph_{std::make_unique<NetworkGraph>(*other.graph_)} {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(const Network& other) { return *this = Network{other}; }
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

SiteId Network::add_site(Site site) {
  SIM_EXPECT(!site.name.empty() && (!site.place || valid(site.place->point)));
  const auto id = next_id<SiteId>(sites_.size());
  const bool is_new = site_names_.emplace(site.name, id).second;
  SIM_EXPECT(is_new);
  sites_.push_back(std::move(site));
  boost::add_vertex(graph_->adjacency);
  return id;
}

PopulationId Network::add_population(Population population) {
  SIM_EXPECT(!population.name.empty() && valid(population.place.point));
  const auto id = next_id<PopulationId>(populations_.size());
  const bool is_new = population_names_.emplace(population.name, id).second;
  SIM_EXPECT(is_new);
  populations_.push_back(std::move(population));
  return id;
}

LinkId Network::add_link(Link link) {
  SIM_EXPECT(link.a != link.b && link.a.value() < sites_.size() && link.b.value() < sites_.size());
  SIM_EXPECT(link.latency.minimum.count() >= 0 && link.latency.minimum <= link.latency.typical);
  SIM_EXPECT(!link.bandwidth || link.bandwidth->value() > 0);
  const auto id = next_id<LinkId>(links_.size());
  const bool is_new = link.name.empty() || link_names_.emplace(link.name, id).second;
  SIM_EXPECT(is_new);

  auto& latency = link.latency;
  const auto& from = site(link.a).place;
  const auto& to = site(link.b).place;
  if (latency.law && from && to) {
    const auto whole = static_cast<double>(whole_metres(geodesic_distance(from->point, to->point)));
    const auto light = vacuum_one_way(Metres{whole});
    latency.minimum = std::max(latency.minimum, std::min(light, latency.typical));
  }
  boost::add_edge(link.a.value(), link.b.value(), GraphEdge{id, {latency.typical, 1}}, graph_->adjacency);
  links_.push_back(std::move(link));
  return id;
}

const Site& Network::site(SiteId id) const {
  SIM_EXPECT(id.value() < sites_.size());
  return sites_[id.value()];
}

const Link& Network::link(LinkId id) const {
  SIM_EXPECT(id.value() < links_.size());
  return links_[id.value()];
}

const Population& Network::population(PopulationId id) const {
  SIM_EXPECT(id.value() < populations_.size());
  return populations_[id.value()];
}

std::optional<SiteId> Network::find_site(std::string_view name) const {
  return find<SiteId>(site_names_, name);
}
std::optional<LinkId> Network::find_link(std::string_view name) const {
  return find<LinkId>(link_names_, name);
}
std::optional<PopulationId> Network::find_population(std::string_view name) const {
  return find<PopulationId>(population_names_, name);
}

std::vector<Network::Neighbour> Network::neighbours(SiteId site) const {
  SIM_EXPECT(site.value() < sites_.size());
  std::vector<Neighbour> result;
  const auto [first, last] = boost::out_edges(site.value(), graph_->adjacency);
  for (auto edge = first; edge != last; ++edge) {
    const auto target = static_cast<std::uint32_t>(boost::target(*edge, graph_->adjacency));
    result.push_back({SiteId{target}, graph_->adjacency[*edge].link});
  }
  return result;
}

std::optional<LinkId> Network::fastest_link(SiteId a, SiteId b) const {
  SIM_EXPECT(a.value() < sites_.size() && b.value() < sites_.size());
  const auto& adjacency = graph_->adjacency;
  // Both ends see the same parallel links in the same order: search from the end that has fewer.
  const bool swapped = boost::out_degree(b.value(), adjacency) < boost::out_degree(a.value(), adjacency);
  const auto from = swapped ? b : a;
  const auto to = swapped ? a : b;
  std::optional<LinkId> best;
  const auto [first, last] = boost::out_edges(from.value(), adjacency);
  for (auto edge = first; edge != last; ++edge) {
    if (boost::target(*edge, adjacency) != to.value()) continue;
    const auto candidate = adjacency[*edge].link;
    if (!best || link(candidate).latency.typical < link(*best).latency.typical) best = candidate;
  }
  return best;
}

}  // namespace topology
