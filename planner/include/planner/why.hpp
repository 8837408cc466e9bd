#pragma once
#include <array>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "planner/render.hpp"
#include "planner/results.hpp"
#include "planner/scenario.hpp"

namespace planner {

/// Which requests a latency is explained for.
enum class Explained : std::uint8_t {
  all,   ///< the mean of all answers
  tail,  ///< the answers at or above p99
};

/// One part of a latency.
struct PartShare {
  models::Part part{};
  double value = 0;               ///< mean over the explained requests [ms]
  std::optional<double> against;  ///< the same under the strategy that is compared with [ms]
};

/// What a flow's latency is made of, and what makes it.
struct Explanation {
  std::string strategy, flow, against;  ///< `against` empty: a figure, not a difference
  Explained explained = Explained::tail;
  Estimate figure;                ///< mean or p99 [ms]
  std::optional<Estimate> delta;  ///< to `against`, paired [ms]
  std::vector<PartShare> parts;   ///< largest first: by size, or by size of the change
  std::string binding;            ///< the resource behind the first part, with its numbers; empty: unknown
};

/// Attributes the latency of every flow of a strategy to its parts; differences where `against` is named.
///
/// Parts are means over requests, so they add up to the mean latency of the explained requests, which for the
/// tail lies above p99. The binding resource is the one that the flow's requests pass and that is busiest of
/// its kind (queues), or contributes most (service time, distance).
/// @param scenario  that of `strategy`
/// @param against   another strategy of the study; empty: none
[[nodiscard]] std::vector<Explanation> explain(const Study& study, const Scenario& scenario,
                                               const std::string& against, Explained explained);

[[nodiscard]] std::string render_explanations(const std::vector<Explanation>& all,
                                              const TextOptions& options);
[[nodiscard]] nlohmann::ordered_json explanations_json(const std::vector<Explanation>& all);

}  // namespace planner
