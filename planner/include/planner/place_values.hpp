#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "planner/coverage.hpp"
#include "planner/results.hpp"

/// Results place by place: what a map shows of sites and of populations.
namespace planner {

enum class PlaceMetric : std::uint8_t {
  round_trip,   ///< of a population: mean of reach() over its users [ms]
  p95,          ///< of the latency of a flow: of those it serves, or of a population's [ms]
  utilisation,  ///< of a site: of its busiest pool [%]
  cost,         ///< of a site: of all that is paid for there; of a population: of its devices [USD/month]
  carbon,       ///< of a site's energy and hardware; of a population: of its devices [kgCO2e/month]
};
inline constexpr std::array<PlaceMetric, 5> place_metrics{PlaceMetric::round_trip, PlaceMetric::p95,
                                                          PlaceMetric::utilisation, PlaceMetric::cost,
                                                          PlaceMetric::carbon};
[[nodiscard]] std::string_view name(PlaceMetric metric);
[[nodiscard]] std::string_view unit_of(PlaceMetric metric);

/// By id; places of which the metric tells nothing are left out.
struct PlaceValues {
  std::map<std::string, double> sites, populations;
};

/// @param result   null: not simulated, so that round trips alone are known
/// @param reached  reach() of the flow
[[nodiscard]] PlaceValues place_values(PlaceMetric metric, const StrategyResult* result,
                                       std::span<const Reach> reached, const std::string& flow);

}  // namespace planner
