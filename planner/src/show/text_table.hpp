#pragma once
#include <string>
#include <vector>

#include "planner/diagnostic.hpp"

namespace planner {

/// Columns of text, the first on the left, the others on the right; widths follow the content.
class TextTable {
 public:
  enum class Emphasis : std::uint8_t { none, strong };

  /// @param cells  as many as in the first row, or fewer
  void row(std::vector<std::string> cells, Emphasis emphasis = Emphasis::none);
  /// Lines with `indent` spaces in front, two between columns. A first column too wide for `width` is cut
  /// with an ellipsis; columns that have no room beside 16 of it follow below, beside the first once more.
  [[nodiscard]] std::string text(int width, int indent = 2, Color color = Color::off) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    Emphasis emphasis;
  };
  /// The first column, `first_width` wide, with those from `begin` to before `end`.
  [[nodiscard]] std::string block(const std::vector<int>& widths, int first_width, std::size_t begin,
                                  std::size_t end, int indent, Color color) const;
  std::vector<Row> rows_;
};

/// Columns that a UTF-8 text takes, at one column a character.
[[nodiscard]] int columns(const std::string& text);
/// Cut to `width` columns, the last of which is then an ellipsis.
[[nodiscard]] std::string shortened(const std::string& text, int width);
/// `text` in bold.
[[nodiscard]] std::string strong(const std::string& text, Color color);
/// Breaks at spaces to lines of at most `width` columns, each after `indent` spaces; ends with a line feed.
[[nodiscard]] std::string wrapped(const std::string& text, int width, int indent);

}  // namespace planner
