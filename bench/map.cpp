// Time of the desktop's frames while a map of 5,000 sites and 20,000 links is panned and zoomed at 60 frames
// a second: events that are due (a worker's new picture among them), the step, and the painting, into memory.
// And in how many of the frames the worker was late, so that an edge or the resolution was of before.

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QThread>
#include <algorithm>
#include <cstdio>
#include <vector>

#include "map/map_view.hpp"
#include "sim/random.hpp"
#include "support/measure.hpp"
#include "theme.hpp"

namespace {

constexpr int sites = 5'000, links = 20'000;

std::shared_ptr<const gui::MapScene> large_scene() {
  auto scene = std::make_shared<gui::MapScene>();
  const sim::Stream draws{1, 0};
  std::uint32_t draw = 0;
  const auto uniform = [&] { return draws.draw(draw++).uniform(); };
  for (int i = 0; i < sites; ++i) {
    gui::MapNode node;
    node.id = "site-" + std::to_string(i);
    node.kind = i % 10 == 0 ? gui::MapNode::Kind::region : gui::MapNode::Kind::pop;
    node.at = {0.1 + 0.8 * uniform(), 0.2 + 0.5 * uniform()};
    node.value = uniform();
    node.label = QStringLiteral("%1 ms").arg(node.value.value(), 0, 'f', 2);
    scene->sites.push_back(node);
  }
  const auto any = [&] { return scene->sites[static_cast<std::size_t>(uniform() * sites)].at; };
  for (int i = 0; i < links; ++i) {
    scene->lines.push_back(
        {.kind = gui::MapLine::Kind::link, .from = any(), .to = any(), .band = gui::link_band(uniform())});
  }
  scene->bounds = {0.1, 0.2, 0.8, 0.5};
  return scene;
}

struct Frames {
  std::vector<double> times;  ///< [ms]
  std::vector<double>
      own;       ///< of these the window's thread computed [ms]: other work on the machine left out
  int bare = 0;  ///< of which an edge was not painted yet
};

void print_times(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double p) {
    return times[static_cast<std::size_t>(p * static_cast<double>(times.size() - 1))];
  };
  std::printf("%-28s median %6.2f ms   p95 %6.2f   p99 %6.2f   longest %6.2f\n", what, at(0.5), at(0.95),
              at(0.99), at(1));
}

void print(const char* what, const Frames& frames) {
  print_times(what, frames.times);
  print_times("  computed by its thread", frames.own);
  std::printf("%-28s %d of %zu\n", "  edge not painted yet", frames.bare, frames.times.size());
}

template <class Step>
Frames frame_times(gui::MapView& map, int count, Step step) {
  constexpr double frame = 1e3 / 60;  // [ms]
  Frames frames;
  QImage screen{map.size(), QImage::Format_RGB32};
  for (int i = 0; i < count; ++i) {
    QElapsedTimer timer;
    timer.start();
    const auto elapsed = [&] { return 1e-6 * static_cast<double>(timer.nsecsElapsed()); };
    const double computed = bench::cpu_seconds();
    QApplication::processEvents();
    step(i);
    map.render(&screen);
    frames.own.push_back(1e3 * (bench::cpu_seconds() - computed));
    frames.times.push_back(elapsed());
    frames.bare += map.is_covered() ? 0 : 1;
    if (elapsed() < frame) QThread::usleep(static_cast<unsigned long>(1e3 * (frame - elapsed())));
  }
  return frames;
}

/// From the wish for a picture until it is there. [ms]
double picture_time(gui::MapView& map) {
  QElapsedTimer timer;
  timer.start();
  if (!QTest::qWaitFor([&] { return map.is_painted(); }, 60'000)) qFatal("the map was not painted");
  return 1e-6 * static_cast<double>(timer.nsecsElapsed());
}

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application{argc, argv};
  gui::apply(gui::Appearance::light);
  const int frames = bench::effort(argc, argv) == bench::Effort::tiny ? 2 : 600;
  gui::MapView map;
  map.resize(1280, 800);
  map.show_scene(large_scene());
  map.show();
  map.repaint();
  std::printf("%-24s %6.0f ms\n", "a whole picture", picture_time(map));
  print("panning, 5,000 sites", frame_times(map, frames, [&](int i) {
          map.pan({i % 200 < 100 ? 9.0 : -9.0, 3.0 * ((i / 50) % 2 ? 1 : -1)});
        }));
  picture_time(map);
  print("zooming, 5,000 sites",
        frame_times(map, frames, [&](int i) { map.zoom(i % 60 < 30 ? 1.05 : 1 / 1.05); }));
  return 0;
}
