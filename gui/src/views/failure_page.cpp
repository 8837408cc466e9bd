#include "views/failure_page.hpp"

#include <QComboBox>
#include <QPushButton>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

#include "charts/plot_panel.hpp"
#include "document/entry_edits.hpp"
#include "planner/loss_patch.hpp"
#include "planner/number_text.hpp"
#include "views/combo_choices.hpp"
#include "views/flow_layout.hpp"

namespace gui {
namespace {

/// An id for the state after a loss, within the form of ids.
std::string state_id(DocumentModel& document, const std::string& strategy, const planner::Loss& loss) {
  std::string wanted = strategy + "-without";
  for (const std::string& one : loss.lost) wanted += "-" + one;
  std::ranges::replace(wanted, '/', '-');
  constexpr std::size_t longest = 56;  // of 63, room for a number
  return free_id(document, "/strategies", QString::fromStdString(wanted.substr(0, longest))).toStdString();
}

}  // namespace

FailurePage::FailurePage(Session& session, QWidget* parent)
    : QuestionPage{session,
                   {tr("What each loss does"),
                    tr("Steady state after the failover, against nothing lost, on the same demand. Click a "
                       "loss to choose it."),
                    tr("Which single or double loss hurts most? Every part that the strategy uses is taken "
                       "away in turn.")},
                   parent},
      each_{new QComboBox},
      at_once_{new QComboBox},
      enter_{new QPushButton{tr("Enter this state")}},
      leave_{new QPushButton{tr("Leave it")}} {
  add_strategy_field();
  add_flow_field();
  each_->addItems({tr("site"), tr("link"), tr("pool")});
  at_once_->addItems({QStringLiteral("1"), QStringLiteral("2")});
  bar().add_field(tr("Lose each"), each_);
  bar().add_field(tr("At once"), at_once_);
  add_buttons(tr("▶ Find the losses"));
  enter_->setToolTip(tr("Add a strategy that has lost this part, and show it"));
  leave_->setToolTip(tr("Remove that strategy again and show the one before"));
  bar().addWidget(enter_);
  bar().addWidget(leave_);
  connect(&panel(), &PlotPanel::row_chosen, this, &FailurePage::choose);
  connect(&panel(), &PlotPanel::place_chosen, this, [this](double x, double y) {
    if (const auto loss = loss_at(figure_, x, y)) panel().choose_row(static_cast<int>(*loss));
  });
  connect(enter_, &QPushButton::clicked, this, [this] { enter(row_); });
  connect(leave_, &QPushButton::clicked, this, &FailurePage::leave);
  refresh_buttons();
}

void FailurePage::set_each(planner::Losable each) { each_->setCurrentIndex(static_cast<int>(each)); }

void FailurePage::set_at_once(int parts) { at_once_->setCurrentIndex(parts - 1); }

QuestionPage::Command FailurePage::command() const {
  static constexpr const char* words[] = {"site", "link", "pool"};
  return {QStringLiteral("fail"),
          {QStringLiteral("--strategy"), text_of(session().strategy()), QStringLiteral("--each"),
           QLatin1String{words[each_->currentIndex()]}, QStringLiteral("--n"), at_once_->currentText()}};
}

void FailurePage::refresh_fields() { refresh_figure(); }

void FailurePage::forget() {
  figure_ = {};
  scenario_.reset();
  row_ = -1;
  entered_.clear();
  refresh_buttons();
}

Task::Job FailurePage::make_job() {
  return [this, scenario = std::make_shared<const planner::Scenario>(session().resolution()->scenario()),
          each = static_cast<planner::Losable>(each_->currentIndex()),
          at_once = static_cast<std::uint32_t>(at_once_->currentIndex() + 1)](
             const Task::Watch& watch) -> Task::Delivery {
    planner::FailOptions options;
    options.each = each;
    options.at_once = at_once;
    options.study.stop = watch.stop;
    options.study.progress = watch.progress;
    auto losses = planner::find_losses(*scenario, options);
    return [this, scenario, each, losses = std::move(losses)] { show_losses(losses, scenario, each); };
  };
}

void FailurePage::show_losses(const planner::Losses& losses,
                              std::shared_ptr<const planner::Scenario> scenario, planner::Losable each) {
  figure_.losses = losses.found;
  figure_.each = each;
  scenario_ = std::move(scenario);
  row_ = -1;
  refresh_figure();
  refresh_buttons();
  show_answer(answer_to(losses));
}

QString FailurePage::answer_to(const planner::Losses& losses) const {
  if (losses.parts == 0) return tr("Nothing that could be lost is in use.");
  if (losses.all == 0) return tr("Only one that could be lost is in use, so no two can be.");
  if (!losses.infeasible.empty())
    return tr("%1 is infeasible as it is: %2").arg(text_of(scenario_->strategy), text_of(losses.infeasible));
  if (losses.found.empty()) return tr("Stopped before any loss was tried.");
  const planner::Loss& worst = losses.found.front();
  QString answer;
  if (!worst.survives) {
    answer = tr("Worst: without %1 not everybody can be served.").arg(lost_text(worst));
  } else if (!worst.flows.empty()) {
    const planner::Loss::Flow& flow = worst.flows.front();
    answer = tr("Worst: without %1 p99 of %2 is %3 ms.")
                 .arg(lost_text(worst), text_of(flow.flow), text_of(planner::number_text(flow.p99.value)));
  }
  if (losses.tried < losses.all)
    answer += u' ' + tr("Stopped: %1 of %2 losses were tried.").arg(losses.tried).arg(losses.all);
  return answer;
}

void FailurePage::refresh_figure() {
  if (!scenario_) return;
  figure_.flow = session().flow();
  figure_.spare = -1;
  const auto flow = scenario_->flows.find(figure_.flow);
  const bool limited = flow != scenario_->flows.end() && flow->second.deadline;
  for (const planner::Loss& loss : figure_.losses) {
    for (const planner::Loss::Flow& one : loss.flows) {
      // p99 with nothing lost is what is left of it after the loss's change.
      if (limited && one.flow == figure_.flow)
        figure_.spare = 1e3 * sim::to_seconds(*flow->second.deadline) - (one.p99.value - one.delta.value);
    }
  }
  panel().show_figure(loss_table(figure_), [figure = figure_](QCustomPlot& plot, Appearance appearance,
                                                              const Selection& selected) {
    draw_losses(plot, figure, appearance, selected);
  });
}

void FailurePage::choose(int row) {
  row_ = row;
  refresh_buttons();
}

void FailurePage::refresh_buttons() {
  enter_->setEnabled(row_ >= 0 && !is_inside());
  leave_->setEnabled(is_inside());
}

std::string FailurePage::enter(int row) {
  if (row < 0 || static_cast<std::size_t>(row) >= figure_.losses.size() || is_inside()) return {};
  const planner::Loss& loss = figure_.losses[static_cast<std::size_t>(row)];
  if (!loss.survives) {
    Q_EMIT told(tr("Without %1 it cannot run: %2").arg(lost_text(loss), text_of(loss.reason)));
    return {};
  }
  const std::string id = state_id(session().document(), scenario_->strategy, loss);
  const QString title = tr("%1 without %2").arg(text_of(scenario_->strategy), lost_text(loss));
  const bool added = add_strategy({id, title.toStdString(), scenario_->strategy,
                                   planner::loss_patch(*scenario_, figure_.each, loss.lost).dump()},
                                  tr("Lose %1").arg(lost_text(loss)));
  if (!added) return {};
  entered_ = id;
  left_behind_ = scenario_->strategy;
  session().show_when_checked(id);
  refresh_buttons();
  return id;
}

void FailurePage::leave() {
  const std::string pointer = "/strategies/" + std::exchange(entered_, {});
  DocumentModel& document = session().document();
  if (planner::at_pointer(document.parsed().root, pointer) != nullptr)
    document.remove_value(pointer, tr("Leave the loss"));
  session().show_when_checked(left_behind_);
  refresh_buttons();
}

}  // namespace gui
