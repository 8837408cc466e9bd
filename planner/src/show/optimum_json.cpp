#include <nlohmann/json.hpp>

#include "planner/optimize.hpp"
#include "text/json_figures.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

Json plan_json(const Scenario& base, const Plan& plan) {
  Json json{{"name", plan.name}, {"possible", plan.possible}};
  if (!plan.why_not.empty()) json["reason"] = plan.why_not;
  if (plan.placement.empty()) return json;
  json["sites"] = plan.figures.sites;
  json["carries_load"] = plan.figures.carries;
  json["holds_by_formula"] = plan.figures.violation == 0;
  json["estimated"] = {{"cost", {{"v", rounded(plan.figures.cost)}, {"unit", "USD/month"}}},
                       {"energy", {{"v", rounded(plan.figures.energy)}, {"unit", "kWh/month"}}},
                       {"carbon", {{"v", rounded(plan.figures.carbon)}, {"unit", "kgCO2e/month"}}},
                       {"latency", {{"v", rounded(plan.figures.latency)}, {"unit", "ms"}}}};
  if (plan.cost) json["cost"] = estimate_json(*plan.cost);
  Json requirements = Json::array();
  for (const RequirementResult& one : plan.requirements) {
    Json entry{{"requirement", one.requirement.text()},
               {"estimated", {{"v", rounded(one.estimated)}, {"unit", one.requirement.unit()}}}};
    if (one.simulated) entry["simulated"] = estimate_json(*one.simulated);
    entry["probability"] = rounded(one.probability);
    requirements.push_back(std::move(entry));
  }
  json["requirements"] = std::move(requirements);
  if (plan.probability_feasible) json["probability_feasible"] = rounded(*plan.probability_feasible);
  if (plan.probability_best) json["probability_best"] = rounded(*plan.probability_best);
  json["patch"] = placement_patch(base, plan.placement);
  return json;
}

Json rule_json(const Relaxation::Rule& rule) {
  using Kind = Relaxation::Rule::Kind;
  switch (rule.kind) {
    case Kind::residency:
      return {{"kind", "residency"}, {"service", rule.services.front()}, {"sites", rule.sites}};
    case Kind::apart:
      return {{"kind", "apart"}, {"services", rule.services}, {"sites", rule.sites}};
    case Kind::least_sites:
      return {{"kind", "least-sites"}, {"limit", rule.limit}, {"asked", rule.asked}};
    case Kind::most_sites:
      return {{"kind", "most-sites"}, {"limit", rule.limit}, {"asked", rule.asked}};
  }
  return {};
}

Json relaxation_json(const Scenario& base, const Relaxation& relaxation) {
  Json wider = Json::array(), nodes = Json::array();
  for (const Requirement& one : relaxation.wider) wider.push_back(one.text());
  for (const Relaxation::Nodes& one : relaxation.nodes) {
    nodes.push_back({{"site", one.site}, {"pool", one.pool}, {"there", one.there}, {"needed", one.needed}});
  }
  Json json{{"requirements", std::move(wider)}, {"nodes", std::move(nodes)}};
  if (relaxation.rule) json["rule"] = rule_json(*relaxation.rule);
  json["smallest"] = relaxation.smallest;
  json["plan"] = plan_json(base, relaxation.plan);
  return json;
}

Json plans_json(const Scenario& base, const std::vector<Plan>& plans) {
  Json json = Json::array();
  for (const Plan& plan : plans) json.push_back(plan_json(base, plan));
  return json;
}

}  // namespace

Json optimum_json(const Scenario& base, const OptimizeResult& result) {
  Json json{{"scenario", {{"name", result.scenario}, {"strategy", result.strategy}}},
            {"minimize", goal_unit(result.goal)},
            {"feasible", !result.plans.empty()},
            {"interrupted", result.interrupted},
            {"plans_estimated", result.estimated},
            {"complete", result.complete},
            {"replications", result.replications},
            {"chosen", result.chosen}};
  json["not_required"] = result.left_out;
  json["plans"] = plans_json(base, result.plans);
  json["baselines"] = plans_json(base, result.baselines);
  json["front"] = plans_json(base, result.front);
  Json binding = Json::array(), relaxations = Json::array();
  for (const auto& one : result.binding) {
    binding.push_back({{"requirement", one.requirement.text()},
                       {"saved", rounded(one.saved)},
                       {"unit", goal_unit(result.goal)}});
  }
  for (const Relaxation& one : result.relaxations) relaxations.push_back(relaxation_json(base, one));
  json["binding"] = std::move(binding);
  json["relaxations"] = std::move(relaxations);
  if (result.least_violating) json["least_violating"] = plan_json(base, *result.least_violating);
  return json;
}

}  // namespace planner
