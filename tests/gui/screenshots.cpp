// Renders the desktop's views into pictures, for the documentation and for looking at them:
//   gui_screenshots FOLDER [light|dark] [SAMPLE] [results]
// With `results` only those of the map, the comparison and the timeline.
// At twice the size: QT_SCALE_FACTOR=2. Needs a display (xvfb-run) or QT_QPA_PLATFORM=offscreen.
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include "charts/plot_panel.hpp"
#include "main_window.hpp"
#include "views/compare_view.hpp"
#include "views/failure_page.hpp"
#include "views/map_page.hpp"
#include "views/optimize_page.hpp"
#include "views/sensitivity_page.hpp"
#include "views/sweep_page.hpp"
#include "views/timeline_panel.hpp"

namespace {

void wait_until(const std::function<bool()>& done) {
  constexpr int longest = 120'000;  // [ms]
  if (!QTest::qWaitFor(done, longest)) qFatal("the view did not get ready");
  QTest::qWait(300);  // what is drawn a moment later
}

/// A sweep over the load of the scenario's first workload and the nodes of its first site with a pool.
std::string sweep_of_load(gui::Session& session) {
  const planner::Scenario& scenario = session.resolution()->scenario();
  const nlohmann::ordered_json json = session.resolution()->json();
  std::string load;
  for (const auto& [id, one] : json.at("workloads").items()) {
    for (const char* member : {"rate", "per_user"})
      if (load.empty() && one.contains("arrivals") && one.at("arrivals").contains(member))
        load = "/workloads/" + id + "/arrivals/" + member;
  }
  std::string nodes;
  for (const auto& [service, sites] : scenario.placement) {
    for (const auto& [site, placement] : sites) {
      if (nodes.empty()) nodes = "/placement/" + service + "/" + site + "/replicas";
    }
  }
  return R"({ "growth": { "strategies": [")" + scenario.strategy + R"("], "axes": { "replicas": { "at": [")" +
         nodes + R"("], "scale": [0.5, 1, 2] }, "load": { "at": [")" + load +
         R"("], "scale": [0.5, 1, 1.5, 2, 3] } } } })";
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application{argc, argv};
  const QStringList arguments = QApplication::arguments();
  if (arguments.size() < 2) qFatal("usage: gui_screenshots FOLDER [light|dark] [SAMPLE] [results]");
  const QDir folder{arguments[1]};
  const bool dark = arguments.value(2) == QStringLiteral("dark");
  const QString sample = arguments.value(3, QStringLiteral("shop-200ms"));
  gui::apply(dark ? gui::Appearance::dark : gui::Appearance::light);

  const QTemporaryDir place;
  gui::MainWindow window{{place.filePath(QStringLiteral("settings")), place.path()}};
  window.show();
  const auto named = [&](const QString& name) {
    return folder.filePath(name + (dark ? QStringLiteral("-dark.png") : QStringLiteral(".png")));
  };
  const auto shoot = [&](const QString& name) {
    if (!window.grab().save(named(name))) qFatal("the picture cannot be written");
  };
  QTest::qWait(300);
  shoot(QStringLiteral("welcome"));

  window.open_sample(sample);
  wait_until([&] { return window.session().can_run() && window.map_page().map().scene() != nullptr; });
  window.map_page().show_budget(50);
  window.map_page().map().fit();
  QTest::qWait(4'000);
  wait_until([&] { return window.map_page().map().is_painted(); });
  shoot(QStringLiteral("isochrones"));
  const auto& strategies = window.session().document().checked()->strategies;
  window.session().set_strategy(strategies.back().id);
  window.map_page().show_difference(true);
  QTest::qWait(4'000);
  wait_until([&] { return window.map_page().map().is_painted(); });
  shoot(QStringLiteral("isochrones-difference"));
  window.session().set_strategy(strategies.front().id);
  window.map_page().show_difference(false);
  window.map_page().show_budget(0);

  window.run(gui::RunOrder::Depth::full);
  wait_until([&] { return window.session().outcome() != nullptr; });
  shoot(QStringLiteral("compare"));
  const auto scroll_to = [&](int share) {
    auto* bar = window.compare_view().findChild<QScrollArea*>()->verticalScrollBar();
    bar->setValue(bar->maximum() * share / 2);
    QTest::qWait(300);
  };
  scroll_to(1);
  shoot(QStringLiteral("compare-middle"));
  scroll_to(2);
  shoot(QStringLiteral("compare-end"));
  for (gui::ChartPanel* panel : window.compare_view().panels()) {
    if (panel->title() == QStringLiteral("Over time")) panel->grab().save(named(QStringLiteral("over-time")));
    if (panel->title() == QStringLiteral("Where and when")) panel->grab().save(named(QStringLiteral("heat")));
  }
  window.tabs().setCurrentIndex(0);
  window.session().select("/sites/" + window.session().resolution()->scenario().sites.begin()->first);
  wait_until([&] { return window.map_page().map().is_painted(); });
  shoot(QStringLiteral("map"));
  window.map_page().show_color(gui::MapColor::utilisation);
  wait_until([&] { return window.map_page().map().is_painted(); });
  shoot(QStringLiteral("map-utilisation"));
  window.map_page().show_color(gui::MapColor::p95);
  if (window.session().series() == nullptr) qFatal("there are no results over time");
  window.session().set_slice(window.session().series()->slices / 2);
  window.timeline().parentWidget()->raise();
  QTest::qWait(1'500);
  shoot(QStringLiteral("timeline"));
  window.timeline().find_slowest();
  wait_until([&] { return window.findChild<QDialog*>(QStringLiteral("request")) != nullptr; });
  auto* request = window.findChild<QDialog*>(QStringLiteral("request"));
  request->grab().save(named(QStringLiteral("request")));
  request->close();
  window.timeline().show_whole_run();
  window.map_page().toggle_layout();
  QTest::qWait(1'000);
  wait_until([&] { return window.map_page().map().is_painted(); });
  shoot(QStringLiteral("schematic"));
  if (arguments.value(4) == QStringLiteral("results")) return 0;
  const auto show = [&](QWidget& view) {
    window.tabs().setCurrentWidget(&view);
    QTest::qWait(200);
  };
  const auto ask = [&](gui::QuestionPage& page) {
    show(page);
    page.run();
    wait_until([&] { return !page.is_running(); });
  };
  ask(window.failure_page());
  window.failure_page().panel().choose_row(0);
  QTest::qWait(200);
  shoot(QStringLiteral("failures"));
  window.failure_page().set_at_once(2);
  ask(window.failure_page());
  shoot(QStringLiteral("failures-double"));
  ask(window.sensitivity_page());
  shoot(QStringLiteral("sensitivity"));
  window.optimize_page().set_effort(400);
  ask(window.optimize_page());
  shoot(QStringLiteral("optimise"));
  window.session().document().set_value("/sweeps", sweep_of_load(window.session()), QStringLiteral("Sweep"));
  wait_until([&] { return window.session().document().is_checked(); });
  ask(window.sweep_page());
  shoot(QStringLiteral("sweep"));
  window.tabs().setCurrentIndex(window.tabs().count() - 2);
  QTest::qWait(200);
  shoot(QStringLiteral("report"));
  return 0;
}
