// What is selected anywhere stands out everywhere it is shown.
#include "selection.hpp"

#include <QTableView>
#include <QTreeView>

#include "charts/chart_panel.hpp"
#include "document/scenario_tree_model.hpp"
#include "gui/desk.hpp"
#include "map/map_focus.hpp"
#include "views/compare_view.hpp"
#include "views/failure_page.hpp"
#include "views/sensitivity_page.hpp"
#include "views/text_views.hpp"

using namespace gui_test;

namespace {

/// Whether any cell of a panel's table stands out.
bool has_mark(const gui::PlotPanel& panel) {
  const gui::TableModel& table = panel.model();
  for (int row = 0; row < table.rowCount(); ++row) {
    for (int column = 0; column < table.columnCount(); ++column) {
      if (table.is_marked(row, column)) return true;
    }
  }
  return false;
}

/// First cells of the rows that stand out in the first column.
QStringList marked_rows(const gui::PlotPanel& panel) {
  QStringList names;
  for (int row = 0; row < panel.model().rowCount(); ++row) {
    if (panel.model().is_marked(row, 0)) names << panel.model().index(row, 0).data().toString();
  }
  return names;
}

gui::ChartPanel& chart(Desk& desk, const char* title) {
  const auto& all = desk.window.compare_view().panels();
  const auto found = std::ranges::find(all, QString{title}, &gui::ChartPanel::title);
  REQUIRE(found != all.end());
  return **found;
}

bool stands_out_in_tree(Desk& desk, const std::string& pointer) {
  const auto views = desk.window.findChildren<QTreeView*>();
  for (const QTreeView* view : views) {
    if (view->accessibleName() != QStringLiteral("Scenario")) continue;
    const auto matches =
        view->model()->match(view->model()->index(0, 0), gui::ScenarioTreeModel::pointer_role,
                             QString::fromStdString(pointer), 1, Qt::MatchExactly | Qt::MatchRecursive);
    return !matches.isEmpty() && matches.front().data(Qt::FontRole).value<QFont>().bold();
  }
  return false;
}

void answer(gui::QuestionPage& page) {
  page.run();
  wait_until([&] { return !page.is_running(); });
}

}  // namespace

TEST_CASE("What lies within an entry or around it concerns it, and a whole section nothing", "[selection]") {
  CHECK(gui::concerns("/sites/edge", "/sites/edge"));
  CHECK(gui::concerns("/sites/edge/pools/box", "/sites/edge"));
  CHECK(gui::concerns("/sites/edge", "/sites/edge/pools/box"));
  CHECK_FALSE(gui::concerns("/sites/edge", "/sites/edge-2"));
  CHECK_FALSE(gui::concerns("/sites", "/sites/edge"));
  CHECK_FALSE(gui::concerns("", "/sites/edge"));
  CHECK(gui::pointer_to("sites", "a/b") == "/sites/a~1b");
}

TEST_CASE("The map points out where things are: a workload's users, a service's sites", "[selection]") {
  const planner::Scenario far =
      planner::Document::parse(small_plan, "small.json", {}).resolve("far").scenario();
  CHECK(gui::focus_of("/sites/edge/pools/box", far).sites == std::set<std::string>{"edge"});
  CHECK(gui::focus_of("/populations/users", far).populations == std::set<std::string>{"users"});
  CHECK(gui::focus_of("/workloads/w", far).populations == std::set<std::string>{"users"});
  CHECK(gui::focus_of("/services/web", far).sites == std::set<std::string>{"cloud"});
  CHECK(gui::focus_of("/links/way", far).links == std::set<std::string>{"way"});
  CHECK(gui::focus_of("/experiment/seed", far) == gui::MapFocus{});
}

TEST_CASE("A site that is selected stands out on the map, in the heat map, the losses and the tornado",
          "[selection]") {
  Desk desk;
  desk.open_small();
  desk.run();
  answer(desk.window.failure_page());
  answer(desk.window.sensitivity_page());
  desk.window.session().select("/sites/cloud");
  CHECK(desk.window.map_page().map().focus().sites == std::set<std::string>{"cloud"});
  CHECK(marked_rows(chart(desk, "Where and when")) == QStringList{QStringLiteral("cloud")});
  CHECK(marked_rows(desk.window.failure_page().panel()) == QStringList{QStringLiteral("cloud")});
  const QStringList inputs = marked_rows(desk.window.sensitivity_page().panel());
  CHECK_FALSE(inputs.isEmpty());
  for (const QString& input : inputs) CHECK(input.startsWith(QStringLiteral("/sites/cloud/")));
  desk.window.session().select("/populations/users");
  CHECK(desk.window.map_page().map().focus().populations == std::set<std::string>{"users"});
  CHECK(marked_rows(chart(desk, "Where and when")).isEmpty());
  // And the other way round: a row that is chosen is what is selected.
  desk.window.failure_page().panel().choose_row(0);
  CHECK(desk.window.session().pointer() == "/sites/cloud");
}

TEST_CASE("A strategy that is selected is shown, and stands out in every chart, the tree and the differences",
          "[selection]") {
  Desk desk;
  desk.open_small();
  desk.run();
  for (const char* strategy : {"near", "far"}) {
    const std::string pointer = gui::pointer_to("strategies", strategy);
    desk.window.session().select(pointer);
    CAPTURE(strategy);
    CHECK(desk.window.session().strategy() == strategy);
    CHECK(stands_out_in_tree(desk, pointer));
    for (const char* title : {"How often is it slower?", "Percentile ladder", "Where the time goes",
                              "Cost a month", "Cost against p99", "Over time"}) {
      CAPTURE(title);
      CHECK(has_mark(chart(desk, title)));
    }
    CHECK(marked_rows(chart(desk, "Percentile ladder")) == QStringList{QString{strategy}});
    gui::ComparisonModel& table = desk.window.compare_view().differences();
    for (int column = 0; column < table.columnCount(); ++column)
      CHECK(table.headerData(column, Qt::Horizontal, Qt::FontRole).value<QFont>().bold() ==
            (table.strategy_of(column) == strategy));
  }
}

TEST_CASE("The source marks what is selected in the base and in the strategy's patch, and a click selects",
          "[selection]") {
  Desk desk;
  std::string text = small_plan;
  const std::string empty = "\"patch\": {}";
  text.replace(text.find(empty), empty.size(),
               R"("patch": { "sites": { "edge": { "pools": { "box": { "nodes": 3 } } } } })");
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), text)));
  desk.wait_checked();
  auto* source = desk.window.findChild<gui::SourceView*>();
  desk.window.tabs().setCurrentWidget(source);
  desk.window.session().select("/sites/edge");
  const auto marked = [&](int i) { return source->extraSelections()[i].cursor.selectedText(); };
  REQUIRE(source->extraSelections().size() == 2);
  CHECK(marked(0).startsWith(QStringLiteral("\"edge\": {")));
  CHECK(marked(0).contains(QStringLiteral("\"tier\": \"edge\"")));
  CHECK(marked(1) == QStringLiteral("\"edge\": { \"pools\": { \"box\": { \"nodes\": 3 } } }"));
  // An edit changes the shown text at its place, and the marks stay where they belong.
  desk.document().set_value("/sites/edge/tier", "\"metro\"", QStringLiteral("x"));
  CHECK(source->toPlainText().toStdString() == desk.document().text());
  REQUIRE(source->extraSelections().size() == 2);
  CHECK(marked(0).contains(QStringLiteral("\"tier\": \"metro\"")));
  desk.document().history().undo();
  CHECK(source->toPlainText().toStdString() == text);
  QTextCursor at{source->document()};
  at.setPosition(static_cast<int>(source->toPlainText().indexOf(QStringLiteral("\"tier\": \"region\""))) + 2);
  source->setTextCursor(at);
  QTest::mouseClick(source->viewport(), Qt::LeftButton, {}, source->cursorRect().center());
  CHECK(desk.window.session().pointer() == "/sites/cloud");
}

TEST_CASE("A link and the users of a workload are selected by a click on the map", "[selection]") {
  std::string plan = small_plan;
  plan.replace(plan.find("\"populations\""), 0,
               R"("links": { "way": { "between": ["edge", "cloud"], "bandwidth": "1 Gbit/s" } }, )");
  Desk desk;
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), plan)));
  desk.wait_checked();
  gui::MapView& map = desk.window.map_page().map();
  wait_until([&] { return map.scene() != nullptr && map.scene()->has_links(); });
  const auto click = [&](QPointF world) {
    QTest::mouseClick(&map, Qt::LeftButton, {}, map.viewport().to_screen(world).toPoint());
  };
  const auto link = std::ranges::find(map.scene()->lines, gui::MapLine::Kind::link, &gui::MapLine::kind);
  click((link->from + link->to) / 2);
  CHECK(desk.window.session().pointer() == "/links/way");
  CHECK(map.focus().links == std::set<std::string>{"way"});
  click(map.scene()->populations.front().at);
  CHECK(desk.window.session().pointer() == "/populations/users");
  desk.window.session().select("/workloads/w");
  CHECK(map.focus().populations == std::set<std::string>{"users"});
}
