#include "views/inspector_panel.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/field_delegate.hpp"
#include "views/field_slider.hpp"

namespace gui {

InspectorPanel::InspectorPanel(Session& session, QWidget* parent)
    : QWidget{parent},
      session_{session},
      model_{session},
      title_{new QLabel},
      scope_{new QComboBox},
      tree_{new QTreeView},
      slider_{new FieldSlider},
      reset_{new QPushButton{tr("Reset")}},
      remove_{new QPushButton{tr("Remove")}} {
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
  build_tree();
  layout->addWidget(tree_, 1);
  layout->addWidget(slider_);
  build_buttons(*layout);
  connect(scope_, &QComboBox::activated, this,
          [this](int index) { session_.set_scope(static_cast<Session::Scope>(index)); });
  connect(&session_, &Session::scope_changed, this, [this] {
    scope_->setCurrentIndex(static_cast<int>(session_.scope()));
    refresh_row();
  });
  connect(&model_, &InspectorModel::refused, this, &InspectorPanel::refused);
  connect(&session_, &Session::selection_changed, this, &InspectorPanel::refresh_title);
  connect(&session_, &Session::strategy_changed, this, &InspectorPanel::refresh_title);
  refresh_title();
  refresh_row();
}

void InspectorPanel::build_tree() {
  tree_->setModel(&model_);
  tree_->setItemDelegateForColumn(InspectorModel::value_column, new FieldDelegate{session_, model_, tree_});
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
  connect(tree_, &QTreeView::customContextMenuRequested, this, &InspectorPanel::show_menu);
  connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this, &InspectorPanel::refresh_row);
  connect(&model_, &QAbstractItemModel::dataChanged, this, &InspectorPanel::refresh_row);
  connect(&model_, &QAbstractItemModel::modelReset, this, [this] {
    tree_->expandToDepth(1);
    refresh_row();
  });
}

void InspectorPanel::build_buttons(QVBoxLayout& layout) {
  reset_->setToolTip(tr("Go back to what the strategy inherits, or to the default"));
  remove_->setToolTip(tr("Take this pool, placement or the like away"));
  connect(slider_, &FieldSlider::moved, this, &InspectorPanel::try_value);
  connect(reset_, &QPushButton::clicked, this, &InspectorPanel::reset);
  connect(remove_, &QPushButton::clicked, this, &InspectorPanel::remove);
  auto* row = new QHBoxLayout;
  row->addWidget(reset_);
  row->addWidget(remove_);
  row->addStretch(1);
  layout.addLayout(row);
}

void InspectorPanel::refresh_row() {
  const QModelIndex row = tree_->currentIndex();
  const QModelIndex value = row.siblingAtColumn(InspectorModel::value_column);
  reset_->setEnabled(model_.can_reset(row));
  remove_->setEnabled(is_entry(model_.pointer_of(row)));
  const bool whole =
      value.data(InspectorModel::kind_role).toInt() == static_cast<int>(planner::FieldInfo::Kind::integer);
  const bool editable = (model_.flags(value) & Qt::ItemIsEditable) != 0;
  slider_->show_value(row.siblingAtColumn(InspectorModel::name_column).data().toString(),
                      editable ? value.data(Qt::EditRole).toString() : QString{},
                      whole ? Digits::whole : Digits::any);
}

void InspectorPanel::try_value(const QString& text) {
  model_.setData(tree_->currentIndex().siblingAtColumn(InspectorModel::value_column), text);
}

void InspectorPanel::reset() {
  if (model_.can_reset(tree_->currentIndex())) model_.reset(tree_->currentIndex());
}

void InspectorPanel::remove() {
  const std::string pointer = model_.pointer_of(tree_->currentIndex());
  if (!is_entry(pointer)) return;
  try {
    session_.remove(pointer);
  } catch (const planner::ScenarioError& error) {
    Q_EMIT refused(QString::fromStdString(error.diagnostics().front().message));
  }
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
  tree_->setCurrentIndex(index);
  QMenu menu;
  menu.addAction(tr("Reset to what is inherited"), this, &InspectorPanel::reset)
      ->setEnabled(reset_->isEnabled());
  menu.addAction(tr("Remove"), this, &InspectorPanel::remove)->setEnabled(remove_->isEnabled());
  menu.exec(tree_->viewport()->mapToGlobal(at));
}

}  // namespace gui
