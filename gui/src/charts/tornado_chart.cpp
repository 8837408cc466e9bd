#include "charts/tornado_chart.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "planner/number_text.hpp"

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Chart)
};

constexpr std::size_t most_bars = 16;

std::size_t bars_of(const Tornado& tornado) { return std::min(tornado.effects.size(), most_bars); }

double row_of(const Tornado& tornado, std::size_t effect) {
  return static_cast<double>(bars_of(tornado) - 1 - effect);
}

QString input_text(const planner::Effect& effect) {
  QString text = text_of(effect.input.pointer);
  if (effect.input.assumed) text += Words::tr(" (assumed)");
  if (effect.flips) text += QStringLiteral(" !");
  return text;
}

/// The entry that an input is of: /sites/edge of /sites/edge/pools/box/price.
std::string entry_of(const std::string& pointer) {
  const auto section_end = pointer.find('/', 1);
  return section_end == std::string::npos ? pointer : pointer.substr(0, pointer.find('/', section_end + 1));
}

QString change_text(const std::optional<planner::Estimate>& change, const std::string& problem) {
  if (change) return text_of(planner::signed_with_error(*change, change->value));
  return problem.empty() ? QString{} : Words::tr("cannot run: %1").arg(text_of(problem));
}

void add_bar(QCustomPlot& plot, double row, const std::optional<planner::Estimate>& change,
             const QBrush& brush, const QColor& color) {
  if (!change) return;
  auto* bar = new QCPItemRect{&plot};
  const double half = 0.3;
  bar->topLeft->setCoords(std::min(0.0, change->value), row + half);
  bar->bottomRight->setCoords(std::max(0.0, change->value), row - half);
  bar->setPen(QPen{color, 1.6});
  bar->setBrush(brush);
}

void name_rows(QCustomPlot& plot, const Tornado& tornado, Appearance appearance, const Selection& selected) {
  const QSharedPointer<QCPAxisTickerText> names{new QCPAxisTickerText};
  for (std::size_t i = 0; i < bars_of(tornado); ++i) {
    const double row = row_of(tornado, i);
    names->addTick(row, input_text(tornado.effects[i]));
    if (concerns(selected, {tornado.effects[i].input.pointer}))
      add_band(plot, row - 0.42, row + 0.42, appearance);
  }
  plot.yAxis->setTicker(names);
  plot.yAxis->setRange(-0.6, static_cast<double>(bars_of(tornado)) - 0.4);
  plot.yAxis->setTickPen(Qt::NoPen);
  plot.yAxis->grid()->setVisible(false);
}

}  // namespace

TableData tornado_table(const Tornado& tornado) {
  TableData table;
  table.header << Words::tr("input") << Words::tr("value") << Words::tr("basis") << Words::tr("lowered")
               << Words::tr("raised") << Words::tr("turns the verdict");
  for (const planner::Effect& effect : tornado.effects) {
    table.add_row({text_of(effect.input.pointer), text_of(effect.input.value),
                   effect.input.assumed ? Words::tr("assumed") : Words::tr("stated"),
                   change_text(effect.lowered, effect.lowered_problem),
                   change_text(effect.raised, effect.raised_problem),
                   effect.flips ? Words::tr("! yes") : Words::tr("no")},
                  {entry_of(effect.input.pointer)});
  }
  return table;
}

void draw_tornado(QCustomPlot& plot, const Tornado& tornado, Appearance appearance,
                  const Selection& selected) {
  name_rows(plot, tornado, appearance, selected);
  double widest = 1e-9;
  for (std::size_t i = 0; i < bars_of(tornado); ++i) {
    const planner::Effect& effect = tornado.effects[i];
    const QColor low = series_color(0, appearance), high = series_color(1, appearance);
    add_bar(plot, row_of(tornado, i), effect.lowered, Qt::NoBrush, low);
    add_bar(plot, row_of(tornado, i), effect.raised, high, high);
    for (const auto* change : {&effect.lowered, &effect.raised}) {
      if (*change) widest = std::max(widest, std::abs((*change)->value));
    }
  }
  plot.xAxis->setRange(-1.08 * widest, 1.08 * widest);
  plot.xAxis->setLabel(Words::tr("change of %1 [%2]").arg(tornado.title, tornado.unit));
  plot.xAxis->grid()->setZeroLinePen(QPen{colors(appearance).muted, 1.2});
}

std::optional<std::size_t> effect_at(const Tornado& tornado, double y) {
  const long from_bottom = std::lround(y);
  if (from_bottom < 0 || static_cast<std::size_t>(from_bottom) >= bars_of(tornado)) return std::nullopt;
  return bars_of(tornado) - 1 - static_cast<std::size_t>(from_bottom);
}

}  // namespace gui
