#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "planner/estimate.hpp"
#include "planner/results.hpp"

namespace planner {

/// Latency of all requests of the classes together; empty where none has an estimate.
struct ClassMixture {
  LatencyLaw law;
  double rate = 0;  ///< [1/s]
};
[[nodiscard]] ClassMixture mixture_of(const AnalyticEstimate& analytic,
                                      std::span<const std::uint32_t> classes);

/// What formulas say of a scenario before anything is simulated: the `analytic` figures of its results.
struct Outlook {
  struct Flow {
    std::string flow;
    double mean = 0;                      ///< [ms]
    std::array<double, 5> percentiles{};  ///< [ms], by ladder
  };
  std::vector<Flow> flows;  ///< by id; empty where `problem` says why
  std::string problem;      ///< overload, or why the formulas do not apply
};

/// Some milliseconds of computing.
[[nodiscard]] Outlook outlook(const Scenario& scenario);

}  // namespace planner
