#include "topology/nearest.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/contract.hpp"

namespace topology {
namespace {

double coordinate(const UnitVector& v, int axis) { return axis == 0 ? v.x : axis == 1 ? v.y : v.z; }

/// Square of the straight distance through the sphere, which grows with the great-circle distance.
double squared_chord(const UnitVector& a, const UnitVector& b) {
  const double x = a.x - b.x;
  const double y = a.y - b.y;
  const double z = a.z - b.z;
  return x * x + y * y + z * z;
}

std::vector<SiteId> all_sites(const Network& network) {
  std::vector<SiteId> sites;
  for (std::uint32_t i = 0; i < network.site_count(); ++i) sites.push_back(SiteId{i});
  return sites;
}

}  // namespace

NearestSites::NearestSites(const Network& network) : NearestSites{network, all_sites(network)} {}

NearestSites::NearestSites(const Network& network, const std::vector<SiteId>& sites) {
  for (const auto id : sites) {
    if (const auto& place = network.site(id).place) nodes_.push_back({unit_vector(place->point), id});
  }
  build(0, nodes_.size(), 0);
}

void NearestSites::build(std::size_t first, std::size_t last, int axis) {
  if (last - first < 2) return;
  const auto middle = first + (last - first) / 2;
  const auto at = [&](std::size_t i) { return nodes_.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(at(first), at(middle), at(last), [axis](const Node& a, const Node& b) {
    const auto ca = coordinate(a.direction, axis);
    const auto cb = coordinate(b.direction, axis);
    return ca != cb ? ca < cb : a.site < b.site;
  });
  build(first, middle, (axis + 1) % 3);
  build(middle + 1, last, (axis + 1) % 3);
}

template <class Bound, class Visit>
void NearestSites::search(const UnitVector& centre, std::size_t first, std::size_t last, int axis,
                          const Bound& bound, const Visit& visit) const {
  if (first == last) return;
  const auto middle = first + (last - first) / 2;
  const double offset = coordinate(centre, axis) - coordinate(nodes_[middle].direction, axis);
  const int next = (axis + 1) % 3;
  const bool below = offset < 0;
  search(centre, below ? first : middle + 1, below ? middle : last, next, bound, visit);
  visit(nodes_[middle]);
  if (offset * offset > bound()) return;
  search(centre, below ? middle + 1 : first, below ? last : middle, next, bound, visit);
}

std::optional<SiteId> NearestSites::nearest(GeoPoint point) const {
  const auto found = nearest(point, 1);
  return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<SiteId> NearestSites::nearest(GeoPoint point, std::size_t count) const {
  if (count == 0) return {};
  const auto centre = unit_vector(point);
  std::vector<std::pair<double, SiteId>> best;  // a max-heap of at most `count`
  const auto bound = [&] {
    return best.size() < count ? std::numeric_limits<double>::infinity() : best.front().first;
  };
  search(centre, 0, nodes_.size(), 0, bound, [&](const Node& node) {
    const std::pair candidate{squared_chord(centre, node.direction), node.site};
    if (best.size() == count) {
      if (candidate >= best.front()) return;
      std::pop_heap(best.begin(), best.end());
      best.pop_back();
    }
    best.push_back(candidate);
    std::push_heap(best.begin(), best.end());
  });
  std::sort_heap(best.begin(), best.end());
  std::vector<SiteId> sites;
  for (const auto& entry : best) sites.push_back(entry.second);
  return sites;
}

std::vector<SiteId> NearestSites::within(GeoPoint point, Metres radius) const {
  SIM_EXPECT(radius.value() >= 0);
  const auto centre = unit_vector(point);
  // The chord is never longer than its arc; the margin covers rounding, and arc_distance decides.
  const double arc = radius.value() / mean_earth_radius;
  const double squared = arc * arc + 1e-14;
  std::vector<SiteId> sites;
  search(
      centre, 0, nodes_.size(), 0, [squared] { return squared; },
      [&](const Node& node) {
        if (arc_distance(centre, node.direction) <= radius) sites.push_back(node.site);
      });
  std::sort(sites.begin(), sites.end());
  return sites;
}

}  // namespace topology
