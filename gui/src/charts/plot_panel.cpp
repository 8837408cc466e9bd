#include "charts/plot_panel.hpp"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QStackedWidget>
#include <QSvgGenerator>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "charts/plot_style.hpp"

namespace gui {

PlotPanel::PlotPanel(const QString& title, const QString& about, QWidget* parent)
    : QFrame{parent},
      title_{title},
      about_{about},
      plot_{new QCustomPlot},
      view_{new QTableView},
      stack_{new QStackedWidget},
      switch_{new QToolButton} {
  setObjectName(QStringLiteral("card"));
  setMinimumSize(360, 330);
  new QVBoxLayout{this};
  layout()->setContentsMargins(14, 10, 14, 10);
  build_header();
  plot_->setAccessibleName(title_);
  plot_->setAccessibleDescription(about_);
  view_->setModel(&table_);
  view_->setAccessibleName(title_);
  view_->verticalHeader()->hide();
  view_->setShowGrid(false);
  view_->setTabKeyNavigation(false);
  view_->setAlternatingRowColors(true);
  view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& index) {
            if (index.isValid()) Q_EMIT row_chosen(index.row());
          });
  connect(this, &PlotPanel::row_chosen, this, [this](int row) {
    const auto& subjects = table_.table().row_subjects;
    const auto index = static_cast<std::size_t>(row);
    if (index < subjects.size() && !subjects[index].empty())
      Q_EMIT subject_chosen(QString::fromStdString(subjects[index].front()));
  });
  connect(plot_, &QCustomPlot::mousePress, this, [this](const QMouseEvent* event) {
    Q_EMIT place_chosen(plot_->xAxis->pixelToCoord(event->position().x()),
                        plot_->yAxis->pixelToCoord(event->position().y()));
  });
  view_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  stack_->addWidget(plot_);
  stack_->addWidget(view_);
  layout()->addWidget(stack_);
}

void PlotPanel::build_header() {
  auto* row = new QHBoxLayout;
  auto* title = new QLabel{QStringLiteral("<b>%1</b>").arg(title_.toHtmlEscaped())};
  title->setToolTip(about_);
  row->addWidget(title);
  row->addStretch();
  switch_->setText(tr("Table"));
  switch_->setCheckable(true);
  switch_->setToolTip(tr("Show the figures instead of the picture"));
  connect(switch_, &QToolButton::toggled, this,
          [this](bool table) { stack_->setCurrentIndex(table ? 1 : 0); });
  row->addWidget(switch_);
  auto* more = new QToolButton;
  more->setText(tr("Copy"));
  more->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu{more};
  menu->addAction(tr("Copy as image"), this, &PlotPanel::copy_image);
  menu->addAction(tr("Copy the figures"), this, &PlotPanel::copy_table);
  menu->addSeparator();
  menu->addAction(tr("Export as PNG, SVG or CSV…"), this, &PlotPanel::ask_and_export);
  more->setMenu(menu);
  row->addWidget(more);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  auto* about = new QLabel{about_};
  about->setObjectName(QStringLiteral("muted"));
  about->setWordWrap(true);
  layout()->addWidget(about);
}

void PlotPanel::show_figure(TableData table, Draw draw) {
  draw_ = std::move(draw);
  table_.show(std::move(table));
  redraw();
}

void PlotPanel::redraw() {
  const Appearance appearance = appearance_of(palette());
  plot_->setFont(font());
  prepare(*plot_, appearance);
  const bool filled = draw_ != nullptr && !table_.table().rows.empty();
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) axis->setVisible(filled);
  if (filled) draw_(*plot_, appearance, selected_);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void PlotPanel::clear() { show_figure({}, {}); }

void PlotPanel::mark(const Selection& selected) {
  if (selected == selected_) return;
  selected_ = selected;
  table_.mark(selected);
  redraw();
}

void PlotPanel::choose_row(int row) {
  const QModelIndex index = table_.index(row, 0);
  if (index.isValid() && index.row() != view_->currentIndex().row()) view_->setCurrentIndex(index);
}

void PlotPanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) redraw();
  QFrame::changeEvent(event);
}

void PlotPanel::toggle_table() { switch_->toggle(); }

void PlotPanel::copy_image() {
  constexpr double twice = 2;
  QApplication::clipboard()->setPixmap(plot_->toPixmap(0, 0, twice));
}

void PlotPanel::copy_table() { QApplication::clipboard()->setText(to_tsv(table_.table())); }

QString PlotPanel::write_to(const QString& path) {
  if (path.endsWith(QStringLiteral(".png"))) {
    constexpr double twice = 2;
    return plot_->savePng(path, 0, 0, twice) ? QString{} : tr("%1 cannot be written").arg(path);
  }
  if (path.endsWith(QStringLiteral(".svg"))) {
    QSvgGenerator generator;
    generator.setFileName(path);
    generator.setSize(plot_->size());
    generator.setViewBox(plot_->rect());
    generator.setTitle(title_);
    QCPPainter painter;
    if (!painter.begin(&generator)) return tr("%1 cannot be written").arg(path);
    plot_->toPainter(&painter, plot_->width(), plot_->height());
    return {};
  }
  if (!path.endsWith(QStringLiteral(".csv"))) return tr("%1 ends neither in .png, .svg nor .csv").arg(path);
  QSaveFile file{path};
  if (!file.open(QIODevice::WriteOnly)) return file.errorString();
  file.write(to_csv(table_.table()).toUtf8());
  return file.commit() ? QString{} : file.errorString();
}

void PlotPanel::ask_and_export() {
  const QString path = QFileDialog::getSaveFileName(this, tr("Export"), title_ + QStringLiteral(".png"),
                                                    tr("Picture (*.png);;Drawing (*.svg);;Figures (*.csv)"));
  if (path.isEmpty()) return;
  if (const QString problem = write_to(path); !problem.isEmpty()) {
    QMessageBox::warning(this, tr("Export"), problem);
  }
}

}  // namespace gui
