#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <QStringList>
#include <vector>

namespace gui {

/// The figures behind a chart, as text: what a screen reader reads and a spreadsheet takes.
struct TableData {
  QStringList header;
  std::vector<QStringList> rows;
  friend bool operator==(const TableData&, const TableData&) = default;
};

/// Tab-separated, a line feed after each row; tabs and line feeds within a cell become spaces.
[[nodiscard]] QString to_tsv(const TableData& table);
/// RFC 4180.
[[nodiscard]] QString to_csv(const TableData& table);

class TableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;
  /// The same figures again keep what is selected.
  void show(TableData table);
  [[nodiscard]] const TableData& table() const { return table_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  TableData table_;
};

}  // namespace gui
