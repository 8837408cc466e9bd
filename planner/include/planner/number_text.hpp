#pragma once
#include <cstdint>
#include <string>

#include "planner/results.hpp"

/// Numbers as people read them: the same on every machine, no locale.
namespace planner {

/// About three significant digits, at most three decimals, thousands apart: `0.027`, `4.35`, `44.6`, `12
/// 580`.
[[nodiscard]] std::string number_text(double value);
/// With as many decimals as number_text(like) has.
[[nodiscard]] std::string number_text(double value, double like);
/// With its sign: `+1.20`, `-17.3`, `0`.
[[nodiscard]] std::string signed_text(double value, double like);
/// `44.6 ±1.2`; without the error where it is none in the digits that are shown.
[[nodiscard]] std::string with_error(const Estimate& estimate);
/// `-17.3 ±0.7`.
[[nodiscard]] std::string signed_with_error(const Estimate& estimate, double like);
/// A share as `12.3 %`, `0.41 %`, `100 %`.
[[nodiscard]] std::string percent_text(double share);
[[nodiscard]] std::string count_text(std::uint64_t count);
/// `24 h`, `10 min`, `90 s`, `50 ms`: the largest unit in which it is a short number.
[[nodiscard]] std::string duration_text(sim::Duration duration);
[[nodiscard]] double half_width(const Estimate& estimate);

}  // namespace planner
