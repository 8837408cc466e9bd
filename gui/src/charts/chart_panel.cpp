#include "charts/chart_panel.hpp"

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

ChartPanel::ChartPanel(std::unique_ptr<Chart> chart, QWidget* parent)
    : QFrame{parent},
      chart_{std::move(chart)},
      plot_{new QCustomPlot},
      view_{new QTableView},
      stack_{new QStackedWidget},
      switch_{new QToolButton} {
  setObjectName(QStringLiteral("card"));
  setMinimumSize(360, 330);
  new QVBoxLayout{this};
  layout()->setContentsMargins(14, 10, 14, 10);
  build_header();
  plot_->setAccessibleName(chart_->title());
  plot_->setAccessibleDescription(chart_->about());
  view_->setModel(&table_);
  view_->setAccessibleName(chart_->title());
  view_->verticalHeader()->hide();
  view_->setShowGrid(false);
  view_->setAlternatingRowColors(true);
  view_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  stack_->addWidget(plot_);
  stack_->addWidget(view_);
  layout()->addWidget(stack_);
}

ChartPanel::~ChartPanel() = default;

void ChartPanel::build_header() {
  auto* row = new QHBoxLayout;
  auto* title = new QLabel{QStringLiteral("<b>%1</b>").arg(chart_->title().toHtmlEscaped())};
  title->setToolTip(chart_->about());
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
  menu->addAction(tr("Copy as image"), this, &ChartPanel::copy_image);
  menu->addAction(tr("Copy the figures"), this, &ChartPanel::copy_table);
  menu->addSeparator();
  menu->addAction(tr("Export as PNG, SVG or CSV…"), this, &ChartPanel::ask_and_export);
  more->setMenu(menu);
  row->addWidget(more);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  auto* about = new QLabel{chart_->about()};
  about->setObjectName(QStringLiteral("muted"));
  about->setWordWrap(true);
  layout()->addWidget(about);
}

void ChartPanel::show_input(const ChartInput& input) {
  plot_->setFont(font());
  prepare(*plot_, input.appearance);
  chart_->draw(*plot_, input);
  plot_->replot(QCustomPlot::rpQueuedReplot);
  table_.show(chart_->table(input));
}

void ChartPanel::clear() {
  prepare(*plot_, appearance_of(palette()));
  plot_->replot(QCustomPlot::rpQueuedReplot);
  table_.show({});
}

void ChartPanel::toggle_table() { switch_->toggle(); }

void ChartPanel::copy_image() {
  constexpr double twice = 2;
  QApplication::clipboard()->setPixmap(plot_->toPixmap(0, 0, twice));
}

void ChartPanel::copy_table() { QApplication::clipboard()->setText(to_tsv(table_.table())); }

QString ChartPanel::write_to(const QString& path) {
  if (path.endsWith(QStringLiteral(".png"))) {
    constexpr double twice = 2;
    return plot_->savePng(path, 0, 0, twice) ? QString{} : tr("%1 cannot be written").arg(path);
  }
  if (path.endsWith(QStringLiteral(".svg"))) {
    QSvgGenerator generator;
    generator.setFileName(path);
    generator.setSize(plot_->size());
    generator.setViewBox(plot_->rect());
    generator.setTitle(chart_->title());
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

void ChartPanel::ask_and_export() {
  const QString path =
      QFileDialog::getSaveFileName(this, tr("Export"), chart_->title() + QStringLiteral(".png"),
                                   tr("Picture (*.png);;Drawing (*.svg);;Figures (*.csv)"));
  if (path.isEmpty()) return;
  if (const QString problem = write_to(path); !problem.isEmpty()) {
    QMessageBox::warning(this, tr("Export"), problem);
  }
}

}  // namespace gui
