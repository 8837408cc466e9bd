#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/time.hpp"
#include "topology/geodesy.hpp"
#include "topology/graph.hpp"

namespace topology {

/// A city where long-distance cables meet. Hubs of one zone reach each other along great circles.
struct Hub {
  std::string name;
  GeoPoint point;
  std::string zone;
};

/// A cable route between two hubs, mostly submarine.
struct Corridor {
  std::string a;
  std::string b;
  double length_factor = 1.0;  ///< route length over great circle, >= 1
};

/// The corridor graph and the law that turns its path lengths into round trips.
struct WideAreaSpec {
  std::vector<Hub> hubs;
  std::vector<Corridor> corridors;
  std::map<std::string, std::string> country_zones;  ///< ISO 3166-1 alpha-2 -> zone

  // RTT = fixed + per_metre * path: least mean relative error on AWS 2022 (docs/models/wide-area.md).
  sim::Duration fixed_round_trip{5'250'000};
  double round_trip_ns_per_metre = 13.04;  ///< [ns/m] = [us/km]; light in fibre alone takes 9.8

  // Below `metro_limit` the fixed part falls with the square of the distance to that of one metro.
  sim::Duration metro_round_trip{500'000};
  Metres metro_limit{50'000.0};
};

/// What makes a spec unusable (unknown hub or zone, factor below 1, hubs that no corridor connects, ...),
/// one message each; empty: usable.
[[nodiscard]] std::vector<std::string> problems(const WideAreaSpec& spec);

/// Estimate of unloaded wide-area latency between any two points of the Earth.
///
/// The path is the shortest one over the corridor graph: along the great circle within a zone, else to a
/// hub of the zone, through corridors, and from a hub of the other zone. Distances are great-circle metres
/// on the sphere, as in the published fit; results are the same bits on every machine. Immutable.
/// Neglects: peering and provider, loss, time of day; a pair's residual is about lognormal(0.05, 0.135).
/// Mean relative error on region pairs of 50 km and more: AWS 2022 8.7 %, Azure 2022 10.0 %.
class WideArea {
 public:
  /// A place with its distances to all hubs. 8 bytes a hub.
  struct Anchor {
    UnitVector direction;
    std::uint32_t zone = 0;
    std::vector<std::int64_t> metres_to_hub;
  };

  /// @pre problems(spec) is empty
  explicit WideArea(WideAreaSpec spec);

  /// A place whose country is unknown or has no zone belongs to the zone of the nearest hub. About 2 us.
  [[nodiscard]] Anchor anchor(const Place& place) const;

  /// Length of the path. [m] About 30 ns.
  [[nodiscard]] std::int64_t path_metres(const Anchor& from, const Anchor& to) const;
  /// Continuous in the distance, and not falling with it within a zone. About 30 ns.
  [[nodiscard]] sim::Duration round_trip(const Anchor& from, const Anchor& to) const;
  /// Half the round trip, rounded down; the same in both directions.
  [[nodiscard]] sim::Duration one_way(const Anchor& from, const Anchor& to) const;

  /// No two places that far apart on the great circle have a shorter one_way().
  [[nodiscard]] sim::Duration least_one_way(Metres great_circle) const;

  [[nodiscard]] const std::string& zone_of(const Place& place) const;
  [[nodiscard]] const WideAreaSpec& spec() const { return spec_; }

 private:
  struct Zone {
    std::string name;
    std::size_t first_hub;  ///< a zone's hubs stand together
    std::size_t end_hub;
  };

  [[nodiscard]] std::uint32_t zone_index(const Place& place, const UnitVector& direction) const;
  [[nodiscard]] std::int64_t path(const Anchor& from, const Anchor& to, std::int64_t direct) const;
  [[nodiscard]] sim::Duration round_trip(std::int64_t direct, std::int64_t path) const;

  WideAreaSpec spec_;  ///< hubs sorted by zone
  std::vector<Zone> zones_;
  std::map<std::string, std::uint32_t> country_zone_;
  std::vector<UnitVector> hub_directions_;
  std::vector<std::vector<std::int64_t>> hub_paths_;  ///< [m], between hubs
};

}  // namespace topology
