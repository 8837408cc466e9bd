#include "planner/requirement.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "planner/assertion.hpp"
#include "planner/expression.hpp"
#include "planner/results.hpp"
#include "read/read_sections.hpp"

namespace planner {
namespace {

constexpr double seconds_per_month = 730.0 * 3600.0;
constexpr double joules_per_kwh = 3.6e6;
constexpr double grams_per_kg = 1e3;

/// What a search can estimate.
constexpr const char* form =
    "such as \"p95(latency{flow=NAME}) <= 200 ms\" or \"cost.total <= 500 USD/month\": an upper limit on the "
    "mean, "
    "p50, p90, p95, p99 or p99.9 of a flow's latency, or on cost.total, energy.total or carbon.total";

std::optional<double> probability_of(const std::string& statistic) {
  if (statistic == "mean") return 0.0;
  for (const double rung : ladder) {
    if (statistic == fmt::format("p{:g}", 100 * rung)) return rung;
  }
  return std::nullopt;
}

std::optional<Requirement> latency_limit(const Metric& metric, double seconds) {
  const auto probability = probability_of(metric.statistic);
  if (!probability) return std::nullopt;
  Requirement requirement;
  requirement.probability = *probability;
  requirement.limit = seconds * 1e3;
  for (const auto& [kind, id] : metric.selectors) {
    if (kind == "flow")
      requirement.flow = id;
    else if (kind == "population")
      requirement.population = id;
    else
      return std::nullopt;
  }
  return requirement;
}

/// Nothing where the search has no estimate of what is limited.
std::optional<Requirement> as_requirement(const Comparison& comparison) {
  using Relation = Comparison::Relation;
  const bool upper = comparison.relation == Relation::at_most || comparison.relation == Relation::below;
  if (!upper || comparison.left.kind != Expression::Kind::metric ||
      comparison.right.kind != Expression::Kind::number)
    return std::nullopt;
  const Metric& metric = comparison.left.metric;
  const double limit = comparison.right.number;
  if (metric.name == "latency") return latency_limit(metric, limit);
  Requirement total;
  if (metric.name == "cost.total") {
    total.measure = Requirement::Measure::cost;
    total.limit = limit * seconds_per_month;
  } else if (metric.name == "energy.total") {
    total.measure = Requirement::Measure::energy;
    total.limit = limit * seconds_per_month / joules_per_kwh;
  } else if (metric.name == "carbon.total") {
    total.measure = Requirement::Measure::carbon;
    total.limit = limit * seconds_per_month / grams_per_kg;
  } else {
    return std::nullopt;
  }
  return total;
}

RequirementError wrong(std::string_view text, const std::string& why, const std::string& help) {
  return {fmt::format("\"{}\": {}", text, why), help};
}

}  // namespace

const char* Requirement::unit() const {
  switch (measure) {
    case Measure::latency:
      return "ms";
    case Measure::cost:
      return "USD/month";
    case Measure::energy:
      return "kWh/month";
    case Measure::carbon:
      break;
  }
  return "kgCO2e/month";
}

Metric Requirement::metric() const {
  switch (measure) {
    case Measure::cost:
      return {{}, "cost.total", {}};
    case Measure::energy:
      return {{}, "energy.total", {}};
    case Measure::carbon:
      return {{}, "carbon.total", {}};
    case Measure::latency:
      break;
  }
  Metric latency{probability > 0 ? fmt::format("p{:g}", 100 * probability) : "mean", "latency", {}};
  latency.selectors["flow"] = flow;
  if (!population.empty()) latency.selectors["population"] = population;
  return latency;
}

std::string Requirement::text() const {
  return fmt::format("{} <= {:.6g} {}", metric().key(), limit, unit());
}

std::variant<Requirement, RequirementError> parse_requirement(std::string_view text,
                                                              const Scenario& scenario) {
  const auto failed = [&](const ExpressionError& error) {
    return wrong(text, error.message,
                 error.proposals.empty() ? form : "did you mean \"" + error.proposals.front() + "\"?");
  };
  auto parsed = parse_comparison(text);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) return failed(*error);
  auto& comparison = std::get<Comparison>(parsed);
  const KnownIds known = known_ids(scenario);
  for (Expression* side : {&comparison.left, &comparison.right}) {
    if (const auto error = bind(*side, known)) return failed(*error);
  }
  const std::optional<Requirement> requirement = as_requirement(comparison);
  if (!requirement) return wrong(text, "a search has no estimate of this", form);
  if (!(requirement->limit > 0)) return wrong(text, "the limit is not above zero", form);
  return *requirement;
}

ScenarioRequirements requirements_of(const Scenario& scenario) {
  ScenarioRequirements all;
  for (const Assertion& assertion : scenario.assertions) {
    const std::optional<Requirement> one = as_requirement(assertion.comparison);
    if (one && one->limit > 0)
      all.requirements.push_back(*one);
    else
      all.left_out.push_back(assertion.text);
  }
  if (!all.requirements.empty()) return all;
  for (const auto& [id, flow] : scenario.flows) {
    const bool used =
        std::any_of(scenario.workloads.begin(), scenario.workloads.end(),
                    [&name = id](const auto& workload) { return workload.second.flow == name; });
    if (!flow.deadline || !used) continue;
    Requirement one;
    one.flow = id;
    one.probability = 0.99;
    one.limit = sim::to_seconds(*flow.deadline) * 1e3;
    all.requirements.push_back(one);
  }
  return all;
}

}  // namespace planner
