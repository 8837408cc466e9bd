// Time of the desktop's frames while a map of 5,000 sites and 20,000 links is panned and zoomed. Runs without
// a display: what is measured is the painting, into memory.

#include <QApplication>
#include <QElapsedTimer>
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
    scene->sites.push_back(node);
  }
  const auto any = [&] { return scene->sites[static_cast<std::size_t>(uniform() * sites)].at; };
  for (int i = 0; i < links; ++i) {
    scene->lines.push_back(
        {.kind = gui::MapLine::Kind::link, .from = any(), .to = any(), .width = 1, .value = {}});
  }
  scene->bounds = {0.1, 0.2, 0.8, 0.5};
  return scene;
}

void print(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double p) {
    return times[static_cast<std::size_t>(p * static_cast<double>(times.size() - 1))];
  };
  std::printf("%-28s median %6.2f ms   p95 %6.2f   p99 %6.2f   longest %6.2f\n", what, at(0.5), at(0.95),
              at(0.99), at(1));
}

template <class Step>
std::vector<double> frame_times(gui::MapView& map, int frames, Step step) {
  std::vector<double> times;
  QImage screen{map.size(), QImage::Format_ARGB32_Premultiplied};
  for (int i = 0; i < frames; ++i) {
    step(i);
    QElapsedTimer timer;
    timer.start();
    map.render(&screen);
    times.push_back(1e-6 * static_cast<double>(timer.nsecsElapsed()));
  }
  return times;
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
  QApplication::processEvents();
  print("panning, 5,000 sites", frame_times(map, frames, [&](int i) {
          map.pan({i % 200 < 100 ? 9.0 : -9.0, 3.0 * ((i / 50) % 2 ? 1 : -1)});
        }));
  print("zooming, 5,000 sites",
        frame_times(map, frames, [&](int i) { map.zoom(i % 60 < 30 ? 1.05 : 1 / 1.05); }));
  return 0;
}
