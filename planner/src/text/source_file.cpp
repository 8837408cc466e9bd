#include "planner/source_file.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace planner {

namespace {

constexpr std::size_t block = 4096;

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

SourceFile::SourceFile(std::string name, std::string text)
    : name_{made_valid_utf8(std::move(name))}, text_{std::move(text)} {
  line_starts_.push_back(0);
  std::uint32_t characters = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (i % block == 0) characters_before_.push_back(characters);
    if (starts_character(text_[i])) ++characters;
    if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
  characters_before_.push_back(characters);
}

std::uint32_t SourceFile::characters_before(std::uint32_t byte) const {
  const std::size_t start = byte / block * block;
  const auto rest = std::count_if(text_.begin() + static_cast<std::ptrdiff_t>(start), text_.begin() + byte,
                                  starts_character);
  return characters_before_[byte / block] + static_cast<std::uint32_t>(rest);
}

Position SourceFile::position(std::size_t byte) const {
  const auto at = static_cast<std::uint32_t>(std::min(byte, text_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
  return {.line = static_cast<std::uint32_t>(after - line_starts_.begin()),
          .column = characters_before(at) - characters_before(*std::prev(after)) + 1,
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
