#include "main_window.hpp"

#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QToolBar>
#include <QUndoView>

#include "planner/number_text.hpp"
#include "views/compare_view.hpp"
#include "views/failure_page.hpp"
#include "views/inspector_panel.hpp"
#include "views/map_page.hpp"
#include "views/optimize_page.hpp"
#include "views/run_gauge.hpp"
#include "views/scenario_panel.hpp"
#include "views/sensitivity_page.hpp"
#include "views/shortcuts.hpp"
#include "views/state_badge.hpp"
#include "views/sweep_page.hpp"
#include "views/text_views.hpp"
#include "views/timeline_panel.hpp"
#include "views/welcome_page.hpp"

namespace gui {

MainWindow::MainWindow(Places places, QWidget* parent) : QMainWindow{parent}, places_{std::move(places)} {
  if (places_.data.isEmpty())
    places_.data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
  recovery_ = std::make_unique<Recovery>(session_.document(), places_.data + QStringLiteral("/recovery"));
  shortcuts_ = std::make_unique<Shortcuts>(places_.settings);
  setAcceptDrops(true);
  resize(1440, 900);
  build_views();
  build_docks();
  build_commands();
  build_toolbar();
  connect_session();
  restore_settings();
  findChild<QToolBar*>(QStringLiteral("run"))->setVisible(pages_->currentWidget() == tabs_);
  refresh_title();
  refresh_badge();
}

MainWindow::~MainWindow() {
  // The views look at the session until they are gone, and QWidget would end them after it.
  hide();
  qDeleteAll(docks_);
  delete takeCentralWidget();
}

void MainWindow::build_views() {
  welcome_ = new WelcomePage;
  map_ = new MapPage{session_};
  compare_ = new CompareView{session_};
  failure_ = new FailurePage{session_};
  sweep_ = new SweepPage{session_};
  sensitivity_ = new SensitivityPage{session_};
  optimize_ = new OptimizePage{session_};
  report_ = new ReportView{session_};
  source_ = new SourceView{session_};
  tabs_ = new QTabWidget;
  tabs_->setDocumentMode(true);
  tabs_->tabBar()->setDrawBase(false);
  tabs_->addTab(map_, tr("Map"));
  tabs_->addTab(compare_, tr("Compare"));
  tabs_->addTab(failure_, tr("Failures"));
  tabs_->addTab(sweep_, tr("Sweep"));
  tabs_->addTab(sensitivity_, tr("Sensitivity"));
  tabs_->addTab(optimize_, tr("Optimise"));
  tabs_->addTab(report_, tr("Report"));
  tabs_->addTab(source_, tr("Source"));
  pages_ = new QStackedWidget;
  pages_->addWidget(welcome_);
  pages_->addWidget(tabs_);
  setCentralWidget(pages_);
  welcome_->show_recent(recent());
  connect(welcome_, &WelcomePage::sample_chosen, this, &MainWindow::open_sample);
  connect(welcome_, &WelcomePage::file_chosen, this, &MainWindow::open_path);
  connect(welcome_, &WelcomePage::open_asked, this, &MainWindow::open_dialog);
  connect(map_, &MapPage::told, this, &MainWindow::tell);
  for (QuestionPage* page : std::initializer_list<QuestionPage*>{failure_, sweep_, sensitivity_, optimize_}) {
    connect(page, &QuestionPage::told, this, &MainWindow::tell);
    connect(page, &QuestionPage::copy_asked, this, &MainWindow::copy_command_line);
  }
}

QDockWidget* MainWindow::add_dock(const char* title, QWidget* content, Qt::DockWidgetArea area) {
  auto* dock = new QDockWidget{tr(title)};
  dock->setObjectName(QLatin1String{title});  // how a kept arrangement calls it
  content->setMinimumWidth(200);
  dock->setWidget(content);
  addDockWidget(area, dock);
  dock->hide();  // until something is open
  docks_ << dock;
  return dock;
}

void MainWindow::build_docks() {
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  scenario_ = new ScenarioPanel{session_};
  inspector_ = new InspectorPanel{session_};
  problems_view_ = new QTableView;
  problems_view_->setModel(&problems_);
  problems_view_->setAccessibleName(tr("Problems"));
  problems_view_->verticalHeader()->hide();
  problems_view_->setShowGrid(false);
  problems_view_->setTabKeyNavigation(false);
  problems_view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  problems_view_->horizontalHeader()->setSectionResizeMode(ProblemsModel::code,
                                                           QHeaderView::ResizeToContents);
  problems_view_->horizontalHeader()->setSectionResizeMode(ProblemsModel::message, QHeaderView::Stretch);
  problems_view_->horizontalHeader()->setSectionResizeMode(ProblemsModel::place,
                                                           QHeaderView::ResizeToContents);
  auto* history = new QUndoView{&session_.document().history()};
  history->setEmptyLabel(tr("As opened"));
  history->setAccessibleName(tr("History of the edits"));
  add_dock(QT_TR_NOOP("Scenario"), scenario_, Qt::LeftDockWidgetArea);
  add_dock(QT_TR_NOOP("Inspector"), inspector_, Qt::RightDockWidgetArea);
  QDockWidget* problems = add_dock(QT_TR_NOOP("Problems"), problems_view_, Qt::BottomDockWidgetArea);
  tabifyDockWidget(problems, add_dock(QT_TR_NOOP("History"), history, Qt::BottomDockWidgetArea));
  timeline_ = new TimelinePanel{session_};
  tabifyDockWidget(problems, add_dock(QT_TR_NOOP("Timeline"), timeline_, Qt::BottomDockWidgetArea));
  problems->raise();
  connect(timeline_, &TimelinePanel::told, this, &MainWindow::tell);
  connect(timeline_, &TimelinePanel::slowest_found, this,
          [this](const std::shared_ptr<const planner::RequestTrace>& trace) { show_request(*trace); });
  connect(problems_view_, &QTableView::activated, this, [this](const QModelIndex& index) {
    tabs_->setCurrentWidget(source_);
    session_.select(problems_.at(index.row()).pointer);
    source_->show_place(problems_.at(index.row()));
  });
}

void MainWindow::connect_session() {
  Session& s = session_;
  connect(&s.document(), &DocumentModel::opened, this, &MainWindow::after_open);
  connect(&s.document(), &DocumentModel::text_changed, this, &MainWindow::refresh_title);
  connect(&s.document().history(), &QUndoStack::cleanChanged, this, &MainWindow::refresh_title);
  connect(&s.document(), &DocumentModel::checked_changed, this, &MainWindow::refresh_problems);
  connect(&s.document(), &DocumentModel::checked_changed, this, &MainWindow::preview_if_live);
  connect(&s.document(), &DocumentModel::changed_on_disk, this, &MainWindow::ask_about_disk_change);
  connect(&s, &Session::stale_changed, this, &MainWindow::refresh_badge);
  connect(&s, &Session::strategy_changed, this, &MainWindow::refresh_badge);
  connect(&s.runner(), &Runner::started, this, [this] {
    gauge_->begin();
    refresh_badge();
  });
  connect(&s.runner(), &Runner::forecast, badge_, &StateBadge::show_forecast);
  connect(&s.runner(), &Runner::progressed, gauge_, &RunGauge::show_progress);
  connect(&s.runner(), &Runner::finished, this, &MainWindow::show_outcome);
  connect(&s.runner(), &Runner::ended, this, &MainWindow::refresh_badge);
  connect(&s.runner(), &Runner::failed, this,
          [this](const QString& reason) { tell(tr("The run failed: %1").arg(reason)); });
  connect(scenario_, &ScenarioPanel::refused, this, &MainWindow::tell);
  connect(inspector_, &InspectorPanel::refused, this, &MainWindow::tell);
}

void MainWindow::after_open() {
  pages_->setCurrentWidget(tabs_);
  tabs_->setCurrentWidget(map_);
  for (QDockWidget* dock : docks_) dock->show();
  docks_[2]->raise();
  // Docks take a size once the layout knows them as shown.
  QTimer::singleShot(0, this, &MainWindow::arrange_docks);
  refresh_title();
}

void MainWindow::refresh_title() {
  DocumentModel& document = session_.document();
  setWindowModified(document.is_open() && document.is_modified());
  setWindowTitle(document.is_open() ? tr("%1[*] — Isochrone").arg(document.name()) : tr("Isochrone"));
  if (!document.is_open()) {
    saved_->clear();
  } else if (document.path().isEmpty()) {
    saved_->setText(tr("not saved to a file yet"));
  } else {
    saved_->setText(document.is_modified() ? tr("● unsaved changes") : tr("✓ saved"));
  }
}

void MainWindow::refresh_problems() {
  problems_.show(session_.document().checked());
  const int all = problems_.rowCount();
  docks_[2]->setWindowTitle(all == 0 ? tr("Problems") : tr("Problems (%1)").arg(all));
  refresh_badge();
}

void MainWindow::refresh_badge() {
  const bool running = session_.runner().is_running();
  const bool can_run = session_.document().is_open() && session_.can_run();
  run_->setEnabled(can_run && !running);
  stop_->setEnabled(running);
  gauge_action_->setVisible(running);
  badge_->refresh();
}

void MainWindow::show_outcome() {
  refresh_badge();
  // In the place of a list that has nothing to tell.
  const bool idle_list = problems_.rowCount() == 0 && !docks_[2]->visibleRegion().isEmpty();
  if (idle_list && session_.series() != nullptr) docks_.back()->raise();
  if (const planner::StrategyResult* result = session_.result()) {
    tell(tr("%1: %2 requests in %3 replications")
             .arg(QString::fromStdString(session_.strategy()),
                  QString::fromStdString(planner::count_text(result->requests)))
             .arg(result->replications));
  }
}

void MainWindow::run(RunOrder::Depth depth) {
  if (!session_.document().is_open() || !session_.can_run()) return;
  session_.run(depth);
  if (depth == RunOrder::Depth::full) tabs_->setCurrentWidget(compare_);
}

void MainWindow::preview_if_live() {
  const bool is_old = session_.outcome() ? session_.is_stale() : session_.document().is_modified();
  const bool wanted = live_->isChecked() && is_old && !session_.is_running_in_full();
  if (wanted && session_.can_run()) session_.run(RunOrder::Depth::preview);
}

void MainWindow::copy_command_line() {
  const auto* page = qobject_cast<const QuestionPage*>(tabs_->currentWidget());
  QString command = tabs_->currentWidget() == map_ ? map_->command_line()
                    : page != nullptr              ? page->command_line()
                                                   : QString{};
  if (command.isEmpty()) command = session_.command_line();
  if (command.isEmpty()) {
    tell(tr("Save the scenario first: the command line reads the file."));
    return;
  }
  QApplication::clipboard()->setText(command);
  tell(tr("Copied: %1").arg(command));
}

void MainWindow::tell(const QString& text) {
  constexpr int shown_for = 8'000;  // [ms]
  statusBar()->showMessage(text, shown_for);
}

}  // namespace gui
