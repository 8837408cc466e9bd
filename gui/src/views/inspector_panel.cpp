#include "views/inspector_panel.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/field_delegate.hpp"

namespace gui {

InspectorPanel::InspectorPanel(Session& session, QWidget* parent)
    : QWidget{parent},
      session_{session},
      model_{session},
      title_{new QLabel},
      scope_{new QComboBox},
      tree_{new QTreeView} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(10, 8, 10, 8);
  title_->setWordWrap(true);
  layout->addWidget(title_);
  scope_->setAccessibleName(tr("Where edits go"));
  scope_->addItems(
      {tr("Edits change the base, for every strategy"), tr("Edits change the shown strategy alone")});
  layout->addWidget(scope_);
  auto* all = new QCheckBox{tr("Show fields that are not set")};
  layout->addWidget(all);
  connect(all, &QCheckBox::toggled, this, [this](bool on) {
    model_.show_fields(on ? InspectorModel::Fields::all : InspectorModel::Fields::set);
  });
  tree_->setModel(&model_);
  tree_->setItemDelegateForColumn(InspectorModel::value_column, new FieldDelegate{tree_});
  tree_->setAlternatingRowColors(true);
  tree_->setEditTriggers(QAbstractItemView::AllEditTriggers);
  tree_->setAccessibleName(tr("Fields"));
  tree_->setContextMenuPolicy(Qt::CustomContextMenu);
  tree_->setIndentation(12);
  tree_->header()->setStretchLastSection(false);
  tree_->header()->setSectionResizeMode(InspectorModel::name_column, QHeaderView::Interactive);
  tree_->header()->setSectionResizeMode(InspectorModel::value_column, QHeaderView::Stretch);
  tree_->header()->setSectionResizeMode(InspectorModel::origin_column, QHeaderView::ResizeToContents);
  tree_->header()->resizeSection(InspectorModel::name_column, 120);
  layout->addWidget(tree_, 1);
  connect(scope_, &QComboBox::activated, this, [this](int index) {
    model_.set_scope(index == 0 ? InspectorModel::Scope::base : InspectorModel::Scope::strategy);
  });
  connect(tree_, &QTreeView::customContextMenuRequested, this, &InspectorPanel::show_menu);
  connect(&model_, &InspectorModel::refused, this, &InspectorPanel::refused);
  connect(&model_, &QAbstractItemModel::modelReset, this, [this] { tree_->expandToDepth(1); });
  connect(&session_, &Session::selection_changed, this, &InspectorPanel::refresh_title);
  connect(&session_, &Session::strategy_changed, this, &InspectorPanel::refresh_title);
  refresh_title();
}

void InspectorPanel::refresh_title() {
  const QString pointer = QString::fromStdString(session_.pointer());
  if (pointer.isEmpty()) {
    title_->setText(tr("Select something on the map or in the scenario."));
    return;
  }
  const QString kind = pointer.section(u'/', 1, 1), id = pointer.section(u'/', 2);
  title_->setText(
      QStringLiteral("<b style='font-size:13pt'>%1</b><br>%2")
          .arg((id.isEmpty() ? kind : id).toHtmlEscaped(),
               tr("%1 · as in strategy %2").arg(kind, QString::fromStdString(session_.strategy()))));
}

void InspectorPanel::show_menu(const QPoint& at) {
  const QModelIndex index = tree_->indexAt(at);
  if (!index.isValid()) return;
  QMenu menu;
  QAction* reset =
      menu.addAction(tr("Reset to what is inherited"), this, [this, index] { model_.reset(index); });
  reset->setEnabled(model_.is_overridden(index));
  menu.exec(tree_->viewport()->mapToGlobal(at));
}

}  // namespace gui
