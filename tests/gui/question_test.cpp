#include <QComboBox>
#include <QListWidget>
#include <nlohmann/json.hpp>

#include "charts/loss_chart.hpp"
#include "charts/plot_panel.hpp"
#include "charts/sweep_surface.hpp"
#include "gui/desk.hpp"
#include "gui/tool.hpp"
#include "planner/number_text.hpp"
#include "views/failure_page.hpp"
#include "views/optimize_page.hpp"
#include "views/sensitivity_page.hpp"
#include "views/sweep_page.hpp"

using namespace gui_test;

namespace {

/// The small plan with a sweep of four points, one of which asks for more than there is.
std::string swept_plan() {
  std::string text = small_plan;
  const std::string experiment = "  \"experiment\"";
  text.insert(text.find(experiment), R"(  "sweeps": {
    "growth": {
      "strategies": ["far"],
      "axes": {
        "replicas": { "at": ["/placement/web/cloud/replicas"], "values": [6, 99] },
        "load": { "at": ["/workloads/w/arrivals/rate"], "scale": [1, 1.5] }
      }
    }
  },
)");
  return text;
}

void answer(gui::QuestionPage& page) {
  page.run();
  REQUIRE(page.is_running());
  wait_until([&] { return !page.is_running(); });
}

}  // namespace

TEST_CASE("A sweep shows every point, infeasible ones as such, and what the command line prints", "[sweep]") {
  Desk desk;
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), swept_plan())));
  desk.wait_checked();
  gui::SweepPage& page = desk.window.sweep_page();
  answer(page);
  REQUIRE(page.state() != nullptr);
  CHECK(page.state()->done == 4);
  REQUIRE(page.state()->rows.size() == 4);
  CHECK(page.panel().table().rows.size() == 4);
  const gui::CellGrid grid = gui::sweep_surface(page.state()->rows, {"far", "p99 page", 60, {}});
  CHECK(grid.columns == QStringList{QStringLiteral("1"), QStringLiteral("1.5")});
  CHECK(grid.at(0, 0).state == gui::CellGrid::Cell::State::value);
  CHECK(grid.at(1, 0).state == gui::CellGrid::Cell::State::refused);
  const auto document = planner::sweep_json(page.state()->sweep, page.state()->rows);
  CHECK(hash_of(printed(page.command_line()).at("rows")) == hash_of(document.at("rows")));
}

TEST_CASE("A sweep that is run again simulates nothing that was simulated before", "[sweep]") {
  Desk desk;
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), swept_plan())));
  desk.wait_checked();
  gui::SweepPage& page = desk.window.sweep_page();
  answer(page);
  CHECK(page.recalled() == 0);
  answer(page);
  CHECK(page.recalled() == 2 * 5);  // two points can be run, five replications each
}

TEST_CASE("The job files of a sweep are those that the command line writes", "[sweep]") {
  Desk desk;
  const QString scenario = desk.write(QStringLiteral("scenario.json"), swept_plan());
  REQUIRE(desk.window.open_path(scenario));
  desk.wait_checked();
  const auto [cluster, word] = GENERATE(table<gui::SweepPage::Cluster, const char*>(
      {{gui::SweepPage::Cluster::slurm, "slurm"}, {gui::SweepPage::Cluster::kubernetes, "k8s"}}));
  const QString folder = desk.folder.path();
  REQUIRE(desk.window.sweep_page().write_jobs(cluster, 3, folder).isEmpty());
  const auto told = printed(QStringLiteral("isochrone submit %1 growth --to %2 --tasks 3 --dry-run")
                                .arg(scenario, QLatin1String{word}));
  REQUIRE(told.at("files").size() >= 2);
  for (const auto& file : told.at("files")) {
    const QString name = QString::fromStdString(file.at("path")).section(u'/', -1);
    CHECK(read(folder + u'/' + name) == file.at("text"));
  }
  desk.document().set_value("/services/web/time", "\"6 ms\"", QStringLiteral("x"));
  CHECK_FALSE(desk.window.sweep_page().write_jobs(cluster, 3, folder).isEmpty());  // not what the file says
}

TEST_CASE("The tornado has the effects that the command line finds, and a bar is found by its height",
          "[sensitivity]") {
  Desk desk;
  desk.open_small();
  gui::SensitivityPage& page = desk.window.sensitivity_page();
  answer(page);
  REQUIRE(page.result() != nullptr);
  REQUIRE(page.panel().table().rows.size() > 3);
  const auto computed = planner::sensitivity_json(*page.result());
  const auto told = printed(page.command_line());
  INFO(told.dump());
  for (const auto& [key, value] : computed.items()) {
    INFO(key);
    CHECK(hash_of(told.at(key)) == hash_of(value));
  }
  gui::Tornado three{QStringLiteral("p99"), QStringLiteral("ms"), std::vector<planner::Effect>(3)};
  CHECK(gui::effect_at(three, 2.1) == 0U);  // the greatest stands on top
  CHECK(gui::effect_at(three, 0) == 2U);
  CHECK_FALSE(gui::effect_at(three, 2.6).has_value());
}

TEST_CASE("The cell below the pointer is found, and none beside the grid", "[sweep]") {
  gui::CellGrid grid;
  grid.columns = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
  grid.rows = {QStringLiteral("top"), QStringLiteral("bottom")};
  grid.cells.resize(6);
  CHECK(gui::cell_at(grid, 2.2, 0.9) == 2U);  // the last of the first row: rows count from the top
  CHECK(gui::cell_at(grid, 0, 0) == 3U);
  CHECK_FALSE(gui::cell_at(grid, 3.2, 0).has_value());
  CHECK_FALSE(gui::cell_at(grid, 0, -0.9).has_value());
}

TEST_CASE("A plan that a search found becomes a strategy that resolves to it, and undo takes it back",
          "[optimise]") {
  Desk desk;
  desk.open_small();
  const std::string before = desk.document().text();
  gui::OptimizePage& page = desk.window.optimize_page();
  page.set_effort(200);
  answer(page);
  REQUIRE(page.result() != nullptr);
  REQUIRE_FALSE(page.result()->plans.empty());
  const auto computed =
      planner::optimum_json(desk.document().checked()->find("far")->scenario(), *page.result());
  CHECK(hash_of(printed(page.command_line()).at("plans")) == hash_of(computed.at("plans")));
  const planner::Placements wanted = page.result()->plans.front().placement;
  const std::string id = page.save_plan(0);
  REQUIRE_FALSE(id.empty());
  desk.wait_checked();
  const planner::Resolution* saved = desk.document().checked()->find(id);
  REQUIRE(saved != nullptr);
  const auto& placement = saved->scenario().placement;
  REQUIRE(placement.at("web").size() == wanted.at("web").size());
  for (const auto& [site, one] : wanted.at("web"))
    CHECK(placement.at("web").at(site).replicas == one.replicas);
  desk.document().history().undo();
  CHECK(desk.document().text() == before);
}

TEST_CASE("The search names the assertions that it cannot judge, unless requirements are chosen",
          "[optimise]") {
  Desk desk;
  std::string text = small_plan;
  const std::string experiment = "  \"experiment\"";
  text.insert(text.find(experiment), R"(  "assert": {
    "fast": { "expr": "p99(latency{flow=page}) <= 60 ms" },
    "cheap": { "expr": "cost.total <= 9000 USD/month" },
    "whole": { "expr": "ratio(late{flow=page}) <= 1 %" }
  },
)");
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), text)));
  desk.wait_checked();
  gui::OptimizePage& page = desk.window.optimize_page();
  page.set_effort(50);
  answer(page);
  REQUIRE(page.result() != nullptr);
  REQUIRE(page.result()->left_out.size() == 1);  // no formula tells the share that is late
  CHECK(printed(page.command_line()).at("not_required") == nlohmann::ordered_json(page.result()->left_out));
  // --subject-to asks for these alone, so nothing is left out of them.
  auto* requirements = page.findChild<QListWidget*>();
  REQUIRE(requirements->count() == 2);
  requirements->item(0)->setCheckState(Qt::Unchecked);
  answer(page);
  CHECK(page.result()->left_out.empty());
  CHECK(printed(page.command_line()).at("not_required").empty());
}

TEST_CASE("A strategy that is infeasible as it is has no losses, and the page says why", "[failures]") {
  Desk desk;
  std::string text = small_plan;
  const std::string load = "200 req/s";  // 5 ms each on 6 replicas of one core: at most 1,200 a second
  text.replace(text.find(load), load.size(), "5000 req/s");
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), text)));
  desk.wait_checked();
  gui::FailurePage& page = desk.window.failure_page();
  answer(page);
  CHECK(page.losses().empty());
  const std::string reason = printed(page.command_line()).at("reason");
  CHECK(page.answer().contains(QString::fromStdString(reason).toHtmlEscaped()));
}

TEST_CASE("Losses are what the command line finds, and a loss that is entered is what was simulated",
          "[failures]") {
  Desk desk;
  std::string text = small_plan;
  const std::string far = R"("cloud": { "pool": "box", "replicas": 6 } } })";
  text.replace(text.find(far), far.size(),
               R"("cloud": { "pool": "box", "replicas": 6 }, "edge": { "pool": "box", "replicas": 4 } } })");
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), text)));
  desk.wait_checked();
  gui::FailurePage& page = desk.window.failure_page();
  answer(page);
  REQUIRE(page.losses().size() == 2);  // the cloud and the edge
  CHECK(hash_of(printed(page.command_line()).at("losses")) ==
        hash_of(planner::losses_json({page.losses(), 0, 0}).at("losses")));
  const planner::Loss worst = page.losses().front();
  REQUIRE(worst.survives);
  const std::string before = desk.document().text();
  const std::string id = page.enter(0);
  REQUIRE_FALSE(id.empty());
  wait_until([&] { return desk.window.session().strategy() == id; });
  desk.run();
  const planner::StrategyResult* state = desk.window.session().result();
  REQUIRE(state != nullptr);
  // Five replications on the same random numbers give the same histogram, so the same percentile.
  CHECK(state->slices.front().percentiles[3].value == worst.flows.front().p99.value);
  page.leave();
  wait_until([&] { return desk.window.session().strategy() == "far"; });
  CHECK(desk.document().text() == before);
}

TEST_CASE("Double losses make a matrix in which either order names the pair", "[failures]") {
  gui::LossFigure figure;
  figure.flow = "page";
  for (const auto& [a, b, rise] : {std::tuple{"x", "y", 3.0}, std::tuple{"x", "z", 1.0}}) {
    planner::Loss loss;
    loss.lost = {a, b};
    loss.flows.push_back({"page", {10 + rise, 10 + rise, 10 + rise, "ms"}, {rise, rise, rise, "ms"}});
    figure.losses.push_back(loss);
  }
  // Rows from the top and columns are x, y, z: the row of x is at height 2, that of z at 0.
  CHECK(gui::loss_at(figure, 1, 2) == 0U);
  CHECK(gui::loss_at(figure, 0, 1) == 0U);
  CHECK(gui::loss_at(figure, 0, 0) == 1U);
  CHECK_FALSE(gui::loss_at(figure, 1, 0).has_value());  // y and z were not lost together
}

TEST_CASE("The losses have a column for each thing that the command line tells of them", "[failures]") {
  Desk desk;
  std::string text = small_plan;
  const std::string far = R"("cloud": { "pool": "box", "replicas": 6 } } })";
  text.replace(text.find(far), far.size(),
               R"("cloud": { "pool": "box", "replicas": 6 }, "edge": { "pool": "box", "replicas": 4 } } })");
  REQUIRE(desk.window.open_path(desk.write(QStringLiteral("scenario.json"), text)));
  desk.wait_checked();
  gui::FailurePage& page = desk.window.failure_page();
  answer(page);
  const gui::TableData& table = page.panel().table();
  const auto told = printed(page.command_line()).at("losses");
  REQUIRE(table.rows.size() == told.size());
  const auto cell = [&](std::size_t row, const char* title) {
    const auto column = table.header.indexOf(QString{title});
    REQUIRE(column >= 0);
    return table.rows[row][column].toStdString();
  };
  for (std::size_t row = 0; row < told.size(); ++row) {
    const auto& loss = told[row];
    CHECK(cell(row, "lost") == loss.at("lost").front());
    CHECK(cell(row, "survives") ==
          (loss.at("survives") ? "✓ yes" : "✗ no: " + loss.value("reason", std::string{})));
    CHECK(cell(row, "users in it") == planner::number_text(loss.at("users")));
    CHECK(cell(row, "requests/s in it") == planner::number_text(loss.at("requests_per_second")));
    CHECK(cell(row, "fail until the failover") == planner::number_text(loss.at("failed_requests")));
    CHECK(cell(row, "saved by a later attempt") == planner::number_text(loss.at("retried_requests")));
    CHECK(cell(row, "share of its calls") == planner::percent_text(loss.at("share")));
    if (!loss.at("survives")) continue;
    const double p99 = loss.at("flows").at("page").at("p99").at("v");
    CHECK(cell(row, "p99 of page [ms]").starts_with(planner::number_text(p99) + " ("));
  }
}
