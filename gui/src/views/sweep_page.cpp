#include "views/sweep_page.hpp"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "charts/plot_panel.hpp"
#include "charts/sweep_surface.hpp"
#include "planner/job_files.hpp"
#include "planner/number_text.hpp"
#include "views/combo_choices.hpp"
#include "views/flow_layout.hpp"

namespace gui {
namespace {

std::string chosen(const QComboBox& box) { return box.currentText().toStdString(); }

/// The first choice stays where the one before is gone.
void keep_choice(QComboBox& box, const std::vector<std::string>& ids) {
  const std::string now = chosen(box);
  const bool known = std::ranges::find(ids, now) != ids.end();
  show_choices(box, ids, known || ids.empty() ? now : ids.front());
}

QString axis_text(const planner::SweepAxis& axis) {
  QStringList values;
  for (const planner::AxisValue& value : axis.values) values << text_of(value.label);
  QStringList pointers;
  for (const planner::SweepAxis::Target& target : axis.targets) pointers << text_of(target.pointer);
  return QStringLiteral("<b>%1</b> %2 <span style='color:gray'>%3</span>")
      .arg(text_of(axis.name).toHtmlEscaped(), values.join(QStringLiteral(", ")).toHtmlEscaped(),
           pointers.join(QStringLiteral(", ")).toHtmlEscaped());
}

}  // namespace

SweepPage::SweepPage(Session& session, QWidget* parent)
    : QuestionPage{session,
                   {tr("Surface"),
                    tr("Each cell is a point of the sweep, with its interval. ✗ misses the deadline, ? is "
                       "undecided, hatched cannot be run."),
                    {}},
                   parent},
      sweep_{new QComboBox},
      strategy_{new QComboBox},
      figure_{new QComboBox},
      axes_{new QLabel},
      point_{new QLabel} {
  bar().add_field(tr("Sweep"), sweep_);
  bar().add_field(tr("Figure"), figure_);
  bar().add_field(tr("Strategy"), strategy_);
  add_buttons(tr("▶ Run what is missing"));
  add_jobs_button();
  for (QLabel* label : {axes_, point_}) {
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  }
  point_->setAccessibleName(tr("Chosen point"));
  content().insertWidget(content().indexOf(&panel()), axes_);
  content().addWidget(point_);
  invite_to_run();
  connect(sweep_, &QComboBox::activated, this, &SweepPage::forget);
  connect(strategy_, &QComboBox::activated, this, [this] {
    this->session().set_strategy(chosen(*strategy_));
    refresh_figure();
  });
  connect(figure_, &QComboBox::activated, this, &SweepPage::refresh_figure);
  connect(&panel(), &PlotPanel::row_chosen, this, &SweepPage::tell_point);
  connect(&panel(), &PlotPanel::place_chosen, this, [this](double x, double y) {
    if (!state_) return;
    const SweepQuestion asked{chosen(*strategy_), chosen(*figure_), 0, state_->sweep.combine};
    const auto cell = cell_at(sweep_surface(state_->rows, asked), x, y);
    const auto row = cell ? row_of_cell(state_->rows, asked, *cell) : std::nullopt;
    if (row) panel().choose_row(static_cast<int>(*row));
  });
}

void SweepPage::add_jobs_button() {
  auto* button = new QPushButton{tr("Job files")};
  button->setToolTip(tr("Write the files with which a cluster runs this sweep in shards"));
  auto* menu = new QMenu{button};
  menu->addAction(tr("Slurm…"), this, [this] { ask_and_write_jobs(Cluster::slurm); });
  menu->addAction(tr("Kubernetes…"), this, [this] { ask_and_write_jobs(Cluster::kubernetes); });
  button->setMenu(menu);
  bar().addWidget(button);
}

void SweepPage::ask_and_write_jobs(Cluster cluster) {
  constexpr int usual_tasks = 8, most_tasks = 100'000;
  bool accepted = false;
  const int tasks = QInputDialog::getInt(this, tr("Job files"), tr("Tasks that share the points"),
                                         usual_tasks, 1, most_tasks, 1, &accepted);
  if (!accepted) return;
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of the job files"));
  if (folder.isEmpty()) return;
  const QString problem = write_jobs(cluster, static_cast<std::uint32_t>(tasks), folder);
  Q_EMIT told(problem.isEmpty() ? tr("Written: submit.sh and what it hands over, in %1").arg(folder)
                                : problem);
}

QString SweepPage::write_jobs(Cluster cluster, std::uint32_t tasks, const QString& folder) {
  DocumentModel& document = session().document();
  const planner::Resolution* now = session().resolution();
  if (document.path().isEmpty() || document.is_modified())
    return tr("Save the scenario first: the tasks read the file.");
  if (now == nullptr || sweep_->count() == 0) return tr("There is no sweep that could be run.");
  planner::JobSpec job;
  job.name = now->scenario().name;
  job.scenario = document.path().toStdString();
  job.sweep = chosen(*sweep_);
  job.size = tasks;
  job.image = job.claim = "isochrone";  // as the command has them
  const auto files = cluster == Cluster::slurm ? planner::slurm_files(job) : planner::kubernetes_files(job);
  for (const planner::JobFile& one : files) {
    QFile file{folder + u'/' + text_of(one.name)};
    const auto size = static_cast<qint64>(one.text.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(one.text.data(), size) != size)
      return QStringLiteral("%1: %2").arg(file.fileName(), file.errorString());
    if (one.name.ends_with(".sh"))
      file.setPermissions(file.permissions() | QFile::ExeOwner | QFile::ExeGroup);
  }
  return {};
}

QuestionPage::Command SweepPage::command() const {
  return {QStringLiteral("sweep"), {sweep_->currentText()}};
}

void SweepPage::invite_to_run() {
  invite(sweep_->count() > 0
             ? tr("Run the sweep: every point is simulated on the same demand.")
             : tr("The scenario has no sweep yet. Add one to its section Sweeps: axes are pointers into the "
                  "scenario with the values they take."));
}

void SweepPage::refresh_fields() {
  const auto& checked = session().document().checked();
  std::vector<std::string> names;
  if (checked) {
    for (const Checked::Sweep& one : checked->sweeps) names.push_back(one.name);
  }
  const int before = sweep_->count();
  keep_choice(*sweep_, names);
  if (before != sweep_->count() && !state_) invite_to_run();
  refresh_axes();
  // The strategy that every view shows, where the sweep has it.
  const Checked::Sweep* now = asked();
  if (now != nullptr && now->sweep && std::ranges::count(now->sweep->strategies, session().strategy()) > 0) {
    strategy_->setCurrentText(text_of(session().strategy()));
    refresh_figure();
  }
}

const Checked::Sweep* SweepPage::asked() const {
  const auto& checked = session().document().checked();
  if (!checked) return nullptr;
  const auto found = std::ranges::find(checked->sweeps, chosen(*sweep_), &Checked::Sweep::name);
  return found == checked->sweeps.end() ? nullptr : &*found;
}

void SweepPage::refresh_axes() {
  const Checked::Sweep* now = asked();
  if (now == nullptr || !now->sweep) {
    axes_->setText(now == nullptr ? QString{} : text_of(now->problem).toHtmlEscaped());
    return;
  }
  QStringList lines, strategies;
  for (const planner::SweepAxis& axis : now->sweep->axes) lines << axis_text(axis);
  for (const std::string& strategy : now->sweep->strategies) strategies << text_of(strategy).toHtmlEscaped();
  lines << tr("%1 points of: %2")
               .arg(planner::points_of(*now->sweep).size())
               .arg(strategies.join(QStringLiteral(", ")));
  axes_->setText(lines.join(QStringLiteral("<br>")));
  keep_choice(*strategy_, now->sweep->strategies);
}

void SweepPage::forget() {
  state_.reset();
  panel().clear();
  point_->clear();
  invite_to_run();
  refresh_axes();
}

Task::Job SweepPage::make_job() {
  return [this, cache = cache_, draft = session().document().draft(),
          name = chosen(*sweep_)](const Task::Watch& watch) -> Task::Delivery {
    planner::SweepRun run{[&](const std::vector<std::string>& sets) { return document_of(draft, sets); },
                          planner::read_sweep(document_of(draft), name)};
    auto state = std::make_shared<SweepState>();
    state->sweep = run.sweep();
    state->points = planner::points_of(run.sweep());
    planner::StudyOptions options;
    options.stop = watch.stop;
    options.store = cache.get();
    for (std::size_t i = 0; i < state->points.size() && !watch.stop->load(); ++i) {
      const double before = static_cast<double>(i), all = static_cast<double>(state->points.size());
      options.progress = [&](planner::Progress progress) {
        progress.fraction = (before + progress.fraction) / all;
        watch.progress(progress);
      };
      run.run(state->points[i], options);
      state->rows = run.rows();
      state->done = i + 1;
      watch.deliver([this, so_far = std::make_shared<const SweepState>(*state)] { show_state(so_far); });
    }
    return [this, state] { show_state(state); };
  };
}

void SweepPage::show_state(std::shared_ptr<const SweepState> state) {
  state_ = std::move(state);
  const auto infeasible =
      std::ranges::count(state_->rows, planner::SweepRow::Status::infeasible, &planner::SweepRow::status);
  QString text = tr("%1 of %2 points").arg(state_->done).arg(state_->points.size());
  if (infeasible > 0) text += tr(", %1 infeasible").arg(infeasible);
  show_answer(text);
  keep_choice(*figure_, sweep_figures(state_->rows));
  refresh_figure();
}

void SweepPage::refresh_figure() {
  if (!state_) return;
  SweepQuestion asked{chosen(*strategy_), chosen(*figure_), 0, state_->sweep.combine};
  const planner::Resolution* now = session().document().checked()->find(asked.strategy);
  if (now != nullptr && asked.figure.starts_with("p99 ")) {
    const auto flow = now->scenario().flows.find(asked.figure.substr(4));
    if (flow != now->scenario().flows.end() && flow->second.deadline)
      asked.limit = 1e3 * sim::to_seconds(*flow->second.deadline);
  }
  panel().show_figure(sweep_table(state_->rows),
                      [grid = sweep_surface(state_->rows, asked)](QCustomPlot& plot, Appearance appearance,
                                                                  const Selection&) {
                        draw_grid(plot, grid, std::nullopt, appearance);
                      });
}

void SweepPage::tell_point(int row) {
  if (!state_) return;
  const planner::SweepRow& point = state_->rows[static_cast<std::size_t>(row)];
  QStringList parts{text_of(point.strategy)};
  for (const auto& [axis, value] : point.coordinates)
    parts << QStringLiteral("%1 = %2").arg(text_of(axis), text_of(value));
  for (const auto& [name, estimate] : point.figures)
    parts << QStringLiteral("%1: %2 %3")
                 .arg(text_of(name), text_of(planner::with_error(estimate)), text_of(estimate.unit));
  if (!point.reason.empty()) parts << text_of(point.reason);
  point_->setText(parts.join(QStringLiteral("  ·  ")));
}

}  // namespace gui
