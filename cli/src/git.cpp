#include "git.hpp"

#include <vector>

#include "failure.hpp"

namespace cli {

namespace fs = std::filesystem;

GitSnapshot::GitSnapshot(const fs::path& file, const std::string& revision) {
  const fs::path from = file.has_parent_path() ? file.parent_path() : fs::path{"."};
  const std::string archive = (folder_.path() / "archive.tar").string();
  const auto succeeds = [](std::vector<std::string> command) {
    return run_process({.command = std::move(command)}).succeeded();
  };
  // A revision that looks like an option would be taken for one.
  const bool fetched = !revision.starts_with("-") &&
                       succeeds({"git", "-C", from.string(), "archive", "--format=tar", "--output=" + archive,
                                 revision, "."}) &&
                       succeeds({"tar", "-C", folder_.path().string(), "-xf", archive});
  if (!fetched) throw IoError{"git has no " + file.string() + " at \"" + revision + "\""};
  file_ = folder_.path() / file.filename();
}

}  // namespace cli
