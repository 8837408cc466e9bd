#include "map/map_view.hpp"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "map/map_hits.hpp"
#include "map/map_overlay.hpp"
#include "map/map_panel.hpp"
#include "map/map_picture.hpp"
#include "selection.hpp"
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

void MapView::point_out(MapFocus focus) {
  if (focus == focus_) return;
  focus_ = std::move(focus);
  update();
}

void MapView::ask_for_place() {
  asking_ = Asking::place;
  setCursor(Qt::CrossCursor);
  setFocus();
}

void MapView::end_asking() {
  asking_ = Asking::nothing;
  unsetCursor();
}

void MapView::choose_place(QPointF pixel) {
  end_asking();
  const QPointF world = view_.from_screen(pixel);
  const bool on_earth = QRectF{0, 0, 1, 1}.contains(world);
  if (on_earth) {
    Q_EMIT place_chosen(longitude_of(world), latitude_of(world));
  } else {
    Q_EMIT place_refused();
  }
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

void MapView::draw_panel(QPainter& painter) {
  if (scene_) draw_map_panel(painter, rect(), *scene_, caption_, appearance_of(palette()));
}

void MapView::paintEvent(QPaintEvent*) {
  QPainter painter{this};
  draw_picture(painter);
  const Colors& colors = colors_of(*this);
  if (scene_) draw_focus(painter, view_, *scene_, focus_, colors);
  if (mouse_ == Mouse::dragging && held_) draw_drag(painter, view_, *held_, last_, colors);
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

const MapNode* MapView::node_below(QPointF pixel) const {
  return scene_ ? node_at(*scene_, view_, pixel) : nullptr;
}

void MapView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  press_ = last_ = event->position();
  mouse_ = Mouse::pressed;
  const MapNode* below = is_asking() ? nullptr : node_below(press_);
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
  if (mouse_ == Mouse::idle) show_cursor(now);
}

void MapView::show_cursor(QPointF pixel) {
  if (is_asking()) return;
  setCursor(node_below(pixel) != nullptr ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void MapView::choose(QPointF pixel) {
  if (is_asking()) return choose_place(pixel);
  const MapNode* node = node_below(pixel);
  const MapLine* link = node == nullptr && scene_ ? link_at(*scene_, view_, pixel) : nullptr;
  const auto tell = [this](const char* section, const std::string& id) {
    Q_EMIT selected(QString::fromStdString(pointer_to(section, id)));
  };
  if (node != nullptr)
    return tell(node->kind == MapNode::Kind::population ? "populations" : "sites", node->id);
  if (link != nullptr) return tell("links", link->id);
  Q_EMIT selected({});
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
    choose(press_);
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
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (is_asking()) choose_place({view_.size.width() / 2, view_.size.height() / 2});
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
    case Qt::Key_Escape:
      end_asking();
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

bool MapView::event(QEvent* event) {
  // Escape is the key of a command on the map: while a place is asked for it ends that.
  if (event->type() == QEvent::ShortcutOverride && is_asking() &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    event->accept();
    return true;
  }
  if (event->type() != QEvent::ToolTip || !scene_) return QWidget::event(event);
  const auto& help = static_cast<QHelpEvent&>(*event);
  const MapNode* node = node_below(QPointF{help.pos()});
  const MapLine* link = node == nullptr ? link_at(*scene_, view_, QPointF{help.pos()}) : nullptr;
  if (node != nullptr || link != nullptr) {
    QToolTip::showText(help.globalPos(), node != nullptr ? node->tip : link->tip, this);
  } else {
    QToolTip::hideText();
  }
  return true;
}

}  // namespace gui
