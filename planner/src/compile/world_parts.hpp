#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compile/hosting.hpp"
#include "compile/state_parts.hpp"
#include "planner/compile.hpp"
#include "planner/routes.hpp"

namespace planner {

/// The parts of a world that programs refer to, each made when it is first asked for.
///
/// Until assign_partitions() a partition is a node: site i is node i, population j is node sites + j.
class WorldParts {
 public:
  WorldParts(const Scenario& scenario, const Wan& wan, Routes& routes, CompiledScenario& out);

  [[nodiscard]] std::uint32_t node(Location location) const;
  /// Index of the law called `name`.
  std::uint32_t law(const std::string& name, const sim::Distribution& law);
  std::uint32_t meter(const MeterLabel& label);
  std::uint32_t class_of(const std::string& workload_id, const Workload& workload, Location served_at,
                         Location user);
  /// Pool of a service at a site.
  [[nodiscard]] std::uint32_t pool(const std::string& service, Location site) const;
  /// Where the requests that a service has in service at a site slow each other down.
  struct Processors {
    std::uint32_t group = models::none;  ///< none: nowhere
    std::uint16_t offset = 0;            ///< of the service's first replica
  };
  Processors processors(const std::string& service, Location site);
  /// The cells of a population in one direction.
  struct Cells {
    std::uint32_t first = 0;  ///< station
    std::uint16_t count = 1;
    std::uint16_t tenant = 0;  ///< what the population is in them
  };
  Cells cells(Location population, StationLabel::Kind direction, sim::BitRate rate);
  /// The direction of a link that leaves `from`.
  std::uint32_t link(const Hop& hop);
  /// Of links that a transfer holds at once.
  std::uint32_t route(const std::vector<std::uint32_t>& links);
  /// What a caller knows of the service that it calls.
  std::uint32_t guard(const GuardLabel& label, const Call& call, Location caller);
  /// The queue of a service at a site.
  std::uint32_t queue(const std::string& service, Location site);
  /// What one caller of a call chooses a site by.
  std::uint32_t balancer(const std::string& name, Location caller, models::BalancerSpec::Rule rule,
                         std::size_t choices);
  [[nodiscard]] StateParts& state() { return state_; }
  /// Notes that two nodes exchange messages that take at least `minimum`.
  void exchange(Location a, Location b, sim::Duration minimum);
  /// Notes work at a node, in events a second, so that partitions come out even.
  void weigh(Location location, double events_per_second);

  /// Turns nodes into partitions, everywhere.
  void assign_partitions();

 private:
  void add_pools();
  /// Quota that a pool shares with the others of its account; none without.
  std::uint32_t account(const Hosting& host);
  /// Accelerators that serve a pool in batches.
  std::uint32_t accelerators(const Hosting& host);
  [[nodiscard]] std::vector<std::string> members_of_cell(const std::string& population) const;
  void add_cells(const std::vector<std::string>& members, StationLabel::Kind direction, sim::BitRate rate,
                 std::uint16_t count);

  const Scenario& scenario_;
  const Wan& wan_;
  Routes& routes_;
  CompiledScenario& out_;
  StateParts state_;
  std::map<std::string, std::uint32_t> laws_;
  std::map<MeterLabel, std::uint32_t> meters_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> classes_;       ///< by workload and site
  std::map<std::pair<std::string, std::string>, std::uint32_t> pools_;         ///< by service and site
  std::map<std::pair<std::string, StationLabel::Kind>, std::uint32_t> cells_;  ///< by the first population
  std::map<std::pair<std::string, std::string>, std::uint32_t> links_;  ///< by link and the site it leaves
  std::map<std::vector<std::uint32_t>, std::uint32_t> transfer_routes_;
  std::map<GuardLabel, std::uint32_t> guards_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> queues_;        ///< by service and site
  std::map<std::string, std::uint32_t> balancers_;                             ///< by name
  std::map<std::string, std::uint32_t> processors_, accelerators_, accounts_;  ///< by name
  std::map<std::pair<std::uint32_t, std::uint32_t>, sim::Duration> exchanges_;
  std::vector<double> weights_;
};

}  // namespace planner
