#include "planner/location.hpp"

#include <catch2/catch.hpp>

#include "sim/random.hpp"
#include "support/location_data.hpp"

using planner::LocationPlan;
using planner::LocationProblem;

namespace {

/// Places on a line; sites and clients share them; cost is the distance.
LocationProblem line(const std::vector<double>& places, double opening) {
  LocationProblem problem;
  problem.sites = problem.clients = places.size();
  problem.opening.assign(places.size(), opening);
  for (const double client : places) {
    for (const double site : places) problem.service.push_back(std::abs(client - site));
  }
  return problem;
}

LocationProblem random_problem(std::uint32_t number, std::size_t sites, std::size_t clients) {
  const sim::Stream stream = sim::Streams{11, number}.make("test", "location");
  std::uint32_t drawn = 0;
  const auto uniform = [&] { return stream.draw(drawn++).uniform(); };
  LocationProblem problem;
  problem.sites = sites;
  problem.clients = clients;
  for (std::size_t j = 0; j < sites; ++j) problem.opening.push_back(std::floor(60 * uniform()));
  for (std::size_t pair = 0; pair < sites * clients; ++pair) {
    const bool apart = uniform() < 0.2;
    problem.service.push_back(apart ? planner::cannot_serve : 50 * uniform());
  }
  return problem;
}

/// The least cost over all sets of sites of the allowed size.
double least_cost(const LocationProblem& problem) {
  double best = planner::cannot_serve;
  for (std::uint32_t set = 1; set < (1U << problem.sites); ++set) {
    std::vector<std::uint32_t> open;
    for (std::uint32_t j = 0; j < problem.sites; ++j) {
      if ((set >> j & 1U) != 0) open.push_back(j);
    }
    if (open.size() < problem.at_least || open.size() > problem.at_most) continue;
    best = std::min(best, planner::serve_from(problem, open).cost);
  }
  return best;
}

void check_published(const test_support::LocationCase& one) {
  INFO(one.name);
  const LocationPlan plan = planner::locate(one.problem);
  CHECK(plan.proven());
  CHECK(plan.cost == Approx(one.optimum).epsilon(1e-9));
}

}  // namespace

TEST_CASE("Two medians of two groups stand in their middles", "[planner][location]") {
  // Groups {0, 1, 2} and {10, 11, 12}: each middle serves its neighbours at 1 + 1, in all 4.
  LocationProblem problem = line({0, 1, 2, 10, 11, 12}, 0);
  problem.at_least = problem.at_most = 2;
  const LocationPlan plan = planner::locate(problem);
  CHECK(plan.open == std::vector<std::uint32_t>{1, 4});
  CHECK(plan.serving == std::vector<std::uint32_t>{1, 1, 1, 4, 4, 4});
  CHECK(plan.cost == 4.0);
  CHECK(plan.proven());
}

TEST_CASE("A second site opens only where it saves more than it costs", "[planner][location]") {
  // One site at 2 or 10: 2 + 1 + 0 + 8 + 9 + 10 = 30. Two: 4. A second one saves 26.
  CHECK(planner::locate(line({0, 1, 2, 10, 11, 12}, 25)).open.size() == 2);
  CHECK(planner::locate(line({0, 1, 2, 10, 11, 12}, 27)).open.size() == 1);
}

TEST_CASE("The search finds what trying all sets finds", "[planner][location]") {
  for (std::uint32_t number = 0; number < 60; ++number) {
    LocationProblem problem = random_problem(number, 9, 14);
    if (number % 3 == 1) problem.at_least = problem.at_most = 4;
    if (number % 3 == 2) problem.at_most = 3;
    const double best = least_cost(problem);
    const LocationPlan plan = planner::locate(problem);
    INFO("problem " << number);
    if (std::isfinite(best)) {
      CHECK(plan.cost == Approx(best).epsilon(1e-9));
      CHECK(plan.proven());
    } else {
      CHECK_FALSE(std::isfinite(plan.cost));
    }
  }
}

TEST_CASE("Greedy opening is a plan, at best the optimum", "[planner][location]") {
  int worse = 0;
  for (std::uint32_t number = 0; number < 40; ++number) {
    LocationProblem problem = random_problem(number, 9, 14);
    const double greedy = planner::locate_greedily(problem).cost, best = least_cost(problem);
    CHECK(greedy >= best - 1e-9);
    worse += greedy > best + 1e-9 ? 1 : 0;
  }
  CHECK(worse > 0);  // else the comparison could not fail
}

TEST_CASE("Maximal covering counts what stays uncovered", "[planner][location]") {
  // Site 0 reaches clients 0 and 1 (weights 1 + 2), site 1 reaches 1 and 2 (2 + 4), site 2 reaches 3 (5).
  const std::vector<bool> reached{true,  false, false, true,  true,  false,
                                  false, true,  false, false, false, true};
  const LocationPlan plan = planner::locate(planner::maximal_covering(3, reached, {1, 2, 4, 5}, 2));
  CHECK(plan.open == std::vector<std::uint32_t>{1, 2});
  CHECK(plan.cost == 1.0);
}

TEST_CASE("Set covering leaves out whom nobody reaches", "[planner][location]") {
  const std::vector<bool> reached{true,  true,  false, false, true,  true,
                                  false, false, false, true,  false, true};
  const LocationProblem problem = planner::set_covering(3, reached);
  CHECK(problem.clients == 3);
  const LocationPlan plan = planner::locate(problem);
  CHECK(plan.cost == 2.0);
  CHECK(plan.proven());
}

TEST_CASE("A capacity divides demand among sites", "[planner][location]") {
  // Site 0 is nearer to both clients (cost 1 and 2 against 5 and 4) but holds 15 of 20 units: half of
  // client 1 goes to site 1: 1 + (2 + 4) / 2 = 4. Dividing client 0 instead costs (1 + 5) / 2 + 2 = 5.
  LocationProblem problem;
  problem.sites = problem.clients = 2;
  problem.opening = {0, 0};
  problem.service = {1, 5, 2, 4};
  problem.demand = {10, 10};
  problem.capacity = {15, 20};
  const LocationPlan plan = planner::locate(problem);
  CHECK(plan.cost == Approx(4.0));
  CHECK(plan.proven());
  CHECK(plan.serving[0] == 0);
  problem.capacity = {9, 10};
  CHECK_FALSE(std::isfinite(planner::locate(problem).cost));
}

TEST_CASE("A problem beyond the branch and bound has a valid bound", "[planner][location]") {
  planner::LocationLimits limits;
  limits.nodes = 0;
  limits.passes = 3;
  limits.restarts = 0;
  for (std::uint32_t number = 0; number < 20; ++number) {
    const LocationProblem problem = random_problem(number, 9, 14);
    const LocationPlan plan = planner::locate(problem, limits);
    if (std::isfinite(plan.cost)) CHECK(plan.bound <= least_cost(problem) + 1e-9);
  }
}

TEST_CASE("Published optima of warehouse location are reached and proven", "[planner][location][data]") {
  REQUIRE_SHARED_DATA("validation/data/orlib_cap/cap71.txt");
  for (const char* name : {"cap71", "cap74", "cap103", "cap131", "cap134", "capa", "capc"}) {
    check_published(test_support::warehouse_case(name));
  }
}

TEST_CASE("Published optima of p-median are reached and proven", "[planner][location][data]") {
  REQUIRE_SHARED_DATA("validation/data/orlib_pmed/pmed1.txt");
  for (const char* name : {"pmed1", "pmed3", "pmed5", "pmed9", "pmed12", "pmed15", "pmed20"}) {
    check_published(test_support::median_case(name));
  }
}

TEST_CASE("Optima on Melbourne's cell sites are reached and proven", "[planner][location][data]") {
  REQUIRE_SHARED_DATA("validation/data/eua/reference.json");
  check_published(test_support::melbourne_median(20, 95184.11055361273));
  check_published(test_support::melbourne_set_cover(200, 26));
  check_published(test_support::melbourne_max_cover(20, 150, 620));
}

TEST_CASE("Capacities of the OR-Library bind where they are small", "[planner][location][data]") {
  REQUIRE_SHARED_DATA("validation/data/orlib_cap/cap71.txt");
  // cap61 and cap62 are cap71 and cap72 with a capacity of 15,000 for each site, cap41 is cap71 with 5,000
  // (and opening costs of 7,500). Optima: Beasley, "An algorithm for solving large capacitated warehouse
  // location problems", European J. Operational Research 33 (1988).
  const auto least = [](const char* name, double capacity) {
    test_support::Warehouses read = test_support::read_warehouses(name);
    read.problem.demand = read.demand;
    read.problem.capacity.assign(read.problem.sites, capacity);
    const LocationPlan plan = planner::locate(read.problem);
    CHECK(plan.proven());
    return plan.cost;
  };
  CHECK(least("cap71", 58268) == Approx(932615.750).epsilon(1e-9));  // all demand: no bound
  CHECK(least("cap71", 15000) == Approx(932615.750).epsilon(1e-9));
  CHECK(least("cap73", 15000) == Approx(1014062.050).epsilon(1e-9));
  CHECK(least("cap71", 5000) == Approx(1040444.375).epsilon(1e-9));
}
