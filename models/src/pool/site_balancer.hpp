#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/world_spec.hpp"

namespace models {

/// State of a BalancerSpec: whose turn it is, and how many of a caller's requests are on their way to each
/// choice, there, or on their way back.
class SiteBalancer {
 public:
  explicit SiteBalancer(const BalancerSpec& spec) : rule_{spec.rule}, in_flight_(spec.choices, 0) {}

  /// @return the choice of the next request. O(choices)
  std::uint32_t pick() {
    const std::uint32_t chosen = rule_ == BalancerSpec::Rule::round_robin ? turn_ : fewest();
    turn_ = (chosen + 1) % static_cast<std::uint32_t>(in_flight_.size());
    ++in_flight_[chosen];
    return chosen;
  }
  /// A request is back.
  void give_back(std::uint32_t choice) { --in_flight_[choice]; }

 private:
  /// Of equals the one that comes next after the last chosen one.
  [[nodiscard]] std::uint32_t fewest() const {
    const auto size = static_cast<std::uint32_t>(in_flight_.size());
    std::uint32_t best = turn_;
    for (std::uint32_t i = 1; i < size; ++i) {
      const std::uint32_t other = (turn_ + i) % size;
      if (in_flight_[other] < in_flight_[best]) best = other;
    }
    return best;
  }

  BalancerSpec::Rule rule_;
  std::uint32_t turn_ = 0;
  std::vector<std::uint64_t> in_flight_;  ///< by choice
};

}  // namespace models
