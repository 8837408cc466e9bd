#include <cmath>

#include "gui/desk.hpp"
#include "map/isochrone_layer.hpp"
#include "map/map_scene.hpp"
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
  const planner::Raster raster = gui::raster_for(view, 600);
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
