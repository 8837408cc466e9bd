#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "planner/number_text.hpp"
#include "planner/optimize.hpp"
#include "show/text_table.hpp"

namespace planner {
namespace {

using Emphasis = TextTable::Emphasis;

/// So many sites are listed by name, more only counted.
constexpr std::size_t most_named = 6;

const char* goal_text(Goal goal) {
  switch (goal) {
    case Goal::sites:
      return "fewest sites";
    case Goal::energy:
      return "least energy";
    case Goal::carbon:
      return "least carbon";
    case Goal::latency:
      return "shortest latency";
    case Goal::cost:
      break;
  }
  return "least cost";
}

std::string size_text(const Scenario& base, const std::string& site, const Placement& one) {
  if (site == user_device) return "users' devices";
  const bool nodes = base.sites.at(site).pools.at(one.pool).kind == PoolType::Kind::nodes;
  if (nodes) return fmt::format("{}/{} x {}", site, one.pool, one.replicas);
  if (one.provisioned > 0) return fmt::format("{}/{}, {} provisioned", site, one.pool, one.provisioned);
  return fmt::format("{}/{}, on demand", site, one.pool);
}

/// ` (now 3)` where the base has another size at that place.
std::string change_text(const Scenario& base, const std::string& service, const std::string& site,
                        const Placement& one) {
  const auto before = base.placement.find(service);
  if (before == base.placement.end() || site == user_device) return {};
  const auto found = before->second.find(site);
  if (found == before->second.end() || found->second.pool != one.pool) return {};
  const bool nodes = base.sites.at(site).pools.at(one.pool).kind == PoolType::Kind::nodes;
  const std::uint32_t was = nodes ? found->second.replicas : found->second.provisioned;
  return was == (nodes ? one.replicas : one.provisioned) ? "" : fmt::format(" (now {})", was);
}

std::string places_text(const Scenario& base, const Plan& plan, int width) {
  std::string text;
  for (const auto& [service, places] : plan.placement) {
    std::string line = service + ": ";
    std::size_t named = 0;
    for (const auto& [site, one] : places) {
      if (named++ < most_named)
        line += (named > 1 ? "; " : "") + size_text(base, site, one) + change_text(base, service, site, one);
    }
    if (places.size() > most_named) line += fmt::format("; and {} sites more", places.size() - most_named);
    text += wrapped(line, width, 4);
  }
  return text;
}

/// Rounded down, and never to 100 %: the probability is at least that.
std::string at_least_text(double probability) {
  const double hundredths = std::floor(1e4 * std::min(probability, 0.9999) + 1e-9);
  return hundredths >= 9'900 ? fmt::format("{:.2f} %", hundredths / 100)
                             : fmt::format("{:.1f} %", std::floor(hundredths / 10) / 10);
}

/// `p99 82.1 ±0.4` simulated, or by formula.
std::string requirement_cell(const RequirementResult& one) {
  if (one.simulated) return with_error(*one.simulated);
  return std::isfinite(one.estimated) ? number_text(one.estimated) : "-";
}

std::vector<std::string> cells_of(const Plan& plan, const Plan* winner, Goal goal) {
  if (!plan.possible && plan.figures.values.empty()) return {"  " + plan.name, plan.why_not};
  std::vector<std::string> cells{"  " + plan.name};
  cells.push_back(plan.figures.carries ? (plan.cost ? with_error(*plan.cost) : number_text(plan.figures.cost))
                                       : "overload");
  const double value = goal_value(goal, plan.figures);
  const bool told = winner != nullptr && plan.figures.carries;
  cells.push_back(told ? signed_text(value - goal_value(goal, winner->figures), value) : "");
  cells.push_back(std::to_string(plan.figures.sites));
  for (const RequirementResult& one : plan.requirements) cells.push_back(requirement_cell(one));
  if (plan.probability_feasible) {
    cells.push_back(at_least_text(*plan.probability_feasible));
  } else {
    cells.push_back(plan.figures.violation > 0 ? "no" : "yes");
  }
  if (plan.probability_best) cells.push_back(at_least_text(*plan.probability_best));
  return cells;
}

std::string plans_table(const OptimizeResult& result, const TextOptions& options) {
  TextTable table;
  const std::vector<Plan>& plans = result.plans;
  const Plan* winner = plans.empty() ? nullptr : &plans.front();
  std::vector<std::string> head{"", "USD/month", winner ? std::string{"+ "} + goal_unit(result.goal) : "",
                                "sites"};
  const std::vector<Plan>& any = plans.empty() ? result.baselines : plans;
  for (std::size_t i = 0; i < any.front().requirements.size(); ++i)
    head.push_back(fmt::format("[{}]", i + 1));
  head.push_back("holds");
  head.push_back(winner ? "best" : "");
  table.row(head, Emphasis::strong);
  for (const Plan& plan : plans) table.row(cells_of(plan, winner, result.goal));
  for (const Plan& plan : result.baselines) {
    if (!plan.figures.values.empty() || plan.possible) table.row(cells_of(plan, winner, result.goal));
  }
  std::string text = table.text(options.width, 0, options.color);
  for (const Plan& plan : result.baselines) {
    if (!plan.possible && plan.figures.values.empty())
      text += wrapped(plan.name + ": " + plan.why_not, options.width, 2);
  }
  return text;
}

std::string requirements_text(const OptimizeResult& result, int width) {
  const Plan* any = !result.plans.empty()    ? &result.plans.front()
                    : result.least_violating ? &*result.least_violating
                                             : nullptr;
  std::string text;
  for (std::size_t i = 0; any != nullptr && i < any->requirements.size(); ++i) {
    text += wrapped(fmt::format("[{}] {}", i + 1, any->requirements[i].requirement.text()), width, 2);
  }
  return text;
}

const char* nearest_title(const Plan& plan) {
  return plan.figures.carries ? "The plan that violates least"
                              : "The plan that comes nearest; by formula it does not carry the load";
}

std::string answer_text(const OptimizeResult& result, int width) {
  if (result.plans.empty()) {
    std::string text = result.complete ? "No placement keeps every requirement."
                                       : "Nothing that was found keeps every requirement.";
    if (result.least_violating && !result.least_violating->figures.carries)
      text += " By formula no plan that was tried carries the load with the nodes that are there.";
    return wrapped(text, width, 0);
  }
  const Plan& winner = result.plans.front();
  std::string text = fmt::format("{}: {}.", goal_text(result.goal), winner.name);
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (winner.probability_best) {
    text += fmt::format(
        " It meets all requirements{} with a probability of at least {}, and of at least {} no finalist that "
        "does "
        "is better by more than 1 % ({} replications).",
        result.left_out.empty() ? "" : " that a search can judge",
        at_least_text(*winner.probability_feasible), at_least_text(*winner.probability_best),
        result.replications);
    if (!result.chosen) text += " That is not enough for a choice yet: more replications (--reps) may be.";
  } else {
    text += " By formula only: it was not simulated.";
  }
  return wrapped(text, width, 0);
}

std::string rule_text(const Relaxation::Rule& rule) {
  using Kind = Relaxation::Rule::Kind;
  const std::string sites = fmt::format("{}", fmt::join(rule.sites, ", "));
  switch (rule.kind) {
    case Kind::residency:
      return fmt::format("{} at {} as well", rule.services.front(), sites);
    case Kind::apart:
      return fmt::format("{} and {} together at {}", rule.services.front(), rule.services.back(), sites);
    case Kind::least_sites:
      return fmt::format("{} site{} for each service instead of {}", rule.limit, rule.limit == 1 ? "" : "s",
                         rule.asked);
    case Kind::most_sites:
      return fmt::format("{} sites in all instead of {}", rule.limit, rule.asked);
  }
  return {};
}

std::string relaxation_line(const OptimizeResult& result, const Relaxation& one) {
  std::string text;
  for (const Requirement& wider : one.wider) {
    text += text.empty() ? "" : " and ";
    text += wider.text();
    if (!result.least_violating) continue;
    for (const RequirementResult& asked : result.least_violating->requirements) {
      if (asked.requirement.metric().key() == wider.metric().key())
        text += fmt::format(" instead of {}", number_text(asked.requirement.limit));
    }
  }
  for (const Relaxation::Nodes& pool : one.nodes) {
    text += text.empty() ? "" : " and ";
    text += fmt::format("{:g} nodes of {}/{} instead of {:g}", pool.needed, pool.site, pool.pool, pool.there);
  }
  if (one.rule) text += (text.empty() ? "" : " and ") + rule_text(*one.rule);
  return "- " + text + (one.smallest ? "" : " (the least that was found)");
}

std::string relaxations_text(const OptimizeResult& result, int width) {
  if (result.relaxations.empty()) return {};
  std::string text = wrapped("Each of these alone would be enough, as simulated:", width, 0);
  for (const Relaxation& one : result.relaxations) text += wrapped(relaxation_line(result, one), width, 2);
  return text;
}

std::string binding_text(const OptimizeResult& result, int width) {
  if (result.plans.empty() || result.plans.front().requirements.empty()) return {};
  if (result.binding.empty())
    return wrapped("No requirement is binding: 5 % wider limits save nothing.", width, 0);
  std::string text = "Binding:";
  for (const auto& one : result.binding) {
    text += fmt::format(" {} (5 % wider saves {} {});", one.requirement.text(), number_text(one.saved),
                        goal_unit(result.goal));
  }
  text.back() = '.';
  return wrapped(text, width, 0);
}

std::string front_text(const OptimizeResult& result, const TextOptions& options) {
  if (result.front.size() < 2) return {};
  TextTable table;
  table.row({"  cost against latency", "USD/month", "ms", "sites", "holds"}, Emphasis::strong);
  for (const Plan& plan : result.front) {
    table.row({"  " + plan.name, number_text(plan.figures.cost), number_text(plan.figures.latency),
               std::to_string(plan.figures.sites), plan.figures.violation > 0 ? "no" : "yes"});
  }
  return table.text(options.width, 0, options.color);
}

}  // namespace

std::string render_optimum(const Scenario& base, const OptimizeResult& result, const TextOptions& options) {
  std::string text = wrapped(
      fmt::format("{} · {} from strategy {}", result.scenario, goal_text(result.goal), result.strategy),
      options.width, 0);
  text += requirements_text(result, options.width) + "\n" + answer_text(result, options.width);
  if (!result.left_out.empty())
    text += wrapped(fmt::format("Not taken into account, because a search has no estimate of it: {}.",
                                fmt::join(result.left_out, "; ")),
                    options.width, 0);
  if (!result.plans.empty()) text += places_text(base, result.plans.front(), options.width);
  text += relaxations_text(result, options.width);
  if (result.plans.empty() && result.least_violating)
    text += "\n" + strong(nearest_title(*result.least_violating), options.color) + "\n" +
            places_text(base, *result.least_violating, options.width);
  text += "\n" + plans_table(result, options);
  const std::string binding = binding_text(result, options.width), front = front_text(result, options);
  if (!binding.empty()) text += "\n" + binding;
  if (!front.empty()) text += "\n" + front;
  for (std::size_t i = 1; i < result.plans.size(); ++i) {
    text += "\n" + strong(result.plans[i].name, options.color) + "\n" +
            places_text(base, result.plans[i], options.width);
  }
  const char* reach = result.interrupted ? "; ended early, the best so far"
                      : result.complete  ? ": every placement that the rules allow"
                                         : ": a search, not all placements";
  return text +
         wrapped(fmt::format("{} plans estimated{}", count_text(result.estimated), reach), options.width, 0);
}

}  // namespace planner
