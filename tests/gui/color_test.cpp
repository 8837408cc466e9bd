// Light and dark can be read, and nothing is told by colour alone.
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <utility>

#include "charts/cell_grid.hpp"
#include "theme.hpp"

namespace {

using Rgb = std::array<double, 3>;

Rgb linear(const QColor& color) {
  const auto one = [](double share) {
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return {one(color.redF()), one(color.greenF()), one(color.blueF())};
}

/// Source: WCAG 2.1, "relative luminance" and "contrast ratio".
double luminance(const Rgb& color) { return 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]; }

double contrast(const QColor& a, const QColor& b) {
  const double one = luminance(linear(a)), other = luminance(linear(b));
  return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

/// What somebody without red or green cones sees. Source: Machado, Oliveira, Fernandes, IEEE TVCG 15 (2009),
/// severity 1.0.
Rgb without_red(const Rgb& c) {
  return {0.152286 * c[0] + 1.052583 * c[1] - 0.204868 * c[2],
          0.114503 * c[0] + 0.786281 * c[1] + 0.099216 * c[2],
          -0.003882 * c[0] - 0.048116 * c[1] + 1.051998 * c[2]};
}
Rgb without_green(const Rgb& c) {
  return {0.367322 * c[0] + 0.860646 * c[1] - 0.227968 * c[2],
          0.280085 * c[0] + 0.672501 * c[1] + 0.047413 * c[2],
          -0.011820 * c[0] + 0.042940 * c[1] + 0.968881 * c[2]};
}

double distance(const Rgb& a, const Rgb& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

}  // namespace

TEST_CASE("Writing stands out by 4.5 to 1 and marks by 3 to 1, in light and dark", "[color]") {
  const auto appearance = GENERATE(gui::Appearance::light, gui::Appearance::dark);
  const gui::Colors& colors = gui::colors(appearance);
  for (const QColor& back : {colors.page, colors.surface}) {
    for (const QColor& ink : {colors.text, colors.muted, colors.good, colors.bad, colors.caution}) {
      INFO(ink.name().toStdString() << " on " << back.name().toStdString());
      CHECK(contrast(ink, back) >= 4.5);
    }
    for (std::size_t i = 0; i < 6; ++i) {
      INFO("strategy " << i << " " << gui::series_color(i, appearance).name().toStdString());
      CHECK(contrast(gui::series_color(i, appearance), back) >= 3.0);
    }
  }
}

TEST_CASE("Figures in cells stand out by 4.5 to 1 on every value's colour", "[color]") {
  const auto appearance = GENERATE(gui::Appearance::light, gui::Appearance::dark);
  for (int i = 0; i <= 100; ++i) {
    const QColor back = gui::ramp_color(i / 100.0, appearance);
    INFO(back.name().toStdString());
    CHECK(contrast(gui::ink_on(back), back) >= 4.5);
  }
}

TEST_CASE("What is chosen or can be pressed can be read", "[color]") {
  const auto appearance = GENERATE(gui::Appearance::light, gui::Appearance::dark);
  const gui::Colors& colors = gui::colors(appearance);
  CHECK(contrast(colors.surface, colors.accent) >= 4.5);  // a chosen row, the first button
  CHECK(contrast(colors.text, colors.raised) >= 4.5);     // tool tips, buttons
  CHECK(contrast(colors.text, colors.line) >= 4.5);       // what is selected in the source
  CHECK(contrast(colors.accent, colors.page) >= 3.0);     // the frame of what has the focus
  for (const QColor& sign : {colors.muted, colors.accent, colors.caution, colors.bad})  // links on the map
    for (const QColor& ground : {colors.land, colors.sea}) {
      INFO(sign.name().toStdString() << " on " << ground.name().toStdString());
      CHECK(contrast(sign, ground) >= 3.0);
    }
}

TEST_CASE("Strategies are told apart by their marks, and by colour by those who miss red or green",
          "[color]") {
  const auto appearance = GENERATE(gui::Appearance::light, gui::Appearance::dark);
  constexpr std::size_t strategies = 6;
  for (std::size_t a = 0; a < strategies; ++a) {
    for (std::size_t b = a + 1; b < strategies; ++b) {
      INFO(a << " and " << b);
      CHECK(gui::series_mark(a) != gui::series_mark(b));
      const Rgb one = linear(gui::series_color(a, appearance)),
                other = linear(gui::series_color(b, appearance));
      CHECK(distance(without_red(one), without_red(other)) > 0.05);
      CHECK(distance(without_green(one), without_green(other)) > 0.05);
    }
  }
}

TEST_CASE("The ramp of values rises in lightness for every kind of colour vision", "[color]") {
  const auto appearance = GENERATE(gui::Appearance::light, gui::Appearance::dark);
  double plain = -1, no_red = -1, no_green = -1;
  for (int i = 0; i <= 10; ++i) {
    const Rgb color = linear(gui::ramp_color(i / 10.0, appearance));
    INFO(i);
    CHECK(luminance(color) > std::exchange(plain, luminance(color)));
    CHECK(luminance(without_red(color)) > std::exchange(no_red, luminance(without_red(color))));
    CHECK(luminance(without_green(color)) > std::exchange(no_green, luminance(without_green(color))));
  }
}
