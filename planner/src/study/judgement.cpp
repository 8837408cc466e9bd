#include "study/judgement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "planner/sections.hpp"

namespace planner {
namespace {

/// Replications after which an undecided assertion is left so, where the scenario fixes their number.
constexpr std::uint32_t most_to_decide = 100;

/// None where it was not simulated as a whole.
const FigureTable* table_of(const StrategyResult& result) {
  return result.figures.empty() ? nullptr : &result.figures;
}

}  // namespace

StudyPlan::StudyPlan(const Scenario& scenario, const StudyOptions& options)
    : seed{options.seed.value_or(scenario.experiment.seed)},
      confidence{options.confidence.value_or(scenario.experiment.confidence)},
      until{options.until},
      half_width{options.half_width ? options.half_width : scenario.experiment.half_width},
      metric{options.metric ? options.metric : scenario.experiment.until},
      metric_text{options.metric ? options.metric_text : scenario.experiment.until_text},
      metric_confidence{
          options.confidence.value_or(scenario.experiment.until_confidence.value_or(confidence))} {
  const bool decide = until == StudyOptions::Until::decided;
  first = std::max(scenario.experiment.min_replications, 1U);
  last = std::max(scenario.experiment.max_replications, first);
  if (options.replications) {
    first = last = *options.replications;
  } else if (decide) {
    first = std::max(first, 2U);
    if (scenario.experiment.max_replications <= first) last = std::max(most_to_decide, first);
  } else if (half_width && last >= 2) {
    first = std::max(first, 2U);
  } else {
    last = first;
  }
  if (first == last) half_width.reset();
  if (metric_text.empty()) metric_text = "p99 of every flow";
}

void Judgement::look(std::size_t k) {
  if (plan_.until == StudyOptions::Until::decided) {
    precision_ = decided_at(k);
  } else if (plan_.half_width) {
    precision_ = precision_at(k);
  }
}

double Judgement::imprecision(const StrategyRun& run, double confidence) const {
  if (!plan_.metric) return run.imprecision(confidence);
  const FigureTable table = run.figures();
  const FigureTable baseline = uses_baseline(*plan_.metric) ? runs_[baseline_].figures() : FigureTable{};
  const auto value = evaluate(*plan_.metric, table, baseline.empty() ? nullptr : &baseline);
  const auto* sections = std::get_if<Sections>(&value);
  if (sections == nullptr || run.replications() < 2) return std::numeric_limits<double>::infinity();
  const Estimate interval = estimate(*sections, confidence, {});
  const double half = interval.high - interval.value;
  return half == 0 ? 0 : half / std::abs(interval.value);
}

Precision Judgement::precision_at(std::size_t k) const {
  Precision result{plan_.metric_text, {}, *plan_.half_width, 0, true};
  for (const StrategyRun& run : runs_) {
    if (!run.feasible()) continue;
    const double reached = imprecision(run, plan_.confidence_at(k, plan_.metric_confidence));
    if (!result.strategy.empty() && reached <= result.reached) continue;
    result.strategy = run.scenario().strategy;
    result.reached = reached;
  }
  result.met = result.reached <= result.asked;
  return result;
}

Precision Judgement::decided_at(std::size_t k) const {
  Precision result{"every assertion decided", {}, 0, 0, true};
  const FigureTable baseline = runs_[baseline_].figures();
  for (const StrategyRun& run : runs_) {
    if (!run.feasible()) continue;
    const FigureTable table = run.figures();
    for (const Assertion& assertion : run.scenario().assertions) {
      const double whole = assertion.confidence.value_or(plan_.confidence);
      const Verdict verdict =
          judge(assertion, table, baseline.empty() ? nullptr : &baseline, plan_.confidence_at(k, whole));
      if (verdict.outcome != Verdict::Outcome::inconclusive) continue;
      result.met = false;
      result.reached += 1;
      if (result.strategy.empty()) result.strategy = run.scenario().strategy;
    }
  }
  return result;
}

Verdict::Outcome verdict_of(const Study& study) {
  std::vector<Verdict> all;
  for (const StrategyResult& result : study.strategies)
    all.insert(all.end(), result.verdicts.begin(), result.verdicts.end());
  return overall(all);
}

void put_verdicts(Study& study, const std::vector<Scenario>& scenarios,
                  const std::function<double(const Assertion&)>& confidence) {
  const auto baseline = std::ranges::find(study.strategies, true, &StrategyResult::baseline);
  const FigureTable* reference = baseline == study.strategies.end() ? nullptr : table_of(*baseline);
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    StrategyResult& result = study.strategies[i];
    if (!result.feasible) continue;
    for (const Assertion& assertion : scenarios[i].assertions) {
      result.verdicts.push_back(judge(assertion, result.figures, reference, confidence(assertion)));
    }
  }
}

}  // namespace planner
