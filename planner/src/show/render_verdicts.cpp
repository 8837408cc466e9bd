#include "show/render_verdicts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "planner/number_text.hpp"
#include "planner/render_ci.hpp"
#include "show/text_table.hpp"

namespace planner {

std::string outcome_word(const Verdict& verdict) {
  switch (verdict.outcome) {
    case Verdict::Outcome::pass:
      return "PASS";
    case Verdict::Outcome::fail:
      return verdict.level == Assertion::Level::warn ? "WARN" : "FAIL";
    case Verdict::Outcome::inconclusive:
      break;
  }
  return "INCONCLUSIVE";
}

std::string value_text(const Verdict& verdict) {
  if (verdict.unit.empty() && !verdict.reason.empty()) return verdict.reason;
  // Bounds near each other need more digits than the value, or they would look like it.
  const double width = verdict.high - verdict.low;
  const double spread = width > 1e-6 * std::abs(verdict.value) ? width : 0;
  const double like = spread > 0 ? std::min(std::abs(verdict.value), 30 * spread) : verdict.value;
  const std::string unit = verdict.unit.empty() ? "" : " " + verdict.unit;
  std::string text = number_text(verdict.value, like) + unit;
  if (spread > 0)
    text += fmt::format(" [{}, {}]", number_text(verdict.low, like), number_text(verdict.high, like));
  if (!verdict.reason.empty()) text += "; " + verdict.reason;
  return text;
}

std::string verdict_lines(const StrategyResult& result, const TextOptions& options) {
  std::string text;
  std::size_t widest = 0;
  for (const Verdict& verdict : result.verdicts) widest = std::max(widest, verdict.id.size());
  for (const Verdict& verdict : result.verdicts) {
    const std::string word = fmt::format("{:<12}", outcome_word(verdict));
    std::string line =
        fmt::format("  {}  {:<{}}  {}", strong(word, options.color), verdict.id, widest, verdict.text);
    const std::string value = value_text(verdict);
    const std::size_t room = static_cast<std::size_t>(options.width);
    const bool fits = 18 + widest + verdict.text.size() + value.size() + 2 <= room;
    line += fits ? "  " + value : fmt::format("\n{:{}}{}", "", 18 + widest, value);
    text += line + "\n";
  }
  return text;
}

std::string verdict_table(const Study& study, const TextOptions& options) {
  std::set<std::string> ids;
  for (const StrategyResult& result : study.strategies) {
    for (const Verdict& verdict : result.verdicts) ids.insert(verdict.id);
  }
  std::string text;
  for (const std::string& id : ids) {
    std::string expression;
    TextTable table;
    for (const StrategyResult& result : study.strategies) {
      const auto verdict = std::ranges::find(result.verdicts, id, &Verdict::id);
      if (verdict == result.verdicts.end()) continue;
      if (expression.empty()) {
        expression = verdict->text;
        const std::string heading = wrapped(id + ": " + expression, options.width, 2);
        text += strong(heading.substr(0, heading.size() - 1), options.color) + "\n";
      }
      const std::string other = verdict->text == expression ? "" : " (" + verdict->text + ")";
      table.row({(result.baseline ? "* " : "  ") + result.strategy, outcome_word(*verdict),
                 value_text(*verdict) + other});
    }
    text += table.text(options.width, 0, options.color) + "\n";
  }
  return text;
}

std::string render_verdicts(const Study& study, const TextOptions& options) {
  const std::string table = verdict_table(study, options);
  return table.empty() ? "there are no assertions to judge by\n" : table;
}

std::string precision_line(const Study& study, const TextOptions& options) {
  if (!study.precision) return {};
  const Precision& precision = *study.precision;
  const bool decide = precision.asked == 0;
  std::string text;
  if (decide) {
    text = precision.met
               ? "Every assertion is decided."
               : fmt::format(
                     "{:.0f} assertion{} not decided within the replications allowed; the first is of {}.",
                     precision.reached, precision.reached == 1 ? " is" : "s are", precision.strategy);
  } else {
    text = fmt::format(
        "{} {} ±{} asked: ±{} reached, {} binding.", precision.metric,
        precision.met ? "is known within" : "is not known within", percent_text(precision.asked),
        std::isfinite(precision.reached) ? percent_text(precision.reached) : "?", precision.strategy);
  }
  return wrapped(text, options.width, 0);
}

}  // namespace planner
