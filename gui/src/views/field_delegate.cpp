#include "views/field_delegate.hpp"

#include <QComboBox>
#include <QLineEdit>
#include <QToolTip>

#include "document/inspector_model.hpp"
#include "planner/quantity.hpp"
#include "theme.hpp"

namespace gui {
namespace {

/// Marks text that is no quantity of the dimension, and says why. Laws are written as JSON and left alone.
void check_quantity(QLineEdit& editor, planner::Dimension dimension) {
  const std::string text = editor.text().trimmed().toStdString();
  const auto parsed = planner::parse_quantity(text, dimension);
  const auto* error = std::get_if<planner::QuantityError>(&parsed);
  const bool bad = error != nullptr && !text.empty() && !text.starts_with('{');
  QPalette palette = editor.palette();
  palette.setColor(QPalette::Text, bad ? colors_of(editor).bad : colors_of(editor).text);
  editor.setPalette(palette);
  if (!bad) {
    editor.setToolTip({});
    QToolTip::hideText();
    return;
  }
  QString message = QString::fromStdString(error->message);
  if (!error->proposals.empty()) {
    message +=
        QStringLiteral("\n") +
        FieldDelegate::tr("did you mean \"%1\"?").arg(QString::fromStdString(error->proposals.front()));
  }
  editor.setToolTip(message);
  if (editor.isVisible())
    QToolTip::showText(editor.mapToGlobal(QPoint{0, editor.height()}), message, &editor);
}

}  // namespace

QWidget* FieldDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                                     const QModelIndex& index) const {
  const QStringList words = index.data(InspectorModel::words_role).toStringList();
  if (!words.isEmpty()) {
    auto* box = new QComboBox{parent};
    box->addItems(words);
    connect(box, &QComboBox::activated, this, [this, box] {
      auto* delegate = const_cast<FieldDelegate*>(this);
      Q_EMIT delegate->commitData(box);
      Q_EMIT delegate->closeEditor(box);
    });
    return box;
  }
  QWidget* editor = QStyledItemDelegate::createEditor(parent, option, index);
  const QVariant dimension = index.data(InspectorModel::dimension_role);
  auto* line = qobject_cast<QLineEdit*>(editor);
  if (line != nullptr && dimension.isValid()) {
    const auto expected = static_cast<planner::Dimension>(dimension.toInt());
    connect(line, &QLineEdit::textEdited, line, [line, expected] { check_quantity(*line, expected); });
  }
  return editor;
}

void FieldDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
  if (auto* box = qobject_cast<QComboBox*>(editor)) {
    box->setCurrentText(index.data(Qt::EditRole).toString());
  } else {
    QStyledItemDelegate::setEditorData(editor, index);
  }
}

void FieldDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const {
  if (const auto* box = qobject_cast<QComboBox*>(editor)) {
    model->setData(index, box->currentText());
  } else {
    QStyledItemDelegate::setModelData(editor, model, index);
  }
}

}  // namespace gui
