#pragma once
#include <stdexcept>
#include <string>
#include <vector>

namespace cli {

/// The command line is wrong: exit 2.
class UsageError : public std::runtime_error {
 public:
  /// @param help  a sentence that says what to do instead; may be empty
  explicit UsageError(const std::string& message, std::string help = {})
      : std::runtime_error{message}, help_{std::move(help)} {}
  [[nodiscard]] const std::string& help() const { return help_; }

 private:
  std::string help_;
};

/// A file or stream fails: exit 4.
class IoError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `did you mean ...?` with the candidate nearest to `word`, or one that begins with it, else the sentence
/// `otherwise`.
[[nodiscard]] std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates,
                                       const std::string& otherwise);

}  // namespace cli
