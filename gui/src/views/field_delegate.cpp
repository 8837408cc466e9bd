#include "views/field_delegate.hpp"

#include <QComboBox>
#include <QLineEdit>
#include <QToolTip>

#include "theme.hpp"

namespace gui {
namespace {

void show_problem(QLineEdit& editor, const QString& problem) {
  const Colors& colors = colors_of(editor);
  QPalette palette = editor.palette();
  palette.setColor(QPalette::Text, problem.isEmpty() ? colors.text : colors.bad);
  editor.setPalette(palette);
  editor.setToolTip(problem);
  editor.setAccessibleDescription(problem);
  if (problem.isEmpty()) {
    QToolTip::hideText();
  } else if (editor.isVisible()) {
    QToolTip::showText(editor.mapToGlobal(QPoint{0, editor.height()}), problem, &editor);
  }
}

}  // namespace

FieldDelegate::FieldDelegate(Session& session, const InspectorModel& model, QObject* parent)
    : QStyledItemDelegate{parent}, session_{session}, model_{model} {}

QWidget* FieldDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                                     const QModelIndex& index) const {
  // Qt takes a delegate that makes an editor for one that does not change: ours listens to it.
  auto* self = const_cast<FieldDelegate*>(this);
  const QStringList words = index.data(InspectorModel::words_role).toStringList();
  if (!words.isEmpty()) {
    auto* box = new QComboBox{parent};
    box->addItems(words);
    connect(box, &QComboBox::activated, this, [self, box] { self->finish(box); });
    return box;
  }
  QWidget* editor = QStyledItemDelegate::createEditor(parent, option, index);
  if (auto* line = qobject_cast<QLineEdit*>(editor)) self->follow_typing(*line, index);
  return editor;
}

void FieldDelegate::follow_typing(QLineEdit& line, const QModelIndex& index) {
  connect(&line, &QLineEdit::textEdited, this,
          [this, row = QPersistentModelIndex{index}](const QString& typed) {
            const auto& checked = session_.document().checked();
            if (const auto draft = model_.draft_with(row, typed))
              check_.ask(*draft, checked ? checked->diagnostics : std::vector<planner::Diagnostic>{}, typed);
          });
  connect(&check_, &TypedCheck::answered, &line, [&line](const QString& problem, const QString& typed) {
    if (typed == line.text()) show_problem(line, problem);
  });
}

void FieldDelegate::finish(QWidget* editor) {
  Q_EMIT commitData(editor);
  Q_EMIT closeEditor(editor);
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
