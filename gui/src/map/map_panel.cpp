#include "map/map_panel.hpp"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "map/map_painter.hpp"
#include "planner/number_text.hpp"

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Map)
};

struct Sign {
  MapNode::Kind kind;
  QString name;
};

std::vector<Sign> signs_of(const MapScene& scene) {
  const std::array<std::pair<MapNode::Kind, const char*>, 5> all{
      {{MapNode::Kind::region, QT_TRANSLATE_NOOP("Map", "region")},
       {MapNode::Kind::metro, QT_TRANSLATE_NOOP("Map", "metro")},
       {MapNode::Kind::pop, QT_TRANSLATE_NOOP("Map", "point of presence")},
       {MapNode::Kind::edge, QT_TRANSLATE_NOOP("Map", "edge")},
       {MapNode::Kind::on_premises, QT_TRANSLATE_NOOP("Map", "other site")}}};
  std::vector<Sign> signs;
  for (const auto& [kind, name] : all) {
    if (std::ranges::find(scene.sites, kind, &MapNode::kind) != scene.sites.end())
      signs.push_back({kind, Words::tr(name)});
  }
  return signs;
}

QString number(double value) { return QString::fromStdString(planner::number_text(value)); }

/// A number of users: whole.
QString people(double count) {
  return QString::fromStdString(planner::count_text(static_cast<std::uint64_t>(count + 0.5)));
}

QFont panel_font(QFont font) {
  font.setPointSizeF(font.pointSizeF() * 0.92);
  return font;
}

/// The legend as rows of stated heights, so that its size is known before it is drawn.
class Panel {
 public:
  Panel(const MapScene& scene, const QString& caption, const QFont& font, Appearance appearance)
      : scene_{scene}, appearance_{appearance}, colors_{colors(appearance)}, metrics_{font} {
    if (!scene.sites.empty()) add_signs();
    if (!scene.populations.empty()) add_users();
    if (!scene.legend.title.isEmpty()) add_values();
    if (std::ranges::find(scene.lines, MapLine::Kind::serves, &MapLine::kind) != scene.lines.end())
      add_service();
    if (scene.has_links()) add_links();
    for (const QString& text : caption.split(u'\n', Qt::SkipEmptyParts)) add_text(text);
  }

  [[nodiscard]] QRectF box(const QRectF& area) const {
    double height = 2 * padding;
    for (const Row& row : rows_) height += row.height;
    return {area.left() + 14, area.bottom() - height - 14, width_ + 2 * padding, height};
  }

  void draw(QPainter& painter, const QRectF& area) const {
    const QRectF box = this->box(area);
    QColor back = colors_.surface;
    back.setAlphaF(0.94F);
    painter.setPen(colors_.line);
    painter.setBrush(back);
    painter.drawRoundedRect(box, 8, 8);
    QPointF at = box.topLeft() + QPointF{padding, padding};
    for (const Row& row : rows_) {
      row.draw(painter, at);
      at.ry() += row.height;
    }
  }

 private:
  static constexpr double padding = 12, sign_width = 20, column_gap = 14, sample = 26;

  struct Row {
    double height;
    std::function<void(QPainter&, QPointF)> draw;
  };

  void add(double height, double width, std::function<void(QPainter&, QPointF)> draw) {
    width_ = std::max(width_, width);
    rows_.push_back({height, std::move(draw)});
  }
  [[nodiscard]] double line() const { return metrics_.height() + 4; }
  [[nodiscard]] double advance(const QString& text) const { return metrics_.horizontalAdvance(text); }
  void write(QPainter& painter, QPointF at, const QString& text, const QColor& color) const {
    painter.setPen(color);
    painter.drawText(at + QPointF{0, metrics_.ascent()}, text);
  }

  void add_text(const QString& text) {
    add(line(), advance(text),
        [this, text](QPainter& painter, QPointF at) { write(painter, at, text, colors_.text); });
  }

  /// The kinds of sites, side by side.
  void add_signs() {
    const std::vector<Sign> signs = signs_of(scene_);
    double width = 0;
    for (const Sign& sign : signs) width += sign_width + advance(sign.name) + column_gap;
    add(line(), width - column_gap, [this, signs](QPainter& painter, QPointF at) {
      for (const Sign& sign : signs) {
        painter.save();
        painter.translate(at + QPointF{7, metrics_.height() / 2});
        painter.scale(6.5, 6.5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors_.text);
        painter.drawPath(site_sign(sign.kind));
        painter.restore();
        write(painter, at + QPointF{sign_width, 0}, sign.name, colors_.text);
        at.rx() += sign_width + advance(sign.name) + column_gap;
      }
    });
  }

  /// The circle of most users beside that of a tenth of them.
  void add_users() {
    MapNode most, tenth;
    most.weight = scene_.most_users;
    tenth.weight = scene_.most_users / 10;
    const double large = population_radius(most, scene_.most_users);
    const double small = population_radius(tenth, scene_.most_users);
    const QString few = people(tenth.weight), many = Words::tr("%1 users").arg(people(most.weight));
    const double to_large = 2 * small + 6 + advance(few) + column_gap;
    const double height = std::max(line(), 2 * large + 4);
    add(height, to_large + 2 * large + 6 + advance(many), [=, this](QPainter& painter, QPointF at) {
      const double middle = height / 2, text = middle - metrics_.height() / 2;
      painter.setPen(colors_.muted);
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(at + QPointF{small, middle}, small, small);
      painter.drawEllipse(at + QPointF{to_large + large, middle}, large, large);
      write(painter, at + QPointF{2 * small + 6, text}, few, colors_.text);
      write(painter, at + QPointF{to_large + 2 * large + 6, text}, many, colors_.text);
    });
  }

  /// What the curves are.
  void add_service() {
    const QString text = Words::tr("users and the site that serves them");
    add(line(), sample + 6 + advance(text), [this, text](QPainter& painter, QPointF at) {
      const double middle = at.y() + metrics_.height() / 2;
      QPainterPath curve{QPointF{at.x(), middle + 3}};
      curve.quadTo(QPointF{at.x() + sample / 2, middle - 7}, QPointF{at.x() + sample, middle + 3});
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen{ramp_color(0.5, appearance_), 2});
      painter.drawPath(curve);
      write(painter, at + QPointF{sample + 6, 0}, text, colors_.text);
    });
  }

  void add_values() {
    const MapLegend& legend = scene_.legend;
    const QString title = QStringLiteral("%1 [%2]").arg(legend.title, legend.unit);
    add(line(), std::max(230.0, advance(title)),
        [this, title](QPainter& painter, QPointF at) { write(painter, at, title, colors_.muted); });
    if (legend.high > legend.low) {
      add(14 + line(), 0, [this](QPainter& painter, QPointF at) { draw_ramp(painter, at); });
    } else {
      add(line(), 0, [this](QPainter& painter, QPointF at) {
        painter.fillRect(QRectF{at + QPointF{0, 3}, QSizeF{14, metrics_.height() - 6}},
                         ramp_color(0.5, appearance_));
        write(painter, at + QPointF{sign_width, 0}, number(scene_.legend.low), colors_.text);
      });
    }
    if (!legend.limit || (*legend.limit >= legend.high && legend.high > 0)) return;
    const QString text =
        Words::tr("⚠ beyond %1 %2: %3").arg(number(*legend.limit), legend.unit, legend.limit_name);
    add(line(), sign_width + advance(text), [this, text](QPainter& painter, QPointF at) {
      painter.setPen(QPen{colors_.bad, 1.6});
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(at + QPointF{7, metrics_.height() / 2}, 6, 6);
      write(painter, at + QPointF{sign_width, 0}, text, colors_.text);
    });
  }

  void draw_ramp(QPainter& painter, QPointF at) const {
    const MapLegend& legend = scene_.legend;
    QLinearGradient gradient{at, at + QPointF{width_, 0}};
    for (int i = 0; i <= 10; ++i) gradient.setColorAt(i / 10.0, ramp_color(i / 10.0, appearance_));
    painter.fillRect(QRectF{at + QPointF{0, 1}, QSizeF{width_, 10}}, gradient);
    const QRectF labels{at + QPointF{0, 12}, QSizeF{width_, metrics_.height()}};
    painter.setPen(colors_.text);
    painter.drawText(labels, Qt::AlignLeft, number(legend.low));
    painter.drawText(labels, Qt::AlignRight, number(legend.high));
    if (!legend.limit || *legend.limit <= legend.low || *legend.limit >= legend.high) return;
    const double x = at.x() + width_ * legend.share(*legend.limit);
    painter.setPen(QPen{colors_.bad, 2});
    painter.drawLine(QPointF{x, at.y() - 2}, QPointF{x, at.y() + 14});
    const QString text = number(*legend.limit);
    const double half = advance(text) / 2, from = at.x() + advance(number(legend.low)) + 8 + half;
    const double to = at.x() + width_ - advance(number(legend.high)) - 8 - half;
    if (x < from || x > to) return;
    painter.drawText(QRectF{x - half - 2, labels.top(), 2 * half + 4, labels.height()}, Qt::AlignCenter,
                     text);
  }

  /// How full links are, side by side.
  void add_links() {
    if (scene_.loads == MapScene::Loads::unknown) {
      return add_line_samples(Words::tr("links: as wide as their capacity"), {});
    }
    add_line_samples(Words::tr("links: as wide as their capacity, load"),
                     {{LinkBand::half_empty, QStringLiteral("≤ 50 %")},
                      {LinkBand::filling, QStringLiteral("≤ 80 %")},
                      {LinkBand::full, QStringLiteral("≤ 90 %")},
                      {LinkBand::overfull, QStringLiteral("⚠")}});
  }

  void add_line_samples(const QString& title, const std::vector<std::pair<LinkBand, QString>>& samples) {
    add(line(), advance(title),
        [this, title](QPainter& painter, QPointF at) { write(painter, at, title, colors_.muted); });
    if (samples.empty()) return;
    double width = 0;
    for (const auto& [band, text] : samples) width += sample + 4 + advance(text) + 8;
    add(line(), width, [this, samples](QPainter& painter, QPointF at) {
      for (const auto& [band, text] : samples) {
        painter.setPen(link_pen(band, 3, colors_));
        const double middle = at.y() + metrics_.height() / 2;
        painter.drawLine(QPointF{at.x(), middle}, QPointF{at.x() + sample, middle});
        write(painter, at + QPointF{sample + 4, 0}, text, colors_.text);
        at.rx() += sample + 4 + advance(text) + 8;
      }
    });
  }

  const MapScene& scene_;
  Appearance appearance_;
  const Colors& colors_;
  QFontMetricsF metrics_;
  std::vector<Row> rows_;
  double width_ = 0;
};

}  // namespace

void draw_map_panel(QPainter& painter, const QRectF& area, const MapScene& scene, const QString& caption,
                    Appearance appearance) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(panel_font(painter.font()));
  Panel{scene, caption, painter.font(), appearance}.draw(painter, area);
  if (scene.layout == MapLayout::geographic) {
    const QString source = Words::tr("Map: Natural Earth");
    const QRectF room = area.adjusted(0, 0, -10, -6);
    QColor back = colors(appearance).land;
    back.setAlphaF(0.8F);
    painter.fillRect(painter.boundingRect(room, Qt::AlignRight | Qt::AlignBottom, source), back);
    painter.setPen(colors(appearance).land_text);
    painter.drawText(room, Qt::AlignRight | Qt::AlignBottom, source);
  }
  painter.restore();
}

QRectF map_panel_box(const QRectF& area, const MapScene& scene, const QString& caption, const QFont& font) {
  return Panel{scene, caption, panel_font(font), Appearance::light}.box(area);
}

}  // namespace gui
