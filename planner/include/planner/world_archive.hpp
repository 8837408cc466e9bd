#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "models/world.hpp"

namespace planner {

/// A replication's result as bytes, the same on every machine: unsigned numbers in base 128 (LEB128), signed
/// ones folded onto them, doubles by their bits. Equal results are equal bytes.
[[nodiscard]] std::string archive(const models::WorldResult& result);

/// @return nothing where the bytes cannot come from archive()
[[nodiscard]] std::optional<models::WorldResult> restore(std::string_view bytes);

}  // namespace planner
