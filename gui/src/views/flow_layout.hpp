#pragma once
#include <QLayout>
#include <vector>

class QComboBox;

namespace gui {

/// Items side by side, in as many rows as the width asks for: a bar of controls that is never cut off, on
/// narrow windows, at large scales and in wordy languages.
class FlowLayout : public QLayout {
 public:
  explicit FlowLayout(QWidget* parent = nullptr);
  ~FlowLayout() override;

  /// A box with its label before it, as one item that is not torn apart.
  void add_field(const QString& label, QWidget* field);

  void addItem(QLayoutItem* item) override;
  [[nodiscard]] int count() const override { return static_cast<int>(items_.size()); }
  [[nodiscard]] QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;
  void setGeometry(const QRect& room) override;
  [[nodiscard]] QSize sizeHint() const override { return minimumSize(); }
  [[nodiscard]] QSize minimumSize() const override;

 private:
  enum class Place : bool { measure, put };
  /// @return the height that the items take
  int arrange(const QRect& room, Place place) const;

  std::vector<QLayoutItem*> items_;
};

}  // namespace gui
