#include "read/catalogue_names.hpp"

#include <fmt/format.h>

#include "models/catalog_search.hpp"
#include "read/issues.hpp"

namespace planner {

void propose_catalogued(Diagnostic& issue, models::catalog::Kind kind, std::string_view text) {
  for (const std::string& id : models::catalog::called(kind, text))
    issue.suggestions.push_back({fmt::format("did you mean \"{}\"?", id), fmt::format("\"{}\"", id), {}});
  if (issue.suggestions.empty()) propose(issue, text, models::catalog::ids(kind));
}

}  // namespace planner
