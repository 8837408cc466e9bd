#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "planner/scenario_diff.hpp"
#include "show/text_table.hpp"
#include "text/escape.hpp"
#include "text/json_figures.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

/// A comment of GitHub has room for about as many rows.
constexpr std::size_t most_rows = 200;
constexpr int longest_value = 60;

/// A value as people write it: texts without their quotes.
std::string plain(const std::string& json) {
  const Json value = Json::parse(json);
  return shortened(value.is_string() ? value.get<std::string>() : json, longest_value);
}

/// `+20 %`, `x 4`; nothing for what is no quantity.
std::string ratio_text(const InputChange& change) {
  if (!change.ratio) return {};
  if (*change.ratio >= 3) return fmt::format("x {:.3g}", *change.ratio);
  return fmt::format("{:+.3g} %", 100 * (*change.ratio - 1));
}

std::string value_text(const InputChange& change) {
  if (change.before.empty()) return plain(change.after);
  if (change.after.empty()) return plain(change.before);
  return plain(change.before) + " → " + plain(change.after);
}

std::string where_text(const ScenarioDiff& diff, const InputChange& change) {
  if (change.strategies.size() == diff.pairs.size()) return diff.pairs.size() > 1 ? "every strategy" : "";
  return fmt::format("{}", fmt::join(change.strategies, ", "));
}

char sign_of(InputChange::Kind kind) {
  return kind == InputChange::Kind::added ? '+' : kind == InputChange::Kind::removed ? '-' : '~';
}

const char* word_of(InputChange::Kind kind) {
  return kind == InputChange::Kind::added     ? "added"
         : kind == InputChange::Kind::removed ? "removed"
                                              : "changed";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() || part.empty() ? "" : "  ") + part;
  return text;
}

/// Sentences on what is not a value: strategies, baseline, tables, and what it means for results.
std::vector<std::string> remarks(const ScenarioDiff& diff) {
  std::vector<std::string> all;
  if (!diff.only_before.empty())
    all.push_back(fmt::format("strategies removed: {}", fmt::join(diff.only_before, ", ")));
  if (!diff.only_after.empty())
    all.push_back(fmt::format("strategies added: {}", fmt::join(diff.only_after, ", ")));
  if (diff.baseline_before != diff.baseline_after)
    all.push_back(fmt::format("the baseline: {} → {}", diff.baseline_before, diff.baseline_after));
  for (const std::string& table : diff.tables) all.push_back("another content: " + table);
  if (diff.changes.empty() && diff.tables.empty()) return all;
  std::vector<std::string> same;
  for (const ScenarioDiff::Pair& pair : diff.pairs) {
    if (pair.simulation == ScenarioDiff::Pair::Simulation::same) same.push_back(pair.name());
  }
  if (same.size() == diff.pairs.size())
    all.emplace_back("replications come out the same: what differs names, judges or plans");
  else if (!same.empty())
    all.push_back(fmt::format("replications come out the same for: {}", fmt::join(same, ", ")));
  return all;
}

std::string headline(const ScenarioDiff& diff) {
  if (diff.equal()) return "no input differs";
  const std::size_t count = diff.changes.size();
  return count == 1 ? "1 input differs" : fmt::format("{} inputs differ", count);
}

}  // namespace

std::string render_diff(const ScenarioDiff& diff, const DiffNames& names, int width) {
  std::string text = wrapped(
      fmt::format("{}: {} between {} and {}", diff.scenario, headline(diff), names.before, names.after),
      width, 0);
  for (const InputChange& change : diff.changes) {
    const std::string place = change.file.empty() ? "" : fmt::format("{}:{}", change.file, change.at.line);
    text += fmt::format("\n{} {}\n", sign_of(change.kind), shortened(change.pointer, width - 2));
    text += wrapped(joined({value_text(change), ratio_text(change)}), width, 4);
    if (const std::string where = joined({where_text(diff, change), place}); !where.empty())
      text += wrapped(where, width, 4);
  }
  const std::vector<std::string> more = remarks(diff);
  if (!more.empty()) text += "\n";
  for (const std::string& remark : more) text += wrapped(remark, width, 0);
  return text;
}

std::string diff_markdown(const ScenarioDiff& diff, const DiffNames& names) {
  std::string text = fmt::format("<!-- isochrone-diff:{} -->\n### isochrone: {}: **{}**\n\n`{}` → `{}`\n",
                                 markdown_text(diff.scenario), markdown_text(diff.scenario), headline(diff),
                                 markdown_text(names.before), markdown_text(names.after));
  if (!diff.changes.empty())
    text += "\n| | input | before | after | change | strategies |\n|---|---|---|---|---|---|\n";
  const auto cell = [](const std::string& json) { return json.empty() ? "" : markdown_text(plain(json)); };
  std::size_t left = diff.changes.size();
  for (const InputChange& change : diff.changes) {
    if (text.size() > 60'000 || diff.changes.size() - left == most_rows) break;
    --left;
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", sign_of(change.kind),
                        markdown_text(shortened(change.pointer, 2 * longest_value)), cell(change.before),
                        cell(change.after), ratio_text(change), markdown_text(where_text(diff, change)));
  }
  if (left > 0) text += fmt::format("\n{} more are not shown.\n", left);
  for (const std::string& remark : remarks(diff)) text += "\n" + markdown_text(remark) + "\n";
  return text;
}

Json diff_json(const ScenarioDiff& diff, const DiffNames& names) {
  Json document{
      {"scenario", diff.scenario},     {"before", names.before},      {"after", names.after},
      {"equal", diff.equal()},         {"strategies", Json::array()}, {"only_before", diff.only_before},
      {"only_after", diff.only_after}, {"tables", diff.tables},       {"changes", Json::array()}};
  if (!diff.baseline_before.empty())
    document["baseline"] = {{"before", diff.baseline_before}, {"after", diff.baseline_after}};
  for (const ScenarioDiff::Pair& pair : diff.pairs) {
    document["strategies"].push_back(
        {{"before", pair.before},
         {"after", pair.after},
         {"same_simulation", pair.simulation == ScenarioDiff::Pair::Simulation::same}});
  }
  for (const InputChange& change : diff.changes) {
    Json row{{"kind", word_of(change.kind)}, {"pointer", change.pointer}};
    if (!change.before.empty()) row["before"] = Json::parse(change.before);
    if (!change.after.empty()) row["after"] = Json::parse(change.after);
    if (change.ratio) row["ratio"] = rounded(*change.ratio);
    row["strategies"] = change.strategies;
    if (!change.file.empty())
      row["at"] = {{"file", change.file}, {"line", change.at.line}, {"column", change.at.column}};
    document["changes"].push_back(std::move(row));
  }
  return document;
}

}  // namespace planner
