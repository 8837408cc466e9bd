#include "location/branch.hpp"

#include <algorithm>
#include <cmath>

#include "location/integer_program.hpp"
#include "sim/contract.hpp"

namespace planner {
namespace {

using Fate = LocationRelaxation::Reduction::Fate;
using Kind = IntegerProgram::Kind;
using Term = IntegerProgram::Term;

/// The sites that may serve a client, by cost, up to the first that is open for certain.
struct Candidate {
  double cost;
  std::uint32_t site;
};

std::vector<Candidate> candidates(const LocationProblem& problem,
                                  const LocationRelaxation::Reduction& reduction, std::size_t client) {
  double reach = reduction.reach[client];
  for (std::uint32_t j = 0; j < problem.sites; ++j) {
    if (reduction.sites[j] == Fate::open) reach = std::min(reach, problem.cost(client, j));
  }
  std::vector<Candidate> near;
  for (std::uint32_t j = 0; j < problem.sites; ++j) {
    const double cost = problem.cost(client, j);
    if (reduction.sites[j] != Fate::closed && cost <= reach && std::isfinite(cost)) near.push_back({cost, j});
  }
  std::sort(near.begin(), near.end(), [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
  return near;
}

std::size_t distinct(const std::vector<Candidate>& near) {
  std::size_t count = 0;
  for (std::size_t k = 1; k < near.size(); ++k) count += near[k].cost > near[k - 1].cost ? 1 : 0;
  return count;
}

/// Variable of each site, and the row that counts them.
std::vector<int> add_sites(IntegerProgram& program, const LocationProblem& problem,
                           const std::vector<Fate>& fates) {
  std::vector<int> variables;
  std::vector<Term> count;
  for (std::size_t j = 0; j < problem.sites; ++j) {
    const double low = fates[j] == Fate::open ? 1 : 0, high = fates[j] == Fate::closed ? 0 : 1;
    variables.push_back(program.add_variable(Kind::binary, problem.opening[j], low, high));
    count.push_back({variables.back(), 1});
  }
  program.add_row(count, static_cast<double>(problem.at_least),
                  static_cast<double>(std::min(problem.at_most, problem.sites)));
  return variables;
}

/// "Served at cost D[k] or less, or the variable z[k] pays for the way to D[k + 1]", level by level.
/// @return  the least cost, which is paid anyway
double add_client(IntegerProgram& program, const std::vector<int>& sites,
                  const std::vector<Candidate>& near) {
  int farther = -1;  // z of the level before
  for (std::size_t k = 0; k < near.size();) {
    std::vector<Term> row;
    const double level = near[k].cost;
    for (; k < near.size() && near[k].cost == level; ++k) row.push_back({sites[near[k].site], 1});
    double least = 1;
    if (farther >= 0) {
      row.push_back({farther, -1});
      least = 0;
    }
    if (k < near.size()) {
      farther = program.add_variable(Kind::share, near[k].cost - level);
      row.push_back({farther, 1});
    }
    program.add_row(row, least, IntegerProgram::unlimited);
  }
  return near.front().cost;
}

std::vector<std::uint32_t> open_sites(const std::vector<double>& values, std::size_t sites) {
  std::vector<std::uint32_t> open;
  for (std::uint32_t j = 0; j < sites; ++j) {
    if (values[j] > 0.5) open.push_back(j);
  }
  return open;
}

}  // namespace

std::size_t radius_variables(const LocationProblem& problem, const LocationRelaxation::Reduction& reduction) {
  std::size_t count = problem.sites;
  for (std::size_t i = 0; i < problem.clients; ++i) count += distinct(candidates(problem, reduction, i));
  return count;
}

BranchResult branch_by_radius(const LocationProblem& problem, const LocationRelaxation::Reduction& reduction,
                              double target, const LocationLimits& limits) {
  BranchResult result;
  IntegerProgram program;
  const std::vector<int> sites = add_sites(program, problem, reduction.sites);
  double paid_anyway = 0;
  for (std::size_t i = 0; i < problem.clients; ++i) {
    const std::vector<Candidate> near = candidates(problem, reduction, i);
    if (near.empty()) {  // nobody serves this client in a cheaper plan, so there is none
      result.finished = true;
      return result;
    }
    paid_anyway += add_client(program, sites, near);
  }
  const IntegerProgram::Outcome outcome = program.solve(target - paid_anyway, limits);
  result.finished = outcome.finished;
  result.bound = outcome.bound + paid_anyway;
  if (!outcome.values.empty()) result.open = open_sites(outcome.values, problem.sites);
  return result;
}

LocationPlan branch_with_capacity(const LocationProblem& problem, const LocationLimits& limits) {
  IntegerProgram program;
  const std::vector<int> sites =
      add_sites(program, problem, std::vector<Fate>(problem.sites, Fate::undecided));
  std::vector<std::vector<Term>> loads(problem.sites);
  std::vector<std::vector<int>> shares(problem.clients, std::vector<int>(problem.sites, -1));
  for (std::size_t i = 0; i < problem.clients; ++i) {
    std::vector<Term> whole;
    for (std::size_t j = 0; j < problem.sites; ++j) {
      if (!std::isfinite(problem.cost(i, j))) continue;
      const int share = program.add_variable(Kind::share, problem.cost(i, j));
      shares[i][j] = share;
      whole.push_back({share, 1});
      loads[j].push_back({share, problem.demand[i]});
      program.add_row({{share, 1}, {sites[j], -1}}, -IntegerProgram::unlimited, 0);
    }
    program.add_row(whole, 1, 1);
  }
  for (std::size_t j = 0; j < problem.sites; ++j) {
    loads[j].push_back({sites[j], -problem.capacity[j]});
    program.add_row(loads[j], -IntegerProgram::unlimited, 0);
  }
  const IntegerProgram::Outcome outcome = program.solve(IntegerProgram::unlimited, limits);
  LocationPlan plan;
  plan.bound = outcome.bound;
  if (outcome.values.empty()) return plan;
  plan.cost = outcome.cost;
  plan.open = open_sites(outcome.values, problem.sites);
  plan.serving.assign(problem.clients, 0);
  for (std::size_t i = 0; i < problem.clients; ++i) {
    double most = -1;
    for (std::uint32_t j = 0; j < problem.sites; ++j) {
      if (shares[i][j] < 0 || outcome.values[static_cast<std::size_t>(shares[i][j])] <= most) continue;
      most = outcome.values[static_cast<std::size_t>(shares[i][j])];
      plan.serving[i] = j;
    }
  }
  return plan;
}

}  // namespace planner
