#include "planner/outlook.hpp"

#include <map>

#include "planner/load.hpp"

namespace planner {

ClassMixture mixture_of(const AnalyticEstimate& analytic, std::span<const std::uint32_t> classes) {
  ClassMixture mixture;
  for (const std::uint32_t index : classes) {
    const auto found = analytic.classes.find(index);
    if (found == analytic.classes.end()) continue;
    mixture.rate += found->second.rate;
    mixture.law.add(found->second.law, found->second.rate);
  }
  return mixture;
}

Outlook outlook(const Scenario& scenario) {
  Outlook result;
  const CompiledScenario compiled = compile(scenario);
  const Load load = offered_load(compiled);
  for (const Finding& finding : check_load(scenario, compiled, load)) {
    if (finding.code != Code::near_capacity) result.problem = finding.message;
  }
  if (!result.problem.empty()) return result;
  const AnalyticEstimate analytic = estimate(compiled, load);
  result.problem = analytic.does_not_hold;
  std::map<std::string, std::vector<std::uint32_t>> classes;
  for (std::uint32_t i = 0; i < compiled.classes.size(); ++i) classes[compiled.classes[i].flow].push_back(i);
  for (const auto& [id, members] : classes) {
    const ClassMixture mixture = mixture_of(analytic, members);
    if (mixture.rate <= 0) continue;
    Outlook::Flow& flow = result.flows.emplace_back();
    flow.flow = id;
    flow.mean = 1e3 * mixture.law.mean();
    for (std::size_t i = 0; i < ladder.size(); ++i)
      flow.percentiles[i] = 1e3 * mixture.law.quantile(ladder[i]);
  }
  return result;
}

}  // namespace planner
