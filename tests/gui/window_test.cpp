#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <nlohmann/json.hpp>

#include "gui/desk.hpp"
#include "gui/tool.hpp"
#include "planner/format.hpp"
#include "planner/number_text.hpp"
#include "planner/render.hpp"
#include "planner/samples.hpp"
#include "views/card.hpp"
#include "views/compare_view.hpp"
#include "views/inspector_panel.hpp"

using namespace gui_test;
using gui::InspectorModel;

namespace {

/// The row of a field below `parent`, found by its title.
QModelIndex field(const InspectorModel& model, const QString& title, const QModelIndex& parent = {}) {
  for (int row = 0; row < model.rowCount(parent); ++row) {
    const QModelIndex index = model.index(row, InspectorModel::name_column, parent);
    if (index.data().toString() == title) return index.siblingAtColumn(InspectorModel::value_column);
    const QModelIndex deeper = field(model, title, index);
    if (deeper.isValid()) return deeper;
  }
  return {};
}

}  // namespace

TEST_CASE("A newcomer gets a verdict by two clicks: a question of the gallery, and Run", "[window]") {
  Desk desk;
  const auto cards = desk.window.findChildren<gui::Card*>();
  const auto& samples = planner::samples();
  const auto sample = std::ranges::find(samples, "first-steps", &planner::Sample::name);
  REQUIRE(sample != samples.end());
  const auto card =
      std::ranges::find(cards, QString::fromStdString(sample->question), &QWidget::accessibleName);
  REQUIRE(card != cards.end());
  QTest::mouseClick(*card, Qt::LeftButton);
  wait_until([&] { return desk.window.session().document().is_open() && desk.window.session().can_run(); });
  auto* bar = desk.window.findChild<QToolBar*>(QStringLiteral("run"));
  QTest::mouseClick(bar->findChild<QToolButton*>(QStringLiteral("primary")), Qt::LeftButton);
  wait_until([&] { return desk.window.session().outcome() != nullptr; });
  const auto& study = desk.window.session().outcome()->study;
  QStringList answers;
  for (const QLabel* label : desk.window.compare_view().findChildren<QLabel*>()) {
    if (label->accessibleName() == QStringLiteral("Answer")) answers << label->text();
  }
  REQUIRE(answers.size() == 1);
  CHECK(
      answers.front().contains(QString::fromStdString(planner::conclusions(study).front()).toHtmlEscaped()));
  CHECK(study.strategies.size() == desk.document().checked()->strategies.size());
  CHECK_FALSE(planner::conclusions(study).empty());
  CHECK(desk.window.tabs().currentWidget() == &desk.window.compare_view());
  for (const gui::ChartPanel* panel : desk.window.compare_view().panels())
    CHECK_FALSE(panel->table().rows.empty());
}

TEST_CASE("Editing a field changes that text alone, and undo restores every byte", "[window]") {
  Desk desk;
  desk.open_small();
  const std::string before = desk.document().text();
  desk.window.session().select("/sites/cloud");
  InspectorModel& fields = desk.window.inspector().model();
  const QModelIndex nodes = field(fields, QStringLiteral("Nodes"));
  REQUIRE(nodes.isValid());
  REQUIRE(fields.setData(nodes, QStringLiteral("3")));
  CHECK(desk.document().is_modified());
  const std::string after = desk.document().text();
  CHECK(after.find("\"nodes\": 3") != std::string::npos);
  CHECK(after.find("// Kept by every edit.") != std::string::npos);
  CHECK(after.size() == before.size());
  desk.document().history().undo();
  CHECK(desk.document().text() == before);
  CHECK_FALSE(desk.document().is_modified());
}

TEST_CASE("An edit for one strategy goes into its patch, and a reset takes it back", "[window]") {
  Desk desk;
  desk.open_small();
  const std::string before = desk.document().text();
  desk.window.session().set_strategy("near");
  desk.window.session().select("/services/web");
  InspectorModel& fields = desk.window.inspector().model();
  desk.window.session().set_scope(gui::Session::Scope::strategy);
  REQUIRE(fields.setData(field(fields, QStringLiteral("Time")), QStringLiteral("4 ms")));
  desk.wait_checked();
  CHECK(
      planner::at_pointer(desk.document().parsed().root, "/strategies/near/patch/services/web/time")->text ==
      "4 ms");
  const QModelIndex time = field(fields, QStringLiteral("Time"));
  CHECK(time.data().toString() == QStringLiteral("4 ms"));
  CHECK(fields.is_overridden(time));
  CHECK(time.siblingAtColumn(InspectorModel::origin_column).data().toString() ==
        QStringLiteral("strategy near"));
  REQUIRE(fields.can_reset(time));
  fields.reset(time);
  desk.wait_checked();
  CHECK(field(fields, QStringLiteral("Time")).data().toString() == QStringLiteral("5 ms"));
  desk.document().history().setIndex(0);
  CHECK(desk.document().text() == before);
}

TEST_CASE("A value that is wrong shows the command line's diagnostic at once", "[window]") {
  Desk desk;
  desk.open_small();
  CHECK(desk.document().checked()->valid());
  desk.document().set_value("/services/web/time", "\"5\"", QStringLiteral("x"));
  desk.wait_checked();
  CHECK_FALSE(desk.document().checked()->valid());
  CHECK(desk.document().checked()->diagnostics.front().code == planner::Code::missing_unit);
  CHECK_FALSE(desk.window.session().can_run());
}

TEST_CASE("Results become stale with an edit and fresh with its undo's run", "[window]") {
  Desk desk;
  desk.open_small();
  desk.run();
  CHECK_FALSE(desk.window.session().is_stale());
  desk.document().set_value("/services/web/time", "\"6 ms\"", QStringLiteral("x"));
  CHECK(desk.window.session().is_stale());
  desk.wait_checked();
  desk.run();
  CHECK_FALSE(desk.window.session().is_stale());
}

TEST_CASE("The window computes what the command line prints", "[window]") {
  Desk desk;
  desk.open_small();
  desk.run();
  const QString command = desk.window.session().command_line();
  REQUIRE(command.startsWith(QStringLiteral("isochrone compare ")));
  const auto told = printed(command);
  const auto computed = planner::result_json(desk.window.session().outcome()->study);
  REQUIRE(told.at("strategies").size() == 2);
  CHECK(hash_of(told.at("strategies")) == hash_of(computed.at("strategies")));
  CHECK(desk.window.statusBar()->currentMessage() ==
        QStringLiteral("far: %1 requests in %2 replications")
            .arg(QString::fromStdString(planner::count_text(told.at("strategies").at("far").at("requests"))))
            .arg(told.at("strategies").at("far").at("replications").get<int>()));
  // The reference is part of the question: another one is another command.
  desk.window.session().set_reference("near");
  wait_until([&] { return !desk.window.session().runner().is_running(); });
  CHECK(hash_of(printed(desk.window.session().command_line()).at("strategies")) ==
        hash_of(planner::result_json(desk.window.session().outcome()->study).at("strategies")));
}

TEST_CASE("A report is exported of full results of the scenario as it stands, and of nothing else",
          "[window]") {
  Desk desk;
  desk.open_small();
  const QString path = desk.folder.filePath(QStringLiteral("report.html"));
  CHECK_FALSE(desk.window.write_report(path));  // nothing was run yet
  desk.run();
  REQUIRE(desk.window.write_report(path));
  const std::string report = read(path);
  CHECK(report.find("Near or far?") != std::string::npos);
  CHECK(report.find("As it is") != std::string::npos);  // the strategies stand in it
  desk.document().set_value("/services/web/time", "\"6 ms\"", QStringLiteral("x"));
  CHECK_FALSE(desk.window.write_report(path));  // stale results are not handed on
  CHECK(read(path) == report);
}

TEST_CASE("An exported report has the bytes that the command line writes", "[window]") {
  Desk desk;
  desk.open_small();
  desk.run();
  const QString path = desk.folder.filePath(QStringLiteral("report.html"));
  REQUIRE(desk.window.write_report(path));
  const std::string told =
      output(QStringLiteral("isochrone report %1 --to html").arg(desk.document().path()));
  CHECK(told.size() > 10'000);
  CHECK(read(path) == told);
}

TEST_CASE("Charts are exported as picture, drawing and figures", "[window]") {
  Desk desk;
  desk.open_small();
  desk.run();
  for (gui::ChartPanel* panel : desk.window.compare_view().panels()) {
    for (const char* ending : {"png", "svg", "csv"}) {
      const QString path = desk.folder.filePath(QStringLiteral("chart.") + QLatin1String{ending});
      CHECK(panel->write_to(path).isEmpty());
      CHECK(read(path).size() > 40);
    }
    CHECK_FALSE(panel->write_to(desk.folder.filePath(QStringLiteral("chart.txt"))).isEmpty());
  }
}

TEST_CASE("Every chart has a table of its figures, and is copied as picture and as figures", "[window]") {
  Desk desk;
  desk.open_small();
  desk.run();
  const auto trigger = [](gui::ChartPanel& panel, const QString& text) {
    for (QAction* action : panel.findChildren<QAction*>())
      if (action->text() == text) return action->trigger();
    FAIL("no such action");
  };
  REQUIRE(desk.window.compare_view().panels().size() == 7);
  for (gui::ChartPanel* panel : desk.window.compare_view().panels()) {
    CAPTURE(panel->title().toStdString());
    CHECK(panel->table().header.size() >= 2);
    REQUIRE_FALSE(panel->table().rows.empty());
    trigger(*panel, QStringLiteral("Copy as image"));
    CHECK(QApplication::clipboard()->image().width() > 300);
    trigger(*panel, QStringLiteral("Copy the figures"));
    const QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    CHECK(lines.size() == static_cast<qsizetype>(panel->table().rows.size()) + 1);
    CHECK(lines.front().split(u'\t') == panel->table().header);
  }
}

TEST_CASE("The table of differences is copied with its headings", "[window]") {
  Desk desk;
  desk.open_small();
  desk.run();
  for (QToolButton* button : desk.window.compare_view().findChildren<QToolButton*>())
    if (button->text() == QStringLiteral("Copy the figures")) button->click();
  const QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
  REQUIRE(lines.size() > 5);
  CHECK(lines[0] == QStringLiteral("\t⚑ far\tnear"));
  CHECK(lines[1].startsWith(QStringLiteral("p50 of latency [ms]\t")));
}

TEST_CASE("Saving writes the text, and a difference to the file is one edit long", "[window]") {
  Desk desk;
  desk.open_small();
  desk.document().set_value("/services/web/time", "\"6 ms\"", QStringLiteral("x"));
  const QString path = desk.folder.filePath(QStringLiteral("saved.json"));
  REQUIRE(desk.window.save_as(path));
  CHECK(read(path) == desk.document().text());
  CHECK_FALSE(desk.document().is_modified());
  const std::string diff = planner::unified_diff(small_plan, read(path), "x");
  CHECK(std::count(diff.begin(), diff.end(), '+') == 3 + 1 + 1);  // the head's +++, one place, one line
}

TEST_CASE("A site that is dragged on the map moves in the document, in one step", "[window]") {
  Desk desk;
  desk.open_small();
  Q_EMIT desk.window.map_page().map().site_dropped(QStringLiteral("edge"), 5.123456, 52.0);
  CHECK(planner::at_pointer(desk.document().parsed().root, "/sites/edge/at/lon")->number == 5.1235);
  CHECK(desk.document().history().count() == 1);
}

TEST_CASE("A preview is marked and comes within its limit of work", "[window]") {
  Desk desk;
  desk.open_small();
  gui::Forecasts told;
  QObject::connect(&desk.window.session().runner(), &gui::Runner::forecast,
                   [&](const gui::Forecasts& forecasts) { told = forecasts; });
  desk.window.run(gui::RunOrder::Depth::preview);
  wait_until([&] { return desk.window.session().outcome() != nullptr; });
  // The formula's figure came before, and is the one that stands beside the simulation.
  const auto& far = desk.window.session().outcome()->study.strategies.front();
  REQUIRE(told.at("far").flows.size() == 1);
  REQUIRE(far.slices.front().analytic_percentiles.has_value());
  CHECK(told.at("far").flows.front().percentiles == *far.slices.front().analytic_percentiles);
  CHECK(desk.window.session().outcome()->depth == gui::RunOrder::Depth::preview);
  CHECK(desk.window.session().outcome()->study.strategies.front().replications <= 2);
}

TEST_CASE("A preview never takes the place of full results of the same inputs", "[window]") {
  using Depth = gui::RunOrder::Depth;
  Desk desk;
  desk.open_small();
  desk.run();
  gui::Session& session = desk.window.session();
  const auto full = session.outcome();
  desk.window.run(Depth::preview);
  CHECK_FALSE(session.runner().is_running());
  CHECK(session.outcome() == full);
  desk.document().set_value("/services/web/time", "\"6 ms\"", QStringLiteral("x"));
  desk.wait_checked();
  desk.window.run(Depth::preview);
  wait_until([&] { return session.outcome() != full; });
  CHECK(session.outcome()->depth == Depth::preview);
  CHECK_FALSE(session.can_report());  // nothing is handed on of a preview
  desk.document().history().undo();
  CHECK(session.outcome() == full);
}

TEST_CASE("A run can be stopped", "[window]") {
  Desk desk;
  desk.open_small();
  desk.document().set_value("/experiment/replications", "1000", QStringLiteral("x"));
  desk.wait_checked();
  desk.window.run(gui::RunOrder::Depth::full);
  desk.window.session().runner().stop();
  wait_until([&] { return !desk.window.session().runner().is_running(); });
  REQUIRE(desk.window.session().outcome() != nullptr);
  CHECK(desk.window.session().outcome()->study.interrupted);
}
