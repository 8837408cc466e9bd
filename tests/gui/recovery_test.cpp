// What another program changed and what a crash left unsaved are shown as differences, and taken or left.
#include <QDir>
#include <QPlainTextEdit>
#include <QPushButton>
#include <nlohmann/json.hpp>

#include "gui/desk.hpp"
#include "gui/dialogs.hpp"

using namespace gui_test;

namespace {

const std::string changed_plan = [] {
  std::string text = small_plan;
  text.replace(text.find("5 ms"), 4, "6 ms");
  return text;
}();

/// Presses a button of the difference, or Escape where it has none of the name; keeps what was shown.
class Choice {
 public:
  explicit Choice(const char* button)
      : dialog_{[this, button](QDialog& ask) {
          shown_ = ask.findChild<QPlainTextEdit*>()->toPlainText();
          if (auto* found = ask.findChild<QPushButton*>(QLatin1String{button})) {
            found->click();
          } else {
            QTest::keyClick(&ask, Qt::Key_Escape);
          }
        }} {}
  [[nodiscard]] bool was_shown() const { return dialog_.was_shown(); }
  /// One line goes, one comes.
  [[nodiscard]] bool is_the_change() const {
    return shown_.contains(QStringLiteral("\n-  \"services\": { \"web\": { \"time\": \"5 ms\"")) &&
           shown_.contains(QStringLiteral("\n+  \"services\": { \"web\": { \"time\": \"6 ms\""));
  }

 private:
  QString shown_;
  NextDialog dialog_;
};

void change(Desk& desk) { desk.document().set_value("/services/web/time", "\"6 ms\"", QStringLiteral("x")); }

/// A record as a program leaves it that ended without a word: no process has the number 0.
QString leave_record(Desk& desk) {
  const QString records = desk.folder.filePath(QStringLiteral("records"));
  gui::Recovery recovery{desk.document(), records};
  recovery.write();
  const auto files = [&] { return QDir{records}.entryList({QStringLiteral("*.json")}, QDir::Files); };
  wait_until([&] { return !files().isEmpty(); });
  CHECK(gui::Recovery::find(records).empty());  // this program still runs
  const QString record = QDir{records}.filePath(files().front());
  std::string left = read(record);
  const std::string process = "\"process\": " + std::to_string(QApplication::applicationPid());
  left.replace(left.find(process), process.size(), "\"process\": 0");
  recovery.forget();
  CHECK_FALSE(QFile::exists(record));  // saved or given up
  QDir{desk.folder.path()}.mkpath(QStringLiteral("recovery"));
  return desk.write(QStringLiteral("recovery/left.json"), left);
}

}  // namespace

TEST_CASE("What another program changed is shown as a difference, and taken over or left", "[recovery]") {
  const bool take = GENERATE(true, false);
  Desk desk;
  desk.open_small();
  const Choice choice{take ? "take" : "leave"};
  desk.write(QStringLiteral("scenario.json"), changed_plan);
  wait_until([&] { return choice.was_shown(); });
  CHECK(choice.is_the_change());
  CHECK(desk.document().text() == (take ? changed_plan : small_plan));
  desk.document().history().setIndex(0);
  CHECK(desk.document().text() == small_plan);
}

TEST_CASE("Changes that were never saved are offered as a difference, and restored as a step of the history",
          "[recovery]") {
  Desk desk;
  desk.open_small();
  change(desk);
  const QString record = leave_record(desk);
  gui::MainWindow next{{desk.folder.filePath(QStringLiteral("other")), desk.folder.path()}};
  next.show();
  const Choice choice{"take"};
  next.offer_recovery();
  REQUIRE(choice.was_shown());
  CHECK(choice.is_the_change());
  CHECK_FALSE(QFile::exists(record));
  gui::DocumentModel& document = next.session().document();
  CHECK(document.text() == changed_plan);
  CHECK(document.path() == desk.document().path());
  CHECK(next.isWindowModified());
  document.history().undo();
  CHECK(document.text() == small_plan);
  CHECK_FALSE(next.isWindowModified());
}

TEST_CASE("An edit is written aside a moment later, without a word, and forgotten once it is undone",
          "[recovery]") {
  Desk desk;
  desk.open_small();
  const QDir records{desk.folder.filePath(QStringLiteral("recovery"))};
  const auto files = [&] { return records.entryList({QStringLiteral("*.json")}, QDir::Files); };
  CHECK(files().isEmpty());
  change(desk);
  wait_until([&] { return !files().isEmpty(); });
  REQUIRE(files().size() == 1);
  const auto record = nlohmann::json::parse(read(records.filePath(files().front())));
  CHECK(record.at("text") == changed_plan);
  CHECK(record.at("saved") == small_plan);
  desk.document().history().undo();
  CHECK(files().isEmpty());
}

TEST_CASE("What is given up while it is written aside leaves no record", "[recovery]") {
  Desk desk;
  desk.open_small();
  change(desk);
  const QString records = desk.folder.filePath(QStringLiteral("records"));
  {
    gui::Recovery recovery{desk.document(), records};
    recovery.write();
    recovery.forget();
    recovery.write();  // begins once the first is written, whose outcome has come by then
    wait_until([&] { return !QDir{records}.entryList({QStringLiteral("*.json")}, QDir::Files).isEmpty(); });
    recovery.forget();
    recovery.write();  // its outcome is dropped with the writer
  }
  CHECK(QDir{records}.entryList(QDir::Files).isEmpty());
}

TEST_CASE("Changes that are discarded are gone, those that are put off are offered again", "[recovery]") {
  Desk desk;
  desk.open_small();
  change(desk);
  const QString record = leave_record(desk);
  gui::MainWindow next{{desk.folder.filePath(QStringLiteral("other")), desk.folder.path()}};
  {
    const Choice choice{"Escape"};
    next.offer_recovery();
    REQUIRE(choice.was_shown());
    CHECK(QFile::exists(record));
  }
  const Choice choice{"leave"};
  next.offer_recovery();
  REQUIRE(choice.was_shown());
  CHECK_FALSE(QFile::exists(record));
  CHECK_FALSE(next.session().document().is_open());
}

TEST_CASE("A sample that was changed and never saved comes back against the sample", "[recovery]") {
  Desk desk;
  REQUIRE(desk.window.open_sample(QStringLiteral("first-steps")));
  desk.wait_checked();
  const std::string sample = desk.document().text();
  desk.document().set_value("/sites/lisbon/pools/server/nodes", "2", QStringLiteral("x"));
  const std::string changed = desk.document().text();
  leave_record(desk);
  gui::MainWindow next{{desk.folder.filePath(QStringLiteral("other")), desk.folder.path()}};
  const Choice choice{"take"};
  next.offer_recovery();
  REQUIRE(choice.was_shown());
  CHECK(next.session().document().text() == changed);
  next.session().document().history().undo();
  CHECK(next.session().document().text() == sample);
  CHECK(next.session().document().name() == QStringLiteral("first-steps"));
}
