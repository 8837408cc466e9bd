#pragma once
#include <QAbstractItemModel>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "document/checked.hpp"
#include "planner/results.hpp"
#include "planner/value.hpp"

namespace gui {

/// The scenario's sections and what is in them, as the file has them; beside it a figure of the latest run.
class ScenarioTreeModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Role { pointer_role = Qt::UserRole };
  explicit ScenarioTreeModel(QObject* parent = nullptr);
  ~ScenarioTreeModel() override;

  /// Keeps the indices where the same things are in it.
  void show_document(const planner::Value& root);
  /// The strategy and the flow that are shown stand out. @param study  null: no results
  void show_results(std::shared_ptr<const planner::Study> study, const std::string& strategy,
                    const std::string& flow);
  [[nodiscard]] QModelIndex index_of(const std::string& pointer) const;

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Node;
  [[nodiscard]] const Node& node_of(const QModelIndex& index) const;
  /// Of an entry of a section.
  [[nodiscard]] QString figure(const Node& node) const;
  /// What the results say of an entry. @return whether it looks different now
  bool refresh(Node& node) const;
  /// Null: none.
  [[nodiscard]] const planner::StrategyResult* result_of(const std::string& strategy) const;
  /// Of an assertion's node under the shown strategy; null: none.
  [[nodiscard]] const planner::Verdict* verdict_of(const Node& node) const;

  std::unique_ptr<Node> root_;
  std::shared_ptr<const planner::Study> study_;
  std::string strategy_, flow_;
  std::map<std::string, double> uses_;  // of the busiest pool of each site, of the strategy
};

}  // namespace gui
