#pragma once
#include <QAbstractTableModel>
#include <memory>
#include <string>
#include <vector>

#include "runner.hpp"

namespace gui {

/// The table of differences: a row for each metric, the reference first, then each strategy with its paired
/// difference; `~` where the interval of the difference covers 0. Below, a row for each assertion with its
/// verdicts.
class ComparisonModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;
  void show(std::shared_ptr<const Outcome> outcome, const std::string& flow);

  /// The column of that strategy stands out.
  void mark(const std::string& strategy);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] const std::string& strategy_of(int column) const {
    return columns_[static_cast<std::size_t>(column)]->strategy;
  }
  /// -1 worse, 0 no telling, 1 better than the reference; of a verdict: failed, undecided, passed.
  [[nodiscard]] int trend(const QModelIndex& index) const;

 private:
  [[nodiscard]] bool is_marked(int column) const { return strategy_of(column) == marked_; }
  struct Row {
    std::string metric, flow;  ///< flow empty: of the whole strategy
    QString title;
    std::string assertion;  ///< not empty: the row is of its verdicts, not of a metric
  };
  void add_metrics(const planner::StrategyResult& reference, const std::string& flow);
  void add_assertions();
  [[nodiscard]] const planner::Verdict* verdict(const QModelIndex& index) const;
  [[nodiscard]] QVariant verdict_data(const planner::Verdict& verdict, int role) const;
  [[nodiscard]] const planner::Difference* difference(const Row& row, int column) const;
  [[nodiscard]] QString level(const Row& row, int column) const;
  [[nodiscard]] QString text(const Row& row, int column) const;

  std::shared_ptr<const Outcome> outcome_;
  std::vector<const planner::StrategyResult*> columns_;  // of outcome_, the reference first
  std::vector<Row> rows_;
  std::string marked_;
};

}  // namespace gui
