#include "charts/sweep_surface.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "planner/number_text.hpp"

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Chart)
};

/// Names in the order in which they are met.
int place_of(QStringList& names, const QString& name) {
  if (!names.contains(name)) names << name;
  return static_cast<int>(names.indexOf(name));
}

struct Place {
  QString column, row;
};

QString joined(const QStringList& names) { return names.join(QStringLiteral(" · ")); }

Place place_of(const planner::SweepRow& row, const SweepQuestion& question) {
  QStringList values;
  for (const auto& [axis, value] : row.coordinates) values << text_of(value);
  if (question.combine == planner::Sweep::Combine::zip || values.size() == 1)
    return {joined(values), text_of(question.strategy)};
  const QString last = values.takeLast();
  return {last, joined(values)};
}

const planner::Estimate* find_figure(const planner::SweepRow& row, const std::string& name) {
  const auto found = std::ranges::find(row.figures, name, &std::pair<std::string, planner::Estimate>::first);
  return found == row.figures.end() ? nullptr : &found->second;
}

CellGrid::Cell cell_of(const planner::SweepRow& row, const SweepQuestion& question) {
  const planner::Estimate* figure = find_figure(row, question.figure);
  if (figure == nullptr) {
    const bool refused = row.status == planner::SweepRow::Status::infeasible;
    return {refused ? CellGrid::Cell::State::refused : CellGrid::Cell::State::missing, 0,
            refused ? Words::tr("infeasible") : QString{}};
  }
  QString text = text_of(planner::with_error(*figure));
  if (row.status == planner::SweepRow::Status::partial) text += QStringLiteral(" …");
  if (question.limit > 0) {
    // Within its interval of the limit a figure is undecided.
    const bool missed = figure->low > question.limit, met = figure->high <= question.limit;
    text += met ? QString{} : missed ? QStringLiteral(" ✗") : QStringLiteral(" ?");
  }
  return {CellGrid::Cell::State::value, figure->value, text};
}

}  // namespace

CellGrid sweep_surface(const std::vector<planner::SweepRow>& rows, const SweepQuestion& question) {
  CellGrid grid;
  for (const planner::SweepRow& row : rows) {
    const Place place = place_of(row, question);
    place_of(grid.columns, place.column);
    place_of(grid.rows, place.row);
  }
  grid.cells.resize(static_cast<std::size_t>(grid.columns.size() * grid.rows.size()));
  for (const planner::SweepRow& row : rows) {
    if (row.strategy != question.strategy) continue;
    const Place place = place_of(row, question);
    const auto index =
        grid.rows.indexOf(place.row) * grid.columns.size() + grid.columns.indexOf(place.column);
    grid.cells[static_cast<std::size_t>(index)] = cell_of(row, question);
  }
  if (!rows.empty()) {
    QStringList titles;
    for (const auto& [axis, value] : rows.front().coordinates) titles << text_of(axis);
    if (question.combine == planner::Sweep::Combine::zip || titles.size() == 1) {
      grid.column_title = joined(titles);
    } else {
      grid.column_title = titles.takeLast();
      grid.row_title = joined(titles);
    }
  }
  return grid;
}

std::vector<std::string> sweep_figures(const std::vector<planner::SweepRow>& rows) {
  std::vector<std::string> names;
  for (const planner::SweepRow& row : rows) {
    for (const auto& [name, estimate] : row.figures) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

TableData sweep_table(const std::vector<planner::SweepRow>& rows) {
  TableData table;
  if (rows.empty()) return table;
  const std::vector<std::string> figures = sweep_figures(rows);
  table.header << Words::tr("strategy");
  for (const auto& [axis, value] : rows.front().coordinates) table.header << text_of(axis);
  for (const std::string& figure : figures) table.header << text_of(figure);
  table.header << Words::tr("status");
  for (const planner::SweepRow& row : rows) {
    QStringList cells{text_of(row.strategy)};
    for (const auto& [axis, value] : row.coordinates) cells << text_of(value);
    for (const std::string& figure : figures) {
      const planner::Estimate* estimate = find_figure(row, figure);
      cells << (estimate != nullptr ? text_of(planner::with_error(*estimate)) : QString{});
    }
    cells << text_of(std::string{planner::name(row.status)}) +
                 (row.reason.empty() ? QString{} : QStringLiteral(": ") + text_of(row.reason));
    table.add_row(std::move(cells), {pointer_to("strategies", row.strategy)});
  }
  return table;
}

std::optional<std::size_t> row_of_cell(const std::vector<planner::SweepRow>& rows,
                                       const SweepQuestion& question, std::size_t cell) {
  const CellGrid grid = sweep_surface(rows, question);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Place place = place_of(rows[i], question);
    const auto index =
        grid.rows.indexOf(place.row) * grid.columns.size() + grid.columns.indexOf(place.column);
    if (rows[i].strategy == question.strategy && static_cast<std::size_t>(index) == cell) return i;
  }
  return std::nullopt;
}

}  // namespace gui
