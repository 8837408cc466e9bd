#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "planner/scenario.hpp"
#include "topology/nearest.hpp"

namespace planner {

/// Where a step of a request takes place: a site, or a population (its users' devices and their access).
struct Location {
  enum class Kind : std::uint8_t { site, population };
  Kind kind = Kind::site;
  std::uint32_t index = 0;  ///< in order of id among the scenario's sites or populations

  friend constexpr auto operator<=>(const Location&, const Location&) = default;
};

/// One leg of the way between two locations without load: a listed link, or an estimated stretch.
struct Hop {
  Location from, to;
  const Link* link = nullptr;  ///< null: estimated
  const std::string* link_id = nullptr;
  sim::Duration fixed{};  ///< constant part, one way
  sim::Distribution law;  ///< added to `fixed` [s]: the link's law, or the network's jitter; 0 where constant
  sim::Duration minimum{};  ///< nothing passes sooner
};

/// The ways between the locations of a scenario, and how long they are.
///
/// A listed link is what it says; where it states no latency, and for pairs without links, the network's
/// model estimates it (topology::LatencyModel), and its jitter is added. A population without coordinates
/// stands at its site: no wide-area leg between the two. Not thread-safe: remembers what it was asked.
class Wan {
 public:
  /// @param scenario  borrowed; must outlive the object
  explicit Wan(const Scenario& scenario);
  ~Wan();
  Wan(Wan&&) noexcept;
  Wan& operator=(Wan&&) noexcept;

  [[nodiscard]] const std::string& name(Location location) const;
  [[nodiscard]] Location site(const std::string& id) const;
  [[nodiscard]] Location population(const std::string& id) const;
  /// The site that a population without a position of its own hangs on; else the location itself.
  [[nodiscard]] Location standing(Location location) const;
  [[nodiscard]] std::size_t sites() const;
  [[nodiscard]] std::size_t populations() const;

  /// The legs from one location to another; none if they are the same place or either cannot be reached.
  [[nodiscard]] const std::vector<Hop>& way(Location from, Location to) const;
  /// Typical one-way latency; Duration::max() if there is no way. Two populations never reach each other.
  [[nodiscard]] sim::Duration one_way(Location from, Location to) const;
  /// Whether nothing but distance decides how far it is to others that stand alone: it has coordinates, and
  /// no listed link.
  [[nodiscard]] bool stands_alone(Location location) const;
  /// No one_way() between two locations that stand alone and are that many metres() apart is shorter.
  [[nodiscard]] sim::Duration least_one_way(double metres) const;
  /// An index over sites with coordinates, for near().
  [[nodiscard]] topology::NearestSites index(const std::vector<Location>& sites) const;
  /// The `count` sites of the index with least metres() from a location with coordinates, in about that
  /// order.
  [[nodiscard]] std::vector<Location> near(Location from, const topology::NearestSites& sites,
                                           std::size_t count) const;

  /// Great-circle distance [m]; infinite where either has no coordinates, nor a site that has.
  [[nodiscard]] double metres(Location from, Location to) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace planner
