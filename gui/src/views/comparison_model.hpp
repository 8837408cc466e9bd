#pragma once
#include <QAbstractTableModel>
#include <memory>
#include <string>
#include <vector>

#include "runner.hpp"

namespace gui {

/// The table of differences: a row for each metric, the reference first, then each strategy with its paired
/// difference; `~` where the interval of the difference covers 0.
class ComparisonModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;
  void show(std::shared_ptr<const Outcome> outcome, const std::string& flow);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  /// -1 worse, 0 no telling, 1 better than the reference.
  [[nodiscard]] int trend(const QModelIndex& index) const;

 private:
  struct Row {
    std::string metric, flow;  ///< flow empty: of the whole strategy
    QString title;
  };
  [[nodiscard]] const planner::Difference* difference(const Row& row, int column) const;
  [[nodiscard]] QString level(const Row& row, int column) const;
  [[nodiscard]] QString text(const Row& row, int column) const;

  std::shared_ptr<const Outcome> outcome_;
  std::vector<const planner::StrategyResult*> columns_;  // of outcome_, the reference first
  std::vector<Row> rows_;
};

}  // namespace gui
