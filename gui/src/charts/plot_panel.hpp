#pragma once
#include <QFrame>
#include <functional>

#include "charts/table_data.hpp"
#include "theme.hpp"

class QCustomPlot;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace gui {

/// A figure in a frame: its title and meaning, the plot or its table twin, copy and export.
class PlotPanel : public QFrame {
  Q_OBJECT
 public:
  /// Draws onto a cleared plot, pointing out what is selected; called again when the appearance or the
  /// selection changes.
  using Draw = std::function<void(QCustomPlot& plot, Appearance appearance, const Selection& selected)>;

  PlotPanel(const QString& title, const QString& about, QWidget* parent = nullptr);

  void show_figure(TableData table, Draw draw);
  void clear();
  /// What is selected stands out, in the plot and in the table.
  void mark(const Selection& selected);
  [[nodiscard]] const TableModel& model() const { return table_; }
  void toggle_table();
  /// Marks a row of the table; row_chosen() tells of it if it was another one.
  void choose_row(int row);
  [[nodiscard]] const TableData& table() const { return table_.table(); }
  /// By the ending of the path: .png (twice the size on screen), .svg, .csv.
  /// @return what went wrong; empty: written
  [[nodiscard]] QString write_to(const QString& path);

 Q_SIGNALS:
  /// In the table, by mouse or keyboard.
  void row_chosen(int row);
  /// JSON Pointer of what was chosen in the plot or the table is of.
  void subject_chosen(const QString& pointer);
  /// In the plot, in the coordinates of its axes.
  void place_chosen(double x, double y);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build_header();
  void redraw();
  void copy_image();
  void copy_table();
  void ask_and_export();

  QString title_, about_;
  QCustomPlot* plot_;
  TableModel table_;
  QTableView* view_;
  QStackedWidget* stack_;
  QToolButton* switch_;
  Draw draw_;
  Selection selected_;
};

}  // namespace gui
