#pragma once
#include <QStringList>
#include <QWidget>

class QLabel;
class QSlider;

namespace gui {

/// Values around `text` that a slider offers, rising, `text` among them; units stay. Whole numbers from 1 to
/// twice the value, others from a quarter to four times of it, to three digits. Empty: it is no number above
/// 0.
enum class Digits : bool { whole, any };
[[nodiscard]] QStringList values_around(const QString& text, Digits digits);

/// Tries values of one field without typing them.
class FieldSlider : public QWidget {
  Q_OBJECT
 public:
  explicit FieldSlider(QWidget* parent = nullptr);
  /// Keeps its range while the value moves within it.
  void show_value(const QString& field, const QString& text, Digits digits);
  [[nodiscard]] QSlider& slider() { return *slider_; }

 Q_SIGNALS:
  void moved(const QString& text);

 private:
  QLabel* least_;
  QSlider* slider_;
  QLabel* most_;
  QString field_;
  QStringList values_;
};

}  // namespace gui
