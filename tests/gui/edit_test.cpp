// Everything that stands under an id is added and removed through the window, and undo restores every byte.
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSlider>
#include <QTreeView>

#include "document/entry_edits.hpp"
#include "gui/desk.hpp"
#include "gui/dialogs.hpp"
#include "views/field_slider.hpp"
#include "views/inspector_panel.hpp"

using namespace gui_test;
using gui::InspectorModel;

namespace {

const planner::Value* at(Desk& desk, const std::string& pointer) {
  return planner::at_pointer(desk.document().parsed().root, pointer);
}

/// Keys to the window, which a dialog may have taken them from.
void press(Desk& desk, Qt::Key key, Qt::KeyboardModifiers with = Qt::ControlModifier) {
  desk.window.activateWindow();
  REQUIRE(QTest::qWaitForWindowActive(&desk.window));
  QTest::keyClick(&desk.window, key, with);
}

enum class Into : int { base, strategy };

/// Ctrl+N, the section, the layer, the id letter by letter, OK.
void add(Desk& desk, const std::string& section, const QString& id, Into layer = Into::base) {
  const NextDialog dialog{[&](QDialog& ask) {
    ask.findChild<QComboBox*>(QStringLiteral("section"))->setCurrentText(gui::section_title(section));
    ask.findChild<QComboBox*>(QStringLiteral("layer"))->setCurrentIndex(static_cast<int>(layer));
    auto* line = ask.findChild<QComboBox*>(QStringLiteral("id"))->lineEdit();
    line->selectAll();
    QTest::keyClicks(line, id);
    ask.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
  }};
  press(desk, Qt::Key_N);
  REQUIRE(dialog.was_shown());
}

/// The row of the field or entry at `pointer`, in the column of values.
QModelIndex row_of(const InspectorModel& model, const std::string& pointer, const QModelIndex& parent = {}) {
  for (int row = 0; row < model.rowCount(parent); ++row) {
    const QModelIndex index = model.index(row, InspectorModel::name_column, parent);
    if (model.pointer_of(index) == pointer) return index.siblingAtColumn(InspectorModel::value_column);
    const QModelIndex deeper = row_of(model, pointer, index);
    if (deeper.isValid()) return deeper;
  }
  return {};
}

/// Makes the row of `pointer` the current one of the inspector.
QModelIndex choose(Desk& desk, const std::string& selected, const std::string& pointer) {
  desk.window.session().select(selected);
  const QModelIndex row = row_of(desk.window.inspector().model(), pointer);
  REQUIRE(row.isValid());
  desk.window.inspector().tree().setCurrentIndex(row);
  return row;
}

}  // namespace

TEST_CASE("Every kind of thing is added and removed through the window, and undo restores every byte",
          "[edit]") {
  const auto [selected, section, id] = GENERATE(table<std::string, std::string, std::string>({
      {"", "/sites", "paris"},
      {"", "/links", "edge--cloud"},
      {"", "/populations", "students"},
      {"/services/web", "/services", "store"},
      {"/placement", "/placement/web", "edge"},
      {"", "/strategies", "both"},
      {"/sites/edge", "/sites/edge/pools", "gpu"},
      {"/flows/page", "/flows/page/calls", "second"},
      {"", "/workloads", "night"},
      {"", "/assert", "fast"},
      {"", "/faults", "blackout"},
      {"", "/sweeps", "growth"},
  }));
  INFO(section << "/" << id);
  Desk desk;
  desk.open_small();
  const std::string before = desk.document().text(), pointer = section + "/" + id;
  desk.window.session().select(selected);
  add(desk, section, QString::fromStdString(id));
  REQUIRE(at(desk, pointer) != nullptr);
  CHECK(desk.window.session().pointer() == pointer);  // what was added is what one goes on with
  CHECK(desk.window.isWindowModified());
  const std::string added = desk.document().text();
  press(desk, Qt::Key_Delete);
  CHECK(at(desk, pointer) == nullptr);
  press(desk, Qt::Key_Z);
  CHECK(desk.document().text() == added);
  press(desk, Qt::Key_Z);
  CHECK(desk.document().text() == before);
  CHECK_FALSE(desk.window.isWindowModified());
}

TEST_CASE(
    "What is added refers to what there is: a placement to the site's pool, a link to the sites of its id",
    "[edit]") {
  Desk desk;
  desk.open_small();
  add(desk, "/placement/web", QStringLiteral("edge"));
  CHECK(at(desk, "/placement/web/edge/pool")->text == "box");
  CHECK(at(desk, "/placement/web/edge/replicas")->number == 1);
  // One replica that takes 5 ms serves 200 a second: not more than the far users ask for.
  desk.document().set_value("/placement/web/edge/replicas", "4", QStringLiteral("x"));
  add(desk, "/links", QStringLiteral("cloud--edge"));
  REQUIRE(at(desk, "/links/cloud--edge/between")->items.size() == 2);
  CHECK(at(desk, "/links/cloud--edge/between")->items[0].text == "cloud");
  desk.wait_checked();
  const auto& issues = desk.document().checked()->diagnostics;
  INFO((issues.empty() ? std::string{} : issues.front().message));
  CHECK(desk.document().checked()->valid());
}

TEST_CASE("A strategy gets and loses a placement of its own while the base stays as it is", "[edit]") {
  Desk desk;
  desk.open_small();
  const std::string before = desk.document().text();
  desk.window.session().set_strategy("near");
  add(desk, "/placement/web", QStringLiteral("cloud"), Into::strategy);
  CHECK(at(desk, "/strategies/near/patch/placement/web/cloud/replicas")->number == 1);
  CHECK(at(desk, "/placement/web/cloud/replicas")->number == 6);
  desk.document().history().undo();
  desk.wait_checked();
  desk.window.session().set_strategy("far");
  desk.window.session().set_scope(gui::Session::Scope::strategy);
  choose(desk, "/placement/web", "/placement/web/cloud");
  desk.window.inspector().remove();
  CHECK(at(desk, "/strategies/far/patch/placement/web/cloud")->kind == planner::Value::Kind::null);
  desk.wait_checked();
  // What is taken away stays in sight, and a reset brings it back.
  const InspectorModel& fields = desk.window.inspector().model();
  const QModelIndex gone = choose(desk, "/placement/web", "/placement/web/cloud");
  CHECK(gone.siblingAtColumn(InspectorModel::origin_column).data().toString() ==
        QStringLiteral("removed by strategy far"));
  REQUIRE(fields.can_reset(gone));
  desk.window.inspector().reset();
  CHECK(at(desk, "/strategies/far/patch/placement/web/cloud") == nullptr);
  desk.document().history().setIndex(0);
  CHECK(desk.document().text() == before);
}

TEST_CASE("An id that is taken or has no form of one is told while it is typed, and cannot be accepted",
          "[edit]") {
  Desk desk;
  desk.open_small();
  const std::string before = desk.document().text();
  bool taken = true, formless = true, free = false;
  const NextDialog dialog{[&](QDialog& ask) {
    ask.findChild<QComboBox*>(QStringLiteral("section"))->setCurrentText(gui::section_title("/sites"));
    auto* line = ask.findChild<QComboBox*>(QStringLiteral("id"))->lineEdit();
    const QPushButton* accept = ask.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    QTest::keyClicks(line, QStringLiteral("edge"));
    taken = accept->isEnabled();
    QTest::keyClicks(line, QStringLiteral("-2"));
    free = accept->isEnabled();
    QTest::keyClicks(line, QStringLiteral(" X"));
    formless = accept->isEnabled();
  }};
  press(desk, Qt::Key_N);
  REQUIRE(dialog.was_shown());
  CHECK_FALSE(taken);
  CHECK(free);
  CHECK_FALSE(formless);
  CHECK(desk.document().text() == before);
}

TEST_CASE("The planner says what is wrong with a value while it is typed", "[edit]") {
  Desk desk;
  desk.open_small();
  const std::string before = desk.document().text();
  QTreeView& tree = desk.window.inspector().tree();
  choose(desk, "/services/web", "/services/web/time");  // which opens its editor
  QPointer<QLineEdit> line = tree.findChild<QLineEdit*>();
  REQUIRE(line != nullptr);
  line->selectAll();
  QTest::keyClicks(line, QStringLiteral("5"));
  const QString code = QStringLiteral("E%1").arg(static_cast<int>(planner::Code::missing_unit));
  wait_until([&] { return line->toolTip().contains(code); });
  CHECK(desk.document().text() == before);  // nothing is edited yet
  QTest::keyClicks(line, QStringLiteral(" ms"));
  wait_until([&] { return line->toolTip().isEmpty(); });
  QTest::keyClick(line, Qt::Key_Escape);
  wait_until([&] { return line.isNull(); });
  // What a value refers to is checked as well.
  choose(desk, "/placement/web", "/placement/web/cloud/pool");
  line = tree.findChild<QLineEdit*>();
  REQUIRE(line != nullptr);
  line->selectAll();
  QTest::keyClicks(line, QStringLiteral("bo"));
  wait_until([&] { return line->toolTip().contains(QStringLiteral("box")); });  // did you mean
  CHECK(desk.document().text() == before);
}

TEST_CASE("A wrong value is marked where it stands, with the command line's diagnostic", "[edit]") {
  Desk desk;
  desk.open_small();
  desk.document().set_value("/services/web/time", "\"5\"", QStringLiteral("x"));
  desk.wait_checked();
  const QModelIndex time = choose(desk, "/services/web", "/services/web/time");
  CHECK(time.data().toString() == QStringLiteral("⚠ 5"));
  CHECK(time.data(Qt::EditRole).toString() == QStringLiteral("5"));
  CHECK(time.data(Qt::ToolTipRole)
            .toString()
            .contains(QStringLiteral("E%1").arg(static_cast<int>(planner::Code::missing_unit))));
}

TEST_CASE("A baseline that cannot be run is told, and the window goes on", "[edit]") {
  Desk desk;
  desk.open_small();
  desk.document().remove_value("/placement/web/cloud", QStringLiteral("x"));
  desk.wait_checked();
  CHECK_FALSE(desk.window.session().can_run());
  desk.document().history().undo();
  desk.wait_checked();
  CHECK(desk.window.session().can_run());
}

TEST_CASE("A slider offers values around the one there is, with its unit", "[edit]") {
  using gui::Digits;
  const QStringList nodes = gui::values_around(QStringLiteral("3"), Digits::whole);
  CHECK(nodes.front() == QStringLiteral("1"));
  CHECK(nodes.back() == QStringLiteral("7"));  // max(2 x 3, 3 + 4)
  const QStringList price = gui::values_around(QStringLiteral("1.62 USD/h"), Digits::any);
  CHECK(price.front() == QStringLiteral("0.405 USD/h"));  // a quarter
  CHECK(price.back() == QStringLiteral("6.48 USD/h"));    // four times
  CHECK(price.contains(QStringLiteral("1.62 USD/h")));
  CHECK(gui::values_around(QStringLiteral("150"), Digits::whole).contains(QStringLiteral("150")));
  CHECK(gui::values_around(QStringLiteral("poisson"), Digits::any).isEmpty());
  CHECK(gui::values_around(QStringLiteral("{\"dist\":\"exp\"}"), Digits::any).isEmpty());
}

TEST_CASE("Moving the slider is one step of the history, and shows a preview that undo takes back",
          "[edit]") {
  Desk desk;
  desk.open_small();
  desk.run();
  const auto full = desk.window.session().outcome();
  const std::string before = desk.document().text();
  choose(desk, "/workloads/w", "/workloads/w/arrivals/rate");
  QSlider& slider = desk.window.inspector().slider().slider();
  REQUIRE(slider.isVisibleTo(&desk.window));
  for (int i = 0; i < 3; ++i) QTest::keyClick(&slider, Qt::Key_Right);
  CHECK(desk.document().history().count() == 1);
  CHECK(at(desk, "/workloads/w/arrivals/rate")->text > "200 req/s");
  wait_until([&] { return desk.window.session().outcome() != full && !desk.window.session().is_stale(); });
  CHECK(desk.window.session().outcome()->depth == gui::RunOrder::Depth::preview);
  desk.document().history().undo();
  CHECK(desk.document().text() == before);
  // The full results were of these inputs: nobody has to run them again.
  CHECK(desk.window.session().outcome() == full);
  CHECK_FALSE(desk.window.session().is_stale());
}

namespace {

/// Accepts the next dialog as it is.
NextDialog accept_next() {
  return NextDialog{
      [](QDialog& ask) { ask.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click(); }};
}

}  // namespace

TEST_CASE("A site and users are added where the map is clicked, and undo restores every byte",
          "[edit][map]") {
  const auto [section, id] =
      GENERATE(table<std::string, std::string>({{"/sites", "site"}, {"/populations", "users-2"}}));
  Desk desk;
  desk.open_small();
  gui::MapView& map = desk.window.map_page().map();
  wait_until([&] { return map.scene() != nullptr; });
  const std::string before = desk.document().text(), pointer = section + "/" + id;
  desk.window.map_page().ask_for_place(section);
  CHECK(map.is_asking());
  const QPoint pixel{map.width() / 2, map.height() / 3};
  const QPointF world = map.viewport().from_screen(pixel);
  {
    const NextDialog dialog = accept_next();
    QTest::mouseClick(&map, Qt::LeftButton, {}, pixel);
    REQUIRE(dialog.was_shown());
  }
  CHECK_FALSE(map.is_asking());
  REQUIRE(at(desk, pointer) != nullptr);
  CHECK(desk.window.session().pointer() == pointer);
  // A place is written to a ten-thousandth of a degree.
  CHECK(at(desk, pointer + "/at/lat")->number == Approx(gui::latitude_of(world)).margin(0.5e-4));
  CHECK(at(desk, pointer + "/at/lon")->number == Approx(gui::longitude_of(world)).margin(0.5e-4));
  desk.wait_checked();
  CHECK(desk.document().checked()->valid());  // it stands on the map at once
  desk.document().history().undo();
  CHECK(desk.document().text() == before);
  CHECK_FALSE(desk.document().is_modified());
}

TEST_CASE("A place on the map is chosen by Return and left by Escape", "[edit][map]") {
  Desk desk;
  desk.open_small();
  gui::MapView& map = desk.window.map_page().map();
  wait_until([&] { return map.scene() != nullptr; });
  desk.window.map_page().ask_for_place("/sites");
  QTest::keyClick(&map, Qt::Key_Escape);
  CHECK_FALSE(map.is_asking());
  CHECK_FALSE(desk.document().is_modified());
  desk.window.map_page().ask_for_place("/sites");
  const NextDialog dialog = accept_next();
  QTest::keyClick(&map, Qt::Key_Return);
  REQUIRE(dialog.was_shown());
  const QPointF middle = map.viewport().from_screen({map.width() / 2.0, map.height() / 2.0});
  CHECK(at(desk, "/sites/site/at/lat")->number == Approx(gui::latitude_of(middle)).margin(0.5e-4));
}

TEST_CASE("What only an import or a strategy has is copied as it is effective", "[edit]") {
  std::string plan = small_plan;
  plan.replace(plan.find("\"time\""), 0, R"("imports": { "more": { "from": "more.json" } }, )");
  Desk desk;
  desk.write(QStringLiteral("more.json"),
             R"({ "sites": { "lab": { "tier": "edge", "at": { "lat": 48.1, "lon": 11.6 } } } })");
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), plan)));
  desk.wait_checked();
  REQUIRE(at(desk, "/sites/lab") == nullptr);
  REQUIRE(desk.window.session().resolution() != nullptr);
  const std::string before = desk.document().text();
  desk.window.session().select("/sites/lab");
  {
    const NextDialog dialog = accept_next();
    press(desk, Qt::Key_D);
    REQUIRE(dialog.was_shown());
  }
  REQUIRE(at(desk, "/sites/lab-2/at/lat") != nullptr);
  CHECK(at(desk, "/sites/lab-2/at/lat")->number == Approx(48.1));
  desk.document().history().undo();
  CHECK(desk.document().text() == before);
}
