#include "git.hpp"

#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <vector>

#include "failure.hpp"

extern char** environ;

namespace cli {

namespace {

namespace fs = std::filesystem;

/// Runs a program without a shell. @return whether it succeeded
bool succeeds(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, arguments.front(), nullptr, nullptr, arguments.data(), environ) != 0) return false;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

fs::path temporary_folder() {
  std::string name = (fs::temp_directory_path() / "isochrone-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw IoError{name + ": no temporary folder can be made"};
  return name;
}

}  // namespace

GitSnapshot::GitSnapshot(const fs::path& file, const std::string& revision) : folder_{temporary_folder()} {
  const fs::path from = file.has_parent_path() ? file.parent_path() : fs::path{"."};
  const std::string archive = (folder_ / "archive.tar").string();
  // A revision that looks like an option would be taken for one.
  const bool fetched = !revision.starts_with("-") &&
                       succeeds({"git", "-C", from.string(), "archive", "--format=tar", "--output=" + archive,
                                 revision, "."}) &&
                       succeeds({"tar", "-C", folder_.string(), "-xf", archive});
  if (fetched) {
    file_ = folder_ / file.filename();
    return;
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
  throw IoError{"git has no " + file.string() + " at \"" + revision + "\""};
}

GitSnapshot::~GitSnapshot() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace cli
