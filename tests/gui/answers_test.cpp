#include <QAbstractItemModelTester>

#include "document/changed_inputs.hpp"
#include "document/scenario_tree_model.hpp"
#include "gui/desk.hpp"
#include "planner/jsonc.hpp"
#include "planner/number_text.hpp"
#include "verdict_marks.hpp"
#include "views/compare_view.hpp"
#include "views/run_gauge.hpp"

using namespace gui_test;

namespace {

planner::Value value_of(const std::string& text) {
  return planner::parse_jsonc(std::make_shared<planner::SourceFile>("x", text)).root;
}

/// The small plan with assertions: one kept, one missed, one missed that only warns.
std::string judged_plan() {
  std::string text = small_plan;
  const std::string experiment = "  \"experiment\"";
  text.insert(text.find(experiment), R"(  "assert": {
    "fast": { "expr": "p99(latency{flow=page}) <= 10 s" },
    "free": { "expr": "cost.total <= 1 USD/month" },
    "thrift": { "expr": "cost.total <= 2 USD/month", "level": "warn" }
  },
)");
  return text;
}

}  // namespace

TEST_CASE("What was changed is named by the innermost values that differ", "[document]") {
  const planner::Value before = value_of(R"({ "a": { "b": 1, "c": [1, 2] }, "gone": 0 })");
  CHECK(gui::changed_inputs(before, value_of(R"({ "gone": 0, "a": { "c": [1, 2], "b": 1.0 } })")).empty());
  CHECK(gui::changed_inputs(before, value_of(R"({ "a": { "b": 2, "c": [1, 3], "d/e": 1 } })")) ==
        std::vector<std::string>{"/a/b", "/a/c", "/a/d~1e", "/gone"});
}

TEST_CASE("What was changed is found in any order of the members", "[document]") {
  // c and a changed places, b is gone, d came, the value of c is another.
  CHECK(gui::changed_inputs(value_of(R"({ "a": 1, "b": 2, "c": { "x": 3 } })"),
                            value_of(R"({ "c": { "x": 4 }, "d": 5, "a": 1 })")) ==
        std::vector<std::string>{"/c/x", "/d", "/b"});
  CHECK(gui::changed_inputs(value_of(R"({ "a": 1, "b": 2 })"), value_of(R"({ "b": 2, "a": 1 })")).empty());
}

TEST_CASE("The time left follows the precision where one is asked for", "[gauge]") {
  planner::Progress progress;
  progress.fraction = 0.5;
  CHECK(gui::seconds_left(progress, 0.1) < 0);           // too early to tell
  CHECK(gui::seconds_left(progress, 4.0) == Approx(4));  // half is done in 4 s
  // An interval twice as wide as asked takes four times the replications: 4 x 4 s in all, 4 s are over.
  progress.precision = planner::Precision{"p99 of every flow", "near", 0.03, 0.06, false};
  CHECK(gui::seconds_left(progress, 4.0) == Approx(12));
  CHECK(gui::precision_text(progress).toStdString() == "p99 of every flow ±" + planner::percent_text(0.06) +
                                                           " of " + planner::percent_text(0.03) +
                                                           ", binding: near");
}

TEST_CASE("Verdicts have a sign and a word in the tree and in the table of differences", "[verdicts]") {
  Desk desk;
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), judged_plan())));
  desk.wait_checked();
  desk.run();
  const auto& study = desk.window.session().outcome()->study;
  gui::ScenarioTreeModel tree;
  tree.show_document(desk.document().parsed().root);
  tree.show_results({desk.window.session().outcome(), &study}, "far", "page");
  const auto figure = [&](const std::string& pointer) {
    return tree.index_of(pointer).siblingAtColumn(1).data().toString();
  };
  CHECK(figure("/assert/fast") == QStringLiteral("✓ pass"));
  CHECK(figure("/assert/free") == QStringLiteral("✗ fail"));
  CHECK(figure("/assert/thrift") == QStringLiteral("! warn"));
  CHECK(figure("/strategies/far").startsWith(QStringLiteral("✗ p99")));
  CHECK(gui::verdict_summary(study.strategies.front().verdicts) ==
        QStringLiteral("✗ 1 fail · ! 1 warn · ✓ 1 pass"));
  gui::ComparisonModel& table = desk.window.compare_view().differences();
  QStringList judged;
  for (int row = 0; row < table.rowCount(); ++row) {
    const QString title = table.headerData(row, Qt::Vertical, Qt::DisplayRole).toString();
    if (title.startsWith(QStringLiteral("fast:"))) judged << table.index(row, 1).data().toString();
  }
  REQUIRE(judged.size() == 1);
  CHECK(judged.front().endsWith(QStringLiteral("✓ pass")));
}

TEST_CASE("Stale results name what was changed, and are fresh again once it is undone", "[window]") {
  Desk desk;
  desk.open_small();
  desk.run();
  CHECK(desk.window.session().changed_since_run().empty());
  desk.document().set_value("/services/web/time", "\"6 ms\"", QStringLiteral("x"));
  CHECK(desk.window.session().changed_since_run() == std::vector<std::string>{"/services/web/time"});
  CHECK(desk.window.session().is_stale());
  desk.document().history().undo();
  CHECK_FALSE(desk.window.session().is_stale());
}
