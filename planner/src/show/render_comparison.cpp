#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "planner/number_text.hpp"
#include "planner/render.hpp"
#include "planner/study_view.hpp"
#include "show/render_verdicts.hpp"
#include "show/text_table.hpp"

namespace planner {
namespace {

using Emphasis = TextTable::Emphasis;

/// Stands where there is no figure, because nothing was answered.
constexpr const char* nothing = "-";

std::string marked(const StrategyResult& result) { return (result.baseline ? "* " : "  ") + result.strategy; }

std::vector<std::string> with_names(std::string first) {
  std::vector<std::string> cells{std::move(first)};
  cells.insert(cells.end(), ladder_names.begin(), ladder_names.end());
  return cells;
}

const Slice* first_slice(const Study& study, const std::string& flow) {
  for (const StrategyResult& result : study.strategies) {
    if (const Slice* slice = whole_flow(result, flow)) return slice;
  }
  return nullptr;
}

std::string latency_table(const Study& study, const std::string& flow, const TextOptions& options) {
  TextTable table;
  std::vector<std::string> head = with_names("  " + flow + " [ms]");
  const Slice* first = first_slice(study, flow);
  if (first && first->deadline) head.push_back(late_label(*first));
  table.row(head, Emphasis::strong);
  for (const StrategyResult& result : study.strategies) {
    const Slice* slice = whole_flow(result, flow);
    if (!slice) continue;
    std::vector<std::string> cells{marked(result)};
    const bool answers = slice->answered > 0;
    for (std::size_t i = 0; i < ladder.size(); ++i) {
      if (!answers) {
        cells.push_back(nothing);
      } else {
        cells.push_back(i < p99_index ? number_text(slice->percentiles[i].value)
                                      : with_error(slice->percentiles[i]));
      }
    }
    if (slice->late) cells.push_back(answers ? percent_text(slice->late->value) : nothing);
    table.row(std::move(cells));
  }
  return table.text(options.width, 0, options.color);
}

/// A difference, or its mark where it does not count.
std::string delta_text(const Difference* difference, double like) {
  if (!difference) return "";
  const std::string mark = change_mark(*difference);
  return mark.empty() ? signed_with_error(difference->delta, like) : mark;
}

/// Difference of shares in points.
std::string points_text(const Difference* difference) {
  if (!difference) return "";
  if (const std::string mark = change_mark(*difference); !mark.empty()) return mark;
  return signed_text(100 * difference->delta.value, std::min(std::abs(100 * difference->delta.value), 10.0)) +
         " pt";
}

std::string difference_table(const Study& study, const std::string& flow, const TextOptions& options) {
  const StrategyResult& baseline = baseline_of(study);
  const Slice* reference = whole_flow(baseline, flow);
  if (!reference || reference->answered == 0) return {};
  TextTable table;
  std::vector<std::string> head = with_names("  - " + baseline.strategy + " [ms]");
  const Slice* first = first_slice(study, flow);
  if (first && first->deadline) head.push_back(late_label(*first));
  table.row(head, Emphasis::strong);
  bool any = false;
  for (const StrategyResult& result : study.strategies) {
    if (&result == &baseline || !find_difference(study, result.strategy, "p99", flow)) continue;
    any = true;
    std::vector<std::string> cells{marked(result)};
    for (std::size_t i = 0; i < ladder.size(); ++i) {
      const Difference* difference = find_difference(study, result.strategy, ladder_names[i], flow);
      if (i < p99_index && difference && change_mark(*difference).empty()) {
        cells.push_back(signed_text(difference->delta.value, difference->value.value));
      } else {
        cells.push_back(delta_text(difference, difference ? difference->value.value : 0));
      }
    }
    cells.push_back(points_text(find_difference(study, result.strategy, "late", flow)));
    table.row(std::move(cells));
  }
  return any ? table.text(options.width, 0, options.color) : "";
}

std::string month_table(const Study& study, const TextOptions& options) {
  TextTable table;
  table.row({"  a month", "USD", "idle", "USD/1k", "kWh", "kgCO2e", "answered", "busiest"}, Emphasis::strong);
  bool any = false;
  for (const StrategyResult& result : study.strategies) {
    if (result.replications == 0) continue;
    double started = 0, answered = 0;
    for (const Slice& slice : result.slices) {
      if (!slice.population.empty() || !slice.site.empty()) continue;
      started += static_cast<double>(slice.started);
      answered += static_cast<double>(slice.answered);
    }
    const PoolUse* busiest = busiest_pool(result);
    table.row({marked(result), number_text(result.cost_total.value), percent_text(result.idle_share),
               answered > 0 ? number_text(result.cost_per_1000) : nothing,
               number_text(result.energy_total.value), number_text(result.carbon_total.value),
               started > 0 ? percent_text(answered / started) : "none",
               busiest ? fmt::format("{:.0f} %", 100 * busiest->utilisation) : nothing});
    any = true;
  }
  return any ? table.text(options.width, 0, options.color) + "\n" : "";
}

/// One letter a part, as long as its share of the longest tail.
std::string tail_bars(const Study& study, const std::string& flow, const TextOptions& options) {
  constexpr char letters[models::part_count + 1] = "iaptnqsxdr";
  constexpr int label_width = 24;
  double longest = 0;
  std::array<double, models::part_count> largest{};
  for (const StrategyResult& result : study.strategies) {
    const Slice* slice = whole_flow(result, flow);
    double sum = 0;
    for (std::size_t i = 0; slice && i < largest.size(); ++i) {
      sum += slice->tail_parts[i];
      largest[i] = std::max(largest[i], slice->tail_parts[i]);
    }
    longest = std::max(longest, sum);
  }
  if (longest <= 0) return {};
  const int room = options.width - label_width - 10;
  std::string text = strong("  above p99 of " + flow, options.color) + "\n";
  for (const StrategyResult& result : study.strategies) {
    const Slice* slice = whole_flow(result, flow);
    if (!slice) continue;
    double sum = 0;
    std::string bar;
    for (std::size_t i = 0; i < largest.size(); ++i) {
      sum += slice->tail_parts[i];
      // Each part ends where the sum of parts up to it ends, so that rounding does not add up.
      const auto end = static_cast<std::size_t>(sum / longest * room + 0.5);
      if (end > bar.size()) bar.append(end - bar.size(), letters[i]);
    }
    const std::string label = shortened(marked(result), label_width);
    text += label + std::string(static_cast<std::size_t>(label_width + 1 - columns(label)), ' ') + bar + " " +
            number_text(sum) + " ms\n";
  }
  std::string legend;
  for (std::size_t i = 0; i < largest.size(); ++i) {
    if (largest[i] / longest * room < 0.5) continue;
    legend += fmt::format("{}{} {}", legend.empty() ? "" : "  ", letters[i], part_label(i));
  }
  return text + wrapped(legend, options.width, 2);
}

/// What common random numbers are worth: the variance that unpaired runs would have is as many times higher.
std::string pairing_text(const Study& study) {
  double least = 0, most = 0;
  for (const Difference& difference : study.differences) {
    if (difference.metric != "p95") continue;
    most = std::max(most, difference.variance_reduction);
    least = least > 0 ? std::min(least, difference.variance_reduction) : difference.variance_reduction;
  }
  const std::string low = fmt::format("{:.2g}", least), high = fmt::format("{:.2g}", most);
  if (most <= 1 || high == "1") return {};
  const std::string range = low == high ? high : low + " to " + high;
  return fmt::format("; unpaired, those of p95 would take {} times the replications", range);
}

std::string legend(const Study& study) {
  std::string text = "* baseline";
  if (study.differences.empty()) return text;
  text += "; differences are paired over the same demand, ~ where the interval covers 0";
  if (study.equivalence > 0)
    text += fmt::format(", ≈ where all of it is within {:g} % of the baseline", 100 * study.equivalence);
  return text + pairing_text(study);
}

std::string infeasible_lines(const Study& study, const TextOptions& options) {
  std::string text;
  for (const StrategyResult& result : study.strategies) {
    if (result.feasible) continue;
    text += wrapped(result.strategy + " is infeasible: " + result.infeasible_reason, options.width, 2);
  }
  return text;
}

std::string note_lines(const Study& study, const TextOptions& options) {
  // A note that several strategies share is told once.
  std::vector<std::pair<std::string, std::vector<std::string>>> notes;
  for (const StrategyResult& result : study.strategies) {
    for (const std::string& note : result.notes) {
      auto known =
          std::find_if(notes.begin(), notes.end(), [&](const auto& other) { return other.first == note; });
      if (known == notes.end()) known = notes.insert(notes.end(), {note, {}});
      known->second.push_back(result.strategy);
    }
  }
  std::string text;
  for (const auto& [note, strategies] : notes) {
    std::string who;
    for (const std::string& strategy : strategies) who += (who.empty() ? "" : ", ") + strategy;
    if (strategies.size() == study.strategies.size()) who = "all";
    text += wrapped("note: " + note + " (" + who + ")", options.width, 2);
  }
  return text;
}

}  // namespace

std::string render_comparison(const Study& study, const TextOptions& options) {
  std::string text = heading(study, options.width) + "\n";
  for (const std::string& flow : flows_of(study)) {
    for (const std::string& block :
         {latency_table(study, flow, options), difference_table(study, flow, options),
          tail_bars(study, flow, options)}) {
      if (!block.empty()) text += block + "\n";
    }
  }
  text += month_table(study, options) + verdict_table(study, options);
  text += wrapped(legend(study), options.width, 2);
  const std::string remarks = infeasible_lines(study, options) + note_lines(study, options);
  if (!remarks.empty()) text += remarks;
  text += "\n";
  for (const std::string& sentence : conclusions(study)) text += wrapped(sentence, options.width, 0);
  return text + precision_line(study, options) + footing(study, options.width);
}

}  // namespace planner
