#pragma once
#include <QColor>
#include <QPainterPath>
#include <QPalette>
#include <QWidget>
#include <cstddef>
#include <cstdint>

/// How the desktop looks: colours for light and dark, marks for strategies, ramps for values.
namespace gui {

enum class Appearance : std::uint8_t { light, dark };

/// Named colours beyond those of QPalette.
struct Colors {
  QColor page, surface, raised, line;   ///< backgrounds from back to front, and the lines between them
  QColor text, muted, accent;           ///< writing, side remarks, what can be clicked
  QColor good, bad, caution;            ///< verdicts; always beside a glyph
  QColor sea, land, border, land_text;  ///< the map
};

[[nodiscard]] const Colors& colors(Appearance appearance);
/// Of the appearance that `widget` is shown in.
[[nodiscard]] const Colors& colors_of(const QWidget& widget);
[[nodiscard]] Appearance appearance_of(const QPalette& palette);

/// What the system prefers: Qt 6.4 tells it by the default palette alone. Ask before apply().
[[nodiscard]] Appearance system_appearance();
/// Style, palette and style sheet of the whole program.
void apply(Appearance appearance);

/// Colour of the strategy at `index` of its document: Okabe and Ito's palette, told apart by people who
/// confuse colours. Source: Okabe and Ito, "Color Universal Design" (2008).
[[nodiscard]] QColor series_color(std::size_t index, Appearance appearance);

/// The second cue beside the colour, within [-1, 1] in both directions: triangle, square, diamond, ...
[[nodiscard]] QPainterPath series_mark(std::size_t index);
[[nodiscard]] QPixmap series_icon(std::size_t index, Appearance appearance, int size, qreal scale);

/// Cividis, dark blue (0) to yellow (1): even in lightness, the same to all kinds of colour vision.
/// Source: Nunez, Anderton, Renslow, PLOS ONE 13 (2018), table sampled at ninths.
/// In the dark it begins where it can be told from the background.
[[nodiscard]] QColor ramp_color(double share, Appearance appearance);

/// Colour of a part of a request's latency, by index of models::Part.
[[nodiscard]] QColor part_color(std::size_t part, Appearance appearance);

}  // namespace gui
