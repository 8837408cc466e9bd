#pragma once
#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <vector>

#include "theme.hpp"

namespace gui {

/// Writes names beside what they name, where there is room: right of it, else above, below or left. What was
/// written or kept clear is not written upon. Borrows the painter.
class MapLabels {
 public:
  MapLabels(QPainter& painter, const Colors& colors);

  /// A name in bold (or plain) and, after it, a value in plain.
  struct Text {
    QString name, value;
    enum class Weight { bold, plain } weight = Weight::plain;
  };

  void keep_clear(const QRectF& room);
  /// Beside a mark. Leaves the value away, then all of it, where there is no room. @param radius  of the mark
  /// @return whether the name stands there
  bool write_beside(QPointF mark, double radius, const Text& text);
  /// In the middle of a line. @return whether it stands there
  bool write_on(QPointF middle, const QString& text, const QColor& color);
  /// Between the letters of countries there is more room. @return whether it stands there
  bool write_country(QPointF middle, const QString& name);

 private:
  [[nodiscard]] bool is_free(const QRectF& room) const;
  [[nodiscard]] QFont font_of(Text::Weight weight) const;
  bool try_beside(QPointF mark, double radius, const Text& text);
  /// With an edge in the colour of the land, so that lines below do not cut it.
  void write(QPointF base_line, const QString& text, const QFont& font, const QColor& color);

  QPainter& painter_;
  const Colors& colors_;
  QFont font_;
  std::vector<QRectF> taken_;
};

}  // namespace gui
