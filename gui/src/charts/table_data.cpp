#include "charts/table_data.hpp"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

namespace gui {
namespace {

QString tsv_cell(QString cell) { return cell.replace(u'\t', u' ').replace(u'\n', u' '); }

QString csv_cell(QString cell) {
  if (!cell.contains(u',') && !cell.contains(u'"') && !cell.contains(u'\n')) return cell;
  return u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

template <class CellText>
QString joined(const TableData& table, const QString& separator, const QString& line_end,
               CellText cell_text) {
  const auto line = [&](const QStringList& cells) {
    QStringList texts;
    for (const QString& cell : cells) texts << cell_text(cell);
    return texts.join(separator) + line_end;
  };
  QString text = line(table.header);
  for (const QStringList& row : table.rows) text += line(row);
  return text;
}

bool any_concerned(const Selection& marked, const std::vector<std::vector<std::string>>& subjects, int of) {
  const auto index = static_cast<std::size_t>(of);
  return index < subjects.size() && concerns(marked, subjects[index]);
}

}  // namespace

QVariant marked_font() {
  QFont font;
  font.setBold(true);
  return font;
}

QVariant marked_ground() {
  QColor ground = QGuiApplication::palette().color(QPalette::Highlight);
  ground.setAlphaF(0.14F);
  return ground;
}

void TableData::add_row(QStringList cells, std::vector<std::string> subjects) {
  row_subjects.resize(rows.size());
  rows.push_back(std::move(cells));
  row_subjects.push_back(std::move(subjects));
}

void TableData::add_column(const QString& title, std::vector<std::string> subjects) {
  column_subjects.resize(static_cast<std::size_t>(header.size()));
  header << title;
  column_subjects.push_back(std::move(subjects));
}

QString to_tsv(const TableData& table) {
  return joined(table, QStringLiteral("\t"), QStringLiteral("\n"), tsv_cell);
}

QString to_csv(const TableData& table) {
  return joined(table, QStringLiteral(","), QStringLiteral("\r\n"), csv_cell);
}

void TableModel::show(TableData table) {
  if (table == table_) return;
  beginResetModel();
  table_ = std::move(table);
  endResetModel();
}

void TableModel::mark(Selection selection) {
  if (selection == marked_) return;
  marked_ = std::move(selection);
  if (rowCount() == 0) return;
  Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1),
                     {Qt::FontRole, Qt::BackgroundRole});
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

bool TableModel::is_marked(int row, int column) const {
  return any_concerned(marked_, table_.row_subjects, row) ||
         any_concerned(marked_, table_.column_subjects, column);
}

int TableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}

int TableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.header.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::TextAlignmentRole && index.column() > 0) return int{Qt::AlignRight | Qt::AlignVCenter};
  if (role == Qt::FontRole || role == Qt::BackgroundRole) {
    if (!is_marked(index.row(), index.column())) return {};
    return role == Qt::FontRole ? marked_font() : marked_ground();
  }
  if (role != Qt::DisplayRole) return {};
  return table_.rows[static_cast<std::size_t>(index.row())].value(index.column());
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::FontRole && any_concerned(marked_, table_.column_subjects, section)) return marked_font();
  if (role != Qt::DisplayRole) return {};
  return table_.header.value(section);
}

}  // namespace gui
