#include "charts/waterfall_chart.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "charts/plot_style.hpp"
#include "planner/number_text.hpp"

namespace gui {
namespace {

double milliseconds(sim::Duration duration) { return 1e3 * sim::to_seconds(duration); }

class WaterfallChart : public Chart {
 public:
  explicit WaterfallChart(planner::RequestTrace trace) : trace_{std::move(trace)} {}

  [[nodiscard]] QString title() const override {
    return QCoreApplication::translate("Chart", "One request: %1 #%2")
        .arg(text_of(trace_.workload))
        .arg(trace_.number);
  }
  [[nodiscard]] QString about() const override {
    return QCoreApplication::translate("Chart",
                                       "What happened to it, from the user's question to the answer: "
                                       "%1 ms in all. Branches run side by side.")
        .arg(text_of(planner::number_text(milliseconds(trace_.end - trace_.begin))));
  }

  [[nodiscard]] TableData table(const ChartInput&) const override {
    TableData table;
    table.header << QCoreApplication::translate("Chart", "span")
                 << QCoreApplication::translate("Chart", "begins [ms]")
                 << QCoreApplication::translate("Chart", "takes [ms]");
    for (const planner::RequestSpan& span : trace_.spans) {
      table.rows.push_back({text_of(span.name),
                            text_of(planner::number_text(milliseconds(span.begin - trace_.begin))),
                            text_of(planner::number_text(milliseconds(span.end - span.begin)))});
    }
    return table;
  }

  void draw(QCustomPlot& plot, const ChartInput& input) const override {
    const auto rows = static_cast<double>(trace_.spans.size());
    const QSharedPointer<QCPAxisTickerText> names{new QCPAxisTickerText};
    for (std::size_t i = 0; i < trace_.spans.size(); ++i) {
      const planner::RequestSpan& span = trace_.spans[i];
      const double row = static_cast<double>(i) + 0.5;
      names->addTick(row, text_of(span.name));
      auto* bar = new QCPItemRect{&plot};
      bar->topLeft->setCoords(milliseconds(span.begin - trace_.begin), row - 0.36);
      bar->bottomRight->setCoords(milliseconds(span.end - trace_.begin), row + 0.36);
      const QColor color = part_color(static_cast<std::size_t>(span.part), input.appearance);
      bar->setPen(QPen{color});
      bar->setBrush(color);
    }
    plot.yAxis->setTicker(names);
    plot.yAxis->setRange(0, std::max(rows, 1.0));
    plot.yAxis->setRangeReversed(true);
    plot.yAxis->setTickPen(Qt::NoPen);
    plot.yAxis->grid()->setVisible(false);
    plot.xAxis->setRange(0, std::max(1.02 * milliseconds(trace_.end - trace_.begin), 1e-6));
    plot.xAxis->setLabel(QCoreApplication::translate("Chart", "since the request began [ms]"));
  }

 private:
  planner::RequestTrace trace_;
};

}  // namespace

std::unique_ptr<Chart> make_waterfall_chart(planner::RequestTrace trace) {
  return std::make_unique<WaterfallChart>(std::move(trace));
}

}  // namespace gui
