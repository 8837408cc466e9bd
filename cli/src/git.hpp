#pragma once
#include <filesystem>
#include <string>

#include "process.hpp"

namespace cli {

/// The folder of a file as it was at a revision, in a temporary folder that goes with the object.
class GitSnapshot {
 public:
  /// @param file      within a work tree of git
  /// @param revision  what git takes for one: main, origin/main, a hash
  /// @throws IoError where git or tar fail
  GitSnapshot(const std::filesystem::path& file, const std::string& revision);

  /// The file as it was.
  [[nodiscard]] std::string file() const { return file_.string(); }

 private:
  TemporaryFolder folder_;
  std::filesystem::path file_;
};

}  // namespace cli
