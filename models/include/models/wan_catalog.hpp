#pragma once
#include <memory>
#include <string_view>

#include "topology/wide_area.hpp"

namespace models {

/// Which corridors of the catalogue to use.
enum class CorridorSet {
  clouds_2022,  ///< as the published fit: three cables that the clouds of 2022 left out are left out
  all
};

/// Reads a corridor graph in the form of models/catalog/wan_hub_graph.json.
/// @throws std::runtime_error naming the key that is missing or wrong, or all problems() of the graph
[[nodiscard]] topology::WideAreaSpec read_wide_area(std::string_view json, CorridorSet corridors);

/// The corridor graph of the catalogue. Reads it anew (below 1 ms): ask once and keep it.
[[nodiscard]] std::shared_ptr<const topology::WideArea> catalogue_wide_area(
    CorridorSet corridors = CorridorSet::clouds_2022);

}  // namespace models
