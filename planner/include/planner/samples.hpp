#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace planner {

/// The files of scenarios/, samples without schemas, compiled in: (`shop-200ms/scenario.json`, content),
/// sorted by path. Defined by the build (cmake/Embed.cmake).
[[nodiscard]] std::span<const std::pair<std::string_view, std::string_view>> sample_files();

/// A scenario that comes with the program.
struct Sample {
  std::string name;      ///< its folder
  std::string question;  ///< meta.title
  std::string note;      ///< meta.note: what to look at
};

/// Every sample, by name.
[[nodiscard]] std::vector<Sample> samples();

}  // namespace planner
