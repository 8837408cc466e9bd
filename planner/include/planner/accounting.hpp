#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "planner/estimate.hpp"
#include "planner/load.hpp"
#include "planner/scenario.hpp"

/// What a replication's events cost in money, energy and carbon, a month.
namespace planner {

/// Hours of the month that rows refer to: 8,760 h / 12.
inline constexpr double hours_per_month = 730.0;

struct BillRow {
  std::string item;   ///< compute | idle | requests | execution | provisioned | egress | device | site |
                      ///< electricity | state
  std::string where;  ///< `site/service`, `site/pool`, a site, a link, a population
  double amount = 0;  ///< [USD/month]
};

struct EnergyUse {
  std::string item;   ///< sites | elastic | network | devices | embodied
  std::string where;  ///< `site/pool`, a site, a population
  double amount = 0;  ///< [kWh/month]
  double carbon = 0;  ///< [kgCO2e/month]
};

/// Rows come in the same order and number for every replication of a strategy, rows of 0 included.
struct Bill {
  std::vector<BillRow> cost;
  std::vector<EnergyUse> energy;
  /// What the cost comes to by the population whose requests cause it; empty unless asked for. [USD/month]
  std::map<std::string, double> by_population;

  /// Sums of the rows, in their order.
  [[nodiscard]] double cost_total() const;
  [[nodiscard]] double idle() const;
  [[nodiscard]] double energy_total() const;
  [[nodiscard]] double carbon_total() const;
};

/// Which demand a bill is about.
enum class Demand : std::uint8_t {
  of_a_month,  ///< the mean over the profiles' periods
  as_met,      ///< what was simulated, going on all month
};
enum class Attribution : std::uint8_t { none, by_population };

/// Bill of one replication.
///
/// Nodes are paid for all month, as many as the replicas need (nodes_needed()); the share of the time and of
/// the node in which they serve is `compute`, the rest `idle`. What follows demand (requests, execution,
/// egress, transfers) is what the recorded span met, times (mean rate over the profile's period / mean rate
/// over the span), unless the bill is about that demand itself. Equations, prices' meaning and what is left
/// out: docs/models/cost-energy.md.
/// @param attribution  whether Bill::by_population is wanted; its sum is the total where requests come
/// @param begin        of the span that `result` is about, since time 0; Demand::as_met: tells the hours
/// whose
///                     carbon intensity counts
[[nodiscard]] Bill account(const Scenario& scenario, const CompiledScenario& compiled, const Load& load,
                           const models::WorldResult& result, Demand demand = Demand::of_a_month,
                           Attribution attribution = Attribution::none, sim::Duration begin = {});

/// The same by formula: what the demand and the estimate let expect, without a simulation.
/// @param estimate  of Claim::guides or better; pools of which it says nothing count as unused
[[nodiscard]] Bill expected_bill(const Scenario& scenario, const CompiledScenario& compiled, const Load& load,
                                 const AnalyticEstimate& estimate);

/// Nodes of a site's pool that the services placed on it need, at most those it has: first fit by decreasing
/// share of a node. A service that needs nothing which the nodes state (CPU, memory, accelerators) takes a
/// node a replica.
[[nodiscard]] std::uint32_t nodes_needed(const Scenario& scenario, const std::string& site,
                                         const std::string& pool);

/// Share of a node that one replica takes: the largest of its shares of CPU, memory and accelerators.
[[nodiscard]] double node_share(const Service& service, const PoolType& pool);

}  // namespace planner
