#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

/// Where to open sites so that clients are served at the least cost: exact location models.
///
/// One problem holds the classic ones: uncapacitated location (opening costs), p-median (exactly p sites),
/// set covering (cost 0 within reach, infinite beyond), maximal covering (cost 0 within reach, the client's
/// weight beyond) and, with capacities, capacitated location.
namespace planner {

/// Cost of a pair that cannot be.
inline constexpr double cannot_serve = std::numeric_limits<double>::infinity();

struct LocationProblem {
  std::size_t sites = 0, clients = 0;
  std::vector<double> opening;  ///< of each site, >= 0
  std::vector<double> service;  ///< of all of a client's demand, at [client * sites + site], >= 0
  std::size_t at_least = 1, at_most = std::numeric_limits<std::size_t>::max();  ///< open sites
  std::vector<double> demand;    ///< of each client, > 0; empty: capacities do not bind
  std::vector<double> capacity;  ///< of each site, in units of demand; empty as `demand`

  [[nodiscard]] double cost(std::size_t client, std::size_t site) const {
    return service[client * sites + site];
  }
};

/// Where the search ends at the latest. Nodes and passes are counted, so that the answer does not depend on
/// the machine; a limit in seconds makes it depend.
struct LocationLimits {
  int nodes = 20'000;   ///< of the branch and bound
  int passes = 1'500;   ///< of the bound by Lagrangian relaxation
  int restarts = 30;    ///< of the local search, each from a disturbed best
  double seconds = 60;  ///< of the branch and bound, wall clock
};

struct LocationPlan {
  std::vector<std::uint32_t> open;     ///< ascending
  std::vector<std::uint32_t> serving;  ///< site of each client; with capacities that of its largest share
  double cost = cannot_serve;          ///< infinite: no plan was found
  double bound = 0;                    ///< no plan costs less
  /// Share of the cost by which the plan may be above the best; 0 if it is proven to be the best.
  [[nodiscard]] double gap() const;
  [[nodiscard]] bool proven() const { return gap() == 0.0; }
};

/// The best plan that is found, and how good it can be at most.
///
/// Swap-based local search (Resende and Werneck 2007) from greedy starts and from relaxed solutions gives the
/// plan; Lagrangian relaxation of the assignments (Cornuejols, Fisher and Nemhauser 1977) the bound, and
/// rules out sites and pairs; COIN-OR CBC closes what is left of the gap, in the radius formulation (Garcia,
/// Labbe and Marin 2011). With capacities CBC solves the strong formulation, in which demand may be split.
/// @pre  the vectors' sizes and at_least <= min(at_most, sites) hold; checked
/// Method, sources and measured instances: docs/models/location.md.
[[nodiscard]] LocationPlan locate(const LocationProblem& problem, const LocationLimits& limits = {});

/// Opens, one by one, the site that saves most, while it saves or at_least asks for more. The usual rule of
/// thumb; a baseline for what locate() gains. Capacities are neglected.
[[nodiscard]] LocationPlan locate_greedily(const LocationProblem& problem);

/// The plan in which `open` sites serve, each client by the cheapest; its bound is 0.
/// @param open  ascending, not empty
[[nodiscard]] LocationPlan serve_from(const LocationProblem& problem, std::vector<std::uint32_t> open);

/// Maximal covering: the weight that no site reaches is the cost.
/// @param reached  at [client * sites + site]: the site covers the client
/// @param weights  of the clients, >= 0
[[nodiscard]] LocationProblem maximal_covering(std::size_t sites, const std::vector<bool>& reached,
                                               const std::vector<double>& weights, std::size_t at_most);

/// Set covering: the number of sites is the cost; clients that no site reaches are left out.
[[nodiscard]] LocationProblem set_covering(std::size_t sites, const std::vector<bool>& reached);

}  // namespace planner
