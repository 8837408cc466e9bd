#pragma once
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "planner/location.hpp"
#include "support/shared_data.hpp"

/// Location problems with published optima: OR-Library (Beasley 1985, 1988) and the EUA data set (Lai 2018).
namespace test_support {

struct LocationCase {
  std::string name;
  planner::LocationProblem problem;
  double optimum = 0;
};

inline std::filesystem::path location_data() { return shared_dir() / "validation" / "data"; }

/// capNN: `m n`, m lines of capacity and opening cost, then of each client its demand and m costs.
/// Capacities are returned apart; the published optima are those without them.
struct Warehouses {
  planner::LocationProblem problem;
  std::vector<double> demand;
  std::vector<double> capacity;  ///< 0 where the file has the word `capacity`
};

inline Warehouses read_warehouses(const std::string& name) {
  std::ifstream file{location_data() / "orlib_cap" / (name + ".txt")};
  Warehouses read;
  file >> read.problem.sites >> read.problem.clients;
  for (std::size_t j = 0; j < read.problem.sites; ++j) {
    std::string capacity;
    double opening = 0;
    file >> capacity >> opening;
    read.capacity.push_back(capacity == "capacity" ? 0.0 : std::stod(capacity));
    read.problem.opening.push_back(opening);
  }
  for (std::size_t i = 0; i < read.problem.clients; ++i) {
    double demand = 0, cost = 0;
    file >> demand;
    read.demand.push_back(demand);
    for (std::size_t j = 0; j < read.problem.sites; ++j) {
      file >> cost;
      read.problem.service.push_back(cost);
    }
  }
  return read;
}

/// The optimum stands at the end of capNN.txt.opt, after the assignment.
inline LocationCase warehouse_case(const std::string& name) {
  LocationCase one{name, read_warehouses(name).problem, 0};
  std::ifstream file{location_data() / "orlib_cap" / (name + ".txt.opt")};
  while (file >> one.optimum) {
  }
  return one;
}

/// pmedN: `n edges p`, then edges; a repeated edge replaces the earlier one; costs are shortest paths.
inline LocationCase median_case(const std::string& name) {
  std::ifstream file{location_data() / "orlib_pmed" / (name + ".txt")};
  std::size_t nodes = 0, edges = 0, open = 0;
  file >> nodes >> edges >> open;
  std::vector<double> distance(nodes * nodes, planner::cannot_serve);
  for (std::size_t i = 0; i < nodes; ++i) distance[i * nodes + i] = 0;
  for (std::size_t e = 0; e < edges; ++e) {
    std::size_t a = 0, b = 0;
    double length = 0;
    file >> a >> b >> length;
    distance[(a - 1) * nodes + b - 1] = distance[(b - 1) * nodes + a - 1] = length;
  }
  for (std::size_t k = 0; k < nodes; ++k) {
    for (std::size_t i = 0; i < nodes; ++i) {
      for (std::size_t j = 0; j < nodes; ++j) {
        distance[i * nodes + j] =
            std::min(distance[i * nodes + j], distance[i * nodes + k] + distance[k * nodes + j]);
      }
    }
  }
  LocationCase one{name, {}, 0};
  one.problem.sites = one.problem.clients = nodes;
  one.problem.opening.assign(nodes, 0.0);
  one.problem.service = distance;
  one.problem.at_least = one.problem.at_most = open;
  std::ifstream optima{location_data() / "orlib_pmed" / "pmedopt.txt"};
  std::string line;
  std::getline(optima, line);
  for (std::string id; optima >> id;) {
    double value = 0;
    optima >> value;
    if (id == name) one.optimum = value;
  }
  return one;
}

/// Great-circle distances [m] between the users and the sites of Melbourne's centre, users by sites.
struct Melbourne {
  std::size_t sites = 0, users = 0;
  std::vector<double> distance;
};

inline std::vector<std::pair<double, double>> read_places(const std::string& file, std::size_t column) {
  std::ifstream stream{location_data() / "eua" / file};
  std::vector<std::pair<double, double>> places;
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::istringstream cells{line};
    std::string cell;
    for (std::size_t skipped = 0; skipped < column; ++skipped) std::getline(cells, cell, ',');
    std::string latitude, longitude;
    if (!std::getline(cells, latitude, ',') || !std::getline(cells, longitude, ',')) continue;
    places.emplace_back(std::stod(latitude), std::stod(longitude));
  }
  return places;
}

inline Melbourne melbourne() {
  const auto sites = read_places("site-optus-melbCBD.csv", 1);
  const auto users = read_places("users-melbcbd-generated.csv", 0);
  constexpr double radian = 3.14159265358979323846 / 180.0, earth = 6371008.8;
  Melbourne result{sites.size(), users.size(), {}};
  for (const auto& [user_latitude, user_longitude] : users) {
    for (const auto& [latitude, longitude] : sites) {
      const double half = std::sin((user_latitude - latitude) * radian / 2);
      const double across = std::sin((user_longitude - longitude) * radian / 2);
      const double chord =
          half * half + std::cos(user_latitude * radian) * std::cos(latitude * radian) * across * across;
      result.distance.push_back(2 * earth * std::asin(std::sqrt(chord)));
    }
  }
  return result;
}

inline LocationCase melbourne_median(std::size_t open, double optimum) {
  const Melbourne city = melbourne();
  LocationCase one{"eua p-median " + std::to_string(open), {}, optimum};
  one.problem.sites = city.sites;
  one.problem.clients = city.users;
  one.problem.opening.assign(city.sites, 0.0);
  one.problem.service = city.distance;
  one.problem.at_least = one.problem.at_most = open;
  return one;
}

inline std::vector<bool> within(const Melbourne& city, double radius) {
  std::vector<bool> reached;
  for (const double distance : city.distance) reached.push_back(distance <= radius);
  return reached;
}

/// Optimum: sites that cover all users who can be covered.
inline LocationCase melbourne_set_cover(double radius, double optimum) {
  const Melbourne city = melbourne();
  return {"eua set cover " + std::to_string(static_cast<int>(radius)),
          planner::set_covering(city.sites, within(city, radius)), optimum};
}

/// Optimum: users that stay uncovered.
inline LocationCase melbourne_max_cover(std::size_t open, double radius, double covered) {
  const Melbourne city = melbourne();
  return {
      "eua max cover " + std::to_string(open),
      planner::maximal_covering(city.sites, within(city, radius), std::vector<double>(city.users, 1.0), open),
      static_cast<double>(city.users) - covered};
}

/// All instances. Optima of eua: solved to proven optimality by HiGHS (eua/reference.json).
inline std::vector<LocationCase> location_cases() {
  std::vector<LocationCase> cases;
  for (const char* name : {"cap71", "cap72", "cap73", "cap74", "cap101", "cap102", "cap103", "cap104",
                           "cap131", "cap132", "cap133", "cap134", "capa", "capb", "capc"}) {
    cases.push_back(warehouse_case(name));
  }
  for (int n = 1; n <= 20; ++n) cases.push_back(median_case("pmed" + std::to_string(n)));
  cases.push_back(melbourne_median(5, 190806.07838908298));
  cases.push_back(melbourne_median(10, 129941.34947676418));
  cases.push_back(melbourne_median(20, 95184.11055361273));
  cases.push_back(melbourne_set_cover(100, 75));
  cases.push_back(melbourne_set_cover(150, 45));
  cases.push_back(melbourne_set_cover(200, 26));
  cases.push_back(melbourne_set_cover(300, 10));
  cases.push_back(melbourne_max_cover(5, 200, 335));
  cases.push_back(melbourne_max_cover(10, 150, 378));
  cases.push_back(melbourne_max_cover(20, 150, 620));
  return cases;
}

}  // namespace test_support
