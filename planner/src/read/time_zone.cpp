#include "read/time_zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

namespace planner {

bool is_time_zone(std::string_view name) {
  // The form is checked first: the database would be asked for a file of that name.
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  if (name.find('/') == std::string_view::npos || name.starts_with('/') ||
      !std::ranges::all_of(name, is_plain))
    return false;
  try {
    return date::locate_zone(std::string{name}) != nullptr;
  } catch (const std::runtime_error&) {  // how the library says that there is none
    return false;
  }
}

std::vector<ClockShift> zone_clock(const std::string& name, std::int64_t start, sim::Duration run) {
  const date::time_zone& zone = *date::locate_zone(name);
  const date::sys_seconds begin{std::chrono::seconds{start}};
  const date::sys_seconds end = begin + std::chrono::ceil<std::chrono::seconds>(run);
  std::vector<ClockShift> clock;
  for (date::sys_seconds at = begin;;) {
    const date::sys_info info = zone.get_info(at);
    if (clock.empty() || clock.back().offset != info.offset) clock.push_back({at - begin, info.offset});
    if (info.end >= end || info.end <= at) return clock;
    at = info.end;
  }
}

}  // namespace planner
