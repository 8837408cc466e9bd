#include "map/map_picture.hpp"

#include <QPainter>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include "map/map_painter.hpp"

namespace gui {
namespace {

void draw_isochrone(QPainter& painter, const MapOrder& order) {
  constexpr int step = 2;
  const QImage image = isochrone_image(*order.isochrone, order.view, colors(order.appearance), step);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(QRectF{0, 0, image.width() * double{step}, image.height() * double{step}}, image);
}

QImage painted(const MapOrder& order) {
  QImage picture{(order.view.size * order.ratio).toSize(), QImage::Format_ARGB32_Premultiplied};
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
  painter.end();
  picture.convertTo(QImage::Format_RGB32);
  return picture;
}

}  // namespace

// Qt shares the spans of every fill among the threads of its global pool, and waits for them. With thousands
// of small fills that takes longer than the painting; on a thread of that pool it does not.
QImage map_picture(const MapOrder& order) {
  QThreadPool* pool = QThreadPool::globalInstance();
  if (pool->contains(QThread::currentThread())) return painted(order);
  QImage picture;
  QSemaphore done;
  pool->start([&] {
    picture = painted(order);
    done.release();
  });
  done.acquire();
  return picture;
}

}  // namespace gui
