#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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

  /// `p95(latency{flow=visit}) <= 200 ms`
  [[nodiscard]] std::string text() const;
  [[nodiscard]] const char* unit() const;
};

/// Why a text is no requirement, in one sentence, with what was meant perhaps.
struct RequirementError {
  std::string message, help;
};

/// Reads `STATISTIC(latency{flow=F, population=P}) <= TIME` with the statistics mean, p50, p90, p95, p99 and
/// p99.9, or `cost | energy | carbon <= NUMBER UNIT`, in the units of text(). `{...}` may be left out where
/// there is one flow.
[[nodiscard]] std::variant<Requirement, RequirementError> parse_requirement(std::string_view text,
                                                                            const Scenario& scenario);

/// The deadlines of the flows at p99: what is required where nothing else is.
[[nodiscard]] std::vector<Requirement> deadlines(const Scenario& scenario);

}  // namespace planner
