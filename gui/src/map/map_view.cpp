#include "map/map_view.hpp"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "map/map_painter.hpp"
#include "map/map_panel.hpp"
#include "map/map_picture.hpp"
#include "theme.hpp"

namespace gui {
namespace {

/// The picture is larger than the view by this much on each side, in views; a new one is asked for where less
/// than the second is left.
constexpr double margin = 0.4, least_margin = 0.25;
constexpr int repaint_delay = 60;  // [ms] after the last zoom
constexpr double drag_threshold = 4;

/// Room that nothing to be shown is in: names right of their marks, the buttons in the upper right corner.
constexpr QMarginsF frame{60, 44, 150, 44};
constexpr std::size_t most_lines = 2'000;  // that tell about themselves

}  // namespace

MapView::MapView(QWidget* parent) : QWidget{parent}, world_{std::make_shared<const WorldMap>()} {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(320, 240);
  setAccessibleName(tr("Map"));
  setAccessibleDescription(
      tr("Sites, users and the network between them; the same figures stand in the tables"));
  repaint_.setSingleShot(true);
  connect(&repaint_, &QTimer::timeout, this, [this] {
    invalidate();
    Q_EMIT view_changed();
  });
}

void MapView::show_scene(std::shared_ptr<const MapScene> scene) {
  const bool another = !scene_ || scene_->layout != scene->layout;
  scene_ = std::move(scene);
  if (another) {
    fit();
  } else {
    keep_clear_of_legend();
  }
  invalidate();
}

void MapView::show_isochrone(std::shared_ptr<const Isochrone> isochrone) {
  if (isochrone == isochrone_) return;
  isochrone_ = std::move(isochrone);
  invalidate();
}

void MapView::set_caption(const QString& caption) {
  caption_ = caption;
  keep_clear_of_legend();
  update();
}

void MapView::select(const std::string& id) {
  selected_ = id;
  update();
}

void MapView::fit() {
  if (scene_) {
    reserved_ = legend();
    view_.fit(scene_->bounds, frame);
    if (reserve_hides_something()) fit_beside_legend();
  }
  moved();
  aim_ = Aim::everything;
}

// The room only grows, so that a legend of changing size does not make the map restless.
void MapView::keep_clear_of_legend() {
  if (!scene_ || aim_ == Aim::chosen) return;
  const QRectF box = legend().united(reserved_);
  if (box == reserved_) return;
  reserved_ = box;
  if (!reserve_hides_something()) return;
  view_.fit(scene_->bounds, frame);
  if (reserve_hides_something()) fit_beside_legend();
  moved();
  aim_ = Aim::everything;
}

QRectF MapView::legend() const {
  return scene_ ? map_panel_box(rect(), *scene_, caption_, font()) : QRectF{};
}

bool MapView::reserve_hides_something() const {
  const auto hidden = [&](const MapNode& node) {
    return node.use == MapNode::Use::used && reserved_.contains(view_.to_screen(node.at));
  };
  return std::ranges::any_of(scene_->sites, hidden) || std::ranges::any_of(scene_->populations, hidden);
}

void MapView::fit_beside_legend() {
  Viewport beside = view_, above = view_;
  beside.fit(scene_->bounds, {reserved_.right() + frame.top(), frame.top(), frame.right(), frame.bottom()});
  above.fit(scene_->bounds,
            {frame.left(), frame.top(), frame.right(), height() - reserved_.top() + frame.top()});
  view_ = beside.scale >= above.scale ? beside : above;
}

void MapView::zoom(double factor) {
  view_.zoom(factor, {view_.size.width() / 2, view_.size.height() / 2});
  moved();
}

void MapView::pan(QPointF pixels) {
  view_.pan(pixels);
  moved();
}

void MapView::moved() {
  aim_ = Aim::chosen;
  repaint_.start(repaint_delay);
  update();
}

void MapView::invalidate() {
  picture_state_ = Picture::outdated;
  update();
}

bool MapView::needs_picture() const {
  if (picture_state_ == Picture::outdated) return true;
  if (picture_view_.scale != view_.scale) return false;  // once zooming has come to rest
  const QPointF spare{least_margin * view_.size.width() / view_.scale,
                      least_margin * view_.size.height() / view_.scale};
  const QRectF visible = view_.visible();
  return !picture_view_.visible().contains(QRectF{visible.topLeft() - spare, visible.bottomRight() + spare});
}

void MapView::order_picture() {
  MapOrder order{view_, devicePixelRatioF(), font(), appearance_of(palette()), world_, scene_, isochrone_};
  order.view.size = view_.size * (1 + 2 * margin);
  picture_state_ = Picture::ordered;
  painter_.request([this, order = std::move(order)] {
    return [this, picture = map_picture(order), view = order.view] {
      picture_ = picture;
      picture_view_ = view;
      if (picture_state_ == Picture::ordered) picture_state_ = Picture::valid;
      update();
    };
  });
}

QRectF MapView::picture_place() const {
  return {view_.to_screen(picture_view_.from_screen({0, 0})),
          picture_view_.size * (view_.scale / picture_view_.scale)};
}

bool MapView::is_covered() const { return !picture_.isNull() && picture_place().contains(rect()); }

void MapView::draw_picture(QPainter& painter) {
  if (painter_.is_idle() && needs_picture()) order_picture();
  const bool geographic = !scene_ || scene_->layout == MapLayout::geographic;
  const QRectF shown = picture_place();
  if (!is_covered()) painter.fillRect(rect(), geographic ? colors_of(*this).sea : colors_of(*this).surface);
  if (picture_.isNull()) return;
  if (picture_view_.scale == view_.scale) {
    painter.drawImage(shown.topLeft().toPoint(), picture_);
    return;
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(shown, picture_);
}

void MapView::draw_selection(QPainter& painter) {
  if (!scene_ || selected_.empty()) return;
  for (const auto* nodes : {&scene_->sites, &scene_->populations}) {
    for (const MapNode& node : *nodes) {
      if (node.id != selected_) continue;
      const double radius = node.kind == MapNode::Kind::population
                                ? population_radius(node, scene_->most_users)
                                : site_radius(node);
      painter.setRenderHint(QPainter::Antialiasing);
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen{colors_of(*this).accent, 3});
      painter.drawEllipse(view_.to_screen(node.at), radius + 6, radius + 6);
    }
  }
}

void MapView::draw_drag(QPainter& painter) {
  if (mouse_ != Mouse::dragging || !held_) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen{colors_of(*this).accent, 1.5, Qt::DashLine});
  painter.drawLine(view_.to_screen(held_->at), last_);
  painter.translate(last_);
  painter.scale(site_radius(*held_), site_radius(*held_));
  painter.fillPath(site_sign(held_->kind), colors_of(*this).accent);
  painter.resetTransform();
}

void MapView::draw_panel(QPainter& painter) {
  if (scene_) draw_map_panel(painter, rect(), *scene_, caption_, appearance_of(palette()));
}

void MapView::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  draw_picture(painter);
  draw_selection(painter);
  draw_drag(painter);
  draw_panel(painter);
}

void MapView::resizeEvent(QResizeEvent*) {
  const bool first = view_.size == QSizeF{800, 600};
  view_.size = size();
  if (first || aim_ == Aim::everything) fit();
  repaint_.start(repaint_delay);
  invalidate();
}

void MapView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) invalidate();
  QWidget::changeEvent(event);
}

void MapView::wheelEvent(QWheelEvent* event) {
  view_.zoom(std::pow(1.0015, event->angleDelta().y()), event->position());
  moved();
  event->accept();
}

const MapNode* MapView::node_at(QPointF pixel) const {
  if (!scene_) return nullptr;
  const MapNode* best = nullptr;
  double nearest = 0;
  for (const auto* nodes : {&scene_->sites, &scene_->populations}) {
    for (const MapNode& node : *nodes) {
      const double radius = node.kind == MapNode::Kind::population
                                ? population_radius(node, scene_->most_users)
                                : site_radius(node);
      const QPointF away = view_.to_screen(node.at) - pixel;
      const double distance = std::hypot(away.x(), away.y()) - radius;
      if (distance < 4 && (best == nullptr || distance < nearest)) {
        best = &node;
        nearest = distance;
      }
    }
    if (best != nullptr) return best;  // a site in front of a population is meant
  }
  return best;
}

const MapLine* MapView::link_at(QPointF pixel) const {
  constexpr double reach = 6;
  if (!scene_ || scene_->lines.size() > most_lines) return nullptr;
  const MapLine* best = nullptr;
  double nearest = reach;
  for (const MapLine& line : scene_->lines) {
    if (line.kind != MapLine::Kind::link) continue;
    const QPointF from = view_.to_screen(line.from), way = view_.to_screen(line.to) - from;
    const double length = QPointF::dotProduct(way, way);
    const double along =
        length > 0 ? std::clamp(QPointF::dotProduct(pixel - from, way) / length, 0.0, 1.0) : 0;
    const QPointF away = pixel - (from + along * way);
    const double distance = std::hypot(away.x(), away.y());
    if (distance >= nearest) continue;
    nearest = distance;
    best = &line;
  }
  return best;
}

void MapView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  press_ = last_ = event->position();
  mouse_ = Mouse::pressed;
  const MapNode* below = node_at(press_);
  held_ = below != nullptr ? std::optional{*below} : std::nullopt;
}

void MapView::mouseMoveEvent(QMouseEvent* event) {
  const QPointF now = event->position();
  if (mouse_ == Mouse::pressed && (now - press_).manhattanLength() > drag_threshold) {
    const bool movable = held_ && held_->hold == MapNode::Hold::movable;
    mouse_ = movable ? Mouse::dragging : Mouse::panning;
  }
  if (mouse_ == Mouse::panning) pan(now - last_);
  last_ = now;
  if (mouse_ == Mouse::dragging && held_) {
    const QPointF world = view_.from_screen(now);
    Q_EMIT site_dragged(QString::fromStdString(held_->id), longitude_of(world), latitude_of(world));
    update();
  }
  if (mouse_ == Mouse::idle) setCursor(node_at(now) != nullptr ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void MapView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const Mouse was = std::exchange(mouse_, Mouse::idle);
  const std::optional<MapNode> held = std::exchange(held_, std::nullopt);
  update();
  if (was == Mouse::dragging && held) {
    const QPointF world = view_.from_screen(event->position());
    Q_EMIT site_dropped(QString::fromStdString(held->id), longitude_of(world), latitude_of(world));
  } else if (was == Mouse::pressed) {
    const bool is_population = held && held->kind == MapNode::Kind::population;
    Q_EMIT selected(!held ? QString{}
                          : QStringLiteral("/%1/%2").arg(is_population ? "populations" : "sites",
                                                         QString::fromStdString(held->id)));
  }
}

void MapView::keyPressEvent(QKeyEvent* event) {
  constexpr double stride = 60;
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoom(1.4);
      break;
    case Qt::Key_Minus:
      zoom(1 / 1.4);
      break;
    case Qt::Key_F:
      fit();
      break;
    case Qt::Key_Left:
      pan({stride, 0});
      break;
    case Qt::Key_Right:
      pan({-stride, 0});
      break;
    case Qt::Key_Up:
      pan({0, stride});
      break;
    case Qt::Key_Down:
      pan({0, -stride});
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

bool MapView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto& help = static_cast<QHelpEvent&>(*event);
  const MapNode* node = node_at(QPointF{help.pos()});
  const MapLine* link = node == nullptr ? link_at(QPointF{help.pos()}) : nullptr;
  if (node != nullptr || link != nullptr) {
    QToolTip::showText(help.globalPos(), node != nullptr ? node->tip : link->tip, this);
  } else {
    QToolTip::hideText();
  }
  return true;
}

}  // namespace gui
