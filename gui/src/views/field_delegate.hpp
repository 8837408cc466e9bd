#pragma once
#include <QStyledItemDelegate>

#include "document/inspector_model.hpp"
#include "document/typed_check.hpp"

class QLineEdit;

namespace gui {

/// Edits a field of the inspector by its kind: a list for a choice, else text, of which the planner says
/// while it is typed what is wrong.
class FieldDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  FieldDelegate(Session& session, const InspectorModel& model, QObject* parent = nullptr);
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const override;
  void setEditorData(QWidget* editor, const QModelIndex& index) const override;
  void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;

 private:
  /// Asks what the planner says of the text, and shows it beside it.
  void follow_typing(QLineEdit& line, const QModelIndex& index);
  /// Chosen is done: a list needs no Enter.
  void finish(QWidget* editor);

  Session& session_;
  const InspectorModel& model_;
  TypedCheck check_;
};

}  // namespace gui
