#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QTabWidget>

#include "charts/table_data.hpp"
#include "document/entry_edits.hpp"
#include "document/scenario_tree_model.hpp"
#include "gui/desk.hpp"
#include "planner/samples.hpp"
#include "sim/random.hpp"
#include "views/compare_view.hpp"
#include "views/inspector_panel.hpp"

using namespace gui_test;

TEST_CASE("The models keep the rules of Qt while a document is opened, edited, run and closed", "[model]") {
  Desk desk;
  const auto mode = QAbstractItemModelTester::FailureReportingMode::Fatal;
  gui::ScenarioTreeModel tree;
  const QAbstractItemModelTester tree_tester{&tree, mode};
  const QAbstractItemModelTester fields_tester{&desk.window.inspector().model(), mode};
  const QAbstractItemModelTester differences_tester{&desk.window.compare_view().differences(), mode};
  gui::ProblemsModel problems;
  const QAbstractItemModelTester problems_tester{&problems, mode};
  for (const planner::Sample& sample : planner::samples()) {
    REQUIRE(desk.window.open_sample(QString::fromStdString(sample.name)));
    desk.wait_checked();
    tree.show_document(desk.document().parsed().root);
    CHECK(tree.rowCount() > 5);
    for (const auto& section : desk.document().parsed().root.members) {
      desk.window.session().select("/" + section.key);
      for (const auto& entry : section.value.members)
        desk.window.session().select("/" + section.key + "/" + entry.key);
    }
  }
  desk.open_small();
  desk.document().set_value("/services/web/cpu", "\"9 GB\"", QStringLiteral("x"));
  desk.wait_checked();
  problems.show(desk.document().checked());
  CHECK(problems.errors() > 0);
  desk.document().history().undo();
  desk.wait_checked();
  problems.show(desk.document().checked());
  CHECK(problems.errors() == 0);
  desk.run();
  CHECK(desk.window.compare_view().differences().rowCount() >= 10);
  CHECK(desk.window.compare_view().differences().columnCount() == 2);
}

TEST_CASE("The tables behind charts and pages keep the rules of Qt", "[model]") {
  const auto mode = QAbstractItemModelTester::FailureReportingMode::Fatal;
  gui::TableModel table;
  const QAbstractItemModelTester tester{&table, mode};
  const auto show = [&](const QStringList& header, const std::vector<QStringList>& rows) {
    gui::TableData data;
    data.header = header;
    for (const QStringList& row : rows) data.add_row(row, {});
    table.show(std::move(data));
  };
  show({QStringLiteral("a"), QStringLiteral("b")}, {{QStringLiteral("1"), QStringLiteral("2")}});
  CHECK(table.rowCount() == 1);
  show({QStringLiteral("a")}, {});
  CHECK(table.rowCount() == 0);
  show({QStringLiteral("a")}, {{QStringLiteral("1")}, {QStringLiteral("2")}});
  CHECK(table.index(1, 0).data().toString() == QStringLiteral("2"));
  // Whatever model any view of the window shows, run through all pages.
  Desk desk;
  desk.open_small();
  std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
  for (const QAbstractItemView* view : desk.window.findChildren<QAbstractItemView*>()) {
    if (view->model() != nullptr)
      testers.push_back(std::make_unique<QAbstractItemModelTester>(view->model(), mode));
  }
  CHECK(testers.size() > 10);
  desk.run();
  for (int view = 0; view < desk.window.tabs().count(); ++view) desk.window.tabs().setCurrentIndex(view);
  desk.window.session().select("/sites/edge");
  desk.window.session().set_strategy("near");
  desk.document().set_value("/services/web/time", "\"6\"", QStringLiteral("x"));
  desk.wait_checked();
  desk.document().history().undo();
  desk.wait_checked();
}

TEST_CASE("Added and copied entries are steps that undo takes back", "[model]") {
  Desk desk;
  desk.open_small();
  const std::string before = desk.document().text();
  CHECK(gui::add_entry(desk.document(), {}, "/services", QStringLiteral("store")) == "/services/store");
  CHECK(gui::duplicate_entry(desk.document(), {}, "/sites/edge", QStringLiteral("edge-2"), nullptr) ==
        "/sites/edge-2");
  const planner::Value& root = desk.document().parsed().root;
  CHECK(planner::same_value(*planner::at_pointer(root, "/sites/edge"),
                            *planner::at_pointer(root, "/sites/edge-2")));
  CHECK_FALSE(gui::id_problem(desk.document(), {}, "/sites", QStringLiteral("edge")).isEmpty());
  CHECK_FALSE(gui::id_problem(desk.document(), {}, "/sites", QStringLiteral("Edge 3")).isEmpty());
  CHECK(gui::id_problem(desk.document(), {}, "/sites", QStringLiteral("edge-3")).isEmpty());
  desk.document().history().setIndex(0);
  CHECK(desk.document().text() == before);
}

namespace {

/// One edit of any kind that the window makes, chosen by `pick(n)`, a number below n.
template <class Pick>
void edit_anything(Desk& desk, const Pick& pick) {
  static const std::vector<std::string> fields{
      "/services/web/time", "/sites/edge/tier",       "/x-note",
      "/sites/cloud/note",  "/strategies/near/title", "/placement/web/cloud/replicas"};
  static const std::vector<std::string> sections{
      "/sites",  "/links",  "/populations", "/services",         "/strategies",       "/workloads",
      "/assert", "/faults", "/sweeps",      "/sites/edge/pools", "/flows/page/calls", "/placement/web"};
  static const std::vector<std::string> ids{"a", "b", "edge", "cloud", "near", "web"};
  const gui::Layer layer{pick(2) == 0 ? std::string{} : std::string{"near"}};
  const std::string section = sections[pick(sections.size())], id = ids[pick(ids.size())];
  const std::string entry = section + "/" + id, field = fields[pick(fields.size())];
  const QString name = QString::fromStdString(id);
  gui::DocumentModel& document = desk.document();
  const planner::Value& root = document.parsed().root;
  switch (pick(7)) {
    case 0:
      document.set_value(layer.place_of(field), std::to_string(pick(1000)), QStringLiteral("set"));
      break;
    case 1:
      if (planner::at_pointer(root, layer.place_of(field)) != nullptr)
        document.remove_value(layer.place_of(field), QStringLiteral("reset"));
      break;
    case 2:
      if (gui::id_problem(document, layer, section, name).isEmpty())
        gui::add_entry(document, layer, section, name);
      break;
    case 3:
      if (planner::at_pointer(root, entry) != nullptr)
        gui::duplicate_entry(document, layer, entry, gui::free_id(document, section, name), nullptr);
      break;
    case 4:
      if (planner::at_pointer(root, entry) != nullptr) gui::remove_entry(document, layer, entry);
      break;
    case 5:  // a site is dragged; the map tells nothing else to move
      Q_EMIT desk.window.map_page().map().site_dropped(QStringLiteral("cloud"),
                                                       1.0 + static_cast<double>(pick(9)), 50.0);
      break;
    default:  // what another program wrote is taken over
      document.replace_text(document.text() + std::string(1 + pick(3), '\n'), QStringLiteral("take over"));
  }
}

}  // namespace

TEST_CASE("However edits of all kinds, undo and redo follow each other, every state comes back to the byte",
          "[model]") {
  Desk desk;
  desk.open_small();
  const sim::Stream draws{5, 0};
  std::uint32_t draw = 0;
  const auto pick = [&](std::size_t count) {
    return static_cast<std::size_t>(draws.draw(draw++).uniform() * static_cast<double>(count));
  };
  QUndoStack& history = desk.document().history();
  std::vector<std::string> states{desk.document().text()};  // by index of the history
  std::size_t edits = 0;
  for (int i = 0; i < 400; ++i) {
    const std::size_t action = pick(4);
    if (action == 0) {
      history.undo();
    } else if (action == 1) {
      history.redo();
    } else {
      const std::string before = desk.document().text();
      const bool could_redo = history.canRedo();
      edit_anything(desk, pick);
      if (desk.document().text() == before && history.canRedo() == could_redo) continue;  // nothing to do
      ++edits;
      states.resize(static_cast<std::size_t>(history.index()));
      states.push_back(desk.document().text());
    }
    REQUIRE(history.index() < static_cast<int>(states.size()));
    REQUIRE(desk.document().text() == states[static_cast<std::size_t>(history.index())]);
  }
  CHECK(edits > 100);
  history.setIndex(0);
  CHECK(desk.document().text() == small_plan);
}
