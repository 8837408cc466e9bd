#pragma once
#include <string>
#include <vector>

#include "planner/executor.hpp"

namespace cli {

/// All of isochrone but the operating system's entry point.
/// @param arguments  without the program's name
/// @param executor   other processes that simulate; null: this one alone
/// @return the exit code
int run_program(const std::vector<std::string>& arguments, planner::Executor* executor = nullptr);

}  // namespace cli
