#pragma once
#include <QPixmap>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>

#include "map/isochrone_layer.hpp"
#include "map/map_scene.hpp"
#include "map/projection.hpp"
#include "map/world_map.hpp"

namespace gui {

/// Shows a scene on the world: pan by drag, zoom by wheel or keys, hover for figures, click to select, drag a
/// site to move it.
///
/// The layers are painted once onto a picture larger than the view, and panning moves the picture; it is
/// painted anew where its margin ends and, a moment after the last change, at a new zoom.
class MapView : public QWidget {
  Q_OBJECT
 public:
  explicit MapView(QWidget* parent = nullptr);

  void show_scene(std::shared_ptr<const MapScene> scene);
  /// Null: none. It is drawn stretched until one for the new view comes.
  void show_isochrone(std::shared_ptr<const Isochrone> isochrone);
  /// Lines that stand below the legend: what the map says in words.
  void set_caption(const QString& caption);
  void select(const std::string& id);
  void fit();
  void zoom(double factor);
  [[nodiscard]] const Viewport& viewport() const { return view_; }
  [[nodiscard]] const MapScene* scene() const { return scene_.get(); }
  /// Moves the view, as a drag does.
  void pan(QPointF pixels);

 Q_SIGNALS:
  /// JSON Pointer of a site or population; empty: nothing.
  void selected(const QString& pointer);
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
  [[nodiscard]] bool legend_hides_something() const;
  void fit_beside_legend();
  void paint_picture();
  void draw_picture(QPainter& painter);
  void draw_isochrone(QPainter& painter);
  void draw_selection(QPainter& painter);
  void draw_drag(QPainter& painter);
  void draw_panel(QPainter& painter);
  [[nodiscard]] const MapNode* node_at(QPointF pixel) const;

  WorldMap world_;
  std::shared_ptr<const MapScene> scene_;
  std::shared_ptr<const Isochrone> isochrone_;
  QString caption_;
  Viewport view_;
  Viewport picture_view_;
  QPixmap picture_;
  enum class Picture { valid, outdated } picture_state_ = Picture::outdated;
  QTimer repaint_;
  std::string selected_;
  enum class Mouse { idle, pressed, panning, dragging } mouse_ = Mouse::idle;
  QPointF press_, last_;
  std::optional<MapNode> held_;  // what the mouse went down on; the scene may change meanwhile
};

}  // namespace gui
