#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "planner/jsonc.hpp"

namespace planner {

/// Thrown to end a parse once the issue is recorded; never leaves parse_jsonc().
struct GiveUp {};

/// Reads the tokens of JSON with comments and reports what is wrong with them. The parser of arrays and
/// objects builds on it and keeps `open_` and `path_`, which place the reports.
class JsoncScanner {
 protected:
  explicit JsoncScanner(ParsedText& out) : out_{out}, file_{*out.source}, text_{file_.text()} {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  /// The next byte, 0 at the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
  /// The next character in quotes, for messages.
  [[nodiscard]] std::string shown() const;

  Diagnostic& report(Code code, std::size_t begin, std::size_t end, std::string message);
  [[noreturn]] void fail(Code code, std::size_t begin, std::size_t end, std::string message);
  [[noreturn]] void fail_truncated();

  /// Steps over white space and comments; the latter are kept.
  void skip_space();
  /// A string in double quotes, decoded. @pre peek() is '"'
  std::string string();
  /// true, false, null or a number.
  Value word_or_number();
  static bool is_word(char c);

  ParsedText& out_;
  const SourceFile& file_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::size_t> open_;  ///< bytes where the arrays and objects around `at_` open
  std::vector<std::string> path_;  ///< pointer tokens to `at_`

 private:
  void comment();
  Value number(std::string_view word, std::size_t begin);
  void append_plain(std::string& decoded, std::size_t end);
  void append_escape(std::string& decoded);
  std::uint32_t hex4(std::size_t begin);
};

}  // namespace planner
