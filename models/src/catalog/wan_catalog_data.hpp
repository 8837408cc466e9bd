#pragma once
#include <span>
#include <string_view>
#include <utility>

namespace models {

/// The file models/catalog/wan_hub_graph.json, compiled in (cmake/Embed.cmake).
std::span<const std::pair<std::string_view, std::string_view>> wan_catalog_files();

}  // namespace models
