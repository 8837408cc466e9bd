#include <QActionGroup>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QSlider>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QVBoxLayout>

#include "charts/chart_panel.hpp"
#include "charts/plot_style.hpp"
#include "charts/waterfall_chart.hpp"
#include "main_window.hpp"
#include "planner/samples.hpp"
#include "views/compare_view.hpp"
#include "views/inspector_panel.hpp"
#include "views/map_page.hpp"
#include "views/question_page.hpp"
#include "views/run_gauge.hpp"
#include "views/scenario_panel.hpp"
#include "views/shortcut_sheet.hpp"
#include "views/shortcuts.hpp"
#include "views/state_badge.hpp"
#include "views/timeline_panel.hpp"

namespace gui {
namespace {

/// What the menus have, those within menus after the name of theirs.
CommandPalette::Commands named_commands(const QWidget& menus, const QString& prefix) {
  CommandPalette::Commands all;
  for (QAction* action : menus.actions()) {
    if (action->isSeparator()) continue;
    const QString name = prefix + plain_name(*action);
    if (const QMenu* menu = action->menu()) {
      const bool is_of_bar = qobject_cast<const QMenuBar*>(&menus) != nullptr;
      all += named_commands(*menu, is_of_bar ? QString{} : name + QStringLiteral(" › "));
    } else {
      all.append({name, action});
    }
  }
  return all;
}

}  // namespace

QAction* MainWindow::command(QMenu* menu, const char* name, const QKeySequence& keys,
                             std::function<void()> what) {
  QAction* action = menu->addAction(tr(name));
  add_command(action, QString::fromUtf8(name), keys);
  connect(action, &QAction::triggered, this, [what = std::move(what)] { what(); });
  return action;
}

void MainWindow::add_command(QAction* action, QString name, const QKeySequence& keys) {
  // The English name, the same in every language, is what settings call it.
  action->setObjectName(name.remove(u'&').remove(u'…'));
  shortcuts_->add(*action, keys);
  addAction(action);
}

void MainWindow::build_commands() {
  build_file_menu();
  build_edit_menu();
  build_view_menu();
  build_time_menu();
  build_run_menu();
  build_help_menu();
}

void MainWindow::build_file_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&File"));
  command(menu, QT_TR_NOOP("&Open…"), QKeySequence::Open, [this] { open_dialog(); });
  QMenu* samples = menu->addMenu(tr("Open a sa&mple"));
  for (const planner::Sample& sample : planner::samples()) {
    const QString name = QString::fromStdString(sample.name);
    samples->addAction(name, this, [this, name] { open_sample(name); })
        ->setToolTip(QString::fromStdString(sample.question));
  }
  menu->addSeparator();
  command(menu, QT_TR_NOOP("&Save"), QKeySequence::Save, [this] { save(); });
  command(menu, QT_TR_NOOP("Save &as…"), QKeySequence::SaveAs, [this] { save_dialog(); });
  command(menu, QT_TR_NOOP("&Export the report…"), QKeySequence{Qt::CTRL | Qt::Key_E},
          [this] { export_report(); });
  menu->addSeparator();
  command(menu, QT_TR_NOOP("&Close the scenario"), QKeySequence::Close, [this] { close_document(); });
  command(menu, QT_TR_NOOP("&Quit"), QKeySequence::Quit, [this] { close(); });
}

void MainWindow::build_edit_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Edit"));
  QUndoStack& history = session_.document().history();
  const auto add = [&](QAction* action, const QString& name, const QKeySequence& keys) {
    menu->addAction(action);
    add_command(action, name, keys);
  };
  add(history.createUndoAction(this, tr("Undo")), QStringLiteral("Undo"), QKeySequence::Undo);
  add(history.createRedoAction(this, tr("Redo")), QStringLiteral("Redo"), QKeySequence::Redo);
  menu->addSeparator();
  command(menu, QT_TR_NOOP("&Add…"), QKeySequence{Qt::CTRL | Qt::Key_N},
          [this] { scenario_->ask_and_add(); });
  const auto add_on_map = [this](const char* section) {
    tabs_->setCurrentWidget(map_);
    map_->ask_for_place(section);
  };
  command(menu, QT_TR_NOOP("Add a &site on the map…"), {}, [add_on_map] { add_on_map("/sites"); });
  command(menu, QT_TR_NOOP("Add &users on the map…"), {}, [add_on_map] { add_on_map("/populations"); });
  command(menu, QT_TR_NOOP("&Duplicate…"), QKeySequence{Qt::CTRL | Qt::Key_D},
          [this] { scenario_->ask_and_duplicate(); });
  command(menu, QT_TR_NOOP("&Remove"), QKeySequence{Qt::CTRL | Qt::Key_Delete},
          [this] { scenario_->remove(); });
  command(menu, QT_TR_NOOP("Re&set the field"), QKeySequence{Qt::CTRL | Qt::Key_Backspace},
          [this] { inspector_->reset(); });
  menu->addSeparator();
  command(menu, QT_TR_NOOP("&Go to…"), QKeySequence{Qt::CTRL | Qt::Key_P},
          [this] { scenario_->focus_search(); });
}

void MainWindow::build_view_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&View"));
  for (int i = 0; i < tabs_->count(); ++i) {
    QAction* action = menu->addAction(tabs_->tabText(i), this, [this, i] { tabs_->setCurrentIndex(i); });
    add_command(action, QStringLiteral("View %1").arg(i + 1),
                QKeySequence{static_cast<int>(Qt::ALT) + Qt::Key_1 + i});
  }
  menu->addSeparator();
  for (QDockWidget* dock : docks_) menu->addAction(dock->toggleViewAction());
  menu->addSeparator();
  command(menu, QT_TR_NOOP("Map: geography or schematic"), QKeySequence{Qt::ALT | Qt::Key_L},
          [this] { map_->toggle_layout(); });
  command(menu, QT_TR_NOOP("Charts: pictures or figures"), QKeySequence{Qt::ALT | Qt::Key_T}, [this] {
    for (ChartPanel* panel : compare_->panels()) panel->toggle_table();
  });
  menu->addSeparator();
  command(menu, QT_TR_NOOP("Light"), {}, [this] { show_appearance(Appearance::light); });
  command(menu, QT_TR_NOOP("Dark"), {}, [this] { show_appearance(Appearance::dark); });
}

// The keys hold on the map and the timeline alone: elsewhere they type, search and press buttons.
void MainWindow::build_time_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Time"));
  const auto add = [&](const char* name, const QKeySequence& keys, std::function<void()> what,
                       const QList<QWidget*>& where) {
    QAction* action = command(menu, name, keys, std::move(what));
    removeAction(action);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    for (QWidget* widget : where) widget->addAction(action);
    timed_ << action;
  };
  const QList<QWidget*> views{map_, timeline_};
  // Not on their buttons, which Space presses.
  const QList<QWidget*> pictures{&map_->map(), &timeline_->slider(), &timeline_->strip()};
  const auto step = [this](TimelinePanel::Step direction) { timeline_->step(direction); };
  add(
      QT_TR_NOOP("&Play or pause"), QKeySequence{Qt::Key_Space}, [this] { timeline_->toggle_play(); },
      pictures);
  add(
      QT_TR_NOOP("&Next slice"), QKeySequence{Qt::Key_Period}, [step] { step(TimelinePanel::Step::forward); },
      views);
  add(
      QT_TR_NOOP("P&revious slice"), QKeySequence{Qt::Key_Comma}, [step] { step(TimelinePanel::Step::back); },
      views);
  add(
      QT_TR_NOOP("&Whole run"), QKeySequence{Qt::Key_Escape}, [this] { timeline_->show_whole_run(); }, views);
  menu->addSeparator();
  add(
      QT_TR_NOOP("&Slowest request"), QKeySequence{Qt::Key_J}, [this] { timeline_->find_slowest(); }, views);
}

void MainWindow::show_request(const planner::RequestTrace& trace) {
  if (!session_.outcome()) return;
  auto* dialog = new QDialog{this};
  dialog->setObjectName(QStringLiteral("request"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("The slowest request of %1").arg(QString::fromStdString(trace.strategy)));
  dialog->resize(760, 460);
  auto* panel = new ChartPanel{make_waterfall_chart(trace)};
  auto* layout = new QVBoxLayout{dialog};
  layout->addWidget(panel);
  const auto& outcome = session_.outcome();
  panel->show_input({outcome, &outcome->study},
                    {outcome->study, session_.flow(), appearance_of(palette()), trace.strategy});
  dialog->show();
}

void MainWindow::build_run_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Run"));
  run_ = command(menu, QT_TR_NOOP("&Run and compare"), QKeySequence{Qt::Key_F5},
                 [this] { run(RunOrder::Depth::full); });
  stop_ = command(menu, QT_TR_NOOP("&Stop"), QKeySequence{Qt::SHIFT | Qt::Key_F5},
                  [this] { session_.runner().stop(); });
  command(menu, QT_TR_NOOP("&Ask what this page asks"), QKeySequence{Qt::CTRL | Qt::Key_Return}, [this] {
    if (auto* page = qobject_cast<QuestionPage*>(tabs_->currentWidget())) page->run();
  });
  menu->addSeparator();
  command(menu, QT_TR_NOOP("&Preview"), QKeySequence{Qt::Key_F6}, [this] { run(RunOrder::Depth::preview); });
  live_ = menu->addAction(tr("Preview after every &change"));
  live_->setCheckable(true);
  add_command(live_, QStringLiteral("Preview after every change"), {});
  menu->addSeparator();
  command(menu, QT_TR_NOOP("&Copy as command line"), QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_C},
          [this] { copy_command_line(); });
}

void MainWindow::build_help_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Help"));
  command(menu, QT_TR_NOOP("&Find a command…"), QKeySequence{Qt::CTRL | Qt::Key_K},
          [this] { show_palette(); });
  command(menu, QT_TR_NOOP("&Shortcuts"), QKeySequence{Qt::Key_F1}, [this] { show_shortcuts(); });
  command(menu, QT_TR_NOOP("&About"), {}, [this] {
    QMessageBox::about(
        this, tr("Isochrone"),
        tr("Isochrone %1\n\nMap: Natural Earth, public domain.").arg(QStringLiteral(ISOCHRONE_VERSION)));
  });
}

void MainWindow::build_toolbar() {
  QToolBar* bar = addToolBar(tr("Run"));
  bar->setObjectName(QStringLiteral("run"));
  bar->setMovable(false);
  run_->setText(tr("▶ Run"));
  stop_->setText(tr("■ Stop"));
  bar->addAction(run_);
  bar->addAction(stop_);
  bar->addAction(live_);
  bar->widgetForAction(run_)->setObjectName(QStringLiteral("primary"));
  connect(pages_, &QStackedWidget::currentChanged, bar,
          [this, bar] { bar->setVisible(pages_->currentWidget() == tabs_); });
  // Qt leaves a toolbar's buttons out of the way of the Tab key.
  for (QAction* action : {run_, stop_, live_}) bar->widgetForAction(action)->setFocusPolicy(Qt::StrongFocus);
  badge_ = new StateBadge{session_};
  bar->addWidget(badge_);
  gauge_ = new RunGauge;
  // The toolbar shows and hides a widget by its action.
  gauge_action_ = bar->addWidget(gauge_);
  saved_ = new QLabel;
  statusBar()->addPermanentWidget(saved_);
}

CommandPalette::Commands MainWindow::commands() const { return named_commands(*menuBar(), {}); }

void MainWindow::show_palette() {
  CommandPalette palette{commands(), this};
  palette.exec();
}

void MainWindow::show_shortcuts() {
  ShortcutSheet sheet{*shortcuts_, this};
  sheet.exec();
}

}  // namespace gui
