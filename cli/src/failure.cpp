#include "failure.hpp"

#include <algorithm>

#include "planner/diagnostic.hpp"

namespace cli {

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates,
                         const std::string& otherwise) {
  std::string_view near = planner::nearest_word(word, candidates);
  // A part of a name, or one with a word too many: "orin-nano" of "jetson-orin-nano".
  const auto akin = std::ranges::find_if(candidates, [&](const std::string& one) {
    return one.starts_with(word) || (word.size() > 2 && one.find(word) != std::string::npos) ||
           word.starts_with(one + "-");
  });
  if (near.empty() && !word.empty() && akin != candidates.end()) near = *akin;
  return near.empty() ? otherwise : "did you mean `" + std::string{near} + "`?";
}

}  // namespace cli
