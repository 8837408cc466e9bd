#include <QAbstractItemModelTester>

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

TEST_CASE("Added and copied entries are steps that undo takes back", "[model]") {
  Desk desk;
  desk.open_small();
  const std::string before = desk.document().text();
  CHECK(gui::add_entry(desk.document(), {}, "/services", QStringLiteral("store")) == "/services/store");
  CHECK(gui::duplicate_entry(desk.document(), {}, "/sites/edge", QStringLiteral("edge-2")) ==
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

TEST_CASE("However edits, undo and redo follow each other, every state comes back to the byte", "[model]") {
  Desk desk;
  desk.open_small();
  const std::vector<std::string> pointers{
      "/services/web/time", "/sites/edge/tier",    "/x-note",
      "/sites/cloud/note",  "/placement/web/edge", "/strategies/near/title"};
  const sim::Stream draws{5, 0};
  std::uint32_t draw = 0;
  const auto pick = [&](std::size_t count) {
    return static_cast<std::size_t>(draws.draw(draw++).uniform() * static_cast<double>(count));
  };
  QUndoStack& history = desk.document().history();
  std::vector<std::string> states{desk.document().text()};  // by index of the history
  for (int i = 0; i < 300; ++i) {
    const std::size_t action = pick(4);
    if (action == 0) {
      history.undo();
    } else if (action == 1) {
      history.redo();
    } else {
      const std::string& pointer = pointers[pick(pointers.size())];
      const bool there = planner::at_pointer(desk.document().parsed().root, pointer) != nullptr;
      if (action == 2 && there) {
        desk.document().remove_value(pointer, QStringLiteral("remove"));
      } else {
        desk.document().set_value(pointer, std::to_string(pick(1000)), QStringLiteral("set"));
      }
      states.resize(static_cast<std::size_t>(history.index()));
      states.push_back(desk.document().text());
    }
    REQUIRE(history.index() < static_cast<int>(states.size()));
    REQUIRE(desk.document().text() == states[static_cast<std::size_t>(history.index())]);
  }
  history.setIndex(0);
  CHECK(desk.document().text() == small_plan);
}
