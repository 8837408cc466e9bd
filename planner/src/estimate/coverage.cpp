#include "planner/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numbers>
#include <set>

#include "planner/routes.hpp"
#include "sim/contract.hpp"
#include "sim/math.hpp"
#include "topology/geodesy.hpp"

namespace planner {
namespace {

constexpr double milliseconds = 1e3;

double access_round_trip(const Access& access) {
  return milliseconds * (access.uplink_latency.law.quantile(0.5) + access.downlink_latency.law.quantile(0.5));
}

/// Finds the entry sites of one flow for the populations of a scenario.
class EntryFinder {
 public:
  /// @param scenario  borrowed
  EntryFinder(const Scenario& scenario, const Flow& flow)
      : scenario_{scenario},
        service_{flow.calls.at(flow.entry).service},
        wan_{scenario},
        routes_{scenario, wan_} {}

  [[nodiscard]] std::vector<Reach> of(const std::string& id) {
    const Population& population = scenario_.populations.at(id);
    const Location from = wan_.population(id);
    std::vector<Reach> found;
    for (const Choice& choice : routes_.choices(from, from, service_)) {
      const Location to = choice.chain.front();
      Reach reached{id, user_device, population.users * choice.share, 0};
      if (to.kind == Location::Kind::site) {
        reached.site = wan_.name(to);
        reached.round_trip =
            access_round_trip(population.access) + 2 * milliseconds * sim::to_seconds(wan_.one_way(from, to));
      }
      found.push_back(std::move(reached));
    }
    return found;
  }

 private:
  const Scenario& scenario_;
  std::string service_;
  Wan wan_;
  Routes routes_;
};

std::set<std::string> populations_of(const Scenario& scenario, const std::string& flow) {
  std::set<std::string> populations;
  for (const auto& [id, workload] : scenario.workloads) {
    if (workload.flow == flow) populations.insert(workload.population);
  }
  return populations;
}

std::string raster_id(std::size_t index) { return fmt::format("{:08}", index); }

/// The scenario with the raster's places as its only populations.
Scenario with_raster_users(const Scenario& scenario, const Population& like, const Raster& raster) {
  Scenario moved = scenario;
  moved.populations.clear();
  std::size_t index = 0;
  for (std::uint32_t row = 0; row < raster.rows; ++row) {
    for (std::uint32_t column = 0; column < raster.columns; ++column) {
      Population user = like;
      user.users = 1;
      user.site.clear();
      user.at = raster.place(column, row);
      moved.populations.emplace_hint(moved.populations.end(), raster_id(index++), std::move(user));
    }
  }
  return moved;
}

/// Mean over the shares in which a routing policy splits the users of a place.
float mean_round_trip(const std::vector<Reach>& reached) {
  double users = 0, sum = 0;
  for (const Reach& one : reached) {
    users += one.users;
    sum += one.users * one.round_trip;
  }
  return users > 0 ? static_cast<float>(sum / users) : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

std::vector<Reach> reach(const Scenario& scenario, const std::string& flow) {
  std::vector<Reach> all;
  const auto found = scenario.flows.find(flow);
  if (found == scenario.flows.end()) return all;
  EntryFinder entries{scenario, found->second};
  for (const std::string& population : populations_of(scenario, flow)) {
    for (Reach& one : entries.of(population)) all.push_back(std::move(one));
  }
  return all;
}

std::optional<double> mean_round_trip(std::span<const Reach> reached) {
  double users = 0, sum = 0;
  for (const Reach& one : reached) {
    users += one.users;
    sum += one.users * one.round_trip;
  }
  return users > 0 ? std::optional{sum / users} : std::nullopt;
}

double covered_share(const Scenario& scenario, const std::string& flow, std::span<const Reach> reached,
                     double budget) {
  double users = 0, within = 0;
  for (const std::string& id : populations_of(scenario, flow)) users += scenario.populations.at(id).users;
  for (const Reach& one : reached) {
    if (one.round_trip <= budget) within += one.users;
  }
  return users > 0 ? within / users : 0;
}

Place Raster::place(std::uint32_t column, std::uint32_t row) const {
  Place place;
  place.latitude = north - (north - south) * (row + 0.5) / rows;
  place.longitude = west + (east - west) * (column + 0.5) / columns;
  return place;
}

std::optional<Raster> raster_around(const Scenario& scenario, double margin, std::uint32_t columns,
                                    std::uint32_t rows) {
  std::optional<Raster> box;
  const auto add = [&](const std::optional<Place>& at) {
    if (!at) return;
    if (!box) box = Raster{at->longitude, at->latitude, at->longitude, at->latitude, columns, rows};
    box->west = std::min(box->west, at->longitude);
    box->east = std::max(box->east, at->longitude);
    box->south = std::min(box->south, at->latitude);
    box->north = std::max(box->north, at->latitude);
  };
  for (const auto& [id, site] : scenario.sites) add(site.at);
  for (const auto& [id, population] : scenario.populations) add(population.at);
  if (!box) return box;
  box->west = std::max(box->west - margin, -180.0);
  box->east = std::min(box->east + margin, 180.0);
  box->south = std::max(box->south - margin, -85.0);
  box->north = std::min(box->north + margin, 85.0);
  return box;
}

double Raster::cell_area(std::uint32_t row) const {
  // A zone of the sphere between two latitudes: 2 pi R^2 (sin upper - sin lower), times the share of
  // longitudes.
  const double height = (north - south) / rows;
  const auto sine = [](double latitude) { return topology::unit_vector({latitude, 0}).z; };
  const double zone = sine(north - height * row) - sine(north - height * (row + 1));
  const double radius = topology::mean_earth_radius / 1e3;
  return radius * radius * zone * (east - west) / columns * std::numbers::pi / 180;
}

std::vector<float> round_trip_field(const Scenario& scenario, const std::string& flow,
                                    const std::string& population, const Raster& raster) {
  SIM_EXPECT(scenario.flows.contains(flow) && scenario.populations.contains(population));
  const Scenario moved = with_raster_users(scenario, scenario.populations.at(population), raster);
  EntryFinder entries{moved, scenario.flows.at(flow)};
  std::vector<float> field;
  field.reserve(moved.populations.size());
  for (const auto& [id, user] : moved.populations) field.push_back(mean_round_trip(entries.of(id)));
  return field;
}

namespace {

/// Area of the cells of which `counts(index)` holds [km^2].
template <class Counts>
double area_where(const Raster& raster, const Counts& counts) {
  double area = 0;
  for (std::uint32_t row = 0; row < raster.rows; ++row) {
    std::uint32_t within = 0;
    for (std::uint32_t column = 0; column < raster.columns; ++column)
      within += counts(std::size_t{row} * raster.columns + column) ? 1 : 0;
    area += within * raster.cell_area(row);
  }
  return area;
}

/// NaN compares false: beyond reach.
bool is_within(float round_trip, double budget) { return static_cast<double>(round_trip) <= budget; }

}  // namespace

double covered_area(const Raster& raster, std::span<const float> field, double budget) {
  SIM_EXPECT(field.size() == std::size_t{raster.columns} * raster.rows);
  return area_where(raster, [&](std::size_t i) { return is_within(field[i], budget); });
}

double gained_area(const Raster& raster, std::span<const float> field, std::span<const float> other,
                   double budget) {
  SIM_EXPECT(field.size() == std::size_t{raster.columns} * raster.rows && other.size() == field.size());
  return area_where(
      raster, [&](std::size_t i) { return is_within(field[i], budget) && !is_within(other[i], budget); });
}

}  // namespace planner
