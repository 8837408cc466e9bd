#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

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
  /// Largest share of a service's calls that the lost part served before, 0..1; its callers are the users in
  /// it.
  double share = 0;
  /// Requests that fail until the failover: those share for detection and half the time to live of a name.
  double failed_requests = 0;
  /// After the failover.
  struct Flow {
    std::string flow;
    Estimate p99, delta;  ///< [ms]; to the strategy with nothing lost, paired
  };
  std::vector<Flow> flows;
};

/// The scenario as it is after the loss and its failover; it may not be able to carry its load.
[[nodiscard]] Scenario without(const Scenario& scenario, Losable each, const std::vector<std::string>& lost);

struct FailOptions {
  Losable each = Losable::site;
  std::uint32_t at_once = 1;  ///< 1 or 2
  StudyOptions study;
};

/// Losses of each part, or pair of parts, that the strategy uses; the worst first: those that cut users off
/// or overload what is left, then by the rise of p99.
///
/// What is compared are steady states before and after; of the time between only the failed requests are
/// reckoned. A link that is lost leaves its sites to the network's model of unlisted pairs.
/// @param scenario  feasible as it is
[[nodiscard]] std::vector<Loss> find_losses(const Scenario& scenario, const FailOptions& options);

[[nodiscard]] std::string render_losses(const Scenario& scenario, const std::vector<Loss>& losses,
                                        const TextOptions& options);
[[nodiscard]] nlohmann::ordered_json losses_json(const std::vector<Loss>& losses);

}  // namespace planner
