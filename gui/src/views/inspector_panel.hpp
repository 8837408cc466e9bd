#pragma once
#include <QWidget>

#include "document/inspector_model.hpp"

class QComboBox;
class QLabel;
class QPushButton;
class QTreeView;
class QVBoxLayout;

namespace gui {

class FieldSlider;

/// What is selected, field by field, and to which layer edits go. The current row can be reset or removed;
/// what has a number can be tried on a slider.
class InspectorPanel : public QWidget {
  Q_OBJECT
 public:
  explicit InspectorPanel(Session& session, QWidget* parent = nullptr);
  [[nodiscard]] InspectorModel& model() { return model_; }
  [[nodiscard]] QTreeView& tree() { return *tree_; }
  [[nodiscard]] FieldSlider& slider() { return *slider_; }
  /// Of the current row, where there is something to go back to.
  void reset();
  /// The current row, where it is an entry such as a pool or a placement.
  void remove();

 Q_SIGNALS:
  void refused(const QString& reason);

 private:
  void refresh_title();
  void build_tree();
  void build_buttons(QVBoxLayout& layout);
  void refresh_row();
  void try_value(const QString& text);
  void show_menu(const QPoint& at);

  Session& session_;
  InspectorModel model_;
  QLabel* title_;
  QComboBox* scope_;
  QTreeView* tree_;
  FieldSlider* slider_;
  QPushButton* reset_;
  QPushButton* remove_;
};

}  // namespace gui
