#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace cli {

inline constexpr const char* tool_name = "isochrone";
inline constexpr const char* tool_version = ISOCHRONE_VERSION;

/// The member `tool` of every JSON document.
[[nodiscard]] inline nlohmann::ordered_json tool_json() {
  return {{"name", tool_name}, {"version", tool_version}};
}

}  // namespace cli
