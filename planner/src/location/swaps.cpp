#include "location/swaps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/random.hpp"

namespace planner {
namespace {

constexpr std::uint32_t none = UINT32_MAX;

/// More than any plan of finite costs can save.
double penalty_of(const LocationProblem& problem) {
  double sum = 1.0;
  for (const double cost : problem.opening) sum += cost;
  for (std::size_t i = 0; i < problem.clients; ++i) {
    double most = 0;
    for (std::size_t j = 0; j < problem.sites; ++j) {
      if (std::isfinite(problem.cost(i, j))) most = std::max(most, problem.cost(i, j));
    }
    sum += most;
  }
  return sum;
}

/// A move must save more than rounding could pretend.
double noticeable(double cost) { return 1e-11 * std::abs(cost); }

}  // namespace

SwapSearch::SwapSearch(const LocationProblem& problem)
    : problem_{problem},
      penalty_{penalty_of(problem)},
      columns_(problem.sites * problem.clients),
      is_open_(problem.sites, 0),
      first_(problem.clients, none),
      first_cost_(problem.clients),
      second_cost_(problem.clients),
      loss_(problem.sites, 0.0) {
  for (std::size_t i = 0; i < problem.clients; ++i) {
    for (std::size_t j = 0; j < problem.sites; ++j) {
      columns_[j * problem.clients + i] = std::min(problem.cost(i, j), penalty_);
    }
  }
  serve_all();
}

std::vector<std::uint32_t> SwapSearch::open() const {
  std::vector<std::uint32_t> sorted = open_;
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

void SwapSearch::serve(std::size_t client) {
  first_[client] = none;
  first_cost_[client] = second_cost_[client] = penalty_;
  for (const std::uint32_t site : open_) {
    const double at = cost(client, site);
    if (at < first_cost_[client] || first_[client] == none) {
      second_cost_[client] = first_cost_[client];
      first_cost_[client] = at;
      first_[client] = site;
    } else {
      second_cost_[client] = std::min(second_cost_[client], at);
    }
  }
}

void SwapSearch::serve_all() {
  cost_ = 0;
  for (const std::uint32_t site : open_) cost_ += problem_.opening[site];
  for (std::size_t i = 0; i < problem_.clients; ++i) {
    serve(i);
    cost_ += first_cost_[i];
  }
}

void SwapSearch::set_open(const std::vector<std::uint32_t>& open) {
  std::fill(is_open_.begin(), is_open_.end(), char{0});
  open_ = open;
  for (const std::uint32_t site : open) is_open_[site] = 1;
  serve_all();
}

void SwapSearch::apply(const Move& move) {
  if (move.drop != none) {
    is_open_[move.drop] = 0;
    open_.erase(std::find(open_.begin(), open_.end(), move.drop));
  }
  if (move.add != none) {
    is_open_[move.add] = 1;
    open_.push_back(move.add);
  }
  serve_all();
}

SwapSearch::Move SwapSearch::best_addition() const {
  Move best{none, none, -std::numeric_limits<double>::infinity()};
  for (std::uint32_t j = 0; j < problem_.sites; ++j) {
    if (is_open_[j]) continue;
    double saving = -problem_.opening[j];
    for (std::size_t i = 0; i < problem_.clients; ++i) saving += std::max(first_cost_[i] - cost(i, j), 0.0);
    if (saving > best.saving) best = {j, none, saving};
  }
  return best;
}

SwapSearch::Move SwapSearch::best_drop() const {
  std::vector<double> loss(problem_.sites, 0.0);
  for (std::size_t i = 0; i < problem_.clients; ++i) loss[first_[i]] += second_cost_[i] - first_cost_[i];
  Move best{none, none, 0.0};
  for (const std::uint32_t site : open_) {
    const double saving = problem_.opening[site] - loss[site];
    if (saving > best.saving) best = {none, site, saving};
  }
  return best;
}

void SwapSearch::consider_site(std::uint32_t site, Move& best) {
  for (const std::uint32_t other : open_) loss_[other] = 0;
  double gain = -problem_.opening[site];
  for (std::size_t i = 0; i < problem_.clients; ++i) {
    const double at = cost(i, site);
    if (at < first_cost_[i]) {
      gain += first_cost_[i] - at;
    } else {
      loss_[first_[i]] += std::min(second_cost_[i], at) - first_cost_[i];
    }
  }
  if (open_.size() < problem_.at_most && gain > best.saving) best = {site, none, gain};
  for (const std::uint32_t other : open_) {
    const double saving = gain + problem_.opening[other] - loss_[other];
    if (saving > best.saving) best = {site, other, saving};
  }
}

SwapSearch::Move SwapSearch::best_move() {
  Move best{none, none, 0.0};
  if (open_.size() > problem_.at_least) best = best_drop();
  for (std::uint32_t j = 0; j < problem_.sites; ++j) {
    if (!is_open_[j]) consider_site(j, best);
  }
  return best;
}

void SwapSearch::build() {
  while (open_.size() < std::min(problem_.at_most, problem_.sites)) {
    const Move move = best_addition();
    if (open_.size() >= problem_.at_least && move.saving <= noticeable(cost_)) break;
    apply(move);
  }
}

void SwapSearch::descend() {
  for (Move move = best_move(); move.saving > noticeable(cost_); move = best_move()) apply(move);
}

void SwapSearch::disturb(std::uint64_t seed, std::size_t count) {
  const sim::Stream stream = sim::Streams{seed, 0}.make("location", "disturb");
  std::uint32_t drawn = 0;
  const auto below = [&](std::size_t end) {
    return static_cast<std::uint32_t>(stream.draw(drawn++).uniform() * static_cast<double>(end));
  };
  for (std::size_t n = 0; n < count && open_.size() < problem_.sites; ++n) {
    std::uint32_t add = below(problem_.sites);
    while (is_open_[add]) add = below(problem_.sites);
    apply({add, open_[below(open_.size())], 0});
  }
}

}  // namespace planner
