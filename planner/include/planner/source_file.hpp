#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace planner {

/// A place in a text: line and column count from 1, columns in Unicode code points, bytes from 0.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t byte = 0;
  friend bool operator==(Position, Position) = default;
};

/// From `start` up to but not including `end`.
struct Range {
  Position start, end;
  friend bool operator==(Range, Range) = default;
};

/// A named text: a file, or an argument such as `--set` that stands for one. Immutable.
class SourceFile {
 public:
  /// @param name  shown in diagnostics; bytes that are not UTF-8 become `?`
  SourceFile(std::string name, std::string text);
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  /// O(log lines), however long the line; a byte beyond the end counts as the end.
  [[nodiscard]] Position position(std::size_t byte) const;
  /// Text of a line without its line break; `line` counts from 1 and must exist.
  [[nodiscard]] std::string_view line(std::uint32_t line) const;

 private:
  [[nodiscard]] std::uint32_t characters_before(std::uint32_t byte) const;

  std::string name_, text_;
  std::vector<std::uint32_t> line_starts_;
  std::vector<std::uint32_t> characters_before_;  // of each block of bytes
};

/// Bytes [begin, end) of a file. Does not own the file; a default span is nowhere.
struct Span {
  const SourceFile* file = nullptr;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(Span, Span) = default;
};

/// Line and column of both ends; a default range for a span that is nowhere.
[[nodiscard]] Range range_of(Span span);

}  // namespace planner
