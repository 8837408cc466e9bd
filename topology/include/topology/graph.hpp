#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/distribution.hpp"
#include "sim/id.hpp"
#include "sim/time.hpp"
#include "sim/units.hpp"
#include "topology/geodesy.hpp"

namespace topology {

using SiteId = sim::Id<struct SiteTag>;
using LinkId = sim::Id<struct LinkTag>;
using PopulationId = sim::Id<struct PopulationTag>;

/// Where something is. A country sharpens wide-area estimates (see WideArea); empty when unknown.
struct Place {
  GeoPoint point;
  std::string country;  ///< ISO 3166-1 alpha-2, upper case
};

/// What stands at a site, from the user inwards.
enum class Tier { device, edge, pop, region };

/// How the wide area reaches a site.
enum class Reach {
  open,       ///< from everywhere, as LatencyModel estimates
  links_only  ///< over its listed links only (a ship on satellite, a private plant)
};

struct Site {
  std::string name;  ///< unique in the network
  std::string title{};
  Tier tier = Tier::region;
  std::optional<Place> place{};
  Reach reach = Reach::open;
};

/// A group of users at one place. It sends into the network and relays nothing.
struct Population {
  std::string name;  ///< unique among populations
  Place place;
};

/// One-way latency of a link without load: constant, or a law.
struct LinkLatency {
  sim::Duration typical{};  ///< constant or median; routes are chosen by it
  sim::Duration minimum{};  ///< nothing arrives sooner; whoever samples the law raises draws to it
  std::optional<sim::Distribution> law{};  ///< [s]; absent: always `typical`

  [[nodiscard]] static LinkLatency fixed(sim::Duration one_way);
  [[nodiscard]] static LinkLatency of(const sim::Distribution& law);
};

/// A two-way connection of two sites. Parallel links are allowed, loops are not.
struct Link {
  SiteId a;
  SiteId b;
  LinkLatency latency;
  std::optional<sim::BitRate> bandwidth{};  ///< per direction; absent: unknown, not a limit
  std::string name{};                       ///< unique if not empty
};

/// Marks the lack of a route in tables of latencies.
inline constexpr sim::Duration unreachable = sim::Duration::max();

struct NetworkGraph;

/// Sites, the links between them, and populations; a Boost.Graph adjacency list underneath.
///
/// Grows only: ids stay valid and are dense from 0 in order of addition. A value; copying copies all.
class Network {
 public:
  struct Neighbour {
    SiteId site;
    LinkId link;
  };

  Network();
  Network(const Network&);
  Network(Network&&) noexcept;
  Network& operator=(const Network&);
  Network& operator=(Network&&) noexcept;
  ~Network();

  /// @pre the name is not empty and new; a place is valid
  SiteId add_site(Site site);
  /// @pre the name is not empty and new; the place is valid
  PopulationId add_population(Population population);
  /// Joins two different sites of the network. Where both have a place, a law's minimum is raised to the
  /// time of light in vacuum (but not above the median), so that links over distance have a lookahead.
  /// @pre 0 <= latency.minimum <= latency.typical; bandwidth > 0; the name is empty or new
  LinkId add_link(Link link);

  [[nodiscard]] std::size_t site_count() const { return sites_.size(); }
  [[nodiscard]] std::size_t link_count() const { return links_.size(); }
  [[nodiscard]] std::size_t population_count() const { return populations_.size(); }

  [[nodiscard]] const Site& site(SiteId id) const;
  [[nodiscard]] const Link& link(LinkId id) const;
  [[nodiscard]] const Population& population(PopulationId id) const;

  [[nodiscard]] std::optional<SiteId> find_site(std::string_view name) const;
  [[nodiscard]] std::optional<LinkId> find_link(std::string_view name) const;
  [[nodiscard]] std::optional<PopulationId> find_population(std::string_view name) const;

  /// One entry a link, in order of link id; a site joined by parallel links occurs several times.
  [[nodiscard]] std::vector<Neighbour> neighbours(SiteId site) const;
  /// The link of least typical latency between two sites; ties go to the least id.
  [[nodiscard]] std::optional<LinkId> fastest_link(SiteId a, SiteId b) const;

  /// The graph itself, for the algorithms of this layer.
  [[nodiscard]] const NetworkGraph& graph() const { return *graph_; }

 private:
  template <class Id>
  using Names = std::map<std::string, Id, std::less<>>;

  std::vector<Site> sites_;
  std::vector<Link> links_;
  std::vector<Population> populations_;
  Names<SiteId> site_names_;
  Names<LinkId> link_names_;
  Names<PopulationId> population_names_;
  std::unique_ptr<NetworkGraph> graph_;
};

}  // namespace topology
