// Renders the desktop's views into pictures, for the documentation and for looking at them:
//   gui_screenshots FOLDER [light|dark] [SAMPLE] [all|maps]
// With `maps` only those of the map, the comparison and the timeline.
// At twice the size: QT_SCALE_FACTOR=2. Needs a display (xvfb-run) or QT_QPA_PLATFORM=offscreen. All there
// are: `ninja screenshots`.
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "charts/chart_panel.hpp"
#include "charts/plot_panel.hpp"
#include "main_window.hpp"
#include "planner/samples.hpp"
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

struct Order {
  QDir folder;
  bool dark = false;
  QString sample;
  enum class Views { all, maps } views = Views::all;
};

/// The views of one window, each with what it shows when it is worth a look.
class Photographer {
 public:
  explicit Photographer(const Order& order)
      : order_{order}, window_{{place_.filePath(QStringLiteral("settings")), place_.path()}} {
    window_.show();
  }

  void work() {
    QTest::qWait(300);
    if (order_.views == Order::Views::all) shoot(QStringLiteral("welcome"));
    window_.open_sample(order_.sample);
    wait_until([this] { return session().can_run() && map().scene() != nullptr; });
    if (order_.views == Order::Views::all) shoot_isochrones();
    shoot_comparison();
    shoot_maps();
    if (order_.views == Order::Views::all) shoot_questions();
  }

 private:
  gui::Session& session() { return window_.session(); }
  gui::MapView& map() { return window_.map_page().map(); }

  [[nodiscard]] QString named(const QString& name) const {
    return order_.folder.filePath(name +
                                  (order_.dark ? QStringLiteral("-dark.png") : QStringLiteral(".png")));
  }
  void shoot(const QString& name) {
    if (!window_.grab().save(named(name))) qFatal("the picture cannot be written");
  }
  void shoot_map(const QString& name) {
    wait_until([this] { return map().is_painted(); });
    shoot(name);
  }

  void shoot_isochrones() {
    constexpr int fine = 4'000;  // [ms] until the fine raster is there
    window_.map_page().show_budget(50);
    map().fit();
    QTest::qWait(fine);
    shoot_map(QStringLiteral("isochrones"));
    const auto& strategies = session().document().checked()->strategies;
    session().set_strategy(strategies.back().id);
    window_.map_page().show_difference(true);
    QTest::qWait(fine);
    shoot_map(QStringLiteral("isochrones-difference"));
    session().set_strategy(strategies.front().id);
    window_.map_page().show_difference(false);
    window_.map_page().show_budget(0);
  }

  void shoot_comparison() {
    window_.run(gui::RunOrder::Depth::full);
    wait_until([this] { return session().outcome() != nullptr; });
    auto* bar = window_.compare_view().findChild<QScrollArea*>()->verticalScrollBar();
    for (const auto& [share, name] : {std::pair{0, "compare"}, {1, "compare-middle"}, {2, "compare-end"}}) {
      bar->setValue(bar->maximum() * share / 2);
      QTest::qWait(300);
      shoot(QLatin1String{name});
    }
    for (gui::ChartPanel* panel : window_.compare_view().panels()) {
      if (panel->title() == QStringLiteral("Over time"))
        panel->grab().save(named(QStringLiteral("over-time")));
      if (panel->title() == QStringLiteral("Where and when"))
        panel->grab().save(named(QStringLiteral("heat")));
    }
  }

  void shoot_maps() {
    window_.tabs().setCurrentIndex(0);
    session().select("/sites/" + session().resolution()->scenario().sites.begin()->first);
    map().fit();
    QTest::qWait(300);
    shoot_map(QStringLiteral("map"));
    window_.map_page().show_color(gui::MapColor::utilisation);
    QTest::qWait(300);
    shoot_map(QStringLiteral("map-utilisation"));
    window_.map_page().show_color(gui::MapColor::p95);
    if (session().series() != nullptr) shoot_timeline();
    window_.map_page().toggle_layout();
    QTest::qWait(1'000);
    shoot_map(QStringLiteral("schematic"));
  }

  void shoot_timeline() {
    session().set_slice(session().series()->slices / 2);
    window_.timeline().parentWidget()->raise();
    QTest::qWait(1'500);
    shoot(QStringLiteral("timeline"));
    window_.timeline().find_slowest();
    wait_until([this] { return window_.findChild<QDialog*>(QStringLiteral("request")) != nullptr; });
    auto* request = window_.findChild<QDialog*>(QStringLiteral("request"));
    request->grab().save(named(QStringLiteral("request")));
    request->close();
    window_.timeline().show_whole_run();
  }

  void ask(gui::QuestionPage& page) {
    window_.tabs().setCurrentWidget(&page);
    QTest::qWait(200);
    page.run();
    wait_until([&] { return !page.is_running(); });
  }

  void shoot_questions() {
    ask(window_.failure_page());
    window_.failure_page().panel().choose_row(0);
    QTest::qWait(200);
    shoot(QStringLiteral("failures"));
    window_.failure_page().set_at_once(2);
    ask(window_.failure_page());
    shoot(QStringLiteral("failures-double"));
    ask(window_.sensitivity_page());
    shoot(QStringLiteral("sensitivity"));
    window_.optimize_page().set_effort(400);
    ask(window_.optimize_page());
    shoot(QStringLiteral("optimise"));
    session().document().set_value("/sweeps", sweep_of_load(session()), QStringLiteral("Sweep"));
    wait_until([this] { return session().document().is_checked(); });
    ask(window_.sweep_page());
    shoot(QStringLiteral("sweep"));
    for (const auto& [from_end, name] : {std::pair{2, "report"}, {1, "source"}}) {
      window_.tabs().setCurrentIndex(window_.tabs().count() - from_end);
      QTest::qWait(200);
      shoot(QLatin1String{name});
    }
  }

  Order order_;
  QTemporaryDir place_;
  gui::MainWindow window_;
};

}  // namespace

int main(int argc, char** argv) {
  QApplication application{argc, argv};
  const QStringList arguments = QApplication::arguments();
  if (arguments.value(1) == QStringLiteral("--samples")) {
    for (const planner::Sample& sample : planner::samples()) std::puts(sample.name.c_str());
    return 0;
  }
  if (arguments.size() < 2) qFatal("usage: gui_screenshots FOLDER [light|dark] [SAMPLE] [all|maps]");
  const Order order{
      .folder = QDir{arguments[1]},
      .dark = arguments.value(2) == QStringLiteral("dark"),
      .sample = arguments.value(3, QStringLiteral("shop-200ms")),
      .views = arguments.value(4) == QStringLiteral("maps") ? Order::Views::maps : Order::Views::all};
  gui::apply(order.dark ? gui::Appearance::dark : gui::Appearance::light);
  Photographer{order}.work();
  return 0;
}
