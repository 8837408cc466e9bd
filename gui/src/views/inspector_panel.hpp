#pragma once
#include <QWidget>

#include "document/inspector_model.hpp"

class QComboBox;
class QLabel;
class QTreeView;

namespace gui {

/// What is selected, field by field, and to which layer edits go.
class InspectorPanel : public QWidget {
  Q_OBJECT
 public:
  explicit InspectorPanel(Session& session, QWidget* parent = nullptr);
  [[nodiscard]] InspectorModel& model() { return model_; }

 Q_SIGNALS:
  void refused(const QString& reason);

 private:
  void refresh_title();
  void show_menu(const QPoint& at);

  Session& session_;
  InspectorModel model_;
  QLabel* title_;
  QComboBox* scope_;
  QTreeView* tree_;
};

}  // namespace gui
