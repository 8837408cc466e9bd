#include "views/scenario_panel.hpp"

#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/entry_dialog.hpp"

namespace gui {

ScenarioPanel::ScenarioPanel(Session& session, QWidget* parent)
    : QWidget{parent},
      session_{session},
      filter_{new QSortFilterProxyModel{this}},
      search_{new QLineEdit},
      tree_{new QTreeView} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(8, 8, 8, 8);
  search_->setPlaceholderText(tr("Search (Ctrl+P)"));
  search_->setAccessibleName(tr("Search the scenario"));
  search_->setClearButtonEnabled(true);
  layout->addWidget(search_);
  filter_->setSourceModel(&model_);
  filter_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  tree_->setModel(filter_);
  tree_->setAccessibleName(tr("Scenario"));
  tree_->setContextMenuPolicy(Qt::CustomContextMenu);
  tree_->header()->setStretchLastSection(false);
  tree_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  tree_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  layout->addWidget(tree_, 1);
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
    filter_->setRecursiveFilteringEnabled(!text.isEmpty());  // it looks at every row of what changes
    filter_->setFilterFixedString(text);
    if (!text.isEmpty()) tree_->expandAll();
  });
  connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& index) {
            if (!index.isValid()) return;
            const std::string pointer = index.data(ScenarioTreeModel::pointer_role).toString().toStdString();
            session_.select(pointer);
          });
  connect(tree_, &QTreeView::customContextMenuRequested, this, &ScenarioPanel::show_menu);
  connect(&session_.document(), &DocumentModel::parsed_changed, this, &ScenarioPanel::refresh);
  connect(&session_, &Session::outcome_changed, this, &ScenarioPanel::refresh);
  connect(&session_, &Session::strategy_changed, this, &ScenarioPanel::refresh);
  connect(&session_, &Session::flow_changed, this, &ScenarioPanel::refresh);
  connect(&session_, &Session::selection_changed, this, &ScenarioPanel::follow_selection);
}

void ScenarioPanel::refresh() {
  const bool empty = model_.rowCount() == 0;
  const std::vector<std::string> open = open_sections();
  model_.show_document(session_.document().parsed().root);
  const auto& outcome = session_.outcome();
  model_.show_results(outcome ? std::shared_ptr<const planner::Study>{outcome, &outcome->study} : nullptr,
                      session_.strategy(), session_.flow());
  if (empty) {
    for (const char* section : {"/strategies", "/assert", "/services"}) expand(section);
  }
  for (const std::string& section : open) expand(section);
}

std::vector<std::string> ScenarioPanel::open_sections() const {
  std::vector<std::string> open;
  for (int row = 0; row < filter_->rowCount(); ++row) {
    const QModelIndex index = filter_->index(row, 0);
    if (tree_->isExpanded(index))
      open.push_back(index.data(ScenarioTreeModel::pointer_role).toString().toStdString());
  }
  return open;
}

void ScenarioPanel::expand(const std::string& section) {
  tree_->expand(filter_->mapFromSource(model_.index_of(section)));
}

void ScenarioPanel::follow_selection() {
  const QModelIndex index = filter_->mapFromSource(model_.index_of(session_.pointer()));
  if (!index.isValid() || index == tree_->currentIndex()) return;
  tree_->setCurrentIndex(index);
  tree_->scrollTo(index);
}

void ScenarioPanel::focus_search() {
  search_->setFocus();
  search_->selectAll();
}

void ScenarioPanel::show_menu(const QPoint& at) {
  const QModelIndex index = tree_->indexAt(at);
  if (!index.isValid()) return;
  tree_->setCurrentIndex(index);
  const bool entry = is_entry(session_.pointer());
  QMenu menu;
  menu.addAction(tr("Add…"), this, &ScenarioPanel::ask_and_add);
  menu.addAction(tr("Duplicate…"), this, &ScenarioPanel::ask_and_duplicate)->setEnabled(entry);
  menu.addAction(tr("Remove"), this, &ScenarioPanel::remove)->setEnabled(entry);
  menu.exec(tree_->viewport()->mapToGlobal(at));
}

template <class Edit>
void ScenarioPanel::edit(Edit change) {
  try {
    const std::string pointer = change();
    session_.select(pointer);
  } catch (const planner::ScenarioError& error) {
    Q_EMIT refused(QString::fromStdString(error.what()));
  }
}

void ScenarioPanel::ask_and_add() {
  if (!session_.document().is_open()) return;
  EntryDialog ask{session_, tr("Add"), sections_for(session_.document(), session_.pointer()), {}, this};
  if (ask.exec() != QDialog::Accepted) return;
  edit([&] { return add_entry(session_.document(), ask.layer(), ask.section(), ask.id()); });
}

void ScenarioPanel::ask_and_duplicate() {
  const std::string pointer = session_.pointer();
  if (!is_entry(pointer) || !has_entry(session_.document(), pointer, session_.resolution())) {
    Q_EMIT refused(tr("Select a site, service, strategy or the like to duplicate."));
    return;
  }
  // An id that an import or a strategy has is free in the file, but not for a copy.
  const bool is_in_file = planner::at_pointer(session_.document().parsed().root, pointer) != nullptr;
  const QString id = QString::fromStdString(id_of(pointer)) + (is_in_file ? QString{} : QStringLiteral("-2"));
  const QString proposal = free_id(session_.document(), section_of(pointer), id);
  EntryDialog ask{session_, tr("Duplicate"), {section_of(pointer)}, proposal, this};
  if (ask.exec() != QDialog::Accepted) return;
  edit([&] {
    return duplicate_entry(session_.document(), ask.layer(), pointer, ask.id(), session_.resolution());
  });
}

void ScenarioPanel::remove() {
  const std::string pointer = session_.pointer();
  if (!is_entry(pointer)) {
    Q_EMIT refused(tr("Select a site, service, strategy or the like to remove."));
    return;
  }
  edit([&] { return session_.remove(pointer); });
}

}  // namespace gui
