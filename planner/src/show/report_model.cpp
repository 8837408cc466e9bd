#include "show/report_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "planner/number_text.hpp"
#include "planner/render.hpp"
#include "planner/study_view.hpp"

namespace planner {
namespace {

const char* mark(Verdict::Outcome outcome) {
  return outcome == Verdict::Outcome::pass ? "✓" : outcome == Verdict::Outcome::fail ? "✗" : "?";
}

using Json = nlohmann::ordered_json;

ReportSection overview(const Study& study) {
  ReportSection section{"overview", "Side by side", {}, {}};
  ReportFigure figure{"Strategies", "", {}, {}};
  figure.table.head = {"strategy", "what it is"};
  figure.table.text_columns = 2;
  const std::vector<std::string> flows = flows_of(study);
  for (const std::string& flow : flows) figure.table.head.push_back("p99 of " + flow + " [ms]");
  figure.table.head.insert(figure.table.head.end(), {"USD a month", "kWh a month", "busiest pool"});
  for (const StrategyResult& result : study.strategies) {
    std::string title = result.title;
    if (result.baseline && study.strategies.size() > 1) title += title.empty() ? "baseline" : " (baseline)";
    if (!result.feasible) title += (title.empty() ? "" : ": ") + ("infeasible: " + result.infeasible_reason);
    std::vector<std::string> row{result.strategy, title};
    for (const std::string& flow : flows) {
      const Slice* slice = whole_flow(result, flow);
      row.push_back(slice && slice->answered > 0 ? with_error(slice->percentiles[p99_index]) : "–");
    }
    const PoolUse* busiest = busiest_pool(result);
    const bool ran = result.replications > 0;
    row.push_back(ran ? number_text(result.cost_total.value) : "–");
    row.push_back(ran ? number_text(result.energy_total.value) : "–");
    row.push_back(busiest ? percent_text(busiest->utilisation) : "–");
    figure.table.rows.push_back(std::move(row));
  }
  section.figures.push_back(std::move(figure));
  return section;
}

ReportSection requirements(const Study& study) {
  ReportSection section{"requirements", "Requirements", {}, {}};
  ReportFigure figure{
      "Verdicts",
      "Passed or failed with the stated confidence; inconclusive where the interval holds the "
      "limit.",
      {{"strategy", "requirement", "verdict", "level", "value", "bounds", "unit"}, {}, 4},
      {}};
  for (const StrategyResult& result : study.strategies) {
    for (const Verdict& verdict : result.verdicts) {
      figure.table.rows.push_back({result.strategy, verdict.id + ": " + verdict.text,
                                   std::string{mark(verdict.outcome)} + " " + name(verdict.outcome),
                                   name(verdict.level), number_text(verdict.value),
                                   number_text(verdict.low) + " to " + number_text(verdict.high),
                                   verdict.unit});
    }
  }
  if (!figure.table.rows.empty()) section.figures.push_back(std::move(figure));
  return section;
}

/// The command that gives the same figures: this file holds the scenario.
std::string again(const Study& study) {
  std::uint32_t replications = 1;
  for (const StrategyResult& result : study.strategies)
    replications = std::max(replications, result.replications);
  return fmt::format("isochrone compare FILE --seed {} --reps {}", study.seed, replications);
}

const char* basis_text(Basis basis) { return basis == Basis::assumed ? "assumed" : "not stated"; }

ReportSection trust(const Study& study) {
  ReportSection section{"trust", "What it rests on", {}, {}};
  std::set<std::string> told;
  for (const StrategyResult& result : study.strategies) {
    for (const std::string& note : result.notes) {
      if (told.insert(note).second) section.items.push_back(result.strategy + ": " + note);
    }
  }
  ReportFigure inputs{"Inputs that are assumed",
                      "Nobody measured these; the answer is as good as they are.",
                      {{"where", "value", "basis", "source"}, {}, 4},
                      {}};
  for (const Scenario::Assumption& assumption : study.assumptions) {
    inputs.table.rows.push_back({assumption.pointer, assumption.text, basis_text(assumption.provenance.basis),
                                 assumption.provenance.source});
  }
  if (!inputs.table.rows.empty()) section.figures.push_back(std::move(inputs));
  ReportFigure runs{"Runs",
                    "The fingerprint is over the end of every request: the same on every machine.",
                    {{"strategy", "fingerprint", "replications", "requests", "events"}, {}, 2},
                    {}};
  for (const StrategyResult& result : study.strategies) {
    runs.table.rows.push_back({result.strategy, fmt::format("{:016x}", result.fingerprint),
                               count_text(result.replications), count_text(result.requests),
                               count_text(result.events)});
  }
  section.figures.push_back(std::move(runs));
  return section;
}

}  // namespace

Json chart_number(double value) {
  if (!std::isfinite(value)) return nullptr;
  const std::string text = fmt::format("{:.6g}", value);
  double rounded = 0;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  return rounded;
}

Json series_names(const Study& study) {
  Json names = Json::array();
  for (const StrategyResult& result : study.strategies) names.push_back(result.strategy);
  return names;
}

ReportModel report_model(const ReportInput& input) {
  const Study& study = input.study;
  ReportModel model;
  model.name = study.scenario;
  model.title = study.title.empty() ? study.scenario : study.title;
  model.note = study.note;
  model.answer = conclusions(study);
  model.facts = {{"recorded", duration_text(study.duration)},
                 {"warm-up", duration_text(study.warmup)},
                 {"seed", std::to_string(study.seed)},
                 {"confidence", percent_text(study.confidence)},
                 {"tool", study.tool},
                 {"scenario SHA-256", study.sha256},
                 {"once more", again(study)}};
  if (study.interrupted)
    model.answer.push_back("The study ended early: figures are of what was done by then.");
  model.sections.push_back(overview(study));
  if (ReportSection judged = requirements(study); !judged.figures.empty())
    model.sections.push_back(std::move(judged));
  for (const std::string& flow : flows_of(study)) {
    model.sections.push_back(latency_section(study, flow));
    if (ReportSection series = series_section(study, flow); !series.figures.empty())
      model.sections.push_back(std::move(series));
  }
  for (ReportSection section : {money_section(study), pools_section(study), map_section(input)}) {
    if (!section.figures.empty()) model.sections.push_back(std::move(section));
  }
  if (input.sensitivity != nullptr) model.sections.push_back(sensitivity_section(*input.sensitivity));
  model.sections.push_back(trust(study));
  return model;
}

}  // namespace planner
