#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "planner/expression.hpp"
#include "planner/scenario.hpp"

namespace planner {

/// An upper bound that a plan must keep.
struct Requirement {
  enum class Measure : std::uint8_t { latency, cost, energy, carbon };
  Measure measure = Measure::latency;
  std::string flow;          ///< of a latency
  std::string population;    ///< of a latency; empty: the whole flow
  double probability = 0.0;  ///< percentile of the latency, a rung of planner::ladder; 0: the mean
  double limit = 0;          ///< [ms], [USD/month], [kWh/month], [kgCO2e/month]

  /// `p95(latency{flow=visit}) <= 200 ms`, as an assertion says it
  [[nodiscard]] std::string text() const;
  [[nodiscard]] const char* unit() const;
  /// What is limited; a table of figures has it in unit().
  [[nodiscard]] Metric metric() const;
};

/// Why a text is no requirement, in one sentence, with what was meant perhaps.
struct RequirementError {
  std::string message, help;
};

/// Reads an assertion (docs/expressions.md) that is an upper limit on a statistic of a flow's latency, or on
/// cost.total, energy.total or carbon.total.
[[nodiscard]] std::variant<Requirement, RequirementError> parse_requirement(std::string_view text,
                                                                            const Scenario& scenario);

struct ScenarioRequirements {
  std::vector<Requirement> requirements;
  std::vector<std::string> left_out;  ///< assertions of which a search has no estimate
};
/// The scenario's assertions; where none can be used, the deadlines of its flows at p99.
[[nodiscard]] ScenarioRequirements requirements_of(const Scenario& scenario);

}  // namespace planner
