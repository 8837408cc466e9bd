#pragma once
#include <map>
#include <string>
#include <vector>

#include "planner/compile.hpp"
#include "planner/load.hpp"

namespace planner {

/// Parts of something by population; need not add up to 1.
using Shares = std::map<std::string, double>;

/// Adds `amount` to `target`, divided as `shares` are; nothing where they are all 0.
void apportion(double amount, const Shares& shares, Shares& target);

/// Whose requests come to each resource of a world, by the traffic equations: the key to who pays for it.
class Payers {
 public:
  /// O(steps log populations). @param compiled  kept by reference
  Payers(const CompiledScenario& compiled, const Load& load);

  /// Visits of the recorded span; where there are none, those to the site. [1/s]
  [[nodiscard]] const Shares& of_pool(std::size_t pool) const;
  /// Passages; where there are none, all requests.
  [[nodiscard]] const Shares& of_meter(std::size_t meter) const;
  /// Requests to the services at a site; where there are none, all requests.
  [[nodiscard]] const Shares& of_site(const std::string& site) const;
  [[nodiscard]] const Shares& of_all() const { return all_; }

 private:
  const CompiledScenario& compiled_;
  std::vector<Shares> pools_, meters_;
  std::map<std::string, Shares> sites_;
  Shares all_;
};

}  // namespace planner
