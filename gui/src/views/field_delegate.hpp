#pragma once
#include <QStyledItemDelegate>

namespace gui {

/// Edits a field of the inspector by its kind: a list for a choice, else text; a quantity says at once
/// whether it is one and what it would be.
class FieldDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const override;
  void setEditorData(QWidget* editor, const QModelIndex& index) const override;
  void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
};

}  // namespace gui
