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
#include "theme.hpp"

namespace gui {
namespace {

/// The picture is larger than the view by this much on each side, in views.
constexpr double margin = 0.35;
constexpr int repaint_delay = 60;  // [ms] after the last zoom
constexpr double drag_threshold = 4;

constexpr QSizeF legend_size{270, 170};  // [pixel] about what it takes of the lower left

}  // namespace

MapView::MapView(QWidget* parent) : QWidget{parent} {
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
  if (another) fit();
  invalidate();
}

void MapView::show_isochrone(std::shared_ptr<const Isochrone> isochrone) {
  isochrone_ = std::move(isochrone);
  update();
}

void MapView::set_caption(const QString& caption) {
  caption_ = caption;
  update();
}

void MapView::select(const std::string& id) {
  selected_ = id;
  update();
}

void MapView::fit() {
  if (scene_) {
    view_.fit(scene_->bounds);
    if (legend_hides_something()) fit_beside_legend();
  }
  moved();
}

bool MapView::legend_hides_something() const {
  const QRectF legend{0, view_.size.height() - legend_size.height(), legend_size.width(),
                      legend_size.height()};
  const auto hidden = [&](const MapNode& node) {
    return node.use == MapNode::Use::used && legend.contains(view_.to_screen(node.at));
  };
  return std::ranges::any_of(scene_->sites, hidden) || std::ranges::any_of(scene_->populations, hidden);
}

void MapView::fit_beside_legend() {
  const double taken = view_.size.width() > 2.4 * legend_size.width() ? legend_size.width() : 0;
  Viewport beside = view_;
  beside.size.rwidth() -= taken;
  beside.fit(scene_->bounds);
  view_.scale = beside.scale;
  view_.centre = beside.centre - QPointF{taken / 2 / beside.scale, 0};
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
  repaint_.start(repaint_delay);
  update();
}

void MapView::invalidate() {
  picture_state_ = Picture::outdated;
  update();
}

void MapView::paint_picture() {
  picture_view_ = view_;
  picture_view_.size = view_.size * (1 + 2 * margin);
  const qreal ratio = devicePixelRatioF();
  picture_ = QPixmap{(picture_view_.size * ratio).toSize()};
  picture_.setDevicePixelRatio(ratio);
  QPainter painter{&picture_};
  painter.setFont(font());
  MapPainter map{painter, picture_view_, appearance_of(palette())};
  const bool geographic = !scene_ || scene_->layout == MapLayout::geographic;
  if (geographic) {
    map.world(world_);
  } else {
    painter.fillRect(QRectF{{0, 0}, picture_view_.size}, colors_of(*this).surface);
  }
  if (scene_) {
    map.lines(*scene_);
    map.populations(*scene_);
    map.sites(*scene_);
    map.site_names(*scene_);
  }
  if (geographic) map.country_names(world_);
  picture_state_ = Picture::valid;
}

void MapView::draw_picture(QPainter& painter) {
  const bool inside = picture_view_.visible().contains(view_.visible());
  const bool zoomed = picture_view_.scale != view_.scale;
  if (picture_state_ == Picture::outdated || (!inside && !zoomed)) paint_picture();
  const double stretch = view_.scale / picture_view_.scale;
  const QPointF origin = view_.to_screen(picture_view_.from_screen({0, 0}));
  if (stretch == 1) {
    painter.drawPixmap(origin, picture_);
    return;
  }
  painter.fillRect(rect(), colors_of(*this).sea);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawPixmap(QRectF{origin, picture_view_.size * stretch}, picture_, QRectF{picture_.rect()});
}

void MapView::draw_isochrone(QPainter& painter) {
  constexpr int step = 3;
  if (!isochrone_ || !scene_ || scene_->layout != MapLayout::geographic) return;
  const QImage image = isochrone_image(*isochrone_, view_, colors_of(*this), step);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(QRectF{0, 0, image.width() * double{step}, image.height() * double{step}}, image);
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
  draw_isochrone(painter);
  draw_selection(painter);
  draw_drag(painter);
  draw_panel(painter);
}

void MapView::resizeEvent(QResizeEvent*) {
  const bool first = view_.size == QSizeF{800, 600};
  view_.size = size();
  if (first && scene_) view_.fit(scene_->bounds);
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
  if (node != nullptr) {
    QToolTip::showText(help.globalPos(), node->tip, this);
  } else {
    QToolTip::hideText();
  }
  return true;
}

}  // namespace gui
