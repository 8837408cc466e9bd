#include "charts/plot_style.hpp"

#include <QCoreApplication>
#include <cmath>

#include "planner/study_view.hpp"
#include "sim/time.hpp"

namespace gui {

void prepare(QCustomPlot& plot, Appearance appearance) {
  const Colors& c = colors(appearance);
  plot.clearPlottables();
  plot.clearItems();
  if (plot.plotLayout()->rowCount() > 1) {
    plot.plotLayout()->take(plot.legend);
    plot.plotLayout()->simplify();
    plot.axisRect()->insetLayout()->addElement(plot.legend, Qt::AlignRight | Qt::AlignTop);
  }
  plot.legend->setVisible(false);
  plot.setBackground(QBrush{c.surface});
  plot.setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
    axis->setTicker(QSharedPointer<QCPAxisTicker>{new QCPAxisTicker});
    axis->setScaleType(QCPAxis::stLinear);
    axis->setRangeReversed(false);
    axis->setNumberFormat(QStringLiteral("gb"));
    axis->setNumberPrecision(6);
    axis->setLabel({});
    axis->setLabelColor(c.muted);
    axis->setTickLabelColor(c.text);
    axis->setTickLabelFont(plot.font());
    axis->setLabelFont(plot.font());
    axis->setBasePen(QPen{c.line});
    axis->setTickPen(QPen{c.line});
    axis->setSubTickPen(Qt::NoPen);
    axis->grid()->setPen(QPen{c.line, 0.7, Qt::DotLine});
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->grid()->setSubGridVisible(false);
    axis->grid()->setVisible(true);
  }
}

void use_log_scale(QCPAxis& axis) {
  axis.setScaleType(QCPAxis::stLogarithmic);
  axis.setTicker(QSharedPointer<QCPAxisTicker>{new QCPAxisTickerLog});
}

void add_limit(QCustomPlot& plot, double value, const QString& label, Appearance appearance) {
  const QColor color = colors(appearance).bad;
  auto* line = new QCPItemStraightLine{&plot};
  line->setPen(QPen{color, 1.4, Qt::DashLine});
  line->point1->setCoords(value, plot.yAxis->range().lower);
  line->point2->setTypeX(QCPItemPosition::ptPlotCoords);
  line->point2->setCoords(value, plot.yAxis->range().upper);
  auto* text = new QCPItemText{&plot};
  text->position->setTypeX(QCPItemPosition::ptPlotCoords);
  text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
  text->position->setCoords(value, 0.0);
  const QCPRange range = plot.xAxis->range();
  const bool right = value > range.lower + 0.7 * range.size();  // where the label would be cut
  text->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
  text->setPadding({4, 1, 4, 0});
  text->setText(label);
  text->setColor(color);
  text->setFont(plot.font());
  QColor back = colors(appearance).surface;  // what is plotted does not cross it
  back.setAlphaF(0.8F);
  text->setBrush(back);
}

double row_of(const planner::Study& study, std::size_t strategy) {
  return static_cast<double>(study.strategies.size() - strategy);
}

std::optional<std::size_t> strategy_of_row(const planner::Study& study, double row) {
  const double from_top = std::round(static_cast<double>(study.strategies.size()) - row);
  if (from_top < 0 || from_top >= static_cast<double>(study.strategies.size())) return std::nullopt;
  return static_cast<std::size_t>(from_top);
}

void add_band(QCustomPlot& plot, double from, double to, Appearance appearance) {
  auto* band = new QCPItemRect{&plot};
  band->setLayer(QStringLiteral("background"));
  for (QCPItemPosition* corner : {band->topLeft, band->bottomRight})
    corner->setTypeX(QCPItemPosition::ptAxisRectRatio);
  band->topLeft->setCoords(0, from);
  band->bottomRight->setCoords(1, to);
  QColor ground = colors(appearance).accent;
  ground.setAlphaF(0.14F);
  band->setPen(Qt::NoPen);
  band->setBrush(ground);
}

void add_frame(QCustomPlot& plot, const QCPRange& x, const QCPRange& y, Appearance appearance) {
  auto* frame = new QCPItemRect{&plot};
  frame->topLeft->setCoords(x.lower, y.lower);
  frame->bottomRight->setCoords(x.upper, y.upper);
  frame->setPen(QPen{colors(appearance).accent, 2.5});
}

void use_rows(QCustomPlot& plot, const ChartInput& input) {
  const planner::Study& study = input.study;
  const QSharedPointer<QCPAxisTickerText> names{new QCPAxisTickerText};
  for (std::size_t i = 0; i < study.strategies.size(); ++i) {
    const planner::StrategyResult& result = study.strategies[i];
    names->addTick(row_of(study, i),
                   (result.baseline ? QStringLiteral("⚑ ") : QString{}) + text_of(result.strategy));
    // One alone is selected anyhow.
    if (result.strategy == input.selected && study.strategies.size() > 1)
      add_band(plot, row_of(study, i) - 0.42, row_of(study, i) + 0.42, input.appearance);
  }
  plot.yAxis->setTicker(names);
  plot.yAxis->setRange(0.4, static_cast<double>(study.strategies.size()) + 0.9);
  plot.yAxis->setTickPen(Qt::NoPen);
  plot.yAxis->grid()->setVisible(false);
  plot.axisRect()->setRangeDrag(Qt::Horizontal);
  plot.axisRect()->setRangeZoom(Qt::Horizontal);
  plot.yAxis->setTickLabelColor(colors(input.appearance).text);
}

QCPScatterStyle scatter_of(std::size_t strategy, Appearance appearance, double size) {
  const QColor color = series_color(strategy, appearance);
  QTransform scale;
  scale.scale(3, 3);  // custom shapes are 6 units wide at size 6
  QCPScatterStyle style{scale.map(series_mark(strategy)), QPen{colors(appearance).surface, 0.8},
                        QBrush{color}, size};
  return style;
}

double line_width(const ChartInput& input, std::size_t strategy) {
  return input.study.strategies[strategy].strategy == input.selected ? 3.2 : 1.9;
}

void add_legend_below(QCustomPlot& plot, Appearance appearance) {
  const Colors& c = colors(appearance);
  plot.axisRect()->insetLayout()->take(plot.legend);
  plot.plotLayout()->addElement(plot.plotLayout()->rowCount(), 0, plot.legend);
  plot.plotLayout()->setRowStretchFactor(plot.plotLayout()->rowCount() - 1, 0.001);
  plot.legend->setWrap(3);
  plot.legend->setFillOrder(QCPLegend::foColumnsFirst);  // lays out what is there by the wrap known then
  plot.legend->setBorderPen(Qt::NoPen);
  plot.legend->setBrush(Qt::NoBrush);
  plot.legend->setTextColor(c.text);
  plot.legend->setFont(plot.font());
  plot.legend->setIconSize(14, 12);
  plot.legend->setColumnSpacing(14);
  plot.legend->setVisible(true);
}

double deadline_of(const ChartInput& input) {
  for (const planner::StrategyResult& result : input.study.strategies) {
    const planner::Slice* slice = planner::whole_flow(result, input.flow);
    if (slice != nullptr && slice->deadline) return 1e3 * sim::to_seconds(*slice->deadline);
  }
  return -1;
}

}  // namespace gui
