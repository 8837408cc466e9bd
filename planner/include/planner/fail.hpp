#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "planner/origin.hpp"
#include "planner/render.hpp"
#include "planner/scenario.hpp"
#include "planner/study.hpp"

namespace planner {

/// What is lost at once.
enum class Losable : std::uint8_t { site, link, pool };

/// How a strategy stands without some of its parts.
struct Loss {
  std::vector<std::string> lost;  ///< ids; of a pool `site/pool`
  bool survives = true;           ///< everybody is served after the failover
  std::string reason;             ///< why not: who is cut off, what is overloaded
  double share = 0;    ///< largest share of a service's calls that the lost part served before, 0..1
  double users = 0;    ///< users of the populations, times the share of their requests that needed the part
  double exposed = 0;  ///< requests a second that needed it [1/s]
  /// Of those, until the failover: what fails for good, and what a later attempt saves.
  double failed_requests = 0, retried_requests = 0;
  /// The pool nearest to its capacity after the failover; none where it does not survive.
  struct Busiest {
    std::string pool, service;
    double utilisation = 0;
  };
  std::optional<Busiest> busiest;
  /// After the failover.
  struct Flow {
    std::string flow;
    Estimate p99, delta;  ///< [ms]; to the strategy with nothing lost, paired
  };
  std::vector<Flow> flows;
};

/// The scenario as it is after the loss and its failover; it may not be able to carry its load.
[[nodiscard]] Scenario without(const Scenario& scenario, Losable each, const std::vector<std::string>& lost);

/// Losses, the worst first.
struct Losses {
  std::vector<Loss> found;
  std::size_t tried = 0, all = 0;  ///< fewer where it was ended early
  std::size_t parts = 0;           ///< that are in use and can be lost
  std::string infeasible{};        ///< why the strategy cannot carry its load as it is: then no loss is found
};

struct FailOptions {
  Losable each = Losable::site;
  std::uint32_t at_once = 1;  ///< 1 or 2
  StudyOptions study;
  /// The document that the strategy is of: needed for losses to be stored, or simulated elsewhere.
  LoadWith load{};
};

/// Losses of each part, or pair of parts, that the strategy uses; the worst first: those that cut users off
/// or overload what is left, then by the rise of p99.
///
/// What is compared are steady states before and after, with spill-over and retries as the scenario has them;
/// of the time between, who is in it and which requests fail are reckoned from detection, the names' time to
/// live and the attempts that come later. A link that is lost leaves its sites to the network's model of
/// unlisted pairs.
/// @param scenario  one that is not feasible as it is has no losses but a reason (Losses::infeasible)
[[nodiscard]] Losses find_losses(const Scenario& scenario, const FailOptions& options);

[[nodiscard]] std::string render_losses(const Scenario& scenario, const Losses& losses,
                                        const TextOptions& options);
[[nodiscard]] nlohmann::ordered_json losses_json(const Losses& losses);

}  // namespace planner
