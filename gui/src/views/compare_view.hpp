#pragma once
#include <QWidget>
#include <memory>
#include <vector>

#include "charts/chart_panel.hpp"
#include "session.hpp"
#include "views/comparison_model.hpp"

class QComboBox;
class QLabel;
class QTableView;
class QVBoxLayout;

namespace gui {

/// The strategies side by side: the answer in words, the charts, the table of differences.
class CompareView : public QWidget {
  Q_OBJECT
 public:
  explicit CompareView(Session& session, QWidget* parent = nullptr);
  [[nodiscard]] const std::vector<ChartPanel*>& panels() const { return panels_; }
  [[nodiscard]] ComparisonModel& differences() { return differences_; }

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build_bar(QVBoxLayout& layout);
  void build_content(QVBoxLayout& layout);
  void refresh();
  void refresh_charts();
  void refresh_answer();
  void fit_table();
  void refresh_choices();
  Session& session_;
  QComboBox* reference_;
  QComboBox* flow_;
  QComboBox* metric_;
  QLabel* answer_;
  QLabel* legend_;
  QTableView* table_;
  ComparisonModel differences_;
  std::vector<ChartPanel*> panels_;
  int fitted_width_ = 0;  // [pixel] that the table was laid out for
};

}  // namespace gui
