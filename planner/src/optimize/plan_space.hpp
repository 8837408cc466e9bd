#pragma once
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "planner/optimize.hpp"
#include "planner/wan.hpp"

namespace planner {

/// Which pool a service may take at which sites, and how far they are from its users. Not thread-safe:
/// remembers which medians it found.
class PlanSpace {
 public:
  /// A site and one of its pools.
  struct Option {
    std::string site, pool;
    friend bool operator==(const Option&, const Option&) = default;
    friend auto operator<=>(const Option&, const Option&) = default;
  };
  /// Service -> sites with the pool taken there: a placement without sizes.
  using Structure = std::map<std::string, std::map<std::string, std::string>>;

  /// Both are borrowed.
  PlanSpace(const Scenario& base, const OptimizeOptions& options, const Wan& wan);

  /// Services whose placement is decided.
  [[nodiscard]] const std::vector<std::string>& services() const { return services_; }
  [[nodiscard]] const std::vector<Option>& options(const std::string& service) const {
    return options_.at(service);
  }
  /// Sites of one tier that offer a pool of the same id are alike; ids of these kinds among a service's
  /// options: `region/nodes`.
  [[nodiscard]] std::vector<std::string> kinds(const std::string& service) const;
  [[nodiscard]] std::string kind_of(const Option& option) const;
  /// The pool that a service takes at each of its sites that pass: one the base uses, else the first.
  [[nodiscard]] std::map<std::string, std::string> everywhere(
      const std::string& service, const std::function<bool(const Site&)>& pass) const;
  [[nodiscard]] const Scenario& base() const { return base_; }
  [[nodiscard]] const OptimizeOptions& limits() const { return limits_; }
  [[nodiscard]] const Wan& wan() const { return wan_; }

  /// Typical one-way latency to an option times requests a second, over all users of the service. [s/s]
  [[nodiscard]] double distance(const std::string& service, const Option& option) const;
  /// The options that are best for a service's users if `count` may be open (p-median), of those of one
  /// kind; fewer where there are fewer.
  [[nodiscard]] std::vector<Option> medians(const std::string& service, const std::string& kind,
                                            std::size_t count) const;
  /// The same by opening greedily.
  [[nodiscard]] std::vector<Option> greedy(const std::string& service, std::size_t count) const;

  /// How many structures there are, those that allows() refuses included; SIZE_MAX where they are more.
  [[nodiscard]] std::size_t count() const;
  /// All that allows() passes. Cost: count().
  [[nodiscard]] std::vector<Structure> all() const;

  /// What the base says: its decided services with their sites and pools.
  [[nodiscard]] Structure current() const;
  /// Instances of one each, everything else as the base has it at that place, or else by default.
  [[nodiscard]] Placements placements(const Structure& structure) const;
  /// Within residency and the limits on numbers of sites and on services that stay apart.
  [[nodiscard]] bool allows(const Structure& structure) const;

 private:
  /// How far the users of a service are from its options.
  struct Distances {
    std::size_t users = 0;
    std::vector<double> of;  ///< user after user, option by option [s/s]
  };
  /// Populations that use the service, with their requests a second.
  [[nodiscard]] std::map<std::string, double> users(const std::string& service) const;
  [[nodiscard]] Distances distances(const std::string& service) const;
  [[nodiscard]] std::size_t position(const std::string& service, const Option& option) const;
  [[nodiscard]] std::vector<Option> options_of(const std::string& service) const;
  [[nodiscard]] bool fits(const Service& service, const Site& site, const PoolType& pool) const;
  [[nodiscard]] std::vector<Option> one_at_each_site(const std::string& service) const;
  [[nodiscard]] std::vector<Option> located(const std::string& service, const std::vector<Option>& among,
                                            std::size_t count, bool greedily) const;

  const Scenario& base_;
  const OptimizeOptions& limits_;
  const Wan& wan_;
  std::vector<std::string> services_;
  std::map<std::string, std::vector<Option>> options_;  // in order
  std::map<std::string, Distances> distances_;
  // By service, kind and count: the same is asked for every combination of kinds.
  mutable std::map<std::tuple<std::string, std::string, std::size_t>, std::vector<Option>> medians_;
};

}  // namespace planner
