#pragma once
#include <QAbstractTableModel>
#include <memory>

#include "document/checked.hpp"

namespace gui {

/// The planner's diagnostics as rows: code, message, place; errors before warnings.
class ProblemsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { code, message, place, columns };
  using QAbstractTableModel::QAbstractTableModel;

  void show(const std::shared_ptr<const Checked>& checked);
  [[nodiscard]] const planner::Diagnostic& at(int row) const {
    return issues_[static_cast<std::size_t>(row)];
  }
  [[nodiscard]] int errors() const { return errors_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<planner::Diagnostic> issues_;
  int errors_ = 0;
};

}  // namespace gui
