#include "map/map_panel.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <array>
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
  if (!scene.populations.empty()) signs.push_back({MapNode::Kind::population, Words::tr("users (by area)")});
  return signs;
}

class Panel {
 public:
  Panel(QPainter& painter, const MapScene& scene, const QString& caption, Appearance appearance)
      : painter_{painter},
        scene_{scene},
        caption_{caption},
        appearance_{appearance},
        colors_{colors(appearance)},
        metrics_{painter.font()} {}

  void draw(const QRectF& area) {
    const std::vector<Sign> signs = signs_of(scene_);
    const bool ramp = !scene_.legend.title.isEmpty();
    const QStringList lines = caption_.isEmpty() ? QStringList{} : caption_.split(u'\n');
    const double line = metrics_.height() + 4;
    double width = ramp ? std::max(220.0, metrics_.horizontalAdvance(title())) : 120;
    for (const Sign& sign : signs) width = std::max(width, 24 + metrics_.horizontalAdvance(sign.name));
    for (const QString& text : lines) width = std::max(width, metrics_.horizontalAdvance(text));
    const double height = line * static_cast<double>(signs.size() + static_cast<std::size_t>(lines.size())) +
                          (ramp ? 2 * line + 16 : 0) + 6;
    const QRectF box{area.left() + 14, area.bottom() - height - 36, width + 28, height + 18};
    background(box);
    QPointF at = box.topLeft() + QPointF{14, 12};
    for (const Sign& sign : signs) draw_sign(sign, std::exchange(at, at + QPointF{0, line}));
    if (ramp) draw_ramp(at, width, line);
    if (ramp) at.ry() += 2 * line + 16;
    for (const QString& text : lines) {
      painter_.setPen(colors_.text);
      painter_.drawText(at + QPointF{0, metrics_.ascent()}, text);
      at.ry() += line;
    }
  }

 private:
  [[nodiscard]] QString title() const {
    return QStringLiteral("%1 [%2]").arg(scene_.legend.title, scene_.legend.unit);
  }

  void background(const QRectF& box) {
    QColor back = colors_.surface;
    back.setAlphaF(0.93F);
    painter_.setPen(colors_.line);
    painter_.setBrush(back);
    painter_.drawRoundedRect(box, 8, 8);
  }

  void draw_sign(const Sign& sign, QPointF at) {
    painter_.save();
    painter_.translate(at + QPointF{7, metrics_.height() / 2});
    painter_.setPen(Qt::NoPen);
    if (sign.kind == MapNode::Kind::population) {
      painter_.setBrush(colors_.muted);
      painter_.drawEllipse(QPointF{0, 0}, 6, 6);
    } else {
      painter_.scale(6.5, 6.5);
      painter_.setBrush(colors_.text);
      painter_.drawPath(site_sign(sign.kind));
    }
    painter_.restore();
    painter_.setPen(colors_.text);
    painter_.drawText(at + QPointF{24, metrics_.ascent()}, sign.name);
  }

  void draw_ramp(QPointF at, double width, double line) {
    painter_.setPen(colors_.muted);
    painter_.drawText(at + QPointF{0, metrics_.ascent() + 2}, title());
    QLinearGradient gradient{at, at + QPointF{width, 0}};
    for (int i = 0; i <= 10; ++i) gradient.setColorAt(i / 10.0, ramp_color(i / 10.0, appearance_));
    painter_.fillRect(QRectF{at + QPointF{0, line}, QSizeF{width, 10}}, gradient);
    painter_.setPen(colors_.text);
    const QRectF labels{at + QPointF{0, line + 11}, QSizeF{width, metrics_.height()}};
    painter_.drawText(labels, Qt::AlignLeft, QString::fromStdString(planner::number_text(scene_.legend.low)));
    painter_.drawText(labels, Qt::AlignRight,
                      QString::fromStdString(planner::number_text(scene_.legend.high)));
  }

  QPainter& painter_;
  const MapScene& scene_;
  const QString& caption_;
  Appearance appearance_;
  const Colors& colors_;
  QFontMetricsF metrics_;
};

}  // namespace

void draw_map_panel(QPainter& painter, const QRectF& area, const MapScene& scene, const QString& caption,
                    Appearance appearance) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  QFont font = painter.font();
  font.setPointSizeF(font.pointSizeF() * 0.92);
  painter.setFont(font);
  Panel{painter, scene, caption, appearance}.draw(area);
  painter.setPen(colors(appearance).land_text);
  painter.drawText(area.adjusted(0, 0, -10, -6), Qt::AlignRight | Qt::AlignBottom,
                   Words::tr("Map: Natural Earth"));
  painter.restore();
}

}  // namespace gui
