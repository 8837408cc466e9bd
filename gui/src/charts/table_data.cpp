#include "charts/table_data.hpp"

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

}  // namespace

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

int TableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}

int TableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.header.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::TextAlignmentRole && index.column() > 0) return int{Qt::AlignRight | Qt::AlignVCenter};
  if (role != Qt::DisplayRole) return {};
  return table_.rows[static_cast<std::size_t>(index.row())].value(index.column());
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  return table_.header.value(section);
}

}  // namespace gui
