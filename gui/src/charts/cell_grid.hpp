#pragma once
#include <QStringList>
#include <optional>
#include <vector>

#include "charts/plot_style.hpp"

namespace gui {

/// Black or white, what has more contrast on the colour: at least 4.58 to 1.
[[nodiscard]] QColor ink_on(const QColor& back);

/// A table drawn as coloured cells, each with its figure: what a heat map of tens of values should be.
struct CellGrid {
  struct Cell {
    enum class State : std::uint8_t { value, missing, refused } state = State::missing;
    double value = 0;
    QString text;  ///< in the cell; a mark in it is the second cue beside the colour
  };
  QStringList columns, rows;  ///< rows from the top
  QString column_title, row_title;
  std::vector<Cell> cells;  ///< row by row

  [[nodiscard]] const Cell& at(int row, int column) const {
    return cells[static_cast<std::size_t>(row * columns.size() + column)];
  }
};

/// Cividis from the least to the greatest value; refused cells are hatched, missing ones empty. `chosen` is
/// framed.
void draw_grid(QCustomPlot& plot, const CellGrid& grid, std::optional<std::size_t> chosen,
               Appearance appearance);

/// The cell at a place of the axes that draw_grid() prepared; nothing beside the grid.
[[nodiscard]] std::optional<std::size_t> cell_at(const CellGrid& grid, double x, double y);

}  // namespace gui
