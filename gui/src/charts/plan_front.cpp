#include "charts/plan_front.hpp"

#include <QCoreApplication>
#include <algorithm>
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

/// So near each other that their names would cover each other.
bool is_beside(const QCustomPlot& plot, const planner::Plan& a, const planner::Plan& b) {
  return std::abs(a.figures.latency - b.figures.latency) < 0.22 * plot.xAxis->range().size() &&
         std::abs(a.figures.cost - b.figures.cost) < 0.09 * plot.yAxis->range().size();
}

void add_name(QCustomPlot& plot, const planner::Plan& plan, Appearance appearance) {
  auto* name = new QCPItemText{&plot};
  name->position->setCoords(plan.figures.latency, plan.figures.cost);
  name->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  name->setPadding({10, 0, 0, 0});
  name->setText(text_of(plan.name));
  name->setColor(colors(appearance).text);
  name->setFont(plot.font());
}

/// The best first; one that would cover a better one's name has none, the table names all.
void add_names(QCustomPlot& plot, const planner::OptimizeResult& result, Appearance appearance) {
  std::vector<const planner::Plan*> named;
  for (const auto* all : {&result.plans, &result.baselines}) {
    for (const planner::Plan& plan : *all) {
      const bool crowded = std::ranges::any_of(
          named, [&](const planner::Plan* other) { return is_beside(plot, plan, *other); });
      if (!is_shown(plan) || crowded) continue;
      add_name(plot, plan, appearance);
      named.push_back(&plan);
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
