#include "support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace test_support {

namespace {

using std::chrono::steady_clock;

struct Pipe {
  int reader = -1, writer = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error{"pipe2 failed"};
  return {ends[0], ends[1]};
}

Pipe make_terminal() {
  Pipe ends;
  winsize size{.ws_row = 25, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
  if (::openpty(&ends.reader, &ends.writer, nullptr, nullptr, &size) != 0) {
    throw std::runtime_error{"openpty failed"};
  }
  ::fcntl(ends.reader, F_SETFD, FD_CLOEXEC);
  ::fcntl(ends.writer, F_SETFD, FD_CLOEXEC);
  return ends;
}

/// A file that holds the input: no pipe to feed, so nothing can block.
int input_descriptor(const std::string& text) {
  std::string name = (std::filesystem::temp_directory_path() / "isochrone-input-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) throw std::runtime_error{"no temporary file"};
  ::unlink(name.c_str());
  if (::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw std::runtime_error{"cannot write the input"};
  }
  ::lseek(file, 0, SEEK_SET);
  return file;
}

/// The child's side; only async-signal-safe work but for setenv, in a program without other threads.
[[noreturn]] void become(const Command& command, int input, int output, int error) {
  ::dup2(input, STDIN_FILENO);
  if (command.output == Command::Output::closed) {
    ::close(STDOUT_FILENO);
  } else {
    ::dup2(output, STDOUT_FILENO);
  }
  ::dup2(error, STDERR_FILENO);
  if (!command.folder.empty() && ::chdir(command.folder.c_str()) != 0) ::_exit(126);
  for (const auto& [name, value] : command.environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments;
  for (const std::string& argument : command.arguments)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

/// @return false at the end of the stream
bool append_available(int descriptor, std::string& text) {
  std::array<char, 65536> block{};
  const ssize_t got = ::read(descriptor, block.data(), block.size());
  if (got > 0) text.append(block.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

}  // namespace

Process::Process(const Command& command) : start_{steady_clock::now()} {
  const bool endless = command.input_kind == Command::Input::never_comes;
  const Pipe silence = endless ? make_pipe() : Pipe{};
  held_input_ = silence.writer;
  const int input = endless ? silence.reader : input_descriptor(command.input);
  Pipe output = make_pipe();
  const Pipe error = command.error_stream == Command::ErrorStream::terminal ? make_terminal() : make_pipe();
  int target = output.writer;
  if (!command.output_file.empty()) {
    target = ::open(command.output_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  }
  if (command.output == Command::Output::closed_pipe) {
    ::close(output.reader);
    output.reader = -1;
  }
  id_ = ::fork();
  if (id_ == 0) become(command, input, target, error.writer);
  ::close(input);
  ::close(output.writer);
  ::close(error.writer);
  if (target != output.writer) ::close(target);
  output_ = output.reader;
  error_ = error.reader;
}

Process::~Process() {
  if (id_ > 0) {
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  if (output_ >= 0) ::close(output_);
  if (error_ >= 0) ::close(error_);
  if (held_input_ >= 0) ::close(held_input_);
}

void Process::send(int signal) const { ::kill(id_, signal); }

void Process::read_available(int timeout_milliseconds) {
  std::array<pollfd, 2> streams{{{output_, POLLIN, 0}, {error_, POLLIN, 0}}};
  if (::poll(streams.data(), streams.size(), timeout_milliseconds) <= 0) return;
  const auto read_from = [](const pollfd& stream, int& descriptor, std::string& text) {
    if (stream.revents != 0 && !append_available(descriptor, text)) {
      ::close(descriptor);
      descriptor = -1;
    }
  };
  read_from(streams[0], output_, finished_.output);
  read_from(streams[1], error_, finished_.error);
}

Finished Process::wait(std::chrono::seconds limit) {
  while (output_ >= 0 || error_ >= 0) {
    read_available(100);
    if (steady_clock::now() - start_ > limit) throw std::runtime_error{"the process takes too long"};
  }
  int status = 0;
  rusage used{};
  ::wait4(id_, &status, 0, &used);
  id_ = -1;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  finished_.cpu_seconds = seconds(used.ru_utime) + seconds(used.ru_stime);
  finished_.peak_bytes = 1024.0 * static_cast<double>(used.ru_maxrss);
  finished_.duration = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start_);
  if (WIFEXITED(status)) finished_.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished_.signal = WTERMSIG(status);
  return finished_;
}

bool Process::wait_for_error(const std::string& pattern, std::chrono::seconds limit) {
  const std::regex wanted{pattern};
  while (!std::regex_search(finished_.error, wanted)) {
    if (error_ < 0 || steady_clock::now() - start_ > limit) return false;
    read_available(20);
  }
  return true;
}

Finished run(const Command& command) { return Process{command}.wait(); }

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "isochrone-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& text) const {
  const std::filesystem::path file = path_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream{file} << text;
  return file.string();
}

std::string read_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

}  // namespace test_support
