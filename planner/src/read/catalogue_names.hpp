#pragma once
#include <string_view>

#include "models/catalog.hpp"
#include "planner/diagnostic.hpp"

namespace planner {

/// Adds `did you mean "..."?` for what the catalogue may mean by `text`: what goes by it, else the nearest
/// id.
void propose_catalogued(Diagnostic& issue, models::catalog::Kind kind, std::string_view text);

}  // namespace planner
