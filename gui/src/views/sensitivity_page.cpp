#include "views/sensitivity_page.hpp"

#include <QComboBox>
#include <QSpinBox>
#include <QVBoxLayout>

#include "charts/plot_panel.hpp"
#include "views/combo_choices.hpp"
#include "views/flow_layout.hpp"

namespace gui {

SensitivityPage::SensitivityPage(Session& session, QWidget* parent)
    : QuestionPage{session,
                   {tr("What the answer hangs on"),
                    tr("Each input lowered (open) and raised (filled), one at a time, on the same demand. "
                       "! turns the verdict."),
                    tr("Which inputs does the answer hang on? Each is lowered and raised, and simulated both "
                       "times: this takes a while.")},
                   parent},
      by_{new QSpinBox},
      requirement_{new QComboBox} {
  add_strategy_field();
  by_->setRange(1, 90);
  by_->setValue(10);
  by_->setSuffix(tr(" %"));
  bar().add_field(tr("Vary each input by"), by_);
  bar().add_field(tr("Requirement"), requirement_);
  add_buttons(tr("▶ Vary the inputs"));
  connect(requirement_, &QComboBox::activated, this, &SensitivityPage::refresh_figure);
  connect(&panel(), &PlotPanel::place_chosen, this, [this](double, double y) {
    if (const auto effect = effect_at(tornado_, y)) panel().choose_row(static_cast<int>(*effect));
  });
}

QuestionPage::Command SensitivityPage::command() const {
  return {QStringLiteral("sensitivity"),
          {QStringLiteral("--strategy"), text_of(session().strategy()), QStringLiteral("--by"),
           QString::number(by_->value() / 100.0)}};
}

void SensitivityPage::forget() {
  result_.reset();
  tornado_ = {};
  requirement_->clear();
}

Task::Job SensitivityPage::make_job() {
  planner::SensitivityOptions options;
  options.strategy = session().strategy();
  options.by = by_->value() / 100.0;
  // As the command has it: few replications suffice for a difference on the same random numbers.
  options.study.replications = session().resolution()->scenario().experiment.min_replications;
  return [this, draft = session().document().draft(), options](const Task::Watch& watch) -> Task::Delivery {
    planner::SensitivityOptions asked = options;
    asked.study.stop = watch.stop;
    asked.study.progress = watch.progress;
    const auto load = [&](const std::vector<std::string>& sets) { return document_of(draft, sets); };
    auto result = std::make_shared<const planner::Sensitivity>(planner::find_sensitivity(load, asked));
    return [this, result] { show_result(result); };
  };
}

void SensitivityPage::show_result(std::shared_ptr<const planner::Sensitivity> result) {
  result_ = std::move(result);
  std::vector<std::string> titles;
  for (const planner::Tornado& one : result_->tornadoes)
    titles.push_back(one.id.empty() ? one.text : one.id + ": " + one.text);
  show_choices(*requirement_, titles, titles.empty() ? std::string{} : titles.front());
  refresh_figure();
}

void SensitivityPage::refresh_figure() {
  const auto index = static_cast<std::size_t>(requirement_->currentIndex());
  if (!result_ || index >= result_->tornadoes.size() || result_->tornadoes[index].effects.empty()) {
    tornado_ = {};
    panel().clear();
    show_answer(result_ && index < result_->tornadoes.size() ? text_of(result_->tornadoes[index].problem)
                                                             : tr("Ended before any input was varied."));
    return;
  }
  const planner::Tornado& one = result_->tornadoes[index];
  const QString name = text_of(one.id.empty() ? one.text : one.id);
  tornado_ = {one.about == planner::Tornado::About::margin ? tr("the margin of %1").arg(name) : name,
              text_of(one.margin.unit), one.effects};
  show_answer(tr("Most hangs on %1.").arg(text_of(tornado_.effects.front().input.pointer)));
  panel().show_figure(tornado_table(tornado_), [tornado = tornado_](QCustomPlot& plot, Appearance appearance,
                                                                    const Selection& selected) {
    draw_tornado(plot, tornado, appearance, selected);
  });
}

}  // namespace gui
