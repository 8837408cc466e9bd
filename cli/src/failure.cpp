#include "failure.hpp"

#include <algorithm>

#include "planner/diagnostic.hpp"

namespace cli {

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates,
                         const std::string& otherwise) {
  std::string_view near = planner::nearest_word(word, candidates);
  const auto longer =
      std::ranges::find_if(candidates, [&](const std::string& one) { return one.starts_with(word); });
  if (near.empty() && !word.empty() && longer != candidates.end()) near = *longer;
  return near.empty() ? otherwise : "did you mean `" + std::string{near} + "`?";
}

}  // namespace cli
