#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "planner/jsonc.hpp"
#include "read/issues.hpp"

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

/// The folder of a scenario: the only place that it may read from. Copies share what they have read.
class ProjectFolder {
 public:
  using Files = std::map<std::string, std::string>;  ///< text by path within the folder

  explicit ProjectFolder(std::filesystem::path folder)
      : folder_{std::move(folder)}, been_read_{std::make_shared<BeenRead>()} {}
  /// A folder that has these files alone, on no disk.
  explicit ProjectFolder(Files files) : ProjectFolder{std::filesystem::path{}} { files_ = std::move(files); }

  /// Content of a file named in the scenario; an issue at `span` where it cannot be read or lies outside of
  /// the folder, links followed.
  [[nodiscard]] std::optional<std::string> read(std::string_view relative, Span span, Issues& issues) const;
  /// How diagnostics call the file.
  [[nodiscard]] std::string shown(std::string_view relative) const;
  /// The same folder with nothing read yet.
  [[nodiscard]] ProjectFolder unread() const {
    ProjectFolder copy = *this;
    copy.been_read_ = std::make_shared<BeenRead>();
    return copy;
  }
  /// Counts as read by this folder, too.
  void note(const Files& files) const;
  /// What read() has given so far. Safe from any thread, as read() is.
  [[nodiscard]] Files been_read() const;

 private:
  struct BeenRead {
    std::mutex mutex;
    Files files;
  };
  [[nodiscard]] FileContent content(std::string_view relative) const;

  std::filesystem::path folder_;
  std::optional<Files> files_;  // instead of the folder
  std::shared_ptr<BeenRead> been_read_;
};

}  // namespace planner
