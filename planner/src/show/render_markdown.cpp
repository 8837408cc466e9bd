#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "planner/number_text.hpp"
#include "planner/render.hpp"
#include "planner/render_ci.hpp"
#include "planner/study_view.hpp"
#include "show/render_verdicts.hpp"
#include "text/escape.hpp"

namespace planner {
namespace {

/// GitHub refuses comments of more characters.
constexpr std::size_t longest_comment = 65'000;

/// A metric that the table has a column for.
struct Column {
  std::string title, metric;
};

std::vector<Column> columns_of(const Study& study) {
  std::vector<Column> columns;
  for (const std::string& flow : flows_of(study)) {
    columns.push_back({"p99 " + flow, Metric{"p99", "latency", {{"flow", flow}}}.key()});
    columns.push_back({"good " + flow, Metric{"ratio", "good", {{"flow", flow}}}.key()});
  }
  columns.push_back({"cost", "cost.total"});
  columns.push_back({"energy", "energy.total"});
  return columns;
}

std::string figure_text(const Figure& figure) {
  return figure.unit == "1" ? percent_text(figure.sections.overall)
                            : number_text(figure.sections.overall) + " " + figure.unit;
}

/// `44.6 → **49.1 ms** (+4.5 ±0.6)`; `~` where nothing changed that can be told, `?` where too little is
/// known.
std::string change_text(const Change& change) {
  const bool share = change.before.unit == "1";
  const auto text = [&](const Estimate& estimate) {
    return share ? percent_text(estimate.value) : number_text(estimate.value, change.after.value);
  };
  const std::string unit = share ? "" : " " + change.after.unit;
  if (change.kind == Change::Kind::same)
    return fmt::format("{} → {}{} ~", text(change.before), text(change.after), unit);
  if (change.kind == Change::Kind::unknown)
    return fmt::format("{} → {}{} ?", text(change.before), text(change.after), unit);
  const double factor = share ? 100 : 1;
  const double half = factor * half_width(change.delta);
  return fmt::format("{} → **{}{}** ({}{}{})", text(change.before), text(change.after), unit,
                     signed_text(factor * change.delta.value, factor * change.delta.value),
                     half > 0 ? " ±" + number_text(half) : "", share ? " pt" : "");
}

std::string cell(const StrategyResult& result, const Column& column, const Regression* regression) {
  if (regression != nullptr) {
    for (const Change& change : regression->changes) {
      if (change.strategy == result.strategy && change.metric == column.metric) return change_text(change);
    }
  }
  const auto figure = result.figures.find(column.metric);
  return figure == result.figures.end() ? "" : figure_text(figure->second);
}

std::string verdict_cell(const StrategyResult& result, const Regression* regression) {
  if (!result.feasible) return "❌ infeasible";
  std::string text;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "<br>") + more; };
  for (const Change& change : regression == nullptr ? std::vector<Change>{} : regression->changes) {
    if (change.strategy == result.strategy && change.kind == Change::Kind::worse)
      add("❌ worse: " + markdown_text(change.metric));
  }
  if (regression != nullptr && regression->undecided()) add("❔ worse? not known");
  for (const Verdict& verdict : result.verdicts) {
    if (verdict.outcome == Verdict::Outcome::pass) continue;
    const bool undecided = verdict.outcome == Verdict::Outcome::inconclusive;
    const char* glyph = undecided ? "❔" : verdict.level == Assertion::Level::warn ? "⚠️" : "❌";
    add(fmt::format("{} {}: {}", glyph, markdown_text(verdict.id), markdown_text(value_text(verdict))));
  }
  return text.empty() ? "✅" : text;
}

std::string summary(const Study& study, const Regression* regression) {
  std::size_t worse = 0, failed = 0, undecided = 0;
  if (regression != nullptr) {
    worse =
        static_cast<std::size_t>(std::ranges::count(regression->changes, Change::Kind::worse, &Change::kind));
  }
  for (const StrategyResult& result : study.strategies) {
    for (const Verdict& verdict : result.verdicts) {
      if (verdict.level == Assertion::Level::warn) continue;
      failed += verdict.outcome == Verdict::Outcome::fail ? 1 : 0;
      undecided += verdict.outcome == Verdict::Outcome::inconclusive ? 1 : 0;
    }
  }
  std::string text;
  const auto add = [&](std::size_t count, const std::string& what) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  };
  add(worse, worse == 1 ? "regression" : "regressions");
  add(failed, "failed");
  if (regression != nullptr && regression->undecided()) ++undecided;
  add(undecided, "inconclusive");
  return text.empty() ? "all assertions hold" : text;
}

std::string row(const std::vector<std::string>& cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

}  // namespace

std::string render_markdown(const Study& study, const Regression* regression) {
  const std::vector<Column> columns = columns_of(study);
  std::vector<std::string> head{"strategy"}, rule{"---"};
  for (const Column& column : columns) {
    head.push_back(markdown_text(column.title));
    rule.emplace_back("---");
  }
  head.emplace_back("verdict");
  rule.emplace_back("---");
  std::string text =
      fmt::format("<!-- isochrone:{} -->\n### isochrone — {}: **{}**\n\n", markdown_text(study.scenario),
                  markdown_text(study.scenario), summary(study, regression));
  text += row(head) + row(rule);
  std::string tail = "\n";
  if (regression != nullptr) {
    tail += fmt::format("Compared with {}; worse beyond {}.\n\n", markdown_text(regression->before),
                        percent_text(regression->tolerance));
  }
  for (const std::string& line : conclusions(study)) tail += markdown_text(line) + "\n";
  tail += fmt::format(
      "\n<details><summary>reproduce</summary>\n\n`isochrone run {} --all --seed {}` · {} · scenario sha256 "
      "`{}`\n\n</details>\n",
      "FILE", study.seed, markdown_text(study.tool), study.sha256);
  if (tail.size() > longest_comment / 2) tail = "\n(conclusions left out: too long)\n";
  std::size_t left = study.strategies.size();
  for (const StrategyResult& result : study.strategies) {
    std::vector<std::string> cells{(result.baseline ? "**" : "") + markdown_text(result.strategy) +
                                   (result.baseline ? "** (baseline)" : "")};
    for (const Column& column : columns) cells.push_back(cell(result, column, regression));
    cells.push_back(verdict_cell(result, regression));
    const std::string line = row(cells);
    if (text.size() + line.size() + tail.size() + 100 > longest_comment) {
      text += fmt::format("\n{} more strategies are left out: a comment may not be longer.\n", left);
      break;
    }
    text += line;
    --left;
  }
  return text + tail;
}

}  // namespace planner
