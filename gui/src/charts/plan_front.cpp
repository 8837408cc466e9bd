#include "charts/plan_front.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

#include "planner/number_text.hpp"

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Chart)
};

QString number(double value) { return text_of(planner::number_text(value)); }

QString places(const planner::Placements& placement) {
  QStringList services;
  for (const auto& [service, sites] : placement) {
    QStringList names;
    for (const auto& [site, one] : sites)
      names << (one.replicas > 1 ? QStringLiteral("%1 ×%2").arg(text_of(site)).arg(one.replicas)
                                 : text_of(site));
    constexpr qsizetype most_named = 4;
    const qsizetype count = names.size();
    if (count > most_named) names = QStringList{Words::tr("%1 sites").arg(count)};
    services << QStringLiteral("%1: %2").arg(text_of(service), names.join(QStringLiteral(", ")));
  }
  return services.join(QStringLiteral("; "));
}

bool is_shown(const planner::Plan& plan) { return plan.possible && plan.figures.carries; }

/// Points of plans that can be had.
QCPGraph* add_plans(QCustomPlot& plot, const std::vector<planner::Plan>& plans, const QString& name) {
  QCPGraph* graph = plot.addGraph();
  graph->setName(name);
  graph->setLineStyle(QCPGraph::lsNone);
  for (const planner::Plan& plan : plans) {
    if (is_shown(plan)) graph->addData(plan.figures.latency, plan.figures.cost);
  }
  return graph;
}

/// Names beside their marks, where they cover neither a mark nor a name. Places are shares of the axes, so
/// that they hold in any size of the plot that leaves a name the share it is reckoned with.
class Names {
 public:
  Names(QCustomPlot& plot, Appearance appearance) : plot_{plot}, appearance_{appearance} {}
  void add_mark(const planner::Plan& plan) { marks_.push_back(place_of(plan)); }
  /// A plan without a free side gets no name: the table has them all.
  void add_name(const planner::Plan& plan) {
    const QPointF at = place_of(plan);
    for (const Side& side : sides) {
      const QRectF box{at.x() + side.left, at.y() + side.low, width, height};
      if (!is_free(box, at)) continue;
      names_.push_back(box);
      draw(plan, side);
      return;
    }
  }

 private:
  struct Side {
    double left, low;  // of the name's box, from its mark
    Qt::Alignment alignment;
    QMargins padding;  // [pixel] off the mark
  };
  static constexpr double width = 0.2, height = 0.09;  // of a name
  static constexpr double half_mark = 0.025;
  static constexpr int gap = 10;  // [pixel]
  static inline const std::array<Side, 4> sides{
      Side{half_mark, -height / 2, Qt::AlignLeft | Qt::AlignVCenter, {gap, 0, 0, 0}},
      Side{-half_mark - width, -height / 2, Qt::AlignRight | Qt::AlignVCenter, {0, 0, gap, 0}},
      Side{-width / 2, half_mark, Qt::AlignHCenter | Qt::AlignBottom, {0, 0, 0, gap}},
      Side{-width / 2, -half_mark - height, Qt::AlignHCenter | Qt::AlignTop, {0, gap, 0, 0}}};

  [[nodiscard]] QPointF place_of(const planner::Plan& plan) const {
    return {(plan.figures.latency - plot_.xAxis->range().lower) / plot_.xAxis->range().size(),
            (plan.figures.cost - plot_.yAxis->range().lower) / plot_.yAxis->range().size()};
  }

  [[nodiscard]] bool is_free(const QRectF& box, QPointF own) const {
    const auto covers = [&](QPointF mark) {
      const bool is_own =
          std::abs(mark.x() - own.x()) < half_mark && std::abs(mark.y() - own.y()) < half_mark;
      return !is_own && box.adjusted(-half_mark, -half_mark, half_mark, half_mark).contains(mark);
    };
    return QRectF{0, 0, 1, 1}.contains(box) && std::ranges::none_of(marks_, covers) &&
           std::ranges::none_of(names_, [&](const QRectF& name) { return name.intersects(box); });
  }

  void draw(const planner::Plan& plan, const Side& side) {
    auto* name = new QCPItemText{&plot_};
    name->position->setCoords(plan.figures.latency, plan.figures.cost);
    name->setPositionAlignment(side.alignment);
    name->setPadding(side.padding);
    name->setText(text_of(plan.name));
    name->setColor(colors(appearance_).text);
    name->setFont(plot_.font());
  }

  QCustomPlot& plot_;
  Appearance appearance_;
  std::vector<QPointF> marks_;
  std::vector<QRectF> names_;
};

/// The best first.
void add_names(QCustomPlot& plot, const planner::OptimizeResult& result, Appearance appearance) {
  Names names{plot, appearance};
  for (const auto* all : {&result.plans, &result.baselines, &result.front}) {
    for (const planner::Plan& plan : *all) {
      if (is_shown(plan)) names.add_mark(plan);
    }
  }
  for (const auto* all : {&result.plans, &result.baselines}) {
    for (const planner::Plan& plan : *all) {
      if (is_shown(plan)) names.add_name(plan);
    }
  }
}

}  // namespace

TableData plan_table(const std::vector<const planner::Plan*>& plans) {
  TableData table;
  table.header << Words::tr("plan") << Words::tr("cost [USD/month]") << Words::tr("latency [ms]")
               << Words::tr("sites") << Words::tr("requirements") << Words::tr("placement");
  for (const planner::Plan* plan : plans) {
    QString kept = plan->why_not.empty() ? QString{} : text_of(plan->why_not);
    if (plan->possible) {
      kept = plan->figures.violation > 0 ? Words::tr("✗ misses one") : Words::tr("✓ kept, by formula");
      if (plan->probability_feasible)
        kept = Words::tr("kept with probability %1")
                   .arg(text_of(planner::percent_text(*plan->probability_feasible)));
    }
    const QString cost = plan->cost ? text_of(planner::with_error(*plan->cost)) : number(plan->figures.cost);
    table.rows.push_back({text_of(plan->name), cost, number(plan->figures.latency),
                          QString::number(plan->figures.sites), kept, places(plan->placement)});
  }
  return table;
}

void draw_front(QCustomPlot& plot, const planner::OptimizeResult& result, Appearance appearance) {
  const Colors& c = colors(appearance);
  plot.xAxis->setLabel(Words::tr("latency by formula [ms]"));
  plot.yAxis->setLabel(Words::tr("USD a month"));
  QCPGraph* front = add_plans(plot, result.front, Words::tr("front"));
  front->setLineStyle(QCPGraph::lsLine);
  front->setPen(QPen{c.muted, 1.4});
  front->setScatterStyle({QCPScatterStyle::ssCircle, QPen{c.muted}, QBrush{c.surface}, 6});
  QCPGraph* baselines = add_plans(plot, result.baselines, Words::tr("obvious placements"));
  baselines->setScatterStyle(
      {QCPScatterStyle::ssSquare, QPen{series_color(1, appearance), 1.6}, Qt::NoBrush, 9});
  QCPGraph* plans = add_plans(plot, result.plans, Words::tr("plans"));
  plans->setScatterStyle({QCPScatterStyle::ssStar, QPen{series_color(0, appearance), 2.2}, Qt::NoBrush, 13});
  double slowest = 0, dearest = 0;
  for (const auto* all : {&result.plans, &result.baselines, &result.front}) {
    for (const planner::Plan& plan : *all) {
      if (!is_shown(plan)) continue;
      slowest = std::max(slowest, plan.figures.latency);
      dearest = std::max(dearest, plan.figures.cost);
    }
  }
  plot.xAxis->setRange(0, 1.25 * std::max(slowest, 1e-9));
  plot.yAxis->setRange(0, 1.15 * std::max(dearest, 1e-9));
  add_names(plot, result, appearance);
  add_legend_below(plot, appearance);
}

}  // namespace gui
