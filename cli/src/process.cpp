#include "process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <sstream>

#include "failure.hpp"

extern char** environ;

namespace cli {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// A file without a name that holds `text`, at its beginning; -1 where there is no room. A pipe would stop us
/// at a program that does not read, and a signal at one that has ended.
int file_with(const std::string& text) {
  const int file = memfd_create("input", MFD_CLOEXEC);
  if (file < 0) return -1;
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t count = write(file, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      close(file);
      return -1;
    }
    done += static_cast<std::size_t>(count);
  }
  lseek(file, 0, SEEK_SET);
  return file;
}

/// What posix_spawn needs besides the command.
class SpawnSettings {
 public:
  explicit SpawnSettings(const ProcessRequest& request) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    if (request.input) {
      input_ = file_with(*request.input);
      posix_spawn_file_actions_adddup2(&actions_, input_, STDIN_FILENO);
    }
    if (request.output == ProcessRequest::Output::to_standard_error)
      posix_spawn_file_actions_adddup2(&actions_, STDERR_FILENO, STDOUT_FILENO);
    if (request.output == ProcessRequest::Output::none) {
      for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&actions_, stream, "/dev/null", O_WRONLY, 0);
    }
    // With its own group, a program that takes too long is killed with those that it started.
    if (request.time_limit) posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    if (input_ >= 0) close(input_);
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  [[nodiscard]] pid_t start(const std::vector<std::string>& command) const {
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    pid_t child = 0;
    return posix_spawnp(&child, arguments.front(), &actions_, &attributes_, arguments.data(), environ) == 0
               ? child
               : 0;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
  int input_ = -1;
};

ProcessResult result_of(int status) {
  using Ending = ProcessResult::Ending;
  if (WIFEXITED(status)) return {Ending::exited, WEXITSTATUS(status)};
  return {Ending::killed, WTERMSIG(status)};
}

}  // namespace

ProcessResult run_process(const ProcessRequest& request) {
  const pid_t child = SpawnSettings{request}.start(request.command);
  if (child == 0) return {};
  const auto begin = Clock::now();
  for (int status = 0;;) {
    const pid_t ended = waitpid(child, &status, request.time_limit ? WNOHANG : 0);
    if (ended == child) return result_of(status);
    if (ended < 0 && errno != EINTR) return {};
    if (!request.time_limit) continue;
    if (Clock::now() - begin < *request.time_limit) {
      poll(nullptr, 0, 1);
      continue;
    }
    kill(-child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return {ProcessResult::Ending::timed_out, 0};
  }
}

std::string program_on_path(const std::string& program) {
  const char* value = std::getenv("PATH");
  std::istringstream folders{value == nullptr ? "" : value};
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const std::string path = folder + "/" + program; access(path.c_str(), X_OK) == 0) return path;
  return {};
}

std::string program_beside(const std::string& program) {
  std::error_code error;
  const std::string beside = fs::read_symlink("/proc/self/exe", error).parent_path() / program;
  return access(beside.c_str(), X_OK) == 0 ? beside : program_on_path(program);
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "isochrone-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw IoError{name + ": no temporary folder can be made"};
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace cli
