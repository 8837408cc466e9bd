#pragma once
#include <cstdint>
#include <vector>

#include "planner/location.hpp"

namespace planner {

/// Local search over sets of open sites: add, drop and swap, always the best move.
///
/// Each client knows its nearest and second nearest open site, so one look at all moves costs
/// sites * clients (Whitaker 1983; Resende and Werneck 2007). Infinite costs count as a finite penalty, so
/// that an infeasible set leads to a feasible one.
class SwapSearch {
 public:
  /// @param problem  borrowed
  explicit SwapSearch(const LocationProblem& problem);

  /// Opens sites greedily from what is open.
  void build();
  /// Moves until no move is better.
  void descend();
  void set_open(const std::vector<std::uint32_t>& open);
  /// Swaps `count` open sites against closed ones, drawn by `seed`.
  void disturb(std::uint64_t seed, std::size_t count);

  [[nodiscard]] double cost() const { return cost_; }
  [[nodiscard]] std::vector<std::uint32_t> open() const;
  /// What an infinite cost counts.
  [[nodiscard]] double penalty() const { return penalty_; }

 private:
  struct Move {
    std::uint32_t add, drop;  // none: not part of the move
    double saving;
  };
  [[nodiscard]] Move best_move();
  [[nodiscard]] Move best_addition() const;
  [[nodiscard]] Move best_drop() const;
  void consider_site(std::uint32_t site, Move& best);
  void apply(const Move& move);
  void serve(std::size_t client);
  void serve_all();
  [[nodiscard]] double cost(std::size_t client, std::uint32_t site) const {
    return columns_[site * problem_.clients + client];
  }

  const LocationProblem& problem_;
  double penalty_ = 0;
  std::vector<double> columns_;  // finite service costs, site by site
  std::vector<char> is_open_;
  std::vector<std::uint32_t> open_;
  std::vector<std::uint32_t> first_;  // nearest open site of each client
  std::vector<double> first_cost_, second_cost_;
  std::vector<double> loss_;  // of dropping a site, scratch of consider_site()
  double cost_ = 0;
};

}  // namespace planner
