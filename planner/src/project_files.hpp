#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "issues.hpp"
#include "planner/jsonc.hpp"

namespace planner {

/// Content of a file, or why it cannot be had.
struct FileContent {
  std::string text;
  std::string problem;  ///< empty: read
  Code code = Code::unreadable_file;
};

/// Reads at most `limit` bytes; a larger file is a problem and not read.
[[nodiscard]] FileContent read_file(const std::filesystem::path& path,
                                    std::size_t limit = ParseLimits{}.bytes);

/// The folder of a scenario: the only place that it may read from.
class ProjectFolder {
 public:
  explicit ProjectFolder(std::filesystem::path folder) : folder_{std::move(folder)} {}

  /// Content of a file named in the scenario; an issue at `span` where it cannot be read or lies outside of
  /// the folder, links followed.
  [[nodiscard]] std::optional<std::string> read(std::string_view relative, Span span, Issues& issues) const;
  /// How diagnostics call the file.
  [[nodiscard]] std::string shown(std::string_view relative) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace planner
