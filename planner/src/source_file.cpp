#include "planner/source_file.hpp"

#include <algorithm>

namespace planner {

SourceFile::SourceFile(std::string name, std::string text) : name_{std::move(name)}, text_{std::move(text)} {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

Position SourceFile::position(std::size_t byte) const {
  const auto at = static_cast<std::uint32_t>(std::min(byte, text_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
  const std::uint32_t start = *std::prev(after);
  const auto is_code_point = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const auto column = std::count_if(text_.begin() + start, text_.begin() + at, is_code_point);
  return {.line = static_cast<std::uint32_t>(after - line_starts_.begin()),
          .column = static_cast<std::uint32_t>(column) + 1,
          .byte = at};
}

std::string_view SourceFile::line(std::uint32_t line) const {
  const std::size_t start = line_starts_.at(line - 1);
  const std::size_t end = line < line_starts_.size() ? line_starts_[line] - 1 : text_.size();
  std::string_view found = text().substr(start, end - start);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

Range range_of(Span span) {
  if (span.file == nullptr) return {};
  return {.start = span.file->position(span.begin), .end = span.file->position(span.end)};
}

}  // namespace planner
