#include "topology/latency_model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/contract.hpp"

namespace topology {
namespace {

sim::Duration linear_one_way(const LinearEstimate& law, GeoPoint from, GeoPoint to) {
  const auto metres = static_cast<double>(whole_metres(geodesic_distance(from, to)));
  return law.fixed + sim::Duration{static_cast<std::int64_t>(law.ns_per_metre * metres + 0.5)};
}

Route link_route(const Link& link, LinkId id) {
  return {.kind = RouteKind::listed_link,
          .links = {id},
          .estimated = {},
          .links_before_estimate = 0,
          .one_way = link.latency.typical,
          .minimum = link.latency.minimum};
}

Route path_route(Path path) {
  return {.kind = RouteKind::listed_path,
          .links = std::move(path.links),
          .estimated = {},
          .links_before_estimate = 0,
          .one_way = path.latency,
          .minimum = path.minimum};
}

sim::Duration one_way_or_unreachable(const std::optional<Route>& route) {
  return route ? route->one_way : unreachable;
}

void expect_usable(const Estimate& estimate) {
  if (const auto* linear = std::get_if<LinearEstimate>(&estimate)) {
    SIM_EXPECT(linear->fixed.count() >= 0 && linear->ns_per_metre >= 0 &&
               std::isfinite(linear->ns_per_metre));
  }
  if (const auto* corridors = std::get_if<std::shared_ptr<const WideArea>>(&estimate)) SIM_EXPECT(*corridors);
}

}  // namespace

std::optional<sim::Duration> estimated_one_way(const Estimate& estimate, const Place& from, const Place& to) {
  expect_usable(estimate);
  if (const auto* linear = std::get_if<LinearEstimate>(&estimate)) {
    return linear_one_way(*linear, from.point, to.point);
  }
  if (const auto* corridors = std::get_if<std::shared_ptr<const WideArea>>(&estimate)) {
    const auto& wide_area = **corridors;
    return wide_area.one_way(wide_area.anchor(from), wide_area.anchor(to));
  }
  return std::nullopt;
}

LatencyModel::LatencyModel(const Network& network, Estimate estimate)
    : network_{&network},
      estimate_{std::move(estimate)},
      open_sites_(network.site_count()),
      linked_(network.site_count()) {
  expect_usable(estimate_);
  for (std::uint32_t i = 0; i < network.link_count(); ++i) {
    const Link& link = network.link(LinkId{i});
    linked_[link.a.value()] = linked_[link.b.value()] = true;
  }
  if (std::holds_alternative<std::monostate>(estimate_)) {
    gateways_.resize(network.site_count());
    return;
  }
  std::vector<SiteId> open;
  for (std::uint32_t i = 0; i < network.site_count(); ++i) {
    const auto& site = network.site(SiteId{i});
    if (!site.place || site.reach == Reach::links_only) continue;
    open_sites_[i] = locate(*site.place);
    open.push_back(SiteId{i});
  }
  for (std::uint32_t i = 0; i < network.population_count(); ++i) {
    populations_.push_back(locate(network.population(PopulationId{i}).place));
  }
  gateways_ = paths_to_nearest(network, open);
}

LatencyModel::Located LatencyModel::locate(const Place& place) const {
  const auto* corridors = std::get_if<std::shared_ptr<const WideArea>>(&estimate_);
  return {place.point, corridors ? (*corridors)->anchor(place) : WideArea::Anchor{}};
}

sim::Duration LatencyModel::estimate(const Located& from, const Located& to) const {
  if (const auto* corridors = std::get_if<std::shared_ptr<const WideArea>>(&estimate_)) {
    return (*corridors)->one_way(from.anchor, to.anchor);
  }
  return linear_one_way(std::get<LinearEstimate>(estimate_), from.point, to.point);
}

// The part of the way that no link covers, between gateways.
sim::Duration LatencyModel::estimate(const Located& from, SiteId to) const {
  const auto& gateway = gateways_[to.value()];
  return gateway ? estimate(from, *open_sites_[gateway->target.value()]) : unreachable;
}

sim::Duration LatencyModel::estimate(SiteId from, SiteId to) const {
  const auto& gateway = gateways_[from.value()];
  return gateway ? estimate(*open_sites_[gateway->target.value()], to) : unreachable;
}

Route LatencyModel::estimated_route(const Path& head, sim::Duration between, const Path& tail) const {
  Route route{.kind = RouteKind::estimated,
              .links = head.links,
              .estimated = between,
              .links_before_estimate = head.links.size(),
              .one_way = head.latency + between + tail.latency,
              .minimum = head.minimum + between + tail.minimum};
  route.links.insert(route.links.end(), tail.links.rbegin(), tail.links.rend());
  return route;
}

std::optional<Route> LatencyModel::route(SiteId from, SiteId to) const {
  SIM_EXPECT(from.value() < open_sites_.size() && to.value() < open_sites_.size());
  if (from == to) return Route{};
  if (const auto link = network_->fastest_link(from, to)) return link_route(network_->link(*link), *link);
  std::optional<Route> best;
  if (auto path = shortest_path(*network_, from, to)) best = path_route(std::move(*path));
  const auto between = estimate(from, to);
  if (between == unreachable) return best;
  auto estimated = estimated_route(gateways_[from.value()]->path, between, gateways_[to.value()]->path);
  return best && best->one_way <= estimated.one_way ? best : std::move(estimated);
}

std::optional<Route> LatencyModel::route(PopulationId from, SiteId to) const {
  SIM_EXPECT(from.value() < network_->population_count() && to.value() < open_sites_.size());
  if (!gateways_[to.value()]) return std::nullopt;
  const auto between = estimate(populations_[from.value()], to);
  return estimated_route(Path{}, between, gateways_[to.value()]->path);
}

sim::Duration LatencyModel::one_way(SiteId from, SiteId to) const {
  SIM_EXPECT(from.value() < open_sites_.size() && to.value() < open_sites_.size());
  if (from == to || (linked_[from.value()] && linked_[to.value()]))
    return one_way_or_unreachable(route(from, to));
  const auto between = estimate(from, to);
  if (between == unreachable) return unreachable;
  return gateways_[from.value()]->path.latency + between + gateways_[to.value()]->path.latency;
}

sim::Duration LatencyModel::one_way(PopulationId from, SiteId to) const {
  SIM_EXPECT(from.value() < network_->population_count() && to.value() < open_sites_.size());
  const auto& gateway = gateways_[to.value()];
  return gateway ? estimate(populations_[from.value()], to) + gateway->path.latency : unreachable;
}

bool LatencyModel::stands_alone(SiteId site) const {
  SIM_EXPECT(site.value() < open_sites_.size());
  return open_sites_[site.value()].has_value() && !linked_[site.value()];
}

sim::Duration LatencyModel::least_one_way(Metres great_circle) const {
  if (const auto* corridors = std::get_if<std::shared_ptr<const WideArea>>(&estimate_)) {
    return (*corridors)->least_one_way(great_circle);
  }
  if (const auto* linear = std::get_if<LinearEstimate>(&estimate_)) {
    // A geodesic of the ellipsoid is at most 0.6 % shorter than the great circle of the sphere.
    const double least = std::max(0.99 * great_circle.value() - 1.0, 0.0);
    return linear->fixed + sim::Duration{static_cast<std::int64_t>(linear->ns_per_metre * least)};
  }
  return unreachable;
}

std::vector<sim::Duration> LatencyModel::one_way_from(SiteId from) const {
  auto latency = path_latencies(*network_, from);
  if (const auto& gateway = gateways_[from.value()]) {
    for (std::uint32_t to = 0; to < latency.size(); ++to) {
      const auto between = estimate(from, SiteId{to});
      if (between == unreachable) continue;
      const auto through = gateway->path.latency + between + gateways_[to]->path.latency;
      latency[to] = std::min(latency[to], through);
    }
  }
  for (const auto& neighbour : network_->neighbours(from)) {
    const auto link = network_->fastest_link(from, neighbour.site);
    latency[neighbour.site.value()] = network_->link(*link).latency.typical;
  }
  latency[from.value()] = sim::Duration{};
  return latency;
}

std::vector<sim::Duration> LatencyModel::one_way_from(PopulationId from) const {
  SIM_EXPECT(from.value() < network_->population_count());
  std::vector<sim::Duration> latency(network_->site_count(), unreachable);
  for (std::uint32_t to = 0; to < latency.size(); ++to) latency[to] = one_way(from, SiteId{to});
  return latency;
}

const std::vector<sim::Duration>& LatencyCache::from(SiteId site) {
  const auto known = sites_.find(site);
  return known != sites_.end() ? known->second
                               : sites_.emplace(site, model_->one_way_from(site)).first->second;
}

const std::vector<sim::Duration>& LatencyCache::from(PopulationId population) {
  const auto known = populations_.find(population);
  return known != populations_.end()
             ? known->second
             : populations_.emplace(population, model_->one_way_from(population)).first->second;
}

}  // namespace topology
