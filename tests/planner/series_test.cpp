#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "planner/number_text.hpp"
#include "planner/render_ci.hpp"
#include "planner/render_series.hpp"
#include "planner/result_store.hpp"
#include "planner/study.hpp"
#include "planner/study_view.hpp"
#include "small_scenario.hpp"
#include "support/process.hpp"

using planner::SeriesBy;
using planner::SeriesLine;
using planner::Study;
using planner::TimeSeries;
using sim::operator""h;
using sim::operator""min;
using sim::operator""ms;
using sim::operator""s;
using test_support::small_scenario;
using test_support::with;

namespace {

Study study_of(const std::string& text, std::uint32_t replications = 3, planner::RunStore* store = nullptr) {
  std::vector<planner::Scenario> scenarios;
  const planner::Document document = test_support::document(text);
  for (const auto& resolution : document.resolve_all()) scenarios.push_back(resolution.scenario());
  planner::StudyOptions options;
  options.replications = replications;
  options.store = store;
  return planner::run_study(scenarios, options);
}

const TimeSeries& series_of(const Study& study, const std::string& strategy) {
  const auto found = std::ranges::find(study.strategies, strategy, &planner::StrategyResult::strategy);
  REQUIRE(found != study.strategies.end());
  return found->series;
}

double sum(const SeriesLine& line) {
  double total = 0;
  for (const auto& point : line.points) total += point ? point->value : 0.0;
  return total;
}

/// With two hours a day that are four times as busy as the others.
std::string diurnal(const std::string& text) {
  std::string shape;
  for (int hour = 0; hour < 24; ++hour)
    shape += (hour > 0 ? ", " : "") + std::string{hour == 8 || hour == 18 ? "4" : "1"};
  return with(
      with(text, R"("rate": "20 req/s")", R"("rate": "2 req/s", "profile": { "hourly": [)" + shape + "] }"),
      R"("duration": "10 min")", R"("duration": "24 h")");
}

}  // namespace

TEST_CASE("Slices have round lengths, and there are 24 to 60 of them", "[planner][series]") {
  CHECK(planner::natural_step(24h) == 1h);
  CHECK(planner::natural_step(1h) == 2min);
  CHECK(planner::natural_step(10min) == 20s);
  CHECK(planner::natural_step(5s) == 200ms);
  for (sim::Duration span = 24ms; span < 2000h; span += span / 7) {
    const sim::Duration step = planner::natural_step(span);
    const auto slices = (span + step - sim::Duration{1}) / step;
    CAPTURE(span.count(), step.count());
    CHECK(slices >= 24);
    CHECK(slices <= 60);
  }
}

TEST_CASE("A series is left out where it would hold too many histograms", "[planner][series]") {
  // 24 slices of 1 h: up to 341 classes unasked (341 x 24 = 8184 of 8192), up to 5461 if asked for.
  CHECK(planner::series_step({}, 24h, 341) == 1h);
  // 342 x 24 are more than 8,192; 12 slices are 4,104 to 8,184 histograms of up to 682 classes, 6 of up to
  // 1,365.
  CHECK(planner::series_step({}, 24h, 342) == 2h);
  CHECK(planner::series_step({}, 24h, 682) == 2h);
  CHECK(planner::series_step({}, 24h, 683) == 4h);
  CHECK(planner::series_step({}, 24h, 1365) == 4h);
  CHECK(planner::series_step({}, 24h, 1366) == 0s);
  CHECK(planner::series_step(1h, 24h, 5461) == 1h);
  CHECK(planner::series_step(1h, 24h, 5462) == 0s);
  CHECK(planner::series_step(0s, 24h, 1) == 0s);
}

TEST_CASE("The slices of a study add up to its whole", "[planner][series]") {
  const Study study = study_of(small_scenario);
  const TimeSeries& series = series_of(study, "both");
  REQUIRE(series.step == 20s);
  REQUIRE(series.slices == 30);
  // 30 slices of 20 s, three replications: the sum of the rates times 20 s x 3 is what was started.
  const SeriesLine* requests = planner::find_line(series, "requests", "page", {}, {});
  REQUIRE(requests != nullptr);
  const planner::Slice* whole = planner::whole_flow(study.strategies[1], "page");
  CHECK(sum(*requests) * 20 * 3 == Approx(static_cast<double>(whole->started)).epsilon(1e-12));
  // Demand is constant, so a bill of a month is 730 times the mean of the slices' hours.
  const SeriesLine* cost = planner::find_line(series, "cost", {}, {}, {});
  REQUIRE(cost != nullptr);
  CHECK(sum(*cost) / 30 * 730 == Approx(study.strategies[1].cost_total.value).epsilon(1e-9));
  const SeriesLine* carbon = planner::find_line(series, "carbon", {}, {}, {});
  REQUIRE(carbon != nullptr);
  CHECK(sum(*carbon) / 30 * 730 == Approx(study.strategies[1].carbon_total.value).epsilon(1e-9));
  // Two sites share the bill, and users' devices are no part of it here.
  double of_sites = 0;
  for (const SeriesLine* line : planner::lines_of(series, "cost", SeriesBy::site, {})) of_sites += sum(*line);
  CHECK(of_sites == Approx(sum(*cost)).epsilon(1e-9));
  // The mean of a pool's utilisation over equal slices is that of the whole.
  const auto pools = planner::lines_of(series, "utilisation", SeriesBy::pool, {});
  REQUIRE(pools.size() == study.strategies[1].pools.size());
  for (std::size_t i = 0; i < pools.size(); ++i)
    CHECK(sum(*pools[i]) / 30 == Approx(study.strategies[1].pools[i].utilisation).epsilon(1e-9));
}

TEST_CASE("A busy hour shows in requests, utilisation, cost of energy and latency", "[planner][series]") {
  const Study study = study_of(diurnal(small_scenario), 4);
  const TimeSeries& series = series_of(study, "cloud");
  REQUIRE(series.slices == 24);
  // The profile's mean is 30/24, so a calm hour has 2 x 24/30 = 1.6 requests a second and a busy one 6.4. Of
  // four hours of 3,600 s the mean rate has a standard error of sqrt(rate / 14,400).
  const SeriesLine* requests = planner::find_line(series, "requests", "page", {}, {});
  REQUIRE(requests != nullptr);
  for (std::size_t hour = 0; hour < 24; ++hour) {
    const double rate = hour == 8 || hour == 18 ? 6.4 : 1.6;
    CAPTURE(hour);
    CHECK(std::abs(requests->points[hour]->value - rate) < 4 * std::sqrt(rate / 14'400));
  }
  const auto at = [&](const SeriesLine* line, std::size_t hour) { return line->points[hour]->value; };
  const SeriesLine* busy = planner::lines_of(series, "utilisation", SeriesBy::pool, {}).front();
  CHECK(at(busy, 8) / at(busy, 3) == Approx(4).epsilon(0.1));
  CHECK(planner::slice_label(study, series, 8) == "08:00");
  // 5 ms of service on 6 servers hardly queue: an interval of p99 holds the value of the next hour or so, and
  // every slice has one.
  const SeriesLine* slow = planner::find_line(series, "p99", "page", {}, {});
  for (const auto& point : slow->points) {
    REQUIRE(point);
    CHECK(point->low <= point->value);
    CHECK(point->value <= point->high);
  }
}

TEST_CASE("What a scenario says of its slices holds, and too many are refused", "[planner][series]") {
  const auto experiment = [](const std::string& step) {
    return with(small_scenario, R"("strategies": {)",
                R"("experiment": { "series": ")" + step + R"(" }, "strategies": {)");
  };
  CHECK(study_of(experiment("2 min"), 1).strategies[0].series.slices == 5);
  CHECK(study_of(experiment("7 min"), 1).strategies[0].series.slices == 2);
  CHECK(study_of(experiment("0 s"), 1).strategies[0].series.empty());
  const auto issues = test_support::issues_of(experiment("0.2 s"));
  REQUIRE(issues.size() == 1);
  CHECK(planner::name(issues[0].code) == "E1105");
  CHECK(issues[0].message == "3000 slices, at most 2000 are recorded");
}

TEST_CASE("Slices are part of what a stored replication is known by", "[planner][series][store]") {
  const auto digest = [](const std::string& text) { return test_support::scenario(text).content_sha256; };
  const auto experiment = [](const std::string& members) {
    return with(small_scenario, R"("strategies": {)",
                "\"experiment\": {" + members + R"(}, "strategies": {)");
  };
  CHECK(digest(experiment(R"("seed": 3)")) == digest(small_scenario));
  CHECK(digest(experiment(R"("series": "2 min")")) != digest(small_scenario));
}

TEST_CASE("A store holds the slices, whether a study was simulated or recalled", "[planner][series][store]") {
  const test_support::TemporaryFolder folder;
  planner::ResultStore store{folder.path() / "results.db", planner::ResultStore::Access::write};
  const Study first = study_of(small_scenario, 2, &store);
  const Study again = study_of(small_scenario, 2, &store);
  CHECK(store.found() == store.kept());
  CHECK(planner::series_json(again.strategies[0].series) == planner::series_json(first.strategies[0].series));
  store.add(first, test_support::document(small_scenario).bundle(), {});
  const auto rows =
      store
          .query(
              "SELECT slice, begin_ns, step_ns, unit, value, low <= value AND value <= high "
              "FROM series WHERE strategy = 'cloud' AND metric = 'p99' AND entity = 'flow=page' "
              "ORDER BY slice")
          .rows;
  REQUIRE(rows.size() == 30);
  const SeriesLine* line = planner::find_line(first.strategies[0].series, "p99", "page", {}, {});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(std::get<std::int64_t>(rows[i][0]) == static_cast<std::int64_t>(i));
    CHECK(std::get<std::int64_t>(rows[i][1]) == static_cast<std::int64_t>(i) * 20'000'000'000);
    CHECK(std::get<std::int64_t>(rows[i][2]) == 20'000'000'000);
    CHECK(std::get<std::string>(rows[i][3]) == "ms");
    CHECK(std::get<double>(rows[i][4]) == line->points[i]->value);
    CHECK(std::get<std::int64_t>(rows[i][5]) == 1);
  }
}

TEST_CASE("Tidy rows of slices tell when each begins", "[planner][series]") {
  const std::string csv = planner::render_csv(study_of(small_scenario, 1));
  CHECK(csv.starts_with("study,strategy,rep,metric,entity,unit,value,slice_s\n"));
  CHECK(csv.find("\nsmall,cloud,all,p99(latency),flow=page,ms,") != std::string::npos);
  std::istringstream lines{csv};
  std::size_t slices = 0;
  for (std::string line; std::getline(lines, line);) {
    const bool wanted = line.starts_with("small,both,all,p99(latency),\"flow=page,site=cloud\",ms,");
    slices += wanted && !line.ends_with(",") ? 1 : 0;
  }
  CHECK(slices == 30);
}

TEST_CASE("The table of slices prints every value of the lines asked for in 80 columns",
          "[planner][series]") {
  const Study study = study_of(small_scenario);
  const std::string text = planner::render_series(study, {"p95", SeriesBy::site, {}}, {});
  std::istringstream lines{text};
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  for (const std::string& line : all) {
    std::size_t columns = 0;
    for (const char byte : line) columns += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1 : 0;
    CAPTURE(line);
    CHECK(columns <= 80);
  }
  for (const planner::StrategyResult& result : study.strategies) {
    for (const SeriesLine* line : planner::lines_of(result.series, "p95", SeriesBy::site, "page")) {
      for (const auto& point : line->points) {
        REQUIRE(point);
        CHECK(text.find(planner::with_error({point->value, point->low, point->high, "ms"})) !=
              std::string::npos);
      }
    }
  }
  CHECK(planner::render_series(study, {"cold", SeriesBy::flow, {}}, {})
            .find("nothing is known of cold by flow") != std::string::npos);
}

TEST_CASE("Documents tell of few lines of a kind, and leave out what would make megabytes",
          "[planner][series]") {
  TimeSeries series;
  for (int i = 0; i < 51; ++i) {
    series.lines.push_back({"p99", "page", {}, {}, "site-" + std::to_string(i), "ms", {}});
    if (i < 50) series.lines.push_back({"cost", {}, {}, {}, "site-" + std::to_string(i), "USD/h", {}});
  }
  series.lines.push_back({"p99", "page", {}, {}, {}, "ms", {}});
  // 51 lines of p99 by site are left out, 50 of cost by site and the one of the flow stay.
  const auto lines = planner::told_lines(series);
  CHECK(lines.size() == 51);
  CHECK(std::ranges::count(lines, std::string{"cost"}, &SeriesLine::metric) == 50);
}

TEST_CASE("A sparkline rises with its values and leaves gaps where there are none", "[planner][series]") {
  SeriesLine line;
  for (const double value : {0.0, 1.0, 4.0, 8.0}) line.points.push_back({{value, value, value}});
  line.points.push_back({});
  CHECK(planner::sparkline(line, 30) == "▁▂▅█ ");
  // Five values in two columns: of the first two 1 is the highest, of the last three 8.
  CHECK(planner::sparkline(line, 2) == "▂█");
}
