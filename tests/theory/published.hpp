#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace theory {

/// Measurements and results of other tools, in the folder of validation data.
inline constexpr const char* published_file = "validation/published.json";

/// One of its records. @throws std::runtime_error when there is none called `id`
const nlohmann::json& published(const std::string& id);

}  // namespace theory
