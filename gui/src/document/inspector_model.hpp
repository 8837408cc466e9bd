#pragma once
#include <QAbstractItemModel>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "planner/outline.hpp"
#include "session.hpp"

namespace gui {

/// The fields of what is selected: name, value in the current strategy, and where that value comes from.
/// Values are edited in place, in the base or for the current strategy alone.
class InspectorModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column { name_column, value_column, origin_column, columns };
  enum Role { words_role = Qt::UserRole, dimension_role };
  /// Which layer of the file an edit goes to.
  enum class Scope { base, strategy };

  explicit InspectorModel(Session& session, QObject* parent = nullptr);
  ~InspectorModel() override;

  /// Which fields are rows: those that are set, or all that the format has.
  enum class Fields { set, all };
  void show_fields(Fields fields);

  [[nodiscard]] Scope scope() const { return scope_; }
  void set_scope(Scope scope);
  /// Takes back what the current strategy sets at the row; false where it sets nothing there.
  bool reset(const QModelIndex& index);
  [[nodiscard]] bool is_overridden(const QModelIndex& index) const;

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
  /// The values below `parent` may have changed.
  void announce(const QModelIndex& parent);
  void add_fields(Node& parent, int depth) const;
  [[nodiscard]] const Node& node_of(const QModelIndex& index) const;
  [[nodiscard]] const nlohmann::ordered_json* effective(const std::string& pointer) const;
  [[nodiscard]] QString origin_text(const Node& node) const;
  [[nodiscard]] std::string patch_pointer(const std::string& pointer) const;
  [[nodiscard]] std::string edit_pointer(const std::string& pointer) const;

  Session& session_;
  Scope scope_ = Scope::base;
  Fields fields_ = Fields::set;
  nlohmann::ordered_json json_;  // the effective scenario of the current strategy
  std::unique_ptr<Node> root_;
};

}  // namespace gui
