#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace planner {

/// JSON for people and line-wise tools alike: two spaces a level, but what holds no other object or array
/// stands in one line, such as `{"v": 44.6, "unit": "ms"}`, unless text makes it longer than 160 bytes. Ends
/// with a line feed. Bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& document);

}  // namespace planner
