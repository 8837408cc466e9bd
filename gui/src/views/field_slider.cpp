#include "views/field_slider.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

namespace gui {
namespace {

constexpr int most_steps = 40;

QStringList whole_values(int value) {
  const int last = std::max(2 * value, value + 4), step = std::max(1, last / most_steps);
  QStringList values;
  for (int at = value % step == 0 ? step : value % step; at <= last; at += step)
    values << QString::number(at);
  return values;
}

QString rounded(double value) {
  constexpr int digits = 3;
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - (digits - 1));
  return QString::number(unit * std::round(value / unit), 'g', 12);
}

}  // namespace

QStringList values_around(const QString& text, Digits digits) {
  static const QRegularExpression quantity{QStringLiteral("^(\\d+(?:\\.\\d+)?)(\\s*[^\\d{\\[].*)?$")};
  const QRegularExpressionMatch match = quantity.match(text);
  const double value = match.captured(1).toDouble();
  if (!match.hasMatch() || value <= 0 || value > 1e9) return {};
  if (digits == Digits::whole) return whole_values(static_cast<int>(value));
  QStringList values;
  constexpr int half = most_steps / 2;
  for (int i = -half; i <= half; ++i) {
    const QString one = i == 0 ? text : rounded(value * std::exp2(2.0 * i / half)) + match.captured(2);
    if (!values.contains(one)) values << one;
  }
  return values;
}

FieldSlider::FieldSlider(QWidget* parent)
    : QWidget{parent}, least_{new QLabel}, slider_{new QSlider{Qt::Horizontal}}, most_{new QLabel} {
  auto* row = new QHBoxLayout{this};
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(least_);
  row->addWidget(slider_, 1);
  row->addWidget(most_);
  connect(slider_, &QSlider::valueChanged, this, [this](int step) { Q_EMIT moved(values_[step]); });
  hide();
}

void FieldSlider::show_value(const QString& field, const QString& text, Digits digits) {
  if (field != field_ || !values_.contains(text)) values_ = values_around(text, digits);
  field_ = field;
  setVisible(!values_.isEmpty());
  if (values_.isEmpty()) return;
  const QSignalBlocker quiet{slider_};
  slider_->setRange(0, static_cast<int>(values_.size()) - 1);
  slider_->setValue(static_cast<int>(values_.indexOf(text)));
  slider_->setAccessibleName(tr("Try values of %1").arg(field));
  least_->setText(values_.front());
  most_->setText(values_.back());
}

}  // namespace gui
