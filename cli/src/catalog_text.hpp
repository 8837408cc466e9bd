#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace cli {

/// An entry of the catalogue as an outline for people: one line a figure, with its basis and source.
[[nodiscard]] std::string catalog_text(const nlohmann::ordered_json& entry);

}  // namespace cli
