#pragma once
#include <QAbstractItemModel>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "planner/outline.hpp"
#include "session.hpp"

namespace gui {

/// The fields of what is selected: name, value in the current strategy, and where that value comes from; what
/// the strategy takes away is listed as such. Values are edited in place, in the session's layer. A value
/// that the planner complains about is marked, with its diagnostic.
class InspectorModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column { name_column, value_column, origin_column, columns };
  enum Role { words_role = Qt::UserRole, kind_role };

  explicit InspectorModel(Session& session, QObject* parent = nullptr);
  ~InspectorModel() override;

  /// Which fields are rows: those that are set, or all that the format has.
  enum class Fields { set, all };
  void show_fields(Fields fields);

  /// Where the row's value stands, as a JSON Pointer into the effective scenario; empty: no row.
  [[nodiscard]] std::string pointer_of(const QModelIndex& index) const;
  [[nodiscard]] bool is_overridden(const QModelIndex& index) const;
  /// Whether there is something to go back to: what the strategy inherits, or the format's default.
  [[nodiscard]] bool can_reset(const QModelIndex& index) const;
  /// Takes back what the current strategy sets at the row, else what the base sets. @pre can_reset()
  void reset(const QModelIndex& index);
  /// The document as it were with `text` at the row; nothing where it is no such edit.
  [[nodiscard]] std::optional<Draft> draft_with(const QModelIndex& index, const QString& text) const;

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

 Q_SIGNALS:
  /// An edit that could not be made.
  void refused(const QString& reason);

 private:
  struct Node;
  void refresh();
  void gather_problems();
  /// The values below `parent` may have changed.
  void announce(const QModelIndex& parent);
  void add_fields(Node& parent, int depth) const;
  [[nodiscard]] const Node& node_of(const QModelIndex& index) const;
  void add_removed(Node& parent) const;
  /// In the current strategy; strategies and imports as they are written. Null: nothing is there.
  [[nodiscard]] const planner::Value* effective(const std::string& pointer) const;
  [[nodiscard]] const planner::Value* written(const std::string& pointer) const;
  [[nodiscard]] QString origin_text(const Node& node) const;
  [[nodiscard]] QString problem_of(const Node& node) const;
  [[nodiscard]] std::string patch_pointer(const std::string& pointer) const;
  [[nodiscard]] QVariant shown(const Node& node, int column) const;

  Session& session_;
  Fields fields_ = Fields::set;
  std::shared_ptr<const Checked> checked_;   // whose values are shown
  std::map<std::string, QString> problems_;  // by pointer into the file
  std::unique_ptr<Node> root_;
};

}  // namespace gui
