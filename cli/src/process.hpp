#pragma once
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// A program to run, without a shell.
struct ProcessRequest {
  std::vector<std::string> command;    ///< the program, looked up on PATH, and its arguments
  std::optional<std::string> input{};  ///< its standard input; none: ours
  enum class Output { inherited, to_standard_error, none } output = Output::inherited;
  std::optional<std::chrono::milliseconds> time_limit{};  ///< beyond it the program is killed
};

struct ProcessResult {
  enum class Ending { exited, killed, timed_out, not_started } ending = Ending::not_started;
  int code = 0;  ///< of `exited`; the signal of `killed`
  [[nodiscard]] bool succeeded() const { return ending == Ending::exited && code == 0; }
};

/// Runs a program and waits for it. Never throws for what the program does.
[[nodiscard]] ProcessResult run_process(const ProcessRequest& request);

/// Where a program lies on the search path; empty: nowhere.
[[nodiscard]] std::string program_on_path(const std::string& program);
/// A program beside this one, or else on the search path; empty: nowhere.
[[nodiscard]] std::string program_beside(const std::string& program);

/// A folder that goes with the object.
class TemporaryFolder {
 public:
  /// @throws IoError
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace cli
