#pragma once
#include <map>
#include <string>

#include "compile/hosting.hpp"

namespace planner {

/// What one elastic pool used in a month, on demand.
struct ElasticUse {
  double requests = 0;
  double gb_seconds = 0;
  double cpu_seconds = 0;

  ElasticUse& operator+=(const ElasticUse& more);
};

/// Volumes of a month by account, and what a unit costs at them: a platform of the catalogue is one account
/// in all its sites, a pool of a scenario's own is one by itself.
class AccountVolume {
 public:
  void add(const Hosting& host, const ElasticUse& use);

  /// Mean prices of a pool's units, free ones included.
  struct UnitPrices {
    double request = 0, gb_second = 0, cpu_second = 0;  ///< [USD]
  };
  /// What is free and what is cheap is spread evenly over the account's use. Without tiers and free units
  /// these are the price list's, to the last bit.
  [[nodiscard]] UnitPrices unit_prices(const Hosting& host) const;

 private:
  [[nodiscard]] static std::string account_of(const Hosting& host);
  std::map<std::string, ElasticUse> used_;
};

}  // namespace planner
