#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace test_support {

/// How to run a program.
struct Command {
  std::vector<std::string> arguments;  ///< program first
  std::string input{};                 ///< its standard input
  enum class Input { text, never_comes } input_kind = Input::text;
  std::vector<std::pair<std::string, std::string>> environment{};  ///< set on top of ours
  std::filesystem::path folder{};                                  ///< working folder; empty: ours
  std::string output_file{};  ///< standard output goes there (such as /dev/full) instead of being kept
  enum class Output { kept, closed_pipe, closed } output = Output::kept;
  enum class ErrorStream { kept, terminal } error_stream = ErrorStream::kept;
};

struct Finished {
  int exit_code = -1;  ///< -1: ended by a signal
  int signal = 0;
  std::string output, error;
  std::chrono::milliseconds duration{};
  double cpu_seconds = 0;
  double peak_bytes = 0;  ///< most memory it had, or this process when it began it, whichever is more
};

/// A running child process. Kills it when destroyed before it has ended.
class Process {
 public:
  explicit Process(const Command& command);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();
  void send(int signal) const;
  [[nodiscard]] int id() const { return id_; }
  /// Collects its output until it ends; kills it and fails with std::runtime_error after `limit`.
  Finished wait(std::chrono::seconds limit = std::chrono::seconds{60});
  /// Waits until `pattern` (a regular expression) has appeared on its standard error.
  /// @return false if it ended before or `limit` passed
  bool wait_for_error(const std::string& pattern, std::chrono::seconds limit = std::chrono::seconds{30});

 private:
  void read_available(int timeout_milliseconds);

  int id_ = -1;
  int output_ = -1, error_ = -1;
  int held_input_ = -1;  // kept open so that standard input does not end
  Finished finished_;
  std::chrono::steady_clock::time_point start_;
};

/// Runs it to its end.
Finished run(const Command& command);

/// A folder of its own for a test, removed afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file below it. @return its path
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string read_text(const std::filesystem::path& path);

}  // namespace test_support
