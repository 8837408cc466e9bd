#include <QDialog>
#include <QSlider>
#include <algorithm>

#include "charts/chart_panel.hpp"
#include "charts/series_axis.hpp"
#include "gui/desk.hpp"
#include "planner/number_text.hpp"
#include "planner/render_series.hpp"
#include "views/compare_view.hpp"
#include "views/timeline_panel.hpp"

using namespace gui_test;
using gui::TimelinePanel;

namespace {

/// The value of a node of the scene that the map shows.
std::optional<double> site_value(gui::MainWindow& window, const std::string& id) {
  for (const gui::MapNode& node : window.map_page().map().scene()->sites)
    if (node.id == id) return node.value;
  return std::nullopt;
}

gui::ChartPanel& panel_titled(gui::MainWindow& window, const QString& title) {
  for (gui::ChartPanel* panel : window.compare_view().panels())
    if (panel->title() == title) return *panel;
  FAIL("no such chart");
  throw std::logic_error{"unreachable"};
}

}  // namespace

TEST_CASE("The timeline scrubs both ways, and map and charts follow the slice", "[timeline]") {
  Desk desk;
  desk.open_small();
  gui::MainWindow& window = desk.window;
  CHECK_FALSE(window.timeline().slider().isEnabled());
  desk.run();
  const planner::TimeSeries& series = *window.session().series();
  REQUIRE(series.slices == 25);  // 5 s in slices of 0.2 s
  REQUIRE(window.timeline().slider().maximum() == 25);
  window.map_page().show_color(gui::MapColor::p95);

  window.timeline().step(TimelinePanel::Step::forward);
  CHECK(window.session().slice() == std::optional<std::size_t>{0});
  window.timeline().slider().setValue(8);
  REQUIRE(window.session().slice() == std::optional<std::size_t>{7});
  const planner::SeriesLine* line = planner::find_line(series, "p95", "page", {}, "cloud");
  REQUIRE(line != nullptr);
  wait_until([&] { return site_value(window, "cloud") == std::optional{line->points[7]->value}; });
  window.timeline().step(TimelinePanel::Step::back);
  wait_until([&] { return site_value(window, "cloud") == std::optional{line->points[6]->value}; });
  // Of all slices the same colours.
  double highest = 0;
  for (const planner::SeriesLine& each : series.lines) {
    if (each.metric != "p95" || each.flow != "page" || (each.site.empty() && each.population.empty()))
      continue;
    for (const auto& point : each.points) highest = std::max(highest, point ? point->value : 0.0);
  }
  CHECK(window.map_page().map().scene()->legend.high == highest);
  window.timeline().show_whole_run();
  CHECK_FALSE(window.session().slice());
  wait_until([&] { return site_value(window, "cloud") != std::optional{line->points[6]->value}; });
}

TEST_CASE("The timeline plays to the end and stays there", "[timeline]") {
  Desk desk;
  REQUIRE(desk.window.open_path(desk.write(
      QStringLiteral("scenario.json"),
      std::string{small_plan}.replace(small_plan.find("\"seed\": 7"), 9, R"("series": "2 s", "seed": 7)"))));
  desk.wait_checked();
  desk.run();
  TimelinePanel& timeline = desk.window.timeline();
  REQUIRE(desk.window.session().series()->slices == 3);  // of 2, 2 and 1 s
  timeline.toggle_play();
  CHECK(timeline.is_playing());
  CHECK(desk.window.session().slice() == std::optional<std::size_t>{0});
  wait_until([&] { return !timeline.is_playing(); });
  CHECK(desk.window.session().slice() == std::optional<std::size_t>{2});
}

TEST_CASE("Keys move the timeline on the map, and type elsewhere", "[timeline]") {
  Desk desk;
  desk.open_small();
  desk.run();
  gui::MainWindow& window = desk.window;
  window.tabs().setCurrentIndex(0);
  window.activateWindow();
  REQUIRE(QTest::qWaitForWindowActive(&window));
  window.map_page().map().setFocus();
  QTest::keyClick(&window.map_page().map(), Qt::Key_Period);
  CHECK(window.session().slice() == std::optional<std::size_t>{0});
  QTest::keyClick(&window.map_page().map(), Qt::Key_Period);
  CHECK(window.session().slice() == std::optional<std::size_t>{1});
  QTest::keyClick(&window.map_page().map(), Qt::Key_Comma);
  CHECK(window.session().slice() == std::optional<std::size_t>{0});
  QTest::keyClick(&window.map_page().map(), Qt::Key_Space);
  CHECK(window.timeline().is_playing());
  QTest::keyClick(&window.map_page().map(), Qt::Key_Escape);
  CHECK_FALSE(window.timeline().is_playing());
  CHECK_FALSE(window.session().slice());
}

TEST_CASE("The slowest request is found, with its slice and its waterfall", "[timeline]") {
  Desk desk;
  desk.open_small();
  desk.run();
  gui::MainWindow& window = desk.window;
  std::shared_ptr<const planner::RequestTrace> found;
  QObject::connect(&window.timeline(), &TimelinePanel::slowest_found, &window,
                   [&](const std::shared_ptr<const planner::RequestTrace>& trace) { found = trace; });
  window.timeline().find_slowest();
  wait_until([&] { return found != nullptr; });
  const planner::TimeSeries& series = *window.session().series();
  REQUIRE(window.session().slice());
  const sim::Duration since = found->begin.time_since_epoch() - series.begin_of(*window.session().slice());
  CHECK(since >= sim::Duration{0});
  CHECK(since < series.step);
  const auto* dialog = window.findChild<QDialog*>(QStringLiteral("request"));
  REQUIRE(dialog != nullptr);
  const auto* panel = dialog->findChild<gui::ChartPanel*>();
  REQUIRE(panel != nullptr);
  CHECK(panel->table().rows.size() == found->spans.size());
}

TEST_CASE("A place chosen in a chart over time is the slice that map and charts show", "[timeline]") {
  Desk desk;
  desk.open_small();
  desk.run();
  Q_EMIT panel_titled(desk.window, QStringLiteral("Where and when")).place_chosen(3.7, 0.5);
  CHECK(desk.window.session().slice() == std::optional<std::size_t>{3});
  Q_EMIT panel_titled(desk.window, QStringLiteral("Over time")).place_chosen(24.2, 10);
  CHECK(desk.window.session().slice() == std::optional<std::size_t>{24});
  Q_EMIT panel_titled(desk.window, QStringLiteral("Over time")).place_chosen(25.1, 10);
  CHECK_FALSE(desk.window.session().slice());  // beyond the last
}

TEST_CASE("The charts over time have the figures of the results", "[timeline]") {
  Desk desk;
  desk.open_small();
  desk.run();
  const planner::Study& study = desk.window.session().outcome()->study;
  const gui::TableData& over_time = panel_titled(desk.window, QStringLiteral("Over time")).table();
  const planner::TimeSeries& series = study.strategies[0].series;
  REQUIRE(over_time.rows.size() == series.slices);
  REQUIRE(over_time.header.size() == 3);  // the slice, and two strategies
  const gui::TableData& heat = panel_titled(desk.window, QStringLiteral("Where and when")).table();
  CHECK(heat.header.size() == static_cast<qsizetype>(series.slices) + 1);
  for (std::size_t k = 0; k < 2; ++k) {
    const planner::SeriesLine* line = planner::find_line(study.strategies[k].series, "p99", "page", {}, {});
    REQUIRE(line != nullptr);
    for (std::size_t slice = 0; slice < series.slices; ++slice)
      CHECK(over_time.rows[slice][static_cast<qsizetype>(k) + 1] == gui::interval_text(*line, slice));
  }
}

TEST_CASE("Where nothing is recorded over time, one click says why and asks for it", "[timeline]") {
  Desk desk;
  REQUIRE(desk.window.open_path(desk.write(
      QStringLiteral("scenario.json"),
      std::string{small_plan}.replace(small_plan.find("\"seed\": 7"), 9, R"("series": "0 s", "seed": 7)"))));
  desk.wait_checked();
  desk.run();
  TimelinePanel& timeline = desk.window.timeline();
  REQUIRE(desk.window.session().series() == nullptr);
  CHECK(timeline.reading().contains(QStringLiteral("experiment.series")));
  timeline.record_over_time();
  wait_until([&] { return desk.window.session().series() != nullptr; });
  CHECK(desk.window.session().series()->slices == 25);  // 5 s in slices of 0.2 s, the natural step
  CHECK(desk.document().history().count() == 1);
}

TEST_CASE("Slices whose p99 is beyond the deadline are banded on the timeline", "[timeline]") {
  Desk desk;
  desk.open_small();
  desk.run();
  const auto bands = [&] {
    int count = 0;
    const QCustomPlot& strip = desk.window.timeline().strip();
    for (int i = 0; i < strip.itemCount(); ++i)
      count += qobject_cast<QCPItemRect*>(strip.item(i)) != nullptr ? 1 : 0;
    return count;
  };
  const planner::SeriesLine* p99 = planner::find_line(*desk.window.session().series(), "p99", "page", {}, {});
  REQUIRE(p99 != nullptr);
  const auto beyond =
      std::ranges::count_if(p99->points, [](const auto& point) { return point && point->value > 60; });
  CHECK(bands() == beyond);
  // 18 ms of access alone are beyond 10 ms, in each of the 25 slices.
  desk.document().set_value("/flows/page/deadline", "\"10 ms\"", QStringLiteral("deadline"));
  desk.wait_checked();
  desk.run();
  CHECK(bands() == 25);
}

TEST_CASE("A row of the heat map and a site of the map are one selection", "[timeline]") {
  Desk desk;
  desk.open_small();
  desk.run();
  gui::ChartPanel& heat = panel_titled(desk.window, QStringLiteral("Where and when"));
  REQUIRE(heat.table().rows.front().front() == QStringLiteral("cloud"));
  Q_EMIT heat.place_chosen(3.7, 0.5);
  CHECK(desk.window.session().pointer() == "/sites/cloud");
  desk.window.session().select({});
  Q_EMIT heat.row_chosen(0);
  CHECK(desk.window.session().pointer() == "/sites/cloud");
}

TEST_CASE("An outage that is planned is banded on the timeline, and said not to be simulated", "[timeline]") {
  Desk desk;
  std::string plan = small_plan;
  // A run begins at midnight; its 5 s lie within that minute.
  plan.replace(
      plan.find("\"services\""), 0,
      R"("faults": { "blackout": { "site": "edge", "at": "00:00", "for": "1 min", "enabled": false } }, )");
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), plan)));
  desk.wait_checked();
  desk.run();
  QStringList texts;
  const QCustomPlot& strip = desk.window.timeline().strip();
  for (int i = 0; i < strip.itemCount(); ++i)
    if (const auto* text = qobject_cast<QCPItemText*>(strip.item(i))) texts << text->text();
  CHECK(texts.contains(QStringLiteral("blackout: edge out, not simulated")));
}
