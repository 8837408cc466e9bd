#include "files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>

#include "failure.hpp"

namespace cli {

namespace fs = std::filesystem;

namespace {

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }
  /// Closes early, because some file systems report a full disk only here. @return 0 or errno
  int close() {
    const int result = ::close(number_) == 0 ? 0 : errno;
    number_ = -1;
    return result;
  }

 private:
  int number_;
};

/// Holds back Ctrl-C while a temporary file exists, so that none is left behind.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

/// @return 0 or errno
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

[[noreturn]] void fail(std::string_view what, const fs::path& path, int error) {
  throw IoError{std::string{what} + " " + path.string() + ": " + std::strerror(error)};
}

/// Permissions for the new file: those of the file it replaces, else what the umask leaves.
mode_t wanted_mode(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

void write_in_place(const fs::path& path, std::string_view text) {
  Descriptor file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
  if (file.get() < 0) fail("cannot write", path, errno);
  int error = write_all(file.get(), text);
  if (error == 0) error = file.close();
  if (error != 0 && error != EPIPE) fail("cannot write", path, error);
}

void replace_file(const fs::path& path, std::string_view text) {
  const SignalsHeld held;
  std::string temporary = (path.parent_path() / ("." + path.filename().string() + ".XXXXXX")).string();
  Descriptor file{::mkostemp(temporary.data(), O_CLOEXEC)};
  if (file.get() < 0) fail("cannot write", path, errno);
  int error = ::fchmod(file.get(), wanted_mode(path)) == 0 ? write_all(file.get(), text) : errno;
  if (error == 0 && ::fsync(file.get()) != 0 && errno != EINVAL) error = errno;
  if (const int closing = file.close(); error == 0) error = closing;
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    fail("cannot write", path, error);
  }
}

}  // namespace

void occupy_standard_streams() {
  for (int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // Opened for reading only: a write to a closed output is to fail, not to vanish.
    if (::fcntl(stream, F_GETFD) == -1 && errno == EBADF) (void)::open("/dev/null", O_RDONLY);
  }
}

void write_output(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error != 0 && error != EPIPE) fail("cannot write", "standard output", error);
}

void write_error(std::string_view text) { (void)write_all(STDERR_FILENO, text); }

void write_file(const fs::path& path, std::string_view text) {
  std::error_code ignored;
  const fs::path target = fs::weakly_canonical(path, ignored);
  const fs::path& place = target.empty() ? path : target;
  const fs::file_status status = fs::status(place, ignored);
  if (fs::is_directory(status)) fail("cannot write", path, EISDIR);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    write_in_place(path, text);
  } else {
    replace_file(place, text);
  }
}

void expect_writable(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) fail("cannot write", path, EISDIR);
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored)) return;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
  if (::access(folder.c_str(), W_OK | X_OK) != 0) fail("cannot write", path, errno);
}

std::string read_file(const fs::path& path) {
  const bool standard_input = path == "-";
  Descriptor file{standard_input ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.get() < 0) fail("cannot read", path, errno);
  std::string text;
  char block[65536];
  for (;;) {
    const ssize_t got = ::read(file.get(), block, sizeof block);
    if (got == 0) return text;
    if (got > 0) {
      text.append(block, static_cast<std::size_t>(got));
    } else if (errno != EINTR) {
      fail("cannot read", path, errno);
    }
  }
}

}  // namespace cli
