#pragma once
#include <QFrame>
#include <memory>

#include "charts/chart.hpp"

class QStackedWidget;
class QTableView;
class QToolButton;

namespace gui {

/// A chart in a frame: its title and meaning, the plot or its table twin, copy and export.
class ChartPanel : public QFrame {
  Q_OBJECT
 public:
  explicit ChartPanel(std::unique_ptr<Chart> chart, QWidget* parent = nullptr);
  ~ChartPanel() override;

  void show_input(const ChartInput& input);
  void clear();
  void toggle_table();
  [[nodiscard]] const TableData& table() const { return table_.table(); }
  /// By the ending of the path: .png (twice the size on screen), .svg, .csv.
  /// @return what went wrong; empty: written
  [[nodiscard]] QString write_to(const QString& path);

 private:
  void build_header();
  void copy_image();
  void copy_table();
  void ask_and_export();

  std::unique_ptr<Chart> chart_;
  QCustomPlot* plot_;
  TableModel table_;
  QTableView* view_;
  QStackedWidget* stack_;
  QToolButton* switch_;
};

}  // namespace gui
