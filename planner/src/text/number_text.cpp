#include "planner/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace planner {
namespace {

/// Decimals that leave three significant digits, at most six.
int decimals_of(double value) {
  double size = std::abs(value);
  if (size == 0) return 0;
  int decimals = 0;
  for (; size < 99.95 && decimals < 6; size *= 10) ++decimals;
  return decimals;
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

bool is_zero(const std::string& number) { return number.find_first_of("123456789") == std::string::npos; }

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
  return value > 0 && !is_zero(text) ? "+" + text : text;
}

std::string with_error(const Estimate& estimate) {
  const std::string error = number_text(half_width(estimate), estimate.value);
  return number_text(estimate.value) + (is_zero(error) ? "" : " ±" + error);
}

std::string signed_with_error(const Estimate& estimate, double like) {
  const std::string error = number_text(half_width(estimate), like);
  return signed_text(estimate.value, like) + (is_zero(error) ? "" : " ±" + error);
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
