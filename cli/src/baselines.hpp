#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cli {

/// Where a saved baseline lies: below .isochrone in the working folder.
/// @throws UsageError where the name cannot be a file's
[[nodiscard]] std::filesystem::path baseline_file(const std::string& name);
/// Names of the saved ones, sorted.
[[nodiscard]] std::vector<std::string> saved_baselines();

}  // namespace cli
