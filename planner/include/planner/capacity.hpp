#pragma once
#include <vector>

#include "planner/diagnostic.hpp"
#include "planner/document.hpp"

namespace planner {

/// What check_load() finds in a strategy, at its places in the files: overload and calls that nobody can
/// serve as errors, crowded resources as warnings. Compiles the scenario, but runs nothing; milliseconds.
[[nodiscard]] std::vector<Diagnostic> check_capacity(const Resolution& resolution);

}  // namespace planner
