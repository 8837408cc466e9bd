#pragma once
#include <QImage>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>

#include "latest_worker.hpp"
#include "map/isochrone_layer.hpp"
#include "map/map_focus.hpp"
#include "map/map_scene.hpp"
#include "map/projection.hpp"
#include "map/world_map.hpp"

namespace gui {

/// Shows a scene on the world: pan by drag, zoom by wheel or keys, hover for figures, click to select, drag a
/// site to move it, point out a place for something new.
///
/// A worker paints the layers onto a picture larger than the view, and a frame shows that picture, moved or
/// stretched. So a frame takes about a millisecond, however much there is to paint; a new picture is asked
/// for before the margin of the old one ends and, a moment after the last change, at a new zoom.
class MapView : public QWidget {
  Q_OBJECT
 public:
  explicit MapView(QWidget* parent = nullptr);

  void show_scene(std::shared_ptr<const MapScene> scene);
  /// Null: none. It is drawn where it is until one for the new view comes.
  void show_isochrone(std::shared_ptr<const Isochrone> isochrone);
  /// Lines that stand below the legend: what the map says in words.
  void set_caption(const QString& caption);
  void point_out(MapFocus focus);
  [[nodiscard]] const MapFocus& focus() const { return focus_; }
  /// The next click, or Return for the middle of the view, chooses a place; Escape does not.
  void ask_for_place();
  [[nodiscard]] bool is_asking() const { return asking_ == Asking::place; }
  void fit();
  void zoom(double factor);
  [[nodiscard]] const Viewport& viewport() const { return view_; }
  [[nodiscard]] const MapScene* scene() const { return scene_.get(); }
  /// Moves the view, as a drag does.
  void pan(QPointF pixels);
  /// Whether the picture is of what is to be shown, nothing being painted.
  [[nodiscard]] bool is_painted() const { return painter_.is_idle() && !needs_picture(); }
  /// Whether the picture reaches over all of the view, be it an older one.
  [[nodiscard]] bool is_covered() const;
  /// Where the legend stands. [pixel]
  [[nodiscard]] QRectF legend() const;

 Q_SIGNALS:
  /// JSON Pointer of a site, population or link; empty: nothing.
  void selected(const QString& pointer);
  /// What ask_for_place() asked for. [degree]
  void place_chosen(double longitude, double latitude);
  void place_refused();
  void site_dragged(const QString& id, double longitude, double latitude);
  void site_dropped(const QString& id, double longitude, double latitude);
  void view_changed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void invalidate();
  void moved();
  [[nodiscard]] bool reserve_hides_something() const;
  void fit_beside_legend();
  /// Fits anew where the legend grew over something, unless somebody chose the view.
  void keep_clear_of_legend();
  [[nodiscard]] bool needs_picture() const;
  /// Where the picture lies on the view. [pixel]
  [[nodiscard]] QRectF picture_place() const;
  void order_picture();
  void draw_picture(QPainter& painter);
  void draw_panel(QPainter& painter);
  void choose_place(QPointF pixel);
  void end_asking();
  void choose(QPointF pixel);
  void show_cursor(QPointF pixel);
  [[nodiscard]] const MapNode* node_below(QPointF pixel) const;

  std::shared_ptr<const WorldMap> world_;
  std::shared_ptr<const MapScene> scene_;
  std::shared_ptr<const Isochrone> isochrone_;
  QString caption_;
  Viewport view_;
  QRectF reserved_;  ///< for the legend, when everything was fitted [pixel]
  enum class Aim { everything, chosen } aim_ = Aim::everything;
  Viewport picture_view_;
  QImage picture_;
  enum class Picture { valid, ordered, outdated } picture_state_ = Picture::outdated;
  QTimer repaint_;
  MapFocus focus_;
  enum class Asking { nothing, place } asking_ = Asking::nothing;
  enum class Mouse { idle, pressed, panning, dragging } mouse_ = Mouse::idle;
  QPointF press_, last_;
  std::optional<MapNode> held_;  // what the mouse went down on; the scene may change meanwhile
  LatestWorker painter_;
};

}  // namespace gui
