#include "planner/requirement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "planner/number_text.hpp"
#include "planner/quantity.hpp"
#include "planner/results.hpp"

namespace planner {
namespace {

constexpr const char* form = "such as \"p95(latency{flow=NAME}) <= 200 ms\" or \"cost <= 500 USD/month\"";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

RequirementError wrong(std::string_view text, std::string_view why) {
  return {fmt::format("\"{}\": {}", text, why), form};
}

std::optional<double> probability_of(std::string_view statistic) {
  if (statistic == "mean") return 0.0;
  for (const double rung : ladder) {
    if (statistic == fmt::format("p{:g}", 100 * rung)) return rung;
  }
  return std::nullopt;
}

/// `flow=visit, population=home` into the requirement. @return what is wrong
std::string select(Requirement& requirement, std::string_view selectors, const Scenario& scenario) {
  while (!trimmed(selectors).empty()) {
    const auto comma = selectors.find(',');
    const std::string_view one = trimmed(selectors.substr(0, comma));
    selectors = comma == std::string_view::npos ? "" : selectors.substr(comma + 1);
    const auto equals = one.find('=');
    const std::string_view key = trimmed(one.substr(0, equals));
    const std::string value{equals == std::string_view::npos ? "" : trimmed(one.substr(equals + 1))};
    if (key == "flow" && scenario.flows.contains(value))
      requirement.flow = value;
    else if (key == "population" && scenario.populations.contains(value))
      requirement.population = value;
    else
      return fmt::format("\"{}\" is no flow or population of the scenario", one);
  }
  if (!requirement.flow.empty()) return {};
  if (scenario.flows.size() != 1) return "there are several flows, so {flow=NAME} must say which";
  requirement.flow = scenario.flows.begin()->first;
  return {};
}

std::string read_latency(Requirement& requirement, std::string_view left, std::string_view right,
                         const Scenario& scenario) {
  const auto open = left.find('(');
  if (open == std::string_view::npos || left.back() != ')') return "a parenthesis is missing";
  const auto probability = probability_of(trimmed(left.substr(0, open)));
  if (!probability) return "the statistic is none of mean, p50, p90, p95, p99, p99.9";
  requirement.probability = *probability;
  std::string_view inner = trimmed(left.substr(open + 1, left.size() - open - 2));
  if (!inner.starts_with("latency")) return "only latencies have statistics";
  inner = trimmed(inner.substr(std::string_view{"latency"}.size()));
  if (!inner.empty() && (inner.front() != '{' || inner.back() != '}')) return "a brace is missing";
  const std::string problem =
      select(requirement, inner.empty() ? inner : inner.substr(1, inner.size() - 2), scenario);
  if (!problem.empty()) return problem;
  const auto time = parse_quantity(std::string{right}, Dimension::time);
  if (const auto* error = std::get_if<QuantityError>(&time)) return error->message;
  requirement.limit = std::get<ParsedQuantity>(time).value * 1e3;
  return {};
}

std::string read_total(Requirement& requirement, std::string_view right) {
  const char* end = right.data() + right.size();
  const auto [rest, error] = std::from_chars(right.data(), end, requirement.limit);
  const std::string_view unit = trimmed({rest, static_cast<std::size_t>(end - rest)});
  if (error != std::errc{}) return "the limit is no number";
  if (unit != requirement.unit()) return fmt::format("the limit's unit must be {}", requirement.unit());
  return {};
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

std::string Requirement::text() const {
  const auto bound = [&](const std::string& what) {
    return fmt::format("{} <= {:.6g} {}", what, limit, unit());
  };
  switch (measure) {
    case Measure::cost:
      return bound("cost");
    case Measure::energy:
      return bound("energy");
    case Measure::carbon:
      return bound("carbon");
    case Measure::latency:
      break;
  }
  const std::string statistic = probability > 0 ? fmt::format("p{:g}", 100 * probability) : "mean";
  const std::string of = population.empty() ? "" : ", population=" + population;
  return bound(fmt::format("{}(latency{{flow={}{}}})", statistic, flow, of));
}

std::variant<Requirement, RequirementError> parse_requirement(std::string_view text,
                                                              const Scenario& scenario) {
  const auto relation = text.find("<=");
  if (relation == std::string_view::npos) return wrong(text, "\"<=\" is missing");
  const std::string_view left = trimmed(text.substr(0, relation)), right = trimmed(text.substr(relation + 2));
  Requirement requirement;
  std::string problem;
  if (left == "cost" || left == "energy" || left == "carbon") {
    requirement.measure = left == "cost"     ? Requirement::Measure::cost
                          : left == "energy" ? Requirement::Measure::energy
                                             : Requirement::Measure::carbon;
    problem = read_total(requirement, right);
  } else {
    problem = read_latency(requirement, left, right, scenario);
  }
  if (!problem.empty()) return wrong(text, problem);
  if (!(requirement.limit > 0)) return wrong(text, "the limit is not above zero");
  return requirement;
}

std::vector<Requirement> deadlines(const Scenario& scenario) {
  std::vector<Requirement> all;
  for (const auto& [id, flow] : scenario.flows) {
    const bool used = std::any_of(scenario.workloads.begin(), scenario.workloads.end(),
                                  [&](const auto& workload) { return workload.second.flow == id; });
    if (!flow.deadline || !used) continue;
    Requirement one;
    one.flow = id;
    one.probability = 0.99;
    one.limit = sim::to_seconds(*flow.deadline) * 1e3;
    all.push_back(one);
  }
  return all;
}

}  // namespace planner
