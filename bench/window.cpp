// How the desktop feels: time until the window stands, until a preview is there after a change, and the
// longest time for which the event loop is blocked while a planner works. Runs without a display.

#include <QApplication>
#include <QElapsedTimer>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <utility>
#include <vector>

#include "main_window.hpp"
#include "planner/samples.hpp"
#include "support/measure.hpp"
#include "views/card.hpp"
#include "views/compare_view.hpp"
#include "views/inspector_panel.hpp"
#include "views/map_page.hpp"

namespace {

constexpr int patience = 60'000;  // [ms]

double milliseconds(const QElapsedTimer& timer) { return 1e-6 * static_cast<double>(timer.nsecsElapsed()); }

/// Beats every millisecond; the longest time between two beats is how long the window did not react.
class Heart : public QObject {
 public:
  Heart() {
    beat_.setTimerType(Qt::PreciseTimer);
    connect(&beat_, &QTimer::timeout, this, [this] {
      longest_ = std::max(longest_, milliseconds(since_));
      since_.start();
    });
    since_.start();
    beat_.start(1);
  }
  /// Since the last time it was asked.
  [[nodiscard]] double longest() {
    QApplication::processEvents();
    since_.start();
    return std::exchange(longest_, 0.0);
  }

 private:
  QTimer beat_;
  QElapsedTimer since_;
  double longest_ = 0;
};

void wait_until(const std::function<bool()>& done) {
  if (!QTest::qWaitFor(done, patience)) qFatal("the window did not get ready");
}

void print(const char* what, double blocked) {
  std::printf("%-44s blocked %6.1f ms at most\n", what, blocked);
}

/// A scenario of many sites, one of which serves.
std::string large_plan(int sites) {
  std::string text = R"({
  "isochrone": "1.0",
  "meta": { "name": "large" },
  "time": { "warmup": "1 s", "duration": "5 s" },
  "populations": { "users": { "at": { "lat": 50, "lon": 8 }, "users": 1000, "access": { "latency": "9 ms" } } },
  "services": { "web": { "time": "5 ms", "cpu": "1 vCPU" } },
  "flows": { "page": { "entry": "in", "calls": { "in": { "service": "web" } } } },
  "workloads": { "w": { "population": "users", "flow": "page", "arrivals": { "rate": "200 req/s" } } },
  "placement": { "web": { "s0": { "pool": "box", "replicas": 4 } } },
  "strategies": { "now": { "baseline": true, "patch": {} } },
  "sites": {)";
  for (int i = 0; i < sites; ++i) {
    text +=
        (i == 0 ? "\n    \"s" : ",\n    \"s") + std::to_string(i) +
        R"(": { "tier": "edge", "at": { "lat": )" + std::to_string(i % 120 - 50) +
        ", \"lon\": " + std::to_string(i / 120 * 2 - 90) +
        R"( }, "pools": { "box": { "nodes": 2, "cpu": "4 vCPU", "memory": "8 GiB", "price": "1.6 USD/h" } } })";
  }
  return text + "\n  }\n}\n";
}

/// The cell of its value; invalid where the inspector has no such field.
QModelIndex field_named(const QAbstractItemModel& model, const QString& title) {
  const auto found =
      model.match(model.index(0, 0), Qt::DisplayRole, title, 1, Qt::MatchExactly | Qt::MatchRecursive);
  return found.isEmpty() ? QModelIndex{} : found.front().siblingAtColumn(gui::InspectorModel::value_column);
}

/// Opens a file of many sites, edits it and takes the edit back, while the heart beats.
void measure_large(gui::MainWindow& window, Heart& heart, int sites, const QString& folder) {
  gui::DocumentModel& document = window.session().document();
  const auto wait_checked = [&] { wait_until([&] { return document.is_checked(); }); };
  static_cast<void>(heart.longest());
  document.open_text(large_plan(sites), QStringLiteral("large"), {});
  wait_checked();
  wait_until([&] { return window.map_page().map().is_painted(); });
  print("open a file of 10,000 sites", heart.longest());
  document.set_value("/sites/s7/pools/box/nodes", "3", QStringLiteral("nodes"));
  wait_checked();
  print("edit it", heart.longest());
  QTest::qWait(2'000);
  print("write the edit aside", heart.longest());
  document.history().undo();
  wait_checked();
  print("undo it", heart.longest());
  window.session().select("/sites/s7");
  QTest::qWait(200);
  print("select one of its sites", heart.longest());
  const QModelIndex nodes = field_named(window.inspector().model(), QStringLiteral("Nodes"));
  if (!window.inspector().model().draft_with(nodes, QStringLiteral("5"))) qFatal("there is no such field");
  print("check a value while it is typed", heart.longest());
  document.remove_value("/sites/s9", QStringLiteral("s9"));
  wait_checked();
  print("remove another one", heart.longest());
  window.tabs().setCurrentIndex(window.tabs().count() - 1);
  QTest::qWait(500);
  print("look at its source", heart.longest());
  document.set_value("/sites/s8/pools/box/nodes", "4", QStringLiteral("nodes"));
  wait_checked();
  QTest::qWait(500);
  print("edit it with its source in view", heart.longest());
  if (!document.save(folder + QStringLiteral("/large.json")).isEmpty()) qFatal("it cannot be written");
  print("save it", heart.longest());
  window.run(gui::RunOrder::Depth::full);
  wait_until([&] { return window.session().outcome() && !window.session().runner().is_running(); });
  QTest::qWait(500);
  print("run it and show the comparison", heart.longest());
  for (int view = 0; view < window.tabs().count(); ++view) {
    window.tabs().setCurrentIndex(view);
    QTest::qWait(500);
    print(qPrintable(QStringLiteral("with it, look at ") + window.tabs().tabText(view)), heart.longest());
  }
}

/// From the welcome page to the answer: a question of the gallery, Run.
void measure_newcomer(gui::MainWindow& window) {
  QElapsedTimer timer;
  timer.start();
  const auto samples = planner::samples();
  const auto sample = std::ranges::find(samples, "first-steps", &planner::Sample::name);
  if (sample == samples.end()) qFatal("there is no such sample");
  for (gui::Card* card : window.findChildren<gui::Card*>()) {
    if (card->accessibleName() == QString::fromStdString(sample->question))
      QTest::mouseClick(card, Qt::LeftButton);
  }
  wait_until([&] { return window.session().document().is_open() && window.session().can_run(); });
  auto* bar = window.findChild<QToolBar*>(QStringLiteral("run"));
  QTest::mouseClick(bar->findChild<QToolButton*>(QStringLiteral("primary")), Qt::LeftButton);
  wait_until([&] { return window.session().outcome() != nullptr; });
  std::printf("%-44s %14.0f ms, 2 clicks\n", "welcome page to the verdict of first-steps",
              milliseconds(timer));
}

/// From the edit of a field to the results on the screen.
std::vector<double> preview_times(gui::MainWindow& window, int previews) {
  std::vector<double> times;
  gui::Session& session = window.session();
  for (int i = 0; i < previews; ++i) {
    const std::string rate = "\"" + std::to_string(100 + i) + " req/s\"";
    QElapsedTimer timer;
    timer.start();
    session.document().set_value("/workloads/day/arrivals/rate", rate, QStringLiteral("rate"));
    wait_until([&] { return session.document().is_checked() && session.can_run(); });
    window.run(gui::RunOrder::Depth::preview);
    wait_until([&] { return !session.runner().is_running() && session.outcome() && !session.is_stale(); });
    times.push_back(milliseconds(timer));
  }
  std::ranges::sort(times);
  return times;
}

}  // namespace

int main(int argc, char** argv) {
  const bool tiny = bench::effort(argc, argv) == bench::Effort::tiny;
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QElapsedTimer start;
  start.start();
  QApplication application{argc, argv};
  gui::apply(gui::Appearance::light);
  const QTemporaryDir place;
  gui::MainWindow window{{place.filePath(QStringLiteral("settings")), place.path()}};
  window.show();
  QApplication::processEvents();
  std::printf("%-44s %14.0f ms\n", "start to the first window", milliseconds(start));

  Heart heart;
  measure_newcomer(window);
  static_cast<void>(heart.longest());
  window.open_sample(QStringLiteral("first-steps"));
  wait_until([&] { return window.session().can_run() && window.map_page().map().scene() != nullptr; });
  print("open first-steps", heart.longest());
  const std::vector<double> times = preview_times(window, tiny ? 1 : 15);
  std::printf("%-44s median %5.0f ms, longest %5.0f\n", "change of a field to its preview",
              times[times.size() / 2], times.back());
  print("the same", heart.longest());

  if (tiny) return 0;
  window.session().document().history().setIndex(0);  // nothing unsaved, so that nobody is asked
  window.open_sample(QStringLiteral("shop-200ms"));
  wait_until([&] { return window.session().can_run() && window.map_page().map().scene() != nullptr; });
  print("open shop-200ms", heart.longest());
  window.map_page().show_budget(50);
  QTest::qWait(5'000);
  print("isochrones of it", heart.longest());
  window.run(gui::RunOrder::Depth::full);
  wait_until([&] { return window.session().outcome() && !window.session().runner().is_running(); });
  QTest::qWait(500);
  print("run it and show the comparison", heart.longest());
  for (int view = 0; view < window.tabs().count(); ++view) {
    window.tabs().setCurrentIndex(view);
    QTest::qWait(200);
    print(qPrintable(QStringLiteral("look at ") + window.tabs().tabText(view)), heart.longest());
  }
  window.tabs().setCurrentIndex(0);
  measure_large(window, heart, 10'000, place.path());
  return 0;
}
