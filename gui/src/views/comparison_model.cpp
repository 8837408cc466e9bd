#include "views/comparison_model.hpp"

#include <QBrush>
#include <QFont>
#include <algorithm>
#include <cmath>
#include <map>

#include "charts/table_data.hpp"
#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "planner/verdict_text.hpp"
#include "verdict_marks.hpp"

namespace gui {
namespace {

QString text_of(const std::string& text) { return QString::fromStdString(text); }

bool is_share(const std::string& metric) { return metric == "ok" || metric == "late"; }

/// The level of a metric; nothing where the strategy has none.
const planner::Estimate* find_level(const planner::StrategyResult& result, const std::string& metric,
                                    const std::string& flow) {
  if (metric == "cost") return &result.cost_total;
  if (metric == "energy") return &result.energy_total;
  if (metric == "carbon") return &result.carbon_total;
  const planner::Slice* slice = planner::whole_flow(result, flow);
  if (slice == nullptr) return nullptr;
  if (metric == "mean") return &slice->mean;
  if (metric == "ok") return &slice->ok;
  if (metric == "late") return slice->late ? &*slice->late : nullptr;
  const auto rung = std::ranges::find(planner::ladder_names, metric);
  return &slice->percentiles[static_cast<std::size_t>(rung - planner::ladder_names.begin())];
}

QString level_text(const planner::Estimate& estimate, const std::string& metric) {
  return text_of(is_share(metric) ? planner::percent_text(estimate.value) : planner::with_error(estimate));
}

QString delta_text(const planner::Difference& difference) {
  if (const std::string mark = planner::change_mark(difference); !mark.empty()) return text_of(mark);
  if (!is_share(difference.metric)) {
    return text_of(planner::signed_with_error(difference.delta, difference.value.value));
  }
  const double points = 100 * difference.delta.value;
  return text_of(planner::signed_text(points, std::min(std::abs(points), 10.0))) + QStringLiteral(" pt");
}

}  // namespace

void ComparisonModel::show(std::shared_ptr<const Outcome> outcome, const std::string& flow) {
  beginResetModel();
  outcome_ = std::move(outcome);
  columns_.clear();
  rows_.clear();
  if (outcome_) {
    const planner::StrategyResult& reference = planner::baseline_of(outcome_->study);
    columns_.push_back(&reference);
    for (const planner::StrategyResult& result : outcome_->study.strategies) {
      if (&result != &reference) columns_.push_back(&result);
    }
    add_metrics(reference, flow);
    add_assertions();
  }
  endResetModel();
}

void ComparisonModel::mark(const std::string& strategy) {
  if (strategy == marked_) return;
  marked_ = strategy;
  if (rows_.empty() || columns_.empty()) return;
  Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::BackgroundRole});
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void ComparisonModel::add_metrics(const planner::StrategyResult& reference, const std::string& flow) {
  const auto add = [this](const char* metric, const std::string& of, const QString& title) {
    rows_.push_back({metric, of, title, {}});
  };
  for (const char* name : planner::ladder_names)
    add(name, flow, tr("%1 of latency [ms]").arg(QLatin1String{name}));
  add("mean", flow, tr("mean latency [ms]"));
  if (const planner::Slice* slice = planner::whole_flow(reference, flow); slice != nullptr && slice->late)
    add("late", flow, tr("beyond the deadline, %1").arg(text_of(planner::late_label(*slice))));
  add("ok", flow, tr("answered"));
  add("cost", {}, tr("cost [USD/month]"));
  add("energy", {}, tr("energy [kWh/month]"));
  add("carbon", {}, tr("carbon [kgCO2e/month]"));
}

void ComparisonModel::add_assertions() {
  std::map<std::string, std::string> texts;  // strategies may word an assertion in their own way
  for (const planner::StrategyResult* result : columns_) {
    for (const planner::Verdict& one : result->verdicts) texts.try_emplace(one.id, one.text);
  }
  for (const auto& [id, text] : texts)
    rows_.push_back({{}, {}, QStringLiteral("%1:\n%2").arg(text_of(id), text_of(text)), id});
}

const planner::Verdict* ComparisonModel::verdict(const QModelIndex& index) const {
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  if (row.assertion.empty()) return nullptr;
  const auto& all = columns_[static_cast<std::size_t>(index.column())]->verdicts;
  const auto found = std::ranges::find(all, row.assertion, &planner::Verdict::id);
  return found == all.end() ? nullptr : &*found;
}

QVariant ComparisonModel::verdict_data(const planner::Verdict& verdict, int role) const {
  if (role == Qt::DisplayRole)
    return QStringLiteral("%1\n%2").arg(text_of(planner::value_text(verdict)), verdict_label(verdict));
  if (role == Qt::ToolTipRole) {
    return tr("%1\nBounds at %2 confidence each.")
        .arg(text_of(verdict.text), text_of(planner::percent_text(verdict.confidence)));
  }
  return {};
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

const planner::Difference* ComparisonModel::difference(const Row& row, int column) const {
  return planner::find_difference(outcome_->study, columns_[static_cast<std::size_t>(column)]->strategy,
                                  row.metric, row.flow);
}

QString ComparisonModel::level(const Row& row, int column) const {
  const planner::StrategyResult& result = *columns_[static_cast<std::size_t>(column)];
  if (!result.feasible) return tr("infeasible");
  const planner::Estimate* estimate = find_level(result, row.metric, row.flow);
  return estimate != nullptr ? level_text(*estimate, row.metric) : QString{};
}

QString ComparisonModel::text(const Row& row, int column) const {
  const QString own = level(row, column);
  const planner::Difference* delta = column > 0 ? difference(row, column) : nullptr;
  return delta != nullptr ? QStringLiteral("%1\n%2").arg(own, delta_text(*delta)) : own;
}

int ComparisonModel::trend(const QModelIndex& index) const {
  if (const planner::Verdict* judged = verdict(index)) {
    if (judged->outcome == planner::Verdict::Outcome::inconclusive) return 0;
    return judged->outcome == planner::Verdict::Outcome::pass ? 1 : -1;
  }
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  const planner::Difference* delta = index.column() > 0 ? difference(row, index.column()) : nullptr;
  if (delta == nullptr || !delta->significant || delta->delta.value == 0) return 0;
  const bool more = delta->delta.value > 0;
  const bool more_is_better = row.metric == "ok";
  return more == more_is_better ? 1 : -1;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::TextAlignmentRole) return int{Qt::AlignRight | Qt::AlignVCenter};
  if (role == Qt::BackgroundRole) return is_marked(index.column()) ? marked_ground() : QVariant{};
  if (!row.assertion.empty()) {
    const planner::Verdict* judged = verdict(index);
    return judged != nullptr ? verdict_data(*judged, role) : QVariant{};
  }
  if (role == Qt::ToolTipRole && index.column() > 0) {
    const planner::Difference* delta = difference(row, index.column());
    if (delta == nullptr) return {};
    return tr("Difference %1 to %2 at %3 confidence, paired over the same demand.")
        .arg(text_of(planner::signed_text(delta->delta.low, delta->value.value)),
             text_of(planner::signed_text(delta->delta.high, delta->value.value)),
             text_of(planner::percent_text(outcome_->study.confidence)));
  }
  if (role != Qt::DisplayRole) return {};
  // Arrow and word are the cues beside the colour.
  const int better = trend(index);
  const bool more = better != 0 && difference(row, index.column())->delta.value > 0;
  return text(row, index.column()) + (better == 0 ? QString{} : QString::fromUtf8(more ? " ▲" : " ▼")) +
         (better > 0   ? tr(" better")
          : better < 0 ? tr(" worse")
                       : QString{});
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role == Qt::FontRole && orientation == Qt::Horizontal && is_marked(section)) return marked_font();
  if (role == Qt::ToolTipRole && orientation == Qt::Vertical)
    return rows_[static_cast<std::size_t>(section)].title;
  if (role != Qt::DisplayRole) return {};
  if (orientation == Qt::Vertical) return rows_[static_cast<std::size_t>(section)].title;
  const planner::StrategyResult& result = *columns_[static_cast<std::size_t>(section)];
  return (result.baseline ? QStringLiteral("⚑ ") : QString{}) + text_of(result.strategy);
}

}  // namespace gui
