#include "views/shortcut_sheet.hpp"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "views/command_palette.hpp"
#include "views/shortcuts.hpp"

namespace gui {

ShortcutSheet::ShortcutSheet(Shortcuts& shortcuts, QWidget* parent)
    : QDialog{parent}, shortcuts_{shortcuts}, table_{new QTableWidget}, remark_{new QLabel} {
  setWindowTitle(tr("Shortcuts"));
  resize(560, 640);
  auto* layout = new QVBoxLayout{this};
  table_->setColumnCount(2);
  table_->setHorizontalHeaderLabels({tr("Command"), tr("Keys")});
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Fixed);
  table_->setColumnWidth(1, 190);
  table_->verticalHeader()->hide();
  table_->setShowGrid(false);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setAccessibleName(tr("Commands and their keys"));
  layout->addWidget(table_, 1);
  auto* hint = new QLabel{tr("On the map: drag or arrows to move, wheel or + and − to zoom, F to fit.")};
  hint->setObjectName(QStringLiteral("muted"));
  hint->setWordWrap(true);
  layout->addWidget(hint);
  remark_->setWordWrap(true);
  layout->addWidget(remark_);
  auto* buttons = new QDialogButtonBox{QDialogButtonBox::Close | QDialogButtonBox::RestoreDefaults};
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, [this] {
    shortcuts_.restore_defaults();
    remark_->clear();
    fill();
  });
  layout->addWidget(buttons);
  fill();
}

void ShortcutSheet::fill() {
  const auto& actions = shortcuts_.actions();
  table_->setRowCount(static_cast<int>(actions.size()));
  for (int row = 0; row < table_->rowCount(); ++row) {
    table_->setItem(row, 0, new QTableWidgetItem{plain_name(*actions[row])});
    auto* keys = new QKeySequenceEdit{actions[row]->shortcut()};
    keys->setAccessibleName(tr("Keys of %1").arg(plain_name(*actions[row])));
    table_->setCellWidget(row, 1, keys);
    connect(keys, &QKeySequenceEdit::editingFinished, this,
            [this, row, keys] { assign(row, keys->keySequence()); });
  }
}

void ShortcutSheet::assign(int row, const QKeySequence& keys) {
  QAction& action = *shortcuts_.actions()[row];
  if (const QAction* other = shortcuts_.assign(action, keys)) {
    remark_->setText(tr("⚠ %1 has these keys already: %2")
                         .arg(plain_name(*other), keys.toString(QKeySequence::NativeText)));
    static_cast<QKeySequenceEdit*>(table_->cellWidget(row, 1))->setKeySequence(action.shortcut());
  } else {
    remark_->clear();
  }
}

}  // namespace gui
