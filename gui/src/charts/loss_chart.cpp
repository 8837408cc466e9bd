#include "charts/loss_chart.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "planner/number_text.hpp"

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Chart)
};

constexpr std::size_t most_bars = 15;

bool is_matrix(const LossFigure& figure) {
  return !figure.losses.empty() && figure.losses.front().lost.size() == 2;
}

const planner::Loss::Flow* find_flow(const planner::Loss& loss, const std::string& flow) {
  const auto found = std::ranges::find(loss.flows, flow, &planner::Loss::Flow::flow);
  return found == loss.flows.end() ? nullptr : &*found;
}

/// Everything that is lost in any pair, as rows and columns.
CellGrid matrix_of(const LossFigure& figure) {
  CellGrid grid;
  QStringList parts;
  for (const planner::Loss& loss : figure.losses) {
    for (const std::string& part : loss.lost) {
      if (!parts.contains(text_of(part))) parts << text_of(part);
    }
  }
  parts.sort();
  grid.columns = grid.rows = parts;
  grid.cells.resize(static_cast<std::size_t>(parts.size() * parts.size()));
  for (const planner::Loss& loss : figure.losses) {
    const auto a = parts.indexOf(text_of(loss.lost[0])), b = parts.indexOf(text_of(loss.lost[1]));
    CellGrid::Cell cell{CellGrid::Cell::State::refused, 0, QStringLiteral("✗")};
    if (const planner::Loss::Flow* flow = find_flow(loss, figure.flow); loss.survives && flow != nullptr) {
      cell = {CellGrid::Cell::State::value, flow->delta.value,
              text_of(planner::signed_text(flow->delta.value, flow->delta.value))};
    }
    for (const auto place : {a * parts.size() + b, b * parts.size() + a})
      grid.cells[static_cast<std::size_t>(place)] = cell;
  }
  return grid;
}

class Bars {
 public:
  Bars(QCustomPlot& plot, const LossFigure& figure, Appearance appearance, const Selection& selected)
      : plot_{plot},
        figure_{figure},
        appearance_{appearance},
        selected_{selected},
        count_{std::min(figure.losses.size(), most_bars)} {}

  void draw() {
    name_rows();
    add_bars();
    double least = 0, most = std::max(figure_.spare, 0.0);
    for (std::size_t i = 0; i < count_; ++i) {
      const planner::Loss::Flow* flow = find_flow(figure_.losses[i], figure_.flow);
      if (flow == nullptr || !figure_.losses[i].survives) {
        add_refusal(i);
        continue;
      }
      least = std::min(least, flow->delta.low);
      most = std::max(most, flow->delta.high);
    }
    const double room = std::max(0.12 * (most - least), 1e-6);
    plot_.xAxis->setRange(least < 0 ? least - room : 0, most + room);
    plot_.xAxis->setLabel(Words::tr("change of p99 [ms]"));
    if (!(most > least)) plot_.xAxis->setVisible(false);  // there is no change to read from it
    if (figure_.spare > 0) add_limit(plot_, figure_.spare, Words::tr("deadline"), appearance_);
  }

 private:
  [[nodiscard]] double row(std::size_t i) const { return static_cast<double>(count_ - 1 - i); }

  void name_rows() {
    const QSharedPointer<QCPAxisTickerText> names{new QCPAxisTickerText};
    for (std::size_t i = 0; i < count_; ++i) {
      names->addTick(row(i), lost_text(figure_.losses[i]));
      // One alone is chosen anyhow.
      if (count_ > 1 && concerns(selected_, lost_subjects(figure_, figure_.losses[i])))
        add_band(plot_, row(i) - 0.42, row(i) + 0.42, appearance_);
    }
    plot_.yAxis->setTicker(names);
    plot_.yAxis->setRange(-0.6, static_cast<double>(count_) - 0.2);
    plot_.yAxis->setTickPen(Qt::NoPen);
    plot_.yAxis->grid()->setVisible(false);
  }

  void add_bars() {
    auto* bars = new QCPBars{plot_.yAxis, plot_.xAxis};
    bars->setPen(Qt::NoPen);
    bars->setBrush(series_color(1, appearance_));
    bars->setWidth(0.55);
    auto* errors = new QCPErrorBars{plot_.yAxis, plot_.xAxis};
    errors->setDataPlottable(bars);
    errors->setPen(QPen{colors(appearance_).text, 1.2});
    for (std::size_t i = 0; i < count_; ++i) {
      const planner::Loss::Flow* flow = find_flow(figure_.losses[i], figure_.flow);
      if (flow == nullptr || !figure_.losses[i].survives) continue;
      bars->addData(row(i), flow->delta.value);
      errors->addData(flow->delta.value - flow->delta.low, flow->delta.high - flow->delta.value);
    }
  }

  void add_refusal(std::size_t i) {
    auto* text = new QCPItemText{&plot_};
    text->position->setCoords(0, row(i));
    text->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    text->setPadding({6, 0, 0, 0});
    text->setText(figure_.losses[i].survives ? Words::tr("no requests of this flow")
                                             : Words::tr("✗ cannot serve everybody"));
    text->setColor(figure_.losses[i].survives ? colors(appearance_).muted : colors(appearance_).bad);
    text->setFont(plot_.font());
  }

  QCustomPlot& plot_;
  const LossFigure& figure_;
  Appearance appearance_;
  const Selection& selected_;
  std::size_t count_;
};

/// Rows of what is selected are framed.
void draw_matrix(QCustomPlot& plot, const LossFigure& figure, Appearance appearance,
                 const Selection& selected) {
  const CellGrid grid = matrix_of(figure);
  draw_grid(plot, grid, std::nullopt, appearance);
  for (qsizetype row = 0; row < grid.rows.size(); ++row) {
    planner::Loss one;
    one.lost = {grid.rows[row].toStdString()};
    const double y = static_cast<double>(grid.rows.size() - 1 - row);
    if (concerns(selected, lost_subjects(figure, one)))
      add_frame(plot, {-0.5, static_cast<double>(grid.columns.size()) - 0.5}, {y - 0.5, y + 0.5}, appearance);
  }
}

QStringList cells_of(const planner::Loss& loss) {
  return {lost_text(loss),
          loss.survives ? Words::tr("✓ yes") : Words::tr("✗ no: %1").arg(text_of(loss.reason)),
          text_of(planner::number_text(loss.users)),
          text_of(planner::number_text(loss.exposed)),
          text_of(planner::number_text(loss.failed_requests)),
          text_of(planner::number_text(loss.retried_requests)),
          text_of(planner::percent_text(loss.share)),
          loss.busiest
              ? QStringLiteral("%1 %2").arg(text_of(loss.busiest->pool),
                                            text_of(planner::percent_text(loss.busiest->utilisation)))
              : QString{}};
}

}  // namespace

QString lost_text(const planner::Loss& loss) {
  QStringList names;
  for (const std::string& one : loss.lost) names << text_of(one);
  return names.join(QStringLiteral(" + "));
}

std::vector<std::string> lost_subjects(const LossFigure& figure, const planner::Loss& loss) {
  std::vector<std::string> subjects;
  for (const std::string& one : loss.lost) {
    const auto cut = one.find('/');
    if (figure.each == planner::Losable::link) {
      subjects.push_back(pointer_to("links", one));
    } else if (cut == std::string::npos) {
      subjects.push_back(pointer_to("sites", one));
    } else {  // site/pool
      subjects.push_back(pointer_to("sites", one.substr(0, cut)) + pointer_to("pools", one.substr(cut + 1)));
    }
  }
  return subjects;
}

TableData loss_table(const LossFigure& figure) {
  const std::vector<planner::Loss>& losses = figure.losses;
  TableData table;
  table.header << Words::tr("lost") << Words::tr("survives") << Words::tr("users in it")
               << Words::tr("requests/s in it") << Words::tr("fail until the failover")
               << Words::tr("saved by a later attempt") << Words::tr("share of its calls")
               << Words::tr("busiest pool after it");
  std::vector<std::string> flows;
  for (const planner::Loss& loss : losses) {
    for (const planner::Loss::Flow& flow : loss.flows) {
      if (std::ranges::find(flows, flow.flow) == flows.end()) flows.push_back(flow.flow);
    }
  }
  for (const std::string& flow : flows)
    table.add_column(Words::tr("p99 of %1 [ms]").arg(text_of(flow)), {pointer_to("flows", flow)});
  for (const planner::Loss& loss : losses) {
    QStringList row = cells_of(loss);
    for (const std::string& name : flows) {
      const planner::Loss::Flow* flow = find_flow(loss, name);
      row << (flow == nullptr ? QString{}
                              : QStringLiteral("%1 (%2)").arg(
                                    text_of(planner::number_text(flow->p99.value)),
                                    text_of(planner::signed_with_error(flow->delta, flow->p99.value))));
    }
    table.add_row(std::move(row), lost_subjects(figure, loss));
  }
  return table;
}

void draw_losses(QCustomPlot& plot, const LossFigure& figure, Appearance appearance,
                 const Selection& selected) {
  if (figure.losses.empty()) return;
  if (is_matrix(figure)) {
    draw_matrix(plot, figure, appearance, selected);
  } else {
    Bars{plot, figure, appearance, selected}.draw();
  }
}

std::optional<std::size_t> loss_at(const LossFigure& figure, double x, double y) {
  if (figure.losses.empty()) return std::nullopt;
  if (!is_matrix(figure)) {
    const std::size_t count = std::min(figure.losses.size(), most_bars);
    const long from_bottom = std::lround(y);
    if (from_bottom < 0 || static_cast<std::size_t>(from_bottom) >= count) return std::nullopt;
    return count - 1 - static_cast<std::size_t>(from_bottom);
  }
  const CellGrid grid = matrix_of(figure);
  const auto cell = cell_at(grid, x, y);
  if (!cell) return std::nullopt;
  const auto columns = static_cast<std::size_t>(grid.columns.size());
  const std::string a = grid.rows[static_cast<qsizetype>(*cell / columns)].toStdString();
  const std::string b = grid.columns[static_cast<qsizetype>(*cell % columns)].toStdString();
  for (std::size_t i = 0; i < figure.losses.size(); ++i) {
    const auto& lost = figure.losses[i].lost;
    if ((lost[0] == a && lost[1] == b) || (lost[0] == b && lost[1] == a)) return i;
  }
  return std::nullopt;
}

}  // namespace gui
