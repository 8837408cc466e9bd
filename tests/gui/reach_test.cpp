// Everything can be reached by keyboard and has a name that a screen reader speaks.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTranslator>
#include <QXmlStreamReader>
#include <set>

#include "gui/desk.hpp"
#include "session.hpp"
#include "verdict_marks.hpp"
#include "views/command_palette.hpp"
#include "views/compare_view.hpp"
#include "views/difference_dialog.hpp"
#include "views/entry_dialog.hpp"
#include "views/shortcut_sheet.hpp"
#include "views/shortcuts.hpp"

using namespace gui_test;

namespace {

bool is_control(const QWidget& widget) {
  return qobject_cast<const QAbstractButton*>(&widget) != nullptr ||
         qobject_cast<const QComboBox*>(&widget) != nullptr ||
         qobject_cast<const QLineEdit*>(&widget) != nullptr ||
         qobject_cast<const QAbstractItemView*>(&widget) != nullptr ||
         qobject_cast<const QPlainTextEdit*>(&widget) != nullptr;
}

/// Parts that Qt's own widgets are made of are reached and spoken through these.
bool is_inner(const QWidget& widget) {
  for (const QWidget* at = widget.parentWidget(); at != nullptr; at = at->parentWidget()) {
    const bool whole = qobject_cast<const QComboBox*>(at) != nullptr || at->inherits("QAbstractSpinBox") ||
                       qobject_cast<const QAbstractItemView*>(at) != nullptr || at->inherits("QTabBar") ||
                       qobject_cast<const QLineEdit*>(at) != nullptr;
    if (whole) return true;
  }
  // Qt gives the buttons of a dock's title and of a toolbar's overflow no focus of their own.
  return widget.inherits("QDockWidgetTitleButton") || widget.inherits("QToolBarExtension") ||
         widget.objectName().startsWith(QStringLiteral("qt_"));
}

std::vector<QWidget*> shown_controls(QWidget& window) {
  std::vector<QWidget*> controls;
  for (QWidget* widget : window.findChildren<QWidget*>()) {
    if (widget->isVisible() && is_control(*widget) && !is_inner(*widget)) controls.push_back(widget);
  }
  return controls;
}

QString name_of(QWidget& widget) {
  const QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&widget);
  return spoken == nullptr ? QString{} : spoken->text(QAccessible::Name);
}

std::string describe(const QWidget& widget) {
  return std::string{widget.metaObject()->className()} + " " + widget.objectName().toStdString() + " in " +
         (widget.parentWidget() != nullptr ? widget.parentWidget()->metaObject()->className() : "nothing");
}

std::set<const QWidget*> tab_chain(QWidget& window) {
  std::set<const QWidget*> chain;
  for (QWidget* at = window.nextInFocusChain(); at != &window && chain.insert(at).second;
       at = at->nextInFocusChain()) {
  }
  return chain;
}

}  // namespace

namespace {

/// Every control that is shown has a name, and the Tab key reaches it.
void check_reach(QWidget& window) {
  const auto chain = tab_chain(window);
  for (QWidget* control : shown_controls(window)) {
    INFO(describe(*control));
    CHECK_FALSE(name_of(*control).isEmpty());
    if (!control->isEnabled()) continue;
    CHECK((control->focusPolicy() & Qt::TabFocus) == Qt::TabFocus);
    CHECK(chain.contains(control));
  }
}

}  // namespace

TEST_CASE("Every control of every view has a name and is reached by the Tab key", "[reach]") {
  Desk desk;
  check_reach(desk.window);  // the welcome page
  desk.open_small();
  desk.run();
  desk.window.session().select("/sites/edge");
  QTabWidget& tabs = desk.window.tabs();
  for (int view = 0; view < tabs.count(); ++view) {
    tabs.setCurrentIndex(view);
    QApplication::processEvents();
    INFO(tabs.tabText(view).toStdString());
    check_reach(desk.window);
  }
}

TEST_CASE("The Tab key walks through all controls of a view and is caught in none", "[reach]") {
  Desk desk;
  desk.open_small();
  desk.run();
  for (const int view : {0, 1}) {  // the map; tables and charts
    desk.window.tabs().setCurrentIndex(view);
    for (gui::ChartPanel* panel : desk.window.compare_view().panels()) panel->toggle_table();
    desk.window.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&desk.window));
    std::set<const QWidget*> walked;
    for (int steps = 0; steps < 400; ++steps) {
      QWidget* at = QApplication::focusWidget();
      QTest::keyClick(at != nullptr ? at : &desk.window, Qt::Key_Tab);
      walked.insert(QApplication::focusWidget());
    }
    for (const QWidget* control : shown_controls(desk.window)) {
      if (!control->isEnabled()) continue;
      INFO(view << " " << describe(*control) << " " << control->accessibleName().toStdString());
      const QWidget* proxy = control->focusProxy();
      CHECK(walked.contains(proxy != nullptr ? proxy : control));
    }
  }
}

TEST_CASE("Every control of every dialog has a name and is reached by the Tab key", "[reach]") {
  Desk desk;
  desk.open_small();
  gui::EntryDialog entry{desk.window.session(), QStringLiteral("Add"), {"/sites", "/links"}, {}, nullptr};
  gui::DifferenceDialog difference{
      {QStringLiteral("t"), QStringLiteral("q"), QStringLiteral("y"), QStringLiteral("n")}, "a", "b"};
  gui::ShortcutSheet sheet{desk.window.shortcuts()};
  gui::CommandPalette palette{desk.window.commands()};
  for (QDialog* dialog : std::initializer_list<QDialog*>{&entry, &difference, &sheet, &palette}) {
    dialog->show();
    INFO(dialog->windowTitle().toStdString());
    CHECK(shown_controls(*dialog).size() >= 2);
    check_reach(*dialog);
  }
}

TEST_CASE("The palette lists every command of the menus, finds it by its name and runs it", "[reach]") {
  Desk desk;
  desk.open_small();
  std::set<const QAction*> listed;
  for (const gui::CommandPalette::Command& command : desk.window.commands()) {
    INFO(command.name.toStdString());
    CHECK_FALSE(command.name.isEmpty());
    CHECK(listed.insert(command.action).second);
  }
  for (const QMenu* menu : desk.window.menuBar()->findChildren<QMenu*>()) {
    for (const QAction* action : menu->actions()) {
      if (action->isSeparator() || action->menu() != nullptr) continue;
      INFO(action->text().toStdString());
      CHECK(listed.contains(action));
    }
  }
  for (const QAction* action : desk.window.shortcuts().actions()) {
    INFO(action->text().toStdString());
    CHECK(listed.contains(action));  // and so does what has keys
  }
  gui::CommandPalette palette{desk.window.commands()};
  palette.show();
  auto* line = palette.findChild<QLineEdit*>();
  QTest::keyClicks(line, QStringLiteral("report go"));
  CHECK(palette.findChild<QListWidget*>()->count() == 0);
  line->clear();
  QTest::keyClicks(line, QStringLiteral("source"));
  REQUIRE(palette.findChild<QListWidget*>()->count() == 1);
  QTest::keyClick(line, Qt::Key_Return);
  CHECK(desk.window.tabs().currentIndex() == desk.window.tabs().count() - 1);
}

TEST_CASE("Keys can be given to another command, are kept, and never mean two things", "[reach]") {
  const QTemporaryDir place;
  const QString settings = place.filePath(QStringLiteral("settings"));
  const auto find = [](gui::Shortcuts& all, const char* name) {
    QAction* found = nullptr;
    for (QAction* action : all.actions()) {
      if (action->objectName() == QLatin1String{name}) found = action;
    }
    REQUIRE(found != nullptr);
    return found;
  };
  {
    gui::MainWindow window{{settings, place.path()}};
    QAction* preview = find(window.shortcuts(), "Preview");
    CHECK(preview->shortcut() == QKeySequence{Qt::Key_F6});
    const QAction* holder = window.shortcuts().assign(*preview, QKeySequence{Qt::Key_F5});
    REQUIRE(holder != nullptr);  // F5 runs
    CHECK(preview->shortcut() == QKeySequence{Qt::Key_F6});
    CHECK(window.shortcuts().assign(*preview, QKeySequence{Qt::Key_F8}) == nullptr);
  }
  gui::MainWindow window{{settings, place.path()}};
  CHECK(find(window.shortcuts(), "Preview")->shortcut() == QKeySequence{Qt::Key_F8});
  window.shortcuts().restore_defaults();
  CHECK(find(window.shortcuts(), "Preview")->shortcut() == QKeySequence{Qt::Key_F6});
}

TEST_CASE("German says everything that the window says, with the same places for what is filled in",
          "[translation]") {
  QFile file{QStringLiteral(ISOCHRONE_GERMAN)};
  REQUIRE(file.open(QIODevice::ReadOnly));
  QXmlStreamReader xml{&file};
  QString source;
  int messages = 0;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    if (xml.name() == QStringLiteral("source")) source = xml.readElementText();
    if (xml.name() != QStringLiteral("translation")) continue;
    INFO(source.toStdString());
    CHECK_FALSE(xml.attributes().hasAttribute(QStringLiteral("type")));  // unfinished
    const QString german = xml.readElementText();
    CHECK_FALSE(german.isEmpty());
    for (const QString& place : {QStringLiteral("%1"), QStringLiteral("%2"), QStringLiteral("%3")})
      CHECK(german.contains(place) == source.contains(place));
    ++messages;
  }
  CHECK_FALSE(xml.hasError());
  CHECK(messages > 400);
}

TEST_CASE("The window speaks German where its translation is built in", "[translation]") {
  QTranslator german;
  if (!QFile::exists(QStringLiteral(":/i18n/isochrone_de.qm"))) {
    WARN("built without Qt's translation tools");
    return;
  }
  REQUIRE(german.load(QStringLiteral(":/i18n/isochrone_de.qm")));
  QApplication::installTranslator(&german);
  {
    Desk desk;
    CHECK(desk.window.tabs().tabText(0) == QStringLiteral("Karte"));
    CHECK(desk.window.findChild<QDockWidget*>(QStringLiteral("Problems"))->windowTitle() ==
          QStringLiteral("Probleme"));
    // Texts of free functions have a context of their own, which a tool that gathers texts must agree on.
    planner::Verdict verdict;
    CHECK(gui::verdict_label(verdict) == QStringLiteral("? unentschieden"));
  }
  QApplication::removeTranslator(&german);
}

TEST_CASE("The next window opens what the last one closed, in the view and the strategy of then",
          "[session]") {
  const QTemporaryDir place;
  const gui::MainWindow::Places places{place.filePath(QStringLiteral("settings")), place.path()};
  const QString path = place.filePath(QStringLiteral("scenario.json"));
  QFile file{path};
  REQUIRE(file.open(QIODevice::WriteOnly));
  file.write(small_plan.c_str());
  file.close();
  const auto is_checked = [](gui::MainWindow& window) {
    wait_until([&] { return window.session().document().is_checked(); });
  };
  {
    gui::MainWindow window{places};
    window.show();
    REQUIRE(window.open_path(path));
    is_checked(window);
    window.session().set_strategy("near");
    window.session().select("/sites/edge");
    window.tabs().setCurrentIndex(1);
    window.close();
  }
  gui::MainWindow window{places};
  window.show();
  window.restore_session();
  is_checked(window);
  CHECK(window.session().document().path() == path);
  CHECK(window.session().strategy() == "near");
  CHECK(window.session().pointer() == "/sites/edge");
  CHECK(window.tabs().currentIndex() == 1);
}
