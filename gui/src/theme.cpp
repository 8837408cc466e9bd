#include "theme.hpp"

#include <QApplication>
#include <QPainter>
#include <QStyleFactory>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gui {
namespace {

const Colors light_colors{
    .page = QColor{"#f3f5f8"},
    .surface = QColor{"#ffffff"},
    .raised = QColor{"#e9edf3"},
    .line = QColor{"#d3dae4"},
    .text = QColor{"#17212f"},
    .muted = QColor{"#5c6b7e"},
    .accent = QColor{"#0b62b8"},
    .good = QColor{"#00704f"},
    .bad = QColor{"#b23a00"},
    .caution = QColor{"#8a6100"},
    .sea = QColor{"#dde7f0"},
    .land = QColor{"#f8f7f3"},
    .border = QColor{"#b9c3cf"},
    .land_text = QColor{"#8b96a5"},
};

const Colors dark_colors{
    .page = QColor{"#12171f"},
    .surface = QColor{"#1a212c"},
    .raised = QColor{"#242d3a"},
    .line = QColor{"#354152"},
    .text = QColor{"#e8edf4"},
    .muted = QColor{"#9aa9bb"},
    .accent = QColor{"#6db8f7"},
    .good = QColor{"#41c99a"},
    .bad = QColor{"#ff8a55"},
    .caution = QColor{"#f0c24b"},
    .sea = QColor{"#10161f"},
    .land = QColor{"#222b38"},
    .border = QColor{"#435064"},
    .land_text = QColor{"#66758a"},
};

QPalette palette_of(const Colors& c) {
  QPalette palette;
  palette.setColor(QPalette::Window, c.page);
  palette.setColor(QPalette::WindowText, c.text);
  palette.setColor(QPalette::Base, c.surface);
  palette.setColor(QPalette::AlternateBase, c.page);
  palette.setColor(QPalette::Text, c.text);
  palette.setColor(QPalette::PlaceholderText, c.muted);
  palette.setColor(QPalette::Button, c.raised);
  palette.setColor(QPalette::ButtonText, c.text);
  palette.setColor(QPalette::ToolTipBase, c.raised);
  palette.setColor(QPalette::ToolTipText, c.text);
  palette.setColor(QPalette::BrightText, c.bad);
  palette.setColor(QPalette::Link, c.accent);
  palette.setColor(QPalette::Highlight, c.accent);
  palette.setColor(QPalette::HighlightedText, c.surface);
  palette.setColor(QPalette::Mid, c.line);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, c.muted);
  }
  return palette;
}

QString style_sheet(const Colors& c) {
  return QStringLiteral(R"(
    QMainWindow::separator { width: 1px; height: 1px; background: %1; }
    QToolBar { border: 0; border-bottom: 1px solid %1; padding: 5px 8px; spacing: 6px; background: %2; }
    QDockWidget::title { padding: 7px 10px; background: %3; border-bottom: 1px solid %1; }
    QDockWidget { font-weight: 600; }
    QTabBar::tab { padding: 7px 16px; border: 0; border-bottom: 2px solid transparent; color: %4; }
    QTabBar::tab:selected { color: %5; border-bottom: 2px solid %6; }
    QTabBar::tab:hover { color: %5; }
    QTabWidget::pane { border: 0; border-top: 1px solid %1; }
    QTreeView, QTableView, QListView, QPlainTextEdit, QUndoView { border: 0; background: %2; }
    QTreeView::item, QTableView::item { padding: 3px 4px; }
    QHeaderView::section { background: %3; color: %4; border: 0; border-bottom: 1px solid %1; padding: 5px 8px; }
    QStatusBar { border-top: 1px solid %1; color: %4; }
    QStatusBar::item { border: 0; }
    QPushButton, QToolButton { padding: 5px 12px; border: 1px solid %1; border-radius: 6px; background: %2; }
    QToolButton { padding: 5px 8px; }
    QToolButton#badge { border: 0; background: transparent; font-weight: 600; padding: 5px 18px 5px 12px; }
    QPushButton:hover, QToolButton:hover { border-color: %6; }
    QPushButton:focus, QToolButton:focus, QComboBox:focus { border: 2px solid %6; }
    QToolButton:checked { background: %6; color: %2; }
    QPushButton:disabled, QToolButton:disabled { color: %4; background: %3; }
    QPushButton#primary, QToolButton#primary { background: %6; color: %2; border-color: %6; font-weight: 600; }
    QPushButton#primary:disabled, QToolButton#primary:disabled { background: %3; color: %4; border-color: %1; }
    QFrame#drop { border: 2px dashed %1; border-radius: 10px; background: %2; }
    QComboBox { padding: 4px 8px; border: 1px solid %1; border-radius: 6px; background: %2; }
    QComboBox::drop-down { border: 0; width: 20px; }
    QComboBox::down-arrow, QSpinBox::down-arrow { image: url(:/data/down.svg); width: 12px; height: 12px; }
    QSpinBox::up-arrow { image: url(:/data/up.svg); width: 12px; height: 12px; }
    QSpinBox::up-button, QSpinBox::down-button { border: 0; width: 18px; }
    QLineEdit, QSpinBox { padding: 4px 8px; border: 1px solid %1; border-radius: 6px; background: %2; }
    QLineEdit:focus { border: 2px solid %6; }
    QProgressBar { border: 1px solid %1; border-radius: 6px; text-align: center; background: %3; }
    QProgressBar::chunk { background: %6; border-radius: 5px; }
    QCheckBox::indicator { width: 13px; height: 13px; border: 1px solid %4; border-radius: 3px; background: %2; }
    QCheckBox::indicator:checked { background: %6; border-color: %6; }
    QMenuBar { background: %2; border-bottom: 1px solid %1; }
    QMenu { border: 1px solid %1; padding: 4px; }
    QMenu::item { padding: 5px 26px 5px 14px; border-radius: 4px; }
    QMenu::item:selected, QMenuBar::item:selected { background: %6; color: %2; }
    QMenu::item:disabled { color: %4; }
    QMenu::separator { height: 1px; background: %1; margin: 4px 8px; }
    QSplitter::handle { background: %1; }
    QScrollArea { border: 0; }
    QFrame#card { background: %2; border: 1px solid %1; border-radius: 10px; }
    QFrame#card[hovered="true"] { border: 1px solid %6; }
    QLabel#muted { color: %4; }
    QToolTip { border: 1px solid %1; padding: 4px; background: %3; color: %5; }
  )")
      .arg(c.line.name(), c.surface.name(), c.page.name(), c.muted.name(), c.text.name(), c.accent.name());
}

/// Regular star or polygon of `corners`; `inner` < 1 pulls every second corner in.
QPainterPath regular(int corners, double start, double inner = 1.0) {
  QPolygonF polygon;
  const int points = inner < 1.0 ? 2 * corners : corners;
  for (int i = 0; i < points; ++i) {
    const double angle = start + 2 * std::numbers::pi * i / points;
    const double radius = inner < 1.0 && i % 2 == 1 ? inner : 1.0;
    polygon << QPointF{radius * std::cos(angle), radius * std::sin(angle)};
  }
  QPainterPath path;
  path.addPolygon(polygon);
  path.closeSubpath();
  return path;
}

}  // namespace

const Colors& colors(Appearance appearance) {
  return appearance == Appearance::light ? light_colors : dark_colors;
}

Appearance appearance_of(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < 128 ? Appearance::dark : Appearance::light;
}

const Colors& colors_of(const QWidget& widget) { return colors(appearance_of(widget.palette())); }

Appearance system_appearance() { return appearance_of(QApplication::palette()); }

void apply(Appearance appearance) {
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  QApplication::setPalette(palette_of(colors(appearance)));
  qApp->setStyleSheet(style_sheet(colors(appearance)));
}

QColor series_color(std::size_t index, Appearance appearance) {
  static constexpr std::array<const char*, 7> okabe_ito{"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                        "#E69F00", "#56B4E9", "#8A7F00"};
  // On white the light ones would stand out by less than 3 to 1; orange becomes brown, lest those who miss
  // green take it for vermilion.
  static constexpr std::array<const char*, 7> darkened{"#0072B2", "#D55E00", "#009E73", "#C2739F",
                                                       "#7A5200", "#4590BA", "#8A7F00"};
  const bool dark = appearance == Appearance::dark;
  const QColor color{(dark ? okabe_ito : darkened)[index % okabe_ito.size()]};
  return dark ? color.lighter(125) : color;
}

QPainterPath series_mark(std::size_t index) {
  constexpr double up = -std::numbers::pi / 2;
  QPainterPath circle;
  circle.addEllipse(QPointF{0, 0}, 0.85, 0.85);
  switch (index % 7) {
    case 0:
      return regular(3, up);
    case 1:
      return regular(4, up + std::numbers::pi / 4);
    case 2:
      return regular(4, up);
    case 3:
      return circle;
    case 4:
      return regular(5, up, 0.45);
    case 5:
      return regular(3, -up);
    default:
      return regular(6, up);
  }
}

QPixmap series_icon(std::size_t index, Appearance appearance, int size, qreal scale) {
  QPixmap pixmap{QSize{size, size} * scale};
  pixmap.setDevicePixelRatio(scale);
  pixmap.fill(Qt::transparent);
  QPainter painter{&pixmap};
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(size / 2.0, size / 2.0);
  painter.scale(size * 0.42, size * 0.42);
  painter.fillPath(series_mark(index), series_color(index, appearance));
  return pixmap;
}

QColor ramp_color(double share, Appearance appearance) {
  static constexpr std::array<QRgb, 10> cividis{0xff00224e, 0xff123570, 0xff3b496c, 0xff575d6d, 0xff707173,
                                                0xff8a8678, 0xffa59c74, 0xffc3b369, 0xffe1cc55, 0xfffee838};
  const double least = appearance == Appearance::dark ? 0.25 : 0.0;
  const double place = (least + (1 - least) * std::clamp(share, 0.0, 1.0)) * (cividis.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), cividis.size() - 2);
  const double rest = place - static_cast<double>(below);
  const QColor a{cividis[below]}, b{cividis[below + 1]};
  const auto mix = [rest](int from, int to) {
    return static_cast<int>(std::lround(from + rest * (to - from)));
  };
  return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

QColor part_color(std::size_t part, Appearance appearance) {
  static constexpr std::array<const char*, 10> tones{"#8A7F00", "#56B4E9", "#0072B2", "#7FA7C9", "#CC79A7",
                                                     "#D55E00", "#E69F00", "#009E73", "#B7A46B", "#7A7F87"};
  const QColor color{tones[part % tones.size()]};
  return appearance == Appearance::dark ? color.lighter(112) : color;
}

}  // namespace gui
