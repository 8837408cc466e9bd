#include <QActionGroup>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QProgressBar>
#include <QSettings>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>

#include "main_window.hpp"
#include "planner/samples.hpp"
#include "views/command_palette.hpp"
#include "views/compare_view.hpp"
#include "views/map_page.hpp"
#include "views/scenario_panel.hpp"

namespace gui {

QAction* MainWindow::command(QMenu* menu, const QString& name, const QKeySequence& keys,
                             std::function<void()> what) {
  QAction* action = menu->addAction(name);
  action->setShortcut(keys);
  connect(action, &QAction::triggered, this, [what = std::move(what)] { what(); });
  addAction(action);
  return action;
}

void MainWindow::build_commands() {
  build_file_menu();
  build_edit_menu();
  build_view_menu();
  build_run_menu();
  build_help_menu();
}

void MainWindow::build_file_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&File"));
  command(menu, tr("&Open…"), QKeySequence::Open, [this] { open_dialog(); });
  QMenu* samples = menu->addMenu(tr("Open a sa&mple"));
  for (const planner::Sample& sample : planner::samples()) {
    const QString name = QString::fromStdString(sample.name);
    command(samples, name, {}, [this, name] {
      open_sample(name);
    })->setToolTip(QString::fromStdString(sample.question));
  }
  menu->addSeparator();
  command(menu, tr("&Save"), QKeySequence::Save, [this] { save(); });
  command(menu, tr("Save &as…"), QKeySequence::SaveAs, [this] { save_dialog(); });
  command(menu, tr("&Export the report…"), QKeySequence{Qt::CTRL | Qt::Key_E}, [this] { export_report(); });
  menu->addSeparator();
  command(menu, tr("&Close the scenario"), QKeySequence::Close, [this] { close_document(); });
  command(menu, tr("&Quit"), QKeySequence::Quit, [this] { close(); });
}

void MainWindow::build_edit_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Edit"));
  QUndoStack& history = session_.document().history();
  for (QAction* action :
       {history.createUndoAction(this, tr("Undo")), history.createRedoAction(this, tr("Redo"))}) {
    menu->addAction(action);
    addAction(action);
  }
  menu->actions()[0]->setShortcut(QKeySequence::Undo);
  menu->actions()[1]->setShortcut(QKeySequence::Redo);
  menu->addSeparator();
  command(menu, tr("&Add…"), QKeySequence{Qt::CTRL | Qt::Key_N}, [this] { scenario_->ask_and_add(); });
  command(menu, tr("&Duplicate…"), QKeySequence{Qt::CTRL | Qt::Key_D},
          [this] { scenario_->ask_and_duplicate(); });
  command(menu, tr("&Remove"), QKeySequence{Qt::CTRL | Qt::Key_Delete}, [this] { scenario_->remove(); });
  menu->addSeparator();
  command(menu, tr("&Go to…"), QKeySequence{Qt::CTRL | Qt::Key_P}, [this] { scenario_->focus_search(); });
}

void MainWindow::build_view_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&View"));
  for (int i = 0; i < tabs_->count(); ++i) {
    command(menu, tabs_->tabText(i), QKeySequence{static_cast<int>(Qt::ALT) + Qt::Key_1 + i},
            [this, i] { tabs_->setCurrentIndex(i); });
  }
  menu->addSeparator();
  for (QDockWidget* dock : docks_) menu->addAction(dock->toggleViewAction());
  menu->addSeparator();
  command(menu, tr("Map: geography or schematic"), QKeySequence{Qt::ALT | Qt::Key_L},
          [this] { map_->toggle_layout(); });
  command(menu, tr("Charts: pictures or figures"), QKeySequence{Qt::ALT | Qt::Key_T}, [this] {
    for (ChartPanel* panel : compare_->panels()) panel->toggle_table();
  });
  menu->addSeparator();
  command(menu, tr("Light"), {}, [this] { show_appearance(Appearance::light); });
  command(menu, tr("Dark"), {}, [this] { show_appearance(Appearance::dark); });
}

void MainWindow::build_run_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Run"));
  run_ =
      command(menu, tr("&Run and compare"), QKeySequence{Qt::Key_F5}, [this] { run(RunOrder::Depth::full); });
  stop_ =
      command(menu, tr("&Stop"), QKeySequence{Qt::SHIFT | Qt::Key_F5}, [this] { session_.runner().stop(); });
  menu->addSeparator();
  command(menu, tr("&Preview"), QKeySequence{Qt::Key_F6}, [this] { run(RunOrder::Depth::preview); });
  live_ = menu->addAction(tr("Preview after every &change"));
  live_->setCheckable(true);
  addAction(live_);
  menu->addSeparator();
  command(menu, tr("&Copy as command line"), QKeySequence{Qt::CTRL | Qt::SHIFT | Qt::Key_C},
          [this] { copy_command_line(); });
}

void MainWindow::build_help_menu() {
  QMenu* menu = menuBar()->addMenu(tr("&Help"));
  command(menu, tr("&Find a command…"), QKeySequence{Qt::CTRL | Qt::Key_K}, [this] { show_palette(); });
  command(menu, tr("&Shortcuts"), QKeySequence{Qt::Key_F1}, [this] { show_shortcuts(); });
  command(menu, tr("&About"), {}, [this] {
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
  badge_ = new QLabel;
  badge_->setContentsMargins(14, 0, 14, 0);
  badge_->setAccessibleName(tr("State of the results"));
  bar->addWidget(badge_);
  progress_ = new QProgressBar;
  progress_->setMinimumWidth(340);
  progress_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  progress_->setAccessibleName(tr("Progress of the run"));
  statusBar()->addPermanentWidget(progress_);
  saved_ = new QLabel;
  statusBar()->addPermanentWidget(saved_);
}

void MainWindow::show_palette() {
  CommandPalette palette{actions(), this};
  palette.exec();
}

void MainWindow::show_shortcuts() {
  QMessageBox box{this};
  box.setWindowTitle(tr("Shortcuts"));
  box.setTextFormat(Qt::RichText);
  box.setText(shortcuts_html(actions()) +
              tr("<p>On the map: drag or arrows to move, wheel or + and − to zoom, F to fit.</p>"));
  box.exec();
}

}  // namespace gui
