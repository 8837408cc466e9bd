#include <QImage>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "gui/desk.hpp"
#include "gui/tool.hpp"
#include "map/isochrone_layer.hpp"
#include "map/map_labels.hpp"
#include "map/map_scene.hpp"
#include "map/map_view.hpp"
#include "map/schematic_layout.hpp"
#include "map/world_map.hpp"
#include "theme.hpp"

using namespace gui_test;

namespace {

planner::Scenario strategy(const std::string& id) {
  return planner::Document::parse(small_plan, "small.json", {}).resolve(id).scenario();
}

}  // namespace

TEST_CASE("The projection and its inverse agree", "[map]") {
  for (const double longitude : {-179.0, -4.5, 0.0, 120.25}) {
    for (const double latitude : {-80.0, -33.3, 0.0, 52.4}) {
      const QPointF world = gui::to_world(longitude, latitude);
      CHECK(gui::longitude_of(world) == Approx(longitude).margin(1e-9));
      CHECK(gui::latitude_of(world) == Approx(latitude).margin(1e-9));
    }
  }
  // The equator is the middle; Mercator's y of 85.0511 degrees is pi, so that the map is a square.
  CHECK(gui::to_world(0, 0).y() == Approx(0.5));
  CHECK(gui::to_world(0, 85.05).y() == Approx(0.0).margin(1e-4));
}

TEST_CASE("Zooming keeps the place below the pointer", "[map]") {
  gui::Viewport view;
  const QPointF pointer{123, 456};
  const QPointF before = view.from_screen(pointer);
  view.zoom(2.5, pointer);
  CHECK(view.from_screen(pointer).x() == Approx(before.x()));
  CHECK(view.from_screen(pointer).y() == Approx(before.y()));
  CHECK(view.scale == Approx(800 * 2.5));
}

TEST_CASE("The map has the countries of Natural Earth in place", "[map]") {
  const gui::WorldMap map;
  CHECK(map.countries().size() > 200);
  const QPointF rome = gui::to_world(12.5, 41.9);
  QStringList found;
  for (const auto& country : map.countries()) {
    for (const auto& ring : country.rings) {
      if (ring.outline[gui::WorldMap::details - 1].containsPoint(rome, Qt::OddEvenFill))
        found << country.name;
    }
  }
  CHECK(found.contains(QStringLiteral("Italy")));
}

TEST_CASE("A scene has every place, and says where its users are served", "[map]") {
  const planner::Scenario far = strategy("far");
  const auto reached = planner::reach(far, "page");
  const gui::MapScene scene =
      gui::make_scene(far, nullptr, reached, {.color = {}, .layout = {}, .flow = "page"});
  REQUIRE(scene.sites.size() == 2);
  REQUIRE(scene.populations.size() == 1);
  CHECK(scene.populations[0].value == Approx(reached[0].round_trip));
  REQUIRE(scene.lines.size() == 1);
  CHECK(scene.lines[0].kind == gui::MapLine::Kind::serves);
  CHECK(scene.lines[0].to == gui::to_world(8.7, 50.1));  // the cloud's place
  for (const gui::MapNode& site : scene.sites) {
    CHECK((site.use == gui::MapNode::Use::used) == (site.id == "cloud"));
    CHECK(site.hold == gui::MapNode::Hold::movable);
  }
}

TEST_CASE("The schematic layout sets users apart from their site and shows nothing unused", "[map]") {
  const planner::Scenario near = strategy("near");
  const auto layout = gui::schematic_layout(near, planner::reach(near, "page"));
  CHECK(layout.sites.size() == 1);
  REQUIRE(layout.sites.contains("edge"));
  CHECK(layout.populations.at("users") != layout.sites.at("edge"));
}

TEST_CASE("An isochrone colours near places, leaves far ones clear and marks what a strategy gains",
          "[map]") {
  const planner::Scenario near = strategy("near"), far = strategy("far");
  gui::Viewport view;
  view.centre = gui::to_world(4.9, 52.4);  // the edge
  view.scale = 40'000;                     // a raster finer than the isochrone
  const planner::Raster raster = gui::raster_for(view, 25);
  // Access 2 x 9 ms; the budget leaves 4 ms for the way there and back.
  const auto alone = gui::compute_isochrone(near, "page", "users", raster, 22, nullptr);
  const gui::Colors& colors = gui::colors(gui::Appearance::light);
  const QImage image = gui::isochrone_image(*alone, view, colors, 4);
  CHECK(qAlpha(image.pixel(image.width() / 2, image.height() / 2)) > 0);
  CHECK(qAlpha(image.pixel(0, 0)) == 0);
  CHECK(alone->area > 0);
  const auto versus = gui::compute_isochrone(near, "page", "users", raster, 22, &far);
  const QColor gained =
      gui::isochrone_image(*versus, view, colors, 4).pixelColor(image.width() / 2, image.height() / 2);
  // Only the edge is within 2 ms of itself: gained, in green.
  CHECK(gained.green() > gained.red());
}

TEST_CASE("Links tell how full they are, by colour, dashes and in words", "[map]") {
  std::string plan = small_plan;
  plan.replace(plan.find("\"populations\""), 0,
               R"("links": { "way": { "between": ["edge", "cloud"], "bandwidth": "20 Mbit/s" } }, )");
  const planner::Scenario far = planner::Document::parse(plan, "small.json", {}).resolve("far").scenario();
  planner::StrategyResult result;
  result.links = {{"way", "edge", "cloud", 20e6, 17e6, 0.85}, {"way", "cloud", "edge", 20e6, 1e6, 0.05}};
  const auto scene = [&](const planner::StrategyResult* of) {
    return gui::make_scene(far, of, planner::reach(far, "page"), {.color = {}, .layout = {}, .flow = "page"});
  };
  const auto link = [](const gui::MapScene& of) {
    return *std::ranges::find(of.lines, gui::MapLine::Kind::link, &gui::MapLine::kind);
  };
  CHECK(link(scene(nullptr)).band == gui::LinkBand::unknown);
  const gui::MapLine line = link(scene(&result));
  CHECK(line.band == gui::LinkBand::full);  // the fuller direction
  CHECK(line.label == QStringLiteral("85 %"));
  CHECK(line.tip.contains(QStringLiteral("edge → cloud: 85.0 %, 17.0 Mbit/s")));
  CHECK(gui::link_band(0.5) == gui::LinkBand::half_empty);
  CHECK(gui::link_band(0.8) == gui::LinkBand::filling);
  CHECK(gui::link_band(0.91) == gui::LinkBand::overfull);
}

TEST_CASE("What is beyond the deadline is marked and says so", "[map]") {
  const planner::Scenario far = strategy("far");
  planner::StrategyResult result;
  planner::Slice slice;
  slice.flow = "page";
  slice.population = "users";
  slice.answered = 1000;
  slice.percentiles[2].value = 61;  // p95; the deadline is 60 ms
  result.slices = {slice};
  const auto scene = gui::make_scene(far, &result, planner::reach(far, "page"),
                                     {.color = gui::MapColor::p95, .layout = {}, .flow = "page"});
  REQUIRE(scene.populations.size() == 1);
  CHECK(scene.populations[0].state == gui::MapNode::State::alarming);
  CHECK(scene.populations[0].label == QStringLiteral("⚠ 61.0 ms"));
  REQUIRE(scene.legend.limit);
  CHECK(*scene.legend.limit == Approx(60));
}

TEST_CASE("A worker paints the map beyond its edges, and anew before they come into view", "[map]") {
  gui::MapView map;
  map.resize(640, 480);
  map.show();
  const planner::Scenario far = strategy("far");
  map.show_scene(std::make_shared<const gui::MapScene>(gui::make_scene(
      far, nullptr, planner::reach(far, "page"), {.color = {}, .layout = {}, .flow = "page"})));
  wait_until([&] { return map.is_painted(); });
  CHECK(map.is_covered());
  map.pan({100, 0});
  CHECK(map.is_covered());
  map.pan({400, 0});
  CHECK_FALSE(map.is_painted());
  wait_until([&] { return map.is_painted(); });
  CHECK(map.is_covered());
}

TEST_CASE("Names stand beside their marks, where no other stands", "[map]") {
  QImage image{400, 200, QImage::Format_RGB32};
  QPainter painter{&image};
  gui::MapLabels labels{painter, gui::colors(gui::Appearance::light)};
  using Weight = gui::MapLabels::Text::Weight;
  CHECK(labels.write_beside({200, 100}, 5, {QStringLiteral("one"), QStringLiteral("5 ms"), Weight::bold}));
  // Right, left, above and below of the same place: then there is no room.
  for (int i = 0; i < 3; ++i)
    CHECK(labels.write_beside({200, 100}, 5, {QStringLiteral("more"), {}, Weight::plain}));
  CHECK_FALSE(labels.write_beside({200, 100}, 5, {QStringLiteral("more"), {}, Weight::plain}));
}

TEST_CASE("The legend covers nothing that is shown, in any size of the window", "[map]") {
  const planner::Scenario far = strategy("far");
  const auto scene = std::make_shared<const gui::MapScene>(gui::make_scene(
      far, nullptr, planner::reach(far, "page"), {.color = {}, .layout = {}, .flow = "page"}));
  for (const QSize size : {QSize{640, 480}, QSize{900, 500}, QSize{1600, 1000}}) {
    gui::MapView map;
    map.resize(size);
    map.show();
    map.show_scene(scene);
    for (const char* caption :
         {"", "Within 50 ms: 100 % of the users of page\n3.92 million km² of what is shown"}) {
      map.set_caption(QString::fromUtf8(caption));
      for (const auto* nodes : {&scene->sites, &scene->populations}) {
        for (const gui::MapNode& node : *nodes) {
          if (node.use == gui::MapNode::Use::unused) continue;
          CAPTURE(size.width(), caption, node.id);
          CHECK_FALSE(map.legend().contains(map.viewport().to_screen(node.at)));
        }
      }
    }
  }
}

TEST_CASE("The values on the map are those that its command line prints", "[map]") {
  Desk desk;
  desk.open_small();
  desk.run();
  gui::MapPage& page = desk.window.map_page();
  const QString command = page.command_line();
  CHECK(command.startsWith(QStringLiteral("isochrone places ")));
  const auto told = printed(command).at("places").at(0);
  const std::array<QString, 5> titles{
      QStringLiteral("network round trip without load"), QStringLiteral("p95 of latency"),
      QStringLiteral("utilisation of the busiest pool"), QStringLiteral("cost"), QStringLiteral("carbon")};
  for (const gui::MapColor color : planner::place_metrics) {
    page.show_color(color);
    const std::string metric{planner::name(color)};
    CAPTURE(metric);
    wait_until([&] { return page.map().scene()->legend.title == titles[static_cast<std::size_t>(color)]; });
    for (const auto& [nodes, section] : {std::pair{&page.map().scene()->sites, "sites"},
                                         std::pair{&page.map().scene()->populations, "populations"}}) {
      for (const gui::MapNode& node : *nodes) {
        const auto place = told.at(section).value(node.id, nlohmann::ordered_json::object());
        CAPTURE(node.id);
        REQUIRE(node.value.has_value() == place.contains(metric));
        if (node.value) CHECK(*node.value == place.at(metric).at("value").get<double>());
      }
    }
  }
}
