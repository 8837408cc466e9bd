#include "map/map_picture.hpp"

#include <QPainter>

#include "map/map_painter.hpp"

namespace gui {
namespace {

void draw_isochrone(QPainter& painter, const MapOrder& order) {
  constexpr int step = 2;
  const QImage image = isochrone_image(*order.isochrone, order.view, colors(order.appearance), step);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(QRectF{0, 0, image.width() * double{step}, image.height() * double{step}}, image);
}

}  // namespace

QImage map_picture(const MapOrder& order) {
  QImage picture{(order.view.size * order.ratio).toSize(), QImage::Format_RGB32};
  picture.setDevicePixelRatio(order.ratio);
  QPainter painter{&picture};
  painter.setFont(order.font);
  MapPainter map{painter, order.view, order.appearance};
  const bool geographic = !order.scene || order.scene->layout == MapLayout::geographic;
  if (geographic) {
    map.world(*order.world);
    if (order.isochrone) draw_isochrone(painter, order);
  } else {
    painter.fillRect(QRectF{{0, 0}, order.view.size}, colors(order.appearance).surface);
  }
  if (order.scene) {
    map.lines(*order.scene);
    map.populations(*order.scene);
    map.sites(*order.scene);
    map.names(*order.scene);
  }
  if (geographic) map.country_names(*order.world);
  return picture;
}

}  // namespace gui
