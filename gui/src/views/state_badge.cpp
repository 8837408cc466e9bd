#include "views/state_badge.hpp"

#include <QMenu>
#include <algorithm>

#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "verdict_marks.hpp"

namespace gui {
namespace {

constexpr std::size_t most_listed = 20;

/// What the inspector shows of a value: `/sites/edge` of `/sites/edge/pools/box/nodes`.
std::string thing_of(const std::string& pointer) {
  const auto second = pointer.find('/', 1);
  return second == std::string::npos ? pointer : pointer.substr(0, pointer.find('/', second + 1));
}

}  // namespace

QString stale_text(std::size_t changed) {
  return changed == 1 ? StateBadge::tr("⚠ STALE: 1 input changed")
                      : StateBadge::tr("⚠ STALE: %1 inputs changed").arg(changed);
}

StateBadge::StateBadge(Session& session, QWidget* parent)
    : QToolButton{parent}, session_{session}, changes_{new QMenu{this}} {
  setObjectName(QStringLiteral("badge"));
  setPopupMode(QToolButton::InstantPopup);
}

QString StateBadge::state() const {
  DocumentModel& document = session_.document();
  const auto& outcome = session_.outcome();
  if (!document.is_open()) return {};
  const auto& checked = document.checked();
  const auto errors = checked ? std::ranges::count(checked->diagnostics, planner::Severity::error,
                                                   &planner::Diagnostic::severity)
                              : 0;
  if (errors > 0)
    return errors == 1 ? tr("✗ a problem to solve before it can run")
                       : tr("✗ %1 problems to solve before it can run").arg(errors);
  if (!outcome) return tr("not run yet: F5");
  if (session_.is_stale()) return stale_text(session_.changed_since_run().size());
  if (outcome->depth == RunOrder::Depth::preview)
    return tr("▨ PREVIEW in %1 ms").arg(1e3 * outcome->seconds, 0, 'f', 0);
  return outcome->study.interrupted ? tr("◐ PARTIAL RESULTS: ended early") : tr("● FULL RESULTS");
}

void StateBadge::refresh() {
  QString text = state();
  const planner::StrategyResult* result = session_.result();
  if (result != nullptr && !result->verdicts.empty() && !session_.is_stale()) {
    text += QStringLiteral("    %1: %2")
                .arg(QString::fromStdString(result->strategy), verdict_summary(result->verdicts));
  }
  setText(text);
  setAccessibleName(tr("State of the results: %1").arg(text));
  list_changes();
}

void StateBadge::show_forecast(const Forecasts& forecasts) {
  const auto found = forecasts.find(session_.strategy());
  if (found == forecasts.end()) return;
  QString text = QString::fromStdString(found->second.problem);
  for (const planner::Outlook::Flow& flow : found->second.flows) {
    if (flow.flow != session_.flow()) continue;
    text = tr("≈ BY FORMULA: p99 of %1 is %2 ms under %3")
               .arg(QString::fromStdString(flow.flow),
                    QString::fromStdString(planner::number_text(flow.percentiles[planner::p99_index])),
                    QString::fromStdString(session_.strategy()));
  }
  if (!text.isEmpty()) setText(text);
}

void StateBadge::list_changes() {
  changes_->clear();
  const std::vector<std::string>& changed = session_.changed_since_run();
  for (std::size_t i = 0; i < std::min(changed.size(), most_listed); ++i) {
    changes_->addAction(QString::fromStdString(changed[i]), this,
                        [this, thing = thing_of(changed[i])] { session_.select(thing); });
  }
  if (changed.size() > most_listed)
    changes_->addAction(tr("… and %1 more").arg(changed.size() - most_listed))->setEnabled(false);
  setMenu(changed.empty() ? nullptr : changes_);
}

}  // namespace gui
