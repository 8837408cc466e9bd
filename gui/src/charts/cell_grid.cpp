#include "charts/cell_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gui {
namespace {

std::pair<double, double> range_of(const CellGrid& grid) {
  double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
  for (const CellGrid::Cell& cell : grid.cells) {
    if (cell.state != CellGrid::Cell::State::value) continue;
    low = std::min(low, cell.value);
    high = std::max(high, cell.value);
  }
  return {low, high};
}

/// Where the first name is: at the origin, or at the far end.
enum class Order : std::uint8_t { forward, backward };

void name_axis(QCPAxis& axis, const QStringList& names, const QString& title, Order order) {
  const QSharedPointer<QCPAxisTickerText> ticks{new QCPAxisTickerText};
  const int count = static_cast<int>(names.size());
  for (int i = 0; i < count; ++i) ticks->addTick(order == Order::forward ? i : count - 1 - i, names[i]);
  axis.setTicker(ticks);
  axis.setRange(-0.5, static_cast<double>(names.size()) - 0.5);
  axis.setLabel(title);
  axis.setTickPen(Qt::NoPen);
  axis.grid()->setVisible(false);
}

class GridPainter {
 public:
  GridPainter(QCustomPlot& plot, const CellGrid& grid, Appearance appearance)
      : plot_{plot}, grid_{grid}, appearance_{appearance}, range_{range_of(grid)} {}

  void cell(int row, int column, bool chosen) {
    const CellGrid::Cell& cell = grid_.at(row, column);
    const double x = column, y = static_cast<double>(grid_.rows.size() - 1 - row);
    const Colors& c = colors(appearance_);
    auto* box = new QCPItemRect{&plot_};
    box->topLeft->setCoords(x - 0.48, y + 0.47);
    box->bottomRight->setCoords(x + 0.48, y - 0.47);
    box->setPen(chosen ? QPen{c.accent, 3} : QPen{c.line, 0.8});
    box->setBrush(brush(cell));
    auto* text = new QCPItemText{&plot_};
    text->position->setCoords(x, y);
    text->setText(cell.text);
    text->setFont(plot_.font());
    text->setColor(cell.state == CellGrid::Cell::State::value ? ink_on(color(cell)) : c.muted);
  }

 private:
  [[nodiscard]] QColor color(const CellGrid::Cell& cell) const {
    const auto [low, high] = range_;
    return ramp_color(high > low ? (cell.value - low) / (high - low) : 0.5, appearance_);
  }
  [[nodiscard]] QBrush brush(const CellGrid::Cell& cell) const {
    switch (cell.state) {
      case CellGrid::Cell::State::value:
        return color(cell);
      case CellGrid::Cell::State::refused:
        return QBrush{colors(appearance_).line, Qt::BDiagPattern};
      case CellGrid::Cell::State::missing:
        break;
    }
    return Qt::NoBrush;
  }

  QCustomPlot& plot_;
  const CellGrid& grid_;
  Appearance appearance_;
  std::pair<double, double> range_;
};

}  // namespace

QColor ink_on(const QColor& back) {
  // Relative luminance and contrast ratio of WCAG 2.1.
  const auto linear = [](double share) {
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  const double luminance =
      0.2126 * linear(back.redF()) + 0.7152 * linear(back.greenF()) + 0.0722 * linear(back.blueF());
  const double on_black = (luminance + 0.05) / 0.05, on_white = 1.05 / (luminance + 0.05);
  return on_black > on_white ? QColor{Qt::black} : QColor{Qt::white};
}

void draw_grid(QCustomPlot& plot, const CellGrid& grid, std::optional<std::size_t> chosen,
               Appearance appearance) {
  name_axis(*plot.xAxis, grid.columns, grid.column_title, Order::forward);
  name_axis(*plot.yAxis, grid.rows, grid.row_title, Order::backward);
  plot.setInteractions({});
  GridPainter painter{plot, grid, appearance};
  for (int row = 0; row < grid.rows.size(); ++row) {
    for (int column = 0; column < grid.columns.size(); ++column)
      painter.cell(row, column, chosen == static_cast<std::size_t>(row * grid.columns.size() + column));
  }
}

std::optional<std::size_t> cell_at(const CellGrid& grid, double x, double y) {
  const int column = static_cast<int>(std::lround(x));
  const int row = static_cast<int>(grid.rows.size()) - 1 - static_cast<int>(std::lround(y));
  if (column < 0 || column >= grid.columns.size() || row < 0 || row >= grid.rows.size()) return std::nullopt;
  return static_cast<std::size_t>(row * grid.columns.size() + column);
}

}  // namespace gui
