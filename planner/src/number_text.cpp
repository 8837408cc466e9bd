#include "number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace planner {
namespace {

int decimals_of(double value) {
  const double size = std::abs(value);
  if (size == 0 || size >= 99.95) return 0;
  if (size >= 9.995) return 1;
  return size >= 0.9995 ? 2 : 3;
}

/// Puts a space between thousands of the whole part.
std::string grouped(std::string digits) {
  const std::size_t begin = digits.starts_with('-') || digits.starts_with('+') ? 1 : 0;
  const std::size_t point = digits.find('.');
  std::size_t at = point == std::string::npos ? digits.size() : point;
  if (at - begin <= 4) return digits;
  for (; at > begin + 3; at -= 3) digits.insert(at - 3, " ");
  return digits;
}

std::string fixed_text(double value, int decimals) {
  std::string text = grouped(fmt::format("{:.{}f}", value, decimals));
  // A negative number that rounds to zero is zero.
  return text.find_first_of("123456789") == std::string::npos && text.starts_with('-') ? text.substr(1)
                                                                                       : text;
}

}  // namespace

double half_width(const Estimate& estimate) { return (estimate.high - estimate.low) / 2; }

std::string number_text(double value) { return fixed_text(value, decimals_of(value)); }

std::string number_text(double value, double like) { return fixed_text(value, decimals_of(like)); }

std::string signed_text(double value, double like) {
  const std::string text = number_text(value, like);
  return value > 0 && text.find_first_of("123456789") != std::string::npos ? "+" + text : text;
}

std::string with_error(const Estimate& estimate) {
  const std::string value = number_text(estimate.value);
  if (estimate.high <= estimate.low) return value;
  return value + " ±" +
         number_text(half_width(estimate), std::min(estimate.value, half_width(estimate) * 10));
}

std::string signed_with_error(const Estimate& estimate, double like) {
  const std::string value = signed_text(estimate.value, like);
  return estimate.high > estimate.low ? value + " ±" + number_text(half_width(estimate), like) : value;
}

std::string percent_text(double share) {
  const double percent = 100 * share;
  if (percent == 0) return "0 %";
  if (percent > 99.995 && percent < 100) return "<100 %";
  if (percent < 0.005) return "<0.01 %";
  return fmt::format("{:.{}f} %", percent, percent == 100 ? 0 : (percent < 10 || percent > 99 ? 2 : 1));
}

std::string count_text(std::uint64_t count) { return grouped(fmt::format("{}", count)); }

std::string duration_text(sim::Duration duration) {
  struct Unit {
    std::int64_t nanoseconds;
    const char* name;
  };
  constexpr std::array<Unit, 6> units{{{3'600'000'000'000, "h"},
                                       {60'000'000'000, "min"},
                                       {1'000'000'000, "s"},
                                       {1'000'000, "ms"},
                                       {1'000, "us"},
                                       {1, "ns"}}};
  for (const Unit& unit : units) {
    const std::int64_t count = duration.count() / unit.nanoseconds;
    if (count > 0 && duration.count() % unit.nanoseconds == 0) return fmt::format("{} {}", count, unit.name);
  }
  return duration.count() == 0 ? "0 s" : fmt::format("{:.9g} s", sim::to_seconds(duration));
}

}  // namespace planner
