#pragma once
#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "planner/origin.hpp"
#include "planner/render.hpp"
#include "planner/study.hpp"

namespace planner {

/// A number of the scenario that can be varied.
struct Input {
  std::string pointer;
  std::string value;     ///< as it stands, JSON text
  bool assumed = false;  ///< its basis is assumed or not stated
};

/// What one input does to a margin when it is lowered and raised by the same share.
struct Effect {
  Input input;
  /// Change of the margin with a paired interval; nothing where the varied scenario cannot be run.
  std::optional<Estimate> lowered, raised;
  std::string lowered_problem, raised_problem;  ///< why not
  bool flips = false;  ///< the requirement is met before and missed after, or the other way round, or it
                       ///< cannot be run any more

  /// Greatest absolute change; infinite where one cannot be run. [unit of the margin]
  [[nodiscard]] double size() const;
};

/// All inputs' effects on one requirement.
struct Tornado {
  enum class About : std::uint8_t {
    margin,  ///< of a requirement: what is left to its limit, above zero where it is met
    value,   ///< of a percentile that nothing limits
  };
  std::string id;    ///< of the assertion; empty: the flow that was asked for
  std::string text;  ///< the requirement as written, or the metric
  About about = About::margin;
  Estimate margin;              ///< with nothing varied
  std::string problem;          ///< why there is no margin, empty if there is
  std::vector<Effect> effects;  ///< greatest first
};

struct Sensitivity {
  std::string strategy;
  double by = 0;                       ///< share by which inputs are varied
  std::size_t varied = 0, inputs = 0;  ///< fewer where it was ended early
  std::vector<Tornado> tornadoes;
};

/// What a sensitivity is about.
struct SensitivityOptions {
  std::string strategy;
  std::string flow;       ///< p99 of it, held against its deadline if it has one; empty: assertions
  std::string assertion;  ///< only this one; empty: all, and where there is none p99 of the first flow
  double by = 0.1;
  StudyOptions study;
};

/// Quantities, laws and numbers of the sections that describe the world and its demand, in document order.
[[nodiscard]] std::vector<Input> inputs_of(const Resolution& strategy);

/// Varies one input at a time, down and up, on the same random numbers.
///
/// A count that the share does not make a whole number moves to the next one beyond. One at a time: what
/// inputs do together is not seen. O(inputs) studies of one strategy, and of the baseline where an assertion
/// compares with it.
[[nodiscard]] Sensitivity find_sensitivity(const LoadWith& load, const SensitivityOptions& options);

/// @param most  inputs printed of each requirement
[[nodiscard]] std::string render_sensitivity(const Sensitivity& all, std::size_t most,
                                             const TextOptions& options);
[[nodiscard]] nlohmann::ordered_json sensitivity_json(const Sensitivity& all);

}  // namespace planner
