#include "views/optimize_page.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "charts/plan_front.hpp"
#include "charts/plot_panel.hpp"
#include "document/entry_edits.hpp"
#include "planner/edit.hpp"
#include "planner/number_text.hpp"
#include "planner/requirement.hpp"
#include "views/combo_choices.hpp"
#include "views/flow_layout.hpp"
#include "views/text_views.hpp"

namespace gui {
namespace {

/// Columns that the view has room for.
int text_width(const QPlainTextEdit& view) {
  constexpr int least = 80, most = 110;
  const int room = view.viewport()->width() - 2 * static_cast<int>(view.document()->documentMargin());
  return std::clamp(room / view.fontMetrics().horizontalAdvance(u'x'), least, most);
}

/// Lists what can be chosen, all of it at first; choices made stay while the list is the same.
void show_items(QListWidget& list, const QStringList& names) {
  QStringList now;
  for (int i = 0; i < list.count(); ++i) now << list.item(i)->text();
  if (now == names) return;
  list.clear();
  for (const QString& name : names) {
    auto* item = new QListWidgetItem{name, &list};
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
    item->setCheckState(Qt::Checked);
  }
}

std::vector<int> checked_rows(const QListWidget& list) {
  std::vector<int> rows;
  for (int i = 0; i < list.count(); ++i) {
    if (list.item(i)->checkState() == Qt::Checked) rows.push_back(i);
  }
  return rows;
}

bool all_checked(const QListWidget& list) {
  return checked_rows(list).size() == static_cast<std::size_t>(list.count());
}

}  // namespace

OptimizePage::OptimizePage(Session& session, QWidget* parent)
    : QuestionPage{session,
                   {tr("Cost against latency"),
                    tr("Lower left is better. Stars: the best plans; squares: obvious placements; line: "
                       "nothing that was met is both cheaper and faster."),
                    tr("Which placement keeps every requirement at the least cost? Formulas search, "
                       "simulation decides among the best.")},
                   parent},
      goal_{new QComboBox},
      plan_count_{new QSpinBox},
      effort_{new QSpinBox},
      keep_sites_{new QCheckBox{tr("keep the sites, decide sizes alone")}},
      requirements_{new QListWidget},
      services_{new QListWidget},
      text_{new QPlainTextEdit},
      save_{new QPushButton{tr("Save the plan as strategy")}} {
  add_strategy_field();
  build_fields();
  build_content();
}

void OptimizePage::build_fields() {
  for (const char* word : {"cost", "sites", "energy", "carbon", "latency"})
    goal_->addItem(QLatin1String{word});
  plan_count_->setRange(1, 5);
  plan_count_->setValue(3);
  effort_->setRange(10, 100'000);
  effort_->setValue(1'500);
  bar().add_field(tr("Minimise"), goal_);
  bar().add_field(tr("Best plans"), plan_count_);
  bar().add_field(tr("Plans to estimate"), effort_);
  bar().addWidget(keep_sites_);
  add_buttons(tr("▶ Search"));
  bar().addWidget(save_);
  save_->setEnabled(false);
  connect(save_, &QPushButton::clicked, this, [this] { save_plan(row_); });
}

void OptimizePage::build_content() {
  auto* choices = new QWidget;
  auto* column = new QVBoxLayout{choices};
  column->setContentsMargins(0, 0, 0, 0);
  const auto add_list = [&](const QString& title, QListWidget* list) {
    column->addWidget(new QLabel{QStringLiteral("<b>%1</b>").arg(title)});
    list->setAccessibleName(title);
    list->setWordWrap(true);
    list->setResizeMode(QListView::Adjust);  // else lines that were broken for another width overlap
    list->setSpacing(2);                     // an entry of two lines is one entry
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(list);
  };
  add_list(tr("Subject to"), requirements_);
  add_list(tr("Decide the placement of"), services_);
  prepare_report(*text_);
  text_->setAccessibleName(tr("What the search found"));
  auto* right = new QSplitter{Qt::Vertical};
  right->addWidget(&panel());
  right->addWidget(text_);
  right->setStretchFactor(0, 3);
  right->setStretchFactor(1, 2);
  auto* all = new QSplitter{Qt::Horizontal};
  all->addWidget(choices);
  all->addWidget(right);
  all->setStretchFactor(0, 1);
  all->setStretchFactor(1, 3);
  all->setSizes({170, 680});
  content().addWidget(all, 1);
  connect(&panel(), &PlotPanel::row_chosen, this, [this](int row) { row_ = row; });
}

void OptimizePage::set_effort(int plans) { effort_->setValue(plans); }

void OptimizePage::refresh_fields() {
  const planner::Resolution* now = session().resolution();
  if (now == nullptr) return;
  known_ = planner::requirements_of(now->scenario());
  QStringList requirements, services;
  for (const planner::Requirement& one : known_.requirements) requirements << text_of(one.text());
  for (const auto& [service, places] : now->scenario().placement) services << text_of(service);
  show_items(*requirements_, requirements);
  show_items(*services_, services);
}

void OptimizePage::forget() {
  result_.reset();
  base_.reset();
  text_->clear();
  save_->setEnabled(false);
}

planner::OptimizeOptions OptimizePage::options() const {
  planner::OptimizeOptions options;
  options.goal = static_cast<planner::Goal>(goal_->currentIndex());
  for (const int row : checked_rows(*requirements_))
    options.requirements.push_back(known_.requirements[static_cast<std::size_t>(row)]);
  // Requirements that are chosen one by one are all that was asked: --subject-to leaves nothing out.
  if (all_checked(*requirements_)) options.left_out = known_.left_out;
  if (!all_checked(*services_)) {
    for (const int row : checked_rows(*services_))
      options.services.insert(services_->item(row)->text().toStdString());
  }
  if (keep_sites_->isChecked()) options.sites = planner::OptimizeOptions::Sites::kept;
  options.plans = static_cast<std::uint32_t>(plan_count_->value());
  options.effort = static_cast<std::uint32_t>(effort_->value());
  return options;
}

QuestionPage::Command OptimizePage::command() const {
  Command command{QStringLiteral("optimize"),
                  {QStringLiteral("--strategy"), text_of(session().strategy()), QStringLiteral("--minimize"),
                   goal_->currentText(), QStringLiteral("--plans"), QString::number(plan_count_->value()),
                   QStringLiteral("--effort"), QString::number(effort_->value())}};
  if (!all_checked(*requirements_)) {
    for (const int row : checked_rows(*requirements_))
      command.arguments << QStringLiteral("--subject-to") << requirements_->item(row)->text();
  }
  if (!all_checked(*services_)) {
    for (const int row : checked_rows(*services_))
      command.arguments << QStringLiteral("--service") << services_->item(row)->text();
  }
  if (keep_sites_->isChecked()) command.arguments << QStringLiteral("--keep-sites");
  return command;
}

Task::Job OptimizePage::make_job() {
  // Without any the command line takes all of the scenario: the lists say so.
  for (QListWidget* list : {requirements_, services_}) {
    if (!checked_rows(*list).empty()) continue;
    for (int i = 0; i < list->count(); ++i) list->item(i)->setCheckState(Qt::Checked);
  }
  return [this, base = std::make_shared<const planner::Scenario>(session().resolution()->scenario()),
          asked = options()](const Task::Watch& watch) -> Task::Delivery {
    planner::OptimizeOptions options = asked;
    options.stop = watch.stop;
    options.progress = watch.progress;
    auto result = std::make_shared<const planner::OptimizeResult>(planner::optimize(*base, options));
    return [this, base, result] { show_result(result, base); };
  };
}

std::vector<const planner::Plan*> OptimizePage::plans() const {
  std::vector<const planner::Plan*> all;
  for (const auto* some : {&result_->plans, &result_->baselines, &result_->front}) {
    for (const planner::Plan& plan : *some) all.push_back(&plan);
  }
  return all;
}

void OptimizePage::show_result(std::shared_ptr<const planner::OptimizeResult> result,
                               std::shared_ptr<const planner::Scenario> base) {
  result_ = std::move(result);
  base_ = std::move(base);
  row_ = 0;
  save_->setEnabled(!plans().empty());
  if (result_->plans.empty()) {
    show_answer(tr("No plan keeps every requirement."));
  } else {
    const planner::Plan& best = result_->plans.front();
    show_answer(tr("%1: %2 USD a month, sites: %3.")
                    .arg(text_of(best.name), text_of(planner::number_text(best.figures.cost)))
                    .arg(best.figures.sites));
  }
  panel().show_figure(plan_table(plans()),
                      [result = result_](QCustomPlot& plot, Appearance appearance, const Selection&) {
                        draw_front(plot, *result, appearance);
                      });
  const planner::TextOptions options{.width = text_width(*text_), .color = planner::Color::off};
  text_->setPlainText(text_of(planner::render_optimum(*base_, *result_, options)));
}

std::string OptimizePage::save_plan(int row) {
  if (!result_ || row < 0 || static_cast<std::size_t>(row) >= plans().size()) return {};
  const planner::Plan& plan = *plans()[static_cast<std::size_t>(row)];
  const std::string id = free_id(session().document(), "/strategies", text_of(plan.name)).toStdString();
  const bool added = add_strategy({id, "Found by isochrone optimize", base_->strategy,
                                   planner::placement_patch(*base_, plan.placement).dump()},
                                  tr("Save %1").arg(text_of(plan.name)));
  if (!added) return {};
  session().select("/strategies/" + id);
  Q_EMIT told(tr("Strategy %1 is in the scenario; run the comparison (F5) to see it beside the others.")
                  .arg(text_of(id)));
  return id;
}

}  // namespace gui
