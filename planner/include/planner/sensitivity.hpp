#pragma once
#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "planner/document.hpp"
#include "planner/render.hpp"
#include "planner/study.hpp"

namespace planner {

/// A number of the scenario that can be varied.
struct Input {
  std::string pointer;
  std::string value;     ///< as it stands, JSON text
  bool assumed = false;  ///< its basis is assumed or not stated
};

/// What one input does to a flow's p99 when it is lowered and raised by the same share.
struct Effect {
  Input input;
  /// Change of p99 with a paired interval [ms]; nothing where the varied scenario cannot be run.
  std::optional<Estimate> lowered, raised;
  std::string lowered_problem, raised_problem;  ///< why not
  bool flips = false;  ///< p99 crosses the flow's deadline in one of the two, or it cannot be run any more

  /// Greatest absolute change; infinite where one cannot be run. [ms]
  [[nodiscard]] double size() const;
};

struct Sensitivity {
  std::string strategy, flow;
  double by = 0;                          ///< share by which inputs are varied
  Estimate p99;                           ///< with nothing varied [ms]
  std::optional<sim::Duration> deadline;  ///< of the flow: the margin is what is left of it
  std::vector<Effect> effects;            ///< greatest first
};

/// Quantities, laws and numbers of the sections that describe the world and its demand, in document order.
[[nodiscard]] std::vector<Input> inputs_of(const Resolution& strategy);

/// Varies one input at a time by `by`, down and up, on the same random numbers.
///
/// One at a time: what inputs do together is not seen. O(inputs) studies of one strategy.
/// @param load  gives the document with further `--set` overlays
/// @param flow  empty: the first
[[nodiscard]] Sensitivity find_sensitivity(
    const std::function<Document(const std::vector<std::string>& sets)>& load, const std::string& strategy,
    const std::string& flow, double by, const StudyOptions& options);

[[nodiscard]] std::string render_sensitivity(const Sensitivity& all, std::size_t most,
                                             const TextOptions& options);
[[nodiscard]] nlohmann::ordered_json sensitivity_json(const Sensitivity& all);

}  // namespace planner
