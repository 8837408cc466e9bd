#pragma once
#include <string>
#include <vector>

namespace cli {

/// All of isochrone but the operating system's entry point.
/// @param arguments  without the program's name
/// @return the exit code
int run_program(const std::vector<std::string>& arguments);

}  // namespace cli
