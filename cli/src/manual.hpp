#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace cli {

/// The manual page isochrone(1) in roff, made from the commands and their options.
[[nodiscard]] std::string manual_page(const CLI::App& app);

}  // namespace cli
