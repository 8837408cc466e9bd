#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/distribution.hpp"
#include "sim/time.hpp"

namespace planner {

/// A law found for a sample, as the engine draws it and as a scenario spells it.
struct FittedLaw {
  sim::Distribution law;
  nlohmann::ordered_json text;  ///< `"5 ms"` or `{"dist": ...}`
  double distance = 0;          ///< Kolmogorov-Smirnov, between the sample and the law
};

/// The simplest law that a sample does not speak against.
///
/// In this order: a constant (coefficient of variation below 0.001), lognormal, gamma, Weibull, exponential;
/// the first whose Kolmogorov-Smirnov distance is within 1.358 / sqrt(n), which a right law with given
/// parameters exceeds one time in twenty (with fitted ones less often: the test is a mild one). Where all are
/// rejected, the sample's own quantiles.
/// @param sample  [s], none negative, not empty
[[nodiscard]] FittedLaw fit_law(std::vector<double> sample);

/// The law of a quantile table. @param quantiles  probability from 0 to 1, value [s], both rising
[[nodiscard]] FittedLaw law_of_quantiles(const std::vector<std::pair<double, double>>& quantiles);

/// How requests came.
struct FittedArrivals {
  enum class Kind : std::uint8_t {
    poisson,   ///< gaps not told apart from exponential ones
    periodic,  ///< gaps vary by less than 5 %
    other,     ///< neither; replay says more than a rate
  };
  Kind kind = Kind::poisson;
  double rate = 0;    ///< [1/s]
  double gap_cv = 0;  ///< coefficient of variation of the gaps
};

/// @param arrivals  ascending, at least two that differ
[[nodiscard]] FittedArrivals fit_arrivals(const std::vector<sim::Duration>& arrivals);

/// The quantile by linear interpolation between order statistics. @param sorted  not empty
[[nodiscard]] double sample_quantile(const std::vector<double>& sorted, double p);

/// `12.5 ms`: six digits in the unit that keeps the number at hand.
[[nodiscard]] std::string time_text(double seconds);

}  // namespace planner
