#pragma once
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "sim/time.hpp"
#include "topology/graph.hpp"
#include "topology/paths.hpp"
#include "topology/wide_area.hpp"

namespace topology {

/// One-way latency of pairs without a listed link: fixed + per_metre * WGS84 geodesic (whole metres).
struct LinearEstimate {
  sim::Duration fixed{};
  double ns_per_metre = 0.0;  ///< [ns/m] = [us/km], >= 0; light in fibre takes 4.9
};

/// How to estimate latency where no link is listed: not at all, by distance, or by the corridor graph.
using Estimate = std::variant<std::monostate, LinearEstimate, std::shared_ptr<const WideArea>>;

/// Estimate between two places, whatever links there are.
/// @return nothing with std::monostate
[[nodiscard]] std::optional<sim::Duration> estimated_one_way(const Estimate& estimate, const Place& from,
                                                             const Place& to);

enum class RouteKind { same_site, listed_link, listed_path, estimated };

/// The way from one place to another, without load.
struct Route {
  RouteKind kind = RouteKind::same_site;
  std::vector<LinkId> links{};            ///< listed links passed, in order
  sim::Duration estimated{};              ///< the part of one_way that no listed link covers
  std::size_t links_before_estimate = 0;  ///< links passed before that part; the others follow it
  sim::Duration one_way{};                ///< sum of typical latencies
  sim::Duration minimum{};                ///< nothing arrives sooner; a lookahead may rely on it
};

/// Answers how long a message travels between two sites, or from a population to a site.
///
/// In this order:
///  1. a site to itself: 0;
///  2. two sites with a listed link: the fastest such link, whatever else there is: it was stated for this
///  pair;
///  3. else the faster of the best path over several listed links and the estimate between the two places
///     (a tie goes to the path), because traffic takes the better of the two.
/// Sites with Reach::links_only or without a place have no estimate of their own: theirs runs to or from
/// their gateway, the open site nearest over listed links. Populations reach sites by the estimate only:
/// users are not connected to private links.
///
/// Immutable, so threads may share it. `network` must outlive it unchanged.
class LatencyModel {
 public:
  /// Costs about 2 us a place. @pre a WideArea is not null; a LinearEstimate is not negative
  LatencyModel(const Network& network, Estimate estimate);

  /// With listed links one Dijkstra: ask one_way_from() for many targets. @return nothing if unreachable
  [[nodiscard]] std::optional<Route> route(SiteId from, SiteId to) const;
  [[nodiscard]] std::optional<Route> route(PopulationId from, SiteId to) const;

  /// one_way of route(), `unreachable` if there is none. About 50 ns from a population, or where an end has
  /// no listed link (1 us with a LinearEstimate).
  [[nodiscard]] sim::Duration one_way(SiteId from, SiteId to) const;
  [[nodiscard]] sim::Duration one_way(PopulationId from, SiteId to) const;

  /// Whether the site is reached by the estimate alone: it has one, and no listed link.
  [[nodiscard]] bool stands_alone(SiteId site) const;
  /// No one_way() between a population or a site that stands alone and another such site is shorter, if they
  /// are that far apart on the great circle.
  [[nodiscard]] sim::Duration least_one_way(Metres great_circle) const;

  /// one_way() to every site: one Dijkstra plus about 50 ns a site (1 us with a LinearEstimate).
  [[nodiscard]] std::vector<sim::Duration> one_way_from(SiteId from) const;
  [[nodiscard]] std::vector<sim::Duration> one_way_from(PopulationId from) const;

 private:
  /// A place prepared for the estimate in use.
  struct Located {
    GeoPoint point;
    WideArea::Anchor anchor;  ///< empty unless a WideArea is in use
  };

  [[nodiscard]] Located locate(const Place& place) const;
  [[nodiscard]] sim::Duration estimate(const Located& from, const Located& to) const;
  [[nodiscard]] sim::Duration estimate(const Located& from, SiteId to) const;
  [[nodiscard]] sim::Duration estimate(SiteId from, SiteId to) const;
  [[nodiscard]] Route estimated_route(const Path& head, sim::Duration between, const Path& tail) const;

  const Network* network_;
  Estimate estimate_;
  std::vector<std::optional<Located>> open_sites_;  ///< by site; nothing if the estimate does not reach it
  std::vector<bool> linked_;                        ///< by site; whether it has a listed link
  std::vector<Located> populations_;
  std::vector<std::optional<PathToTarget>> gateways_;  ///< by site; an open site is its own
};

/// Remembers one_way_from() of the sites and populations asked for. One per thread; `model` must outlive it.
class LatencyCache {
 public:
  explicit LatencyCache(const LatencyModel& model) : model_{&model} {}

  /// The reference stays valid as long as the cache.
  const std::vector<sim::Duration>& from(SiteId site);
  const std::vector<sim::Duration>& from(PopulationId population);
  sim::Duration one_way(SiteId a, SiteId b) { return from(a)[b.value()]; }
  sim::Duration one_way(PopulationId a, SiteId b) { return from(a)[b.value()]; }

 private:
  const LatencyModel* model_;
  std::map<SiteId, std::vector<sim::Duration>> sites_;
  std::map<PopulationId, std::vector<sim::Duration>> populations_;
};

}  // namespace topology
