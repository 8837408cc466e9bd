#include "planner/report.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "planner/render.hpp"
#include "planner/sha256.hpp"
#include "planner/study.hpp"
#include "small_scenario.hpp"

using planner::Bundle;
using planner::Document;
using planner::Scenario;
using test_support::document;
using test_support::small_scenario;
using test_support::with;

namespace {

const std::string hostile = R"(</script><img src=x onerror=alert(1)>&amp;\"'`| [a](b))";

struct Reported {
  planner::Study study;
  std::string html, markdown;
};

Reported report(const Document& document) {
  std::vector<Scenario> scenarios;
  for (const auto& resolution : document.resolve_all()) scenarios.push_back(resolution.scenario());
  planner::StudyOptions options;
  options.replications = 2;
  const planner::Study study = planner::run_study(scenarios, options);
  const planner::ReportInput input{study, scenarios, document.bundle()};
  return {study, planner::html_report(input), planner::markdown_report(input)};
}

std::size_t occurrences(const std::string& text, const std::string& piece) {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++count;
  return count;
}

bool has(const std::string& text, const std::string& piece) { return occurrences(text, piece) > 0; }

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

}  // namespace

TEST_CASE("A report opens as the scenario that it was made of", "[planner][report]") {
  planner::Overlays overlays;
  overlays.sets = {"/services/web/time=7 ms"};
  const Document original = document(small_scenario, overlays);
  const Reported first = report(original);
  const Document again = Document::parse(first.html, "report.html", {});
  CHECK(again.strategies() == original.strategies());
  CHECK(again.resolve("both").scenario().sha256 == original.resolve("both").scenario().sha256);
  CHECK(planner::result_json(report(again).study) == planner::result_json(first.study));
  CHECK(report(again).html == first.html);
}

TEST_CASE("A bundle opens without the files that its document was read from", "[planner][report]") {
  Bundle bundle;
  bundle.scenario = {
      "shop/scenario.json",
      with(small_scenario, R"("meta": { "name": "small" },)",
           R"("imports": { "more": { "from": "lib/more.json" } }, "meta": { "name": "small" },)")};
  bundle.scenario.text =
      with(bundle.scenario.text, R"("rate": "20 req/s")", R"("rate": "20 req/s", "profile": "week.csv#NL")");
  bundle.files["lib/more.json"] = R"({ "services": { "web": { "memory": "1 GiB" } } })";
  bundle.files["week.csv"] = "NL\n" + [] {
    std::string hours;
    for (int i = 0; i < 24; ++i) hours += std::to_string(i + 1) + "\n";
    return hours;
  }();
  const Document first = Document::open(bundle);
  const std::string digest = first.resolve("both").scenario().sha256;
  CHECK(first.resolve("both").scenario().services.at("web").memory == sim::Bytes{1024.0 * 1024 * 1024});
  const Bundle kept = first.bundle();
  CHECK(kept.files == bundle.files);
  CHECK(Document::open(kept).resolve("both").scenario().sha256 == digest);
  bundle.files.erase("week.csv");
  CHECK_THROWS_AS(Document::open(bundle).resolve("both"), planner::ScenarioError);
}

TEST_CASE("What is no whole report holds no scenario", "[planner][report]") {
  const std::string html = report(document(small_scenario)).html;
  CHECK(planner::bundle_in_report(html).has_value());
  CHECK_FALSE(planner::bundle_in_report(small_scenario).has_value());
  CHECK_FALSE(planner::bundle_in_report(" " + html).has_value());
  const std::size_t tag = html.find("id=\"isochrone-bundle\"");
  CHECK_FALSE(planner::bundle_in_report(html.substr(0, tag + 40)).has_value());
}

TEST_CASE("Every chart of a report has data, a table, and a place in the policy", "[planner][report]") {
  const std::string html = report(document(small_scenario)).html;
  const auto charts = nlohmann::json::parse(between(html, "id=\"charts\">", "</script>"));
  // One flow: curve, ladder, breakdown, differences; p99 over the run (each strategy serves at one site, so
  // no heat map); two of the bill; pools of three strategies; the map.
  CHECK(charts.size() == 4 + 1 + 2 + 3 + 1);
  CHECK(occurrences(html, "class=\"chart\"") == charts.size());
  CHECK(occurrences(html, "The same as a table (") == charts.size());
  CHECK(has(html, "default-src 'none'"));
  const std::string style = between(html, "<style>", "</style>");
  CHECK(has(html, "style-src 'sha256-" + planner::sha256_base64(style) + "'"));
  const std::size_t d3 = html.find("<script>") + 8;
  const std::string script = html.substr(d3, html.find("</script>", d3) - d3);
  CHECK(has(html, "script-src 'sha256-" + planner::sha256_base64(script) + "'"));
  CHECK(has(html, "Mike Bostock"));
}

TEST_CASE("Texts of a scenario are text in its report", "[planner][report]") {
  const std::string meta = nlohmann::json{{"name", "small"}, {"title", hostile}, {"note", hostile}}.dump();
  const std::string title = nlohmann::json(hostile).dump();
  const std::string text = with(with(small_scenario, R"({ "name": "small" })", meta), R"("As it is")", title);
  const Reported made = report(document(text));
  // The scripts of the page: land, charts, bundle, D3, the painters.
  CHECK(occurrences(made.html, "<script") == 5);
  CHECK(occurrences(made.html, "</script") == 5);
  CHECK_FALSE(has(made.html, "<img"));
  CHECK_FALSE(has(made.markdown, "<img"));
  CHECK(has(made.markdown, "&lt;img"));
  CHECK_FALSE(has(made.markdown, " [a](b)"));
  CHECK(planner::bundle_in_report(made.html)->scenario.text == text);
}

TEST_CASE("A report tells the verdict on each requirement", "[planner][report]") {
  const std::string text = with(small_scenario, R"("strategies": {)",
                                R"("assert": { "fast": { "expr": "p99(latency{flow=page}) <= 500 ms" },
                                               "instant": { "expr": "p99(latency{flow=page}) <= 1 ms" } },
                                   "strategies": {)");
  const Reported made = report(document(text));
  CHECK(has(made.html, "Requirements"));
  CHECK(has(made.markdown, "| ✓ pass |"));
  CHECK(has(made.markdown, "| ✗ fail |"));
  CHECK_FALSE(has(report(document(small_scenario)).html, "Requirements"));
}

TEST_CASE("Markdown tables are as wide as their heads", "[planner][report]") {
  const std::string markdown = report(document(small_scenario)).markdown;
  std::size_t columns = 0, rows = 0;
  std::size_t begin = 0;
  while (begin < markdown.size()) {
    const std::size_t end = markdown.find('\n', begin);
    const std::string line = markdown.substr(begin, end - begin);
    begin = end + 1;
    if (!line.starts_with("|")) {
      columns = 0;
      continue;
    }
    const std::size_t bars = occurrences(line, " |");
    if (columns == 0) columns = bars;
    CHECK(bars == columns);
    ++rows;
  }
  CHECK(rows > 20);
}

TEST_CASE("SHA-256 in base 64 is that of the standard's examples", "[planner][report]") {
  // FIPS 180-4: digest of "abc" is ba7816bf...f20015ad; RFC 4648 of these 32 bytes.
  CHECK(planner::sha256_base64("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}
