#include "text/json_figures.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace planner {

nlohmann::ordered_json rounded(double value) {
  if (!std::isfinite(value)) return nullptr;
  const std::string text = fmt::format("{:.9g}", value);
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

nlohmann::ordered_json estimate_json(const Estimate& estimate) {
  return {{"v", rounded(estimate.value)},
          {"lo", rounded(estimate.low)},
          {"hi", rounded(estimate.high)},
          {"unit", estimate.unit}};
}

}  // namespace planner
