#pragma once
#include <QMainWindow>
#include <memory>

#include "document/problems_model.hpp"
#include "document/recovery.hpp"
#include "planner/request_trace.hpp"
#include "session.hpp"
#include "theme.hpp"
#include "views/command_palette.hpp"

class QDockWidget;
class QLabel;
class QStackedWidget;
class QTabWidget;
class QTableView;

namespace gui {

class CompareView;
class FailurePage;
class InspectorPanel;
class MapPage;
class OptimizePage;
class ReportView;
class RunGauge;
class ScenarioPanel;
class SensitivityPage;
class Shortcuts;
class SourceView;
class StateBadge;
class SweepPage;
class TimelinePanel;
class WelcomePage;

/// The window: connects the session with its views, and holds the commands.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  /// What a window keeps beyond its life, and what tests replace.
  struct Places {
    QString settings;  ///< file of the settings; empty: the user's
    QString data;      ///< folder of records and unpacked samples; empty: the user's
  };
  explicit MainWindow(Places places = {}, QWidget* parent = nullptr);
  ~MainWindow() override;

  /// @return whether it is open now; else the reason is shown
  bool open_path(const QString& path);
  bool open_sample(const QString& name);
  bool save_as(const QString& path);
  /// Writes the HTML report of the results. @return whether; else the reason is told
  bool write_report(const QString& path);
  void run(RunOrder::Depth depth);
  void show_appearance(Appearance appearance);
  [[nodiscard]] Shortcuts& shortcuts() { return *shortcuts_; }
  /// What the menus have, for the palette.
  [[nodiscard]] CommandPalette::Commands commands() const;
  /// Offers changes that a crash left unsaved, as a difference.
  void offer_recovery();
  /// Opens what was open when the last window was closed, with the view and the strategy of then.
  void restore_session();

  [[nodiscard]] Session& session() { return session_; }
  [[nodiscard]] MapPage& map_page() { return *map_; }
  [[nodiscard]] CompareView& compare_view() { return *compare_; }
  [[nodiscard]] FailurePage& failure_page() { return *failure_; }
  [[nodiscard]] SweepPage& sweep_page() { return *sweep_; }
  [[nodiscard]] SensitivityPage& sensitivity_page() { return *sensitivity_; }
  [[nodiscard]] OptimizePage& optimize_page() { return *optimize_; }
  [[nodiscard]] TimelinePanel& timeline() { return *timeline_; }
  [[nodiscard]] InspectorPanel& inspector() { return *inspector_; }
  [[nodiscard]] QTabWidget& tabs() { return *tabs_; }

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void build_views();
  void build_docks();
  void build_commands();
  void build_file_menu();
  void build_edit_menu();
  void build_view_menu();
  void build_time_menu();
  void build_run_menu();
  void build_help_menu();
  void build_toolbar();
  void show_request(const planner::RequestTrace& trace);
  void connect_session();
  /// @param title  in English; shown translated
  QDockWidget* add_dock(const char* title, QWidget* content, Qt::DockWidgetArea area);
  /// @param name  in English; shown translated
  QAction* command(QMenu* menu, const char* name, const QKeySequence& keys, std::function<void()> what);
  void add_command(QAction* action, QString name, const QKeySequence& keys);

  void open_dialog();
  bool save();
  bool save_dialog();
  void export_report();
  /// @return whether what is unsaved may go
  bool may_leave();
  void close_document();
  void remember(const QString& path);
  void restore_settings();
  void keep_settings();
  void ask_about_disk_change(const QString& path);
  void after_open();
  void arrange_docks();
  void refresh_title();
  void refresh_problems();
  void refresh_badge();
  void show_outcome();
  void preview_if_live();
  void copy_command_line();
  void show_palette();
  void show_shortcuts();
  void tell(const QString& text);
  [[nodiscard]] QStringList recent() const;

  Places places_;
  Session session_;
  ProblemsModel problems_;
  std::unique_ptr<Recovery> recovery_;
  std::unique_ptr<Shortcuts> shortcuts_;
  QStackedWidget* pages_ = nullptr;
  WelcomePage* welcome_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  MapPage* map_ = nullptr;
  CompareView* compare_ = nullptr;
  FailurePage* failure_ = nullptr;
  SweepPage* sweep_ = nullptr;
  SensitivityPage* sensitivity_ = nullptr;
  OptimizePage* optimize_ = nullptr;
  ReportView* report_ = nullptr;
  SourceView* source_ = nullptr;
  ScenarioPanel* scenario_ = nullptr;
  InspectorPanel* inspector_ = nullptr;
  TimelinePanel* timeline_ = nullptr;
  QTableView* problems_view_ = nullptr;
  QList<QDockWidget*> docks_;
  QList<QAction*> timed_;  ///< whose keys hold on the map and the timeline alone
  QAction* run_ = nullptr;
  QAction* stop_ = nullptr;
  QAction* live_ = nullptr;
  RunGauge* gauge_ = nullptr;
  QAction* gauge_action_ = nullptr;
  StateBadge* badge_ = nullptr;
  QLabel* saved_ = nullptr;
};

}  // namespace gui
