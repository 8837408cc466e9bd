#include "views/timeline_strip.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "charts/series_axis.hpp"
#include "planner/number_text.hpp"
#include "planner/outages.hpp"
#include "planner/render_series.hpp"
#include "session.hpp"

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Timeline)
};

/// Values of a line as a graph in the middle of their slices.
void add_values(QCPGraph& graph, const planner::SeriesLine& line) {
  for (std::size_t slice = 0; slice < line.points.size(); ++slice) {
    const auto& point = line.points[slice];
    graph.addData(static_cast<double>(slice) + 0.5, point ? point->value : qQNaN());
  }
}

/// Of the flow that is shown [ms].
std::optional<double> deadline_of(const Session& session) {
  const planner::Resolution* now = session.resolution();
  if (now == nullptr) return std::nullopt;
  const auto flow = now->scenario().flows.find(session.flow());
  if (flow == now->scenario().flows.end() || !flow->second.deadline) return std::nullopt;
  return 1e3 * sim::to_seconds(*flow->second.deadline);
}

class Strip {
 public:
  Strip(QCustomPlot& plot, const Session& session, Appearance appearance)
      : plot_{plot}, session_{session}, appearance_{appearance}, colors_{colors(appearance)} {}

  void draw() {
    prepare(plot_, appearance_);
    plot_.setInteractions({});
    plot_.yAxis->setTickLabels(false);
    plot_.yAxis2->setTickLabels(false);
    const planner::TimeSeries* series = session_.series();
    if (series == nullptr) {
      plot_.replot(QCustomPlot::rpQueuedReplot);
      return;
    }
    use_slices(*plot_.xAxis, session_.outcome()->study, *series);
    QColor fill = colors_.muted;
    fill.setAlphaF(0.30F);
    const planner::SeriesLine* p99 = planner::find_line(*series, "p99", session_.flow(), {}, {});
    const std::optional<double> deadline = deadline_of(session_);
    for (const auto& [line, axis] :
         {std::pair{planner::find_line(*series, "requests", session_.flow(), {}, {}), plot_.yAxis},
          std::pair{p99, plot_.yAxis2}}) {
      if (line == nullptr) continue;
      QCPGraph* graph = plot_.addGraph(plot_.xAxis, axis);
      add_values(*graph, *line);
      const bool demand = axis == plot_.yAxis;
      graph->setLineStyle(demand ? QCPGraph::lsStepCenter : QCPGraph::lsLine);
      graph->setPen(QPen{demand ? colors_.muted : colors_.accent, demand ? 1.0 : 2.2});
      if (demand) graph->setBrush(fill);
      bool found = false;
      const QCPRange range = graph->getValueRange(found);
      axis->setRange(0, found && range.upper > 0 ? 1.7 * range.upper : 1.0);
    }
    plot_.yAxis2->setVisible(true);
    plot_.yAxis2->setTicks(false);
    plot_.yAxis2->setBasePen(QPen{colors_.line});
    if (p99 != nullptr && deadline) add_breaches(*p99, *deadline);
    add_outages(*series);
    add_key(p99, deadline);
    if (session_.slice()) add_slice_cursor(plot_, *session_.slice(), appearance_);
    plot_.replot(QCustomPlot::rpQueuedReplot);
  }

 private:
  void add_breaches(const planner::SeriesLine& p99, double deadline) {
    QColor band = colors_.bad;
    band.setAlphaF(0.25F);
    for (std::size_t slice = 0; slice < p99.points.size(); ++slice) {
      if (!p99.points[slice] || p99.points[slice]->value <= deadline) continue;
      auto* room = new QCPItemRect{&plot_};
      for (QCPItemPosition* corner : {room->topLeft, room->bottomRight})
        corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
      room->topLeft->setCoords(static_cast<double>(slice), 0);
      room->bottomRight->setCoords(static_cast<double>(slice) + 1, 1);
      room->setPen(Qt::NoPen);
      room->setBrush(QBrush{band, Qt::BDiagPattern});
    }
    auto* line = new QCPItemStraightLine{&plot_};
    for (QCPItemPosition* point : {line->point1, line->point2}) point->setAxes(plot_.xAxis, plot_.yAxis2);
    line->point1->setCoords(0, deadline);
    line->point2->setCoords(1, deadline);
    line->setPen(QPen{colors_.bad, 1.2, Qt::DashLine});
  }

  void add_outages(const planner::TimeSeries& series) {
    if (session_.resolution() == nullptr) return;
    QColor band = colors_.caution;
    band.setAlphaF(0.5F);
    const auto slice_at = [&](sim::Duration since) {
      return sim::to_seconds(since - series.begin) / sim::to_seconds(series.step);
    };
    for (const planner::PlannedOutage& outage : planner::planned_outages(*session_.resolution())) {
      const double begin = slice_at(outage.begin), end = slice_at(outage.begin + outage.length);
      auto* room = new QCPItemRect{&plot_};
      for (QCPItemPosition* corner : {room->topLeft, room->bottomRight})
        corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
      room->topLeft->setCoords(begin, 0);
      room->bottomRight->setCoords(end, 1);
      room->setPen(QPen{colors_.caution, 1});
      room->setBrush(QBrush{band, Qt::Dense6Pattern});
      auto* name = new QCPItemText{&plot_};
      name->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
      name->position->setCoords(std::max(begin, 0.0), 1);
      name->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
      name->setPadding({4, 0, 0, 1});
      name->setFont(plot_.font());
      name->setColor(colors_.text);
      name->setText(Words::tr("%1: %2 out, not simulated").arg(text_of(outage.id), text_of(outage.of)));
    }
  }

  // Above the strip's curves, in words: its axes have no figures.
  void add_key(const planner::SeriesLine* p99, const std::optional<double>& deadline) {
    double highest = 0;
    if (p99 != nullptr)
      for (const auto& point : p99->points) highest = std::max(highest, point ? point->value : 0);
    QString text = Words::tr("▒ requests   — p99, at most %1 ms").arg(text_of(planner::number_text(highest)));
    if (deadline)
      text += Words::tr("   ▨ beyond the deadline, %1 ms").arg(text_of(planner::number_text(*deadline)));
    auto* key = new QCPItemText{&plot_};
    key->position->setType(QCPItemPosition::ptAxisRectRatio);
    key->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    key->position->setCoords(0.005, 0.0);
    key->setFont(plot_.font());
    key->setColor(colors_.text);
    QColor back = colors_.surface;
    back.setAlphaF(0.8F);
    key->setBrush(back);
    key->setPadding({3, 0, 3, 0});
    key->setText(text);
  }

  QCustomPlot& plot_;
  const Session& session_;
  Appearance appearance_;
  const Colors& colors_;
};

}  // namespace

void draw_strip(QCustomPlot& plot, const Session& session, Appearance appearance) {
  Strip{plot, session, appearance}.draw();
}

}  // namespace gui
