#include "location/relaxation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace planner {

LocationRelaxation::LocationRelaxation(const LocationProblem& problem, double penalty)
    : problem_{problem},
      penalty_{penalty},
      price_(problem.clients),
      worth_(problem.sites),
      order_(problem.sites) {
  // The second cheapest site: the first bound is then near that of the dual ascent.
  for (std::size_t i = 0; i < problem.clients; ++i) {
    double first = penalty, second = penalty;
    for (std::size_t j = 0; j < problem.sites; ++j) {
      const double at = cost(i, j);
      second = std::min(second, std::max(at, first));
      first = std::min(first, at);
    }
    price_[i] = second;
  }
  best_price_ = price_;
  evaluate();
  best_bound_ = bound_;
}

void LocationRelaxation::choose() {
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return worth_[a] != worth_[b] ? worth_[a] < worth_[b] : a < b;
  });
  const std::size_t most = std::min(problem_.at_most, problem_.sites);
  chosen_ = problem_.at_least;
  while (chosen_ < most && worth_[order_[chosen_]] < 0) ++chosen_;
}

void LocationRelaxation::evaluate() {
  worth_ = problem_.opening;
  for (std::size_t i = 0; i < problem_.clients; ++i) {
    const double* costs = &problem_.service[i * problem_.sites];
    for (std::size_t j = 0; j < problem_.sites; ++j) worth_[j] -= std::max(price_[i] - costs[j], 0.0);
  }
  choose();
  bound_ = std::accumulate(price_.begin(), price_.end(), 0.0);
  for (std::size_t k = 0; k < chosen_; ++k) bound_ += worth_[order_[k]];
}

std::vector<std::uint32_t> LocationRelaxation::chosen() const {
  std::vector<std::uint32_t> sites(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(chosen_));
  std::sort(sites.begin(), sites.end());
  return sites;
}

void LocationRelaxation::step(double target) {
  std::vector<double> slope(problem_.clients, 1.0);  // 1 - how often the chosen sites serve the client
  double norm = 0;
  for (std::size_t i = 0; i < problem_.clients; ++i) {
    for (std::size_t k = 0; k < chosen_; ++k) {
      if (cost(i, order_[k]) < price_[i]) slope[i] -= 1.0;
    }
    norm += slope[i] * slope[i];
  }
  if (norm == 0) return;
  const double length = pace_ * std::max(target - bound_, 1e-9 * std::abs(target)) / norm;
  for (std::size_t i = 0; i < problem_.clients; ++i) {
    price_[i] = std::clamp(price_[i] + length * slope[i], 0.0, penalty_);
  }
  evaluate();
  if (bound_ > best_bound_) {
    best_bound_ = bound_;
    best_price_ = price_;
    idle_ = 0;
  } else if (++idle_ >= 20) {
    pace_ *= 0.7;
    idle_ = 0;
    price_ = best_price_;
    evaluate();
  }
}

double LocationRelaxation::extra_to_open(std::uint32_t rank) const {
  if (rank < chosen_) return 0.0;
  const double worth = worth_[order_[rank]];
  double extra = worth - worth_[order_[chosen_ - 1]];  // in place of the last one chosen
  if (chosen_ < std::min(problem_.at_most, problem_.sites)) extra = std::min(extra, worth);
  return std::max(extra, 0.0);
}

double LocationRelaxation::extra_to_close(std::uint32_t rank) const {
  const double worth = worth_[order_[rank]];
  double next = chosen_ > problem_.at_least ? 0.0 : penalty_;
  if (chosen_ < problem_.sites) next = std::min(next, worth_[order_[chosen_]]);
  return std::max(next - worth, 0.0);
}

LocationRelaxation::Reduction LocationRelaxation::reduce(double target) {
  price_ = best_price_;
  evaluate();
  const double slack = target - bound_;
  Reduction reduction;
  reduction.sites.assign(problem_.sites, Reduction::Fate::undecided);
  std::vector<double> extra(problem_.sites);
  for (std::uint32_t rank = 0; rank < problem_.sites; ++rank) {
    const std::uint32_t site = order_[rank];
    extra[site] = extra_to_open(rank);
    if (rank < chosen_ && extra_to_close(rank) > slack) reduction.sites[site] = Reduction::Fate::open;
    if (rank >= chosen_ && extra[site] > slack) reduction.sites[site] = Reduction::Fate::closed;
  }
  for (std::size_t i = 0; i < problem_.clients; ++i) {
    double reach = 0;
    for (std::size_t j = 0; j < problem_.sites; ++j) {
      const double at = cost(i, j);
      if (extra[j] + std::max(at - price_[i], 0.0) <= slack) reach = std::max(reach, at);
    }
    reduction.reach.push_back(reach);
  }
  return reduction;
}

}  // namespace planner
