#include "show/text_table.hpp"

#include <algorithm>

namespace planner {
namespace {

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

std::string spaces(int count) { return std::string(static_cast<std::size_t>(std::max(count, 0)), ' '); }

}  // namespace

int columns(const std::string& text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string shortened(const std::string& text, int width) {
  if (columns(text) <= width) return text;
  int left = std::max(width - 1, 0);
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (begins_character(text[end]) && left-- == 0) break;
  }
  return text.substr(0, end) + "…";
}

std::string strong(const std::string& text, Color color) {
  return color == Color::on ? "\x1b[1m" + text + "\x1b[0m" : text;
}

std::string wrapped(const std::string& text, int width, int indent) {
  std::string result, line;
  const auto flush = [&] {
    result += spaces(indent) + line + "\n";
    line.clear();
  };
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    if (!line.empty() && indent + columns(line) + 1 + columns(word) > width) flush();
    line += (line.empty() ? "" : " ") + word;
    begin = end + 1;
  }
  if (!line.empty()) flush();
  return result;
}

void TextTable::row(std::vector<std::string> cells, Emphasis emphasis) {
  rows_.push_back({std::move(cells), emphasis});
}

std::string TextTable::block(const std::vector<int>& widths, int first_width, std::size_t begin,
                             std::size_t end, int indent, Color color) const {
  std::string result;
  for (const Row& row : rows_) {
    const std::string first = row.cells.empty() ? std::string{} : shortened(row.cells[0], first_width);
    std::string line = first + spaces(first_width - columns(first));
    for (std::size_t i = begin; i < std::min(end, row.cells.size()); ++i) {
      line += spaces(2 + widths[i] - columns(row.cells[i])) + row.cells[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    result += spaces(indent) + (row.emphasis == Emphasis::strong ? strong(line, color) : line) + "\n";
  }
  return result;
}

std::string TextTable::text(int width, int indent, Color color) const {
  std::vector<int> widths;
  for (const Row& row : rows_) {
    widths.resize(std::max(widths.size(), row.cells.size()), 0);
    for (std::size_t i = 0; i < row.cells.size(); ++i) widths[i] = std::max(widths[i], columns(row.cells[i]));
  }
  if (widths.empty()) return {};
  constexpr int narrowest = 16;
  const int least = std::min(widths[0], narrowest);
  std::string result;
  for (std::size_t begin = 1, end = 1; begin == 1 || begin < widths.size(); begin = end) {
    int others = indent;
    while (end < widths.size() && (end == begin || others + 2 + widths[end] + least <= width))
      others += widths[end++] + 2;
    const int first_width = std::min(widths[0], std::max(width - others, least));
    result += (begin > 1 ? "\n" : "") + block(widths, first_width, begin, end, indent, color);
    if (end == widths.size()) break;
  }
  return result;
}

}  // namespace planner
