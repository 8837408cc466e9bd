#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <QStringList>
#include <string>
#include <vector>

#include "selection.hpp"

namespace gui {

/// The figures behind a chart, as text: what a screen reader reads and a spreadsheet takes.
struct TableData {
  QStringList header;
  std::vector<QStringList> rows;
  /// JSON Pointers of what each row and each column is of; fewer than there are: the others are of nothing
  /// that can be selected.
  std::vector<std::vector<std::string>> row_subjects, column_subjects;

  void add_row(QStringList cells, std::vector<std::string> subjects);
  void add_column(const QString& title, std::vector<std::string> subjects);
  friend bool operator==(const TableData&, const TableData&) = default;
};

/// Tab-separated, a line feed after each row; tabs and line feeds within a cell become spaces.
[[nodiscard]] QString to_tsv(const TableData& table);
/// RFC 4180.
[[nodiscard]] QString to_csv(const TableData& table);

/// How what is selected looks in a table: bold, on a tinted ground.
[[nodiscard]] QVariant marked_font();
[[nodiscard]] QVariant marked_ground();

class TableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;
  /// The same figures again keep what is selected.
  void show(TableData table);
  [[nodiscard]] const TableData& table() const { return table_; }
  /// What is of any of it stands out, by weight and by ground.
  void mark(Selection selection);
  [[nodiscard]] bool is_marked(int row, int column) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  TableData table_;
  Selection marked_;
};

}  // namespace gui
