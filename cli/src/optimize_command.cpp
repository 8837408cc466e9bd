#include <memory>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/optimize.hpp"
#include "planner/result_store.hpp"
#include "progress.hpp"
#include "scenario_options.hpp"
#include "signals.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct OptimizeRequest {
  ScenarioOptions scenario;
  std::string strategy, minimize = "cost", write, store;
  std::vector<std::string> requirements, services, allowed, apart;
  planner::OptimizeOptions options;
  bool keep_sites = false;
};

planner::Goal goal_named(const std::string& name) {
  static const std::map<std::string, planner::Goal> goals{{"cost", planner::Goal::cost},
                                                          {"sites", planner::Goal::sites},
                                                          {"energy", planner::Goal::energy},
                                                          {"carbon", planner::Goal::carbon},
                                                          {"latency", planner::Goal::latency}};
  const auto found = goals.find(name);
  if (found == goals.end())
    throw UsageError{"--minimize: \"" + name + "\" is none of cost, sites, energy, carbon, latency"};
  return found->second;
}

planner::ScenarioRequirements requirements_of(const OptimizeRequest& request,
                                              const planner::Scenario& scenario) {
  if (request.requirements.empty()) return planner::requirements_of(scenario);
  planner::ScenarioRequirements asked;
  for (const std::string& text : request.requirements) {
    const auto parsed = planner::parse_requirement(text, scenario);
    if (const auto* error = std::get_if<planner::RequirementError>(&parsed))
      throw UsageError{"--subject-to " + error->message, error->help};
    asked.requirements.push_back(std::get<planner::Requirement>(parsed));
  }
  return asked;
}

void expect_service(const planner::Scenario& scenario, const std::string& option,
                    const std::string& service) {
  if (!scenario.services.contains(service))
    throw UsageError{option + ": the scenario has no service \"" + service + "\""};
}

/// `SERVICE=WHERE,...` with WHERE a site, a site set, tier:T or country:C.
void allow(planner::OptimizeOptions& options, const planner::Scenario& scenario, const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos)
    throw UsageError{"--allow: \"" + text + "\" has no \"=\"", "such as --allow stock=country:DE,paris"};
  const std::string service = text.substr(0, equals);
  expect_service(scenario, "--allow", service);
  std::string_view rest = std::string_view{text}.substr(equals + 1);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const std::string where{rest.substr(0, comma)};
    rest = comma == std::string_view::npos ? "" : rest.substr(comma + 1);
    bool any = false;
    for (const auto& [id, site] : scenario.sites) {
      const bool country = site.at && where == "country:" + site.at->country;
      if (where != id && where != site.set && where != "tier:" + site.tier && !country) continue;
      options.allowed[service].insert(id);
      any = true;
    }
    if (!any) throw UsageError{"--allow: \"" + where + "\" names no site of the scenario"};
  }
}

void keep_apart(planner::OptimizeOptions& options, const planner::Scenario& scenario,
                const std::string& text) {
  const auto comma = text.find(',');
  if (comma == std::string::npos)
    throw UsageError{"--apart: \"" + text + "\" names no two services", "such as --apart web,backup"};
  const std::string a = text.substr(0, comma), b = text.substr(comma + 1);
  expect_service(scenario, "--apart", a);
  expect_service(scenario, "--apart", b);
  options.apart.emplace_back(a, b);
}

planner::OptimizeOptions options_of(const OptimizeRequest& request, const planner::Scenario& scenario) {
  planner::OptimizeOptions options = request.options;
  options.goal = goal_named(request.minimize);
  for (const std::string& service : request.services) {
    expect_service(scenario, "--service", service);
    options.services.insert(service);
  }
  for (const std::string& text : request.allowed) allow(options, scenario, text);
  for (const std::string& text : request.apart) keep_apart(options, scenario, text);
  if (request.keep_sites) options.sites = planner::OptimizeOptions::Sites::kept;
  return options;
}

ExitCode exit_code_of(const planner::OptimizeResult& result) {
  if (result.interrupted) return stop_signal().value_or(ExitCode::limit);
  return result.plans.empty() ? ExitCode::infeasible : ExitCode::ok;
}

Answer run_optimize(const OptimizeRequest& request, const Settings& settings) {
  const planner::Document document = load_scenario(request.scenario);
  const std::string& strategy = request.strategy.empty() ? document.baseline() : request.strategy;
  expect_strategy(document, strategy);
  const planner::Resolution resolution = document.resolve(strategy);
  planner::OptimizeOptions options = options_of(request, resolution.scenario());
  const planner::ScenarioRequirements required = requirements_of(request, resolution.scenario());
  options.requirements = required.requirements;
  options.left_out = required.left_out;
  if (!request.write.empty()) expect_writable(request.write);
  ProgressLine line{!settings.quiet && is_terminal(Stream::error) ? ProgressLine::Visibility::shown
                                                                  : ProgressLine::Visibility::hidden};
  const GracefulStop stop;
  options.stop = stop.flag();
  options.progress = [&line](const planner::Progress& progress) { line.show(progress); };
  std::optional<planner::ResultStore> store;
  if (!request.store.empty()) store.emplace(request.store, planner::ResultStore::Access::write);
  options.store = store ? &*store : nullptr;
  options.load = loader_of(request.scenario);
  options.executor = settings.executor;
  if (settings.executor != nullptr) settings.executor->configure(options.threads, settings.spread);
  const planner::OptimizeResult result = planner::optimize(resolution.scenario(), options);
  line.clear();
  Answer answer{.code = exit_code_of(result)};
  answer.schema = "optimum/1";
  answer.document = planner::optimum_json(resolution.scenario(), result);
  answer.text = planner::render_optimum(resolution.scenario(), result, text_options(settings));
  if (store && store->found() > 0)
    answer.message += std::to_string(store->found()) + " replications were in the store\n";
  if (!request.write.empty() && !result.plans.empty()) {
    write_file(
        request.write,
        planner::placement_patch(resolution.scenario(), result.plans.front().placement).dump(2) + "\n");
    answer.message += "the plan is in " + request.write + ": try it with --patch " + request.write + "\n";
  }
  return answer;
}

}  // namespace

namespace {

/// Options that `optimize` and `sizing` share.
void add_plan_options(CLI::App& command, OptimizeRequest& request) {
  add_scenario_options(command, request.scenario);
  const auto option = [&](const char* name, auto& target, const char* type, const char* what) {
    return command.add_option(name, target, what)->type_name(type)->group("Search");
  };
  option("--strategy", request.strategy, "NAME", "whose sites and pools are used; the baseline")
      ->group("Scenario");
  option("--minimize", request.minimize, "WHAT", "cost (default), sites, energy, carbon, latency");
  option("--subject-to", request.requirements, "EXPR", "a requirement (repeatable); else the assertions")
      ->expected(1)
      ->take_all();
  option("--service", request.services, "NAME", "only it is decided (repeatable)")->expected(1)->take_all();
  option("--effort", request.options.effort, "N", "plans to estimate")
      ->check(CLI::Range(1, 1'000'000).description(""));
  option("--reps", request.options.replications, "N", "replications of each finalist, at most")
      ->check(CLI::Range(2, 10'000).description(""));
  option("--probability", request.options.probability, "0.95", "of being the best finalist, at which it ends")
      ->check(CLI::Range(0.5, 0.9999).description(""));
  option("--jobs", request.options.threads, "N", "threads (default: one a processor)")
      ->check(CLI::Range(1U, 1024U).description(""));
  option("--store", request.store, "FILE", "run only what is missing there, and add it");
  option("--write", request.write, "FILE", "write the best plan as a merge patch");
}

}  // namespace

void add_optimize(CommandLine& line) {
  auto request = std::make_shared<OptimizeRequest>();
  CLI::App& command =
      line.add("optimize", "Decide", "find the cheapest placement and sizing",
               [request](const Settings& settings) { return run_optimize(*request, settings); });
  add_plan_options(command, *request);
  const auto option = [&](const char* name, auto& target, const char* type, const char* what) {
    return command.add_option(name, target, what)->type_name(type)->group("Search");
  };
  option("--allow", request->allowed, "SERVICE=WHERE", "its sites: ids, sets, tier:T, country:C")
      ->expected(1)
      ->take_all();
  option("--apart", request->apart, "A,B", "services that share no site (repeatable)")
      ->expected(1)
      ->take_all();
  option("--min-sites", request->options.least_sites, "N", "of each service")
      ->check(CLI::Range(1, 1000).description(""));
  option("--max-sites", request->options.most_sites, "N", "in all");
  command.add_flag("--keep-sites", request->keep_sites, "decide sizes alone, as sizing does")
      ->group("Search");
  option("--plans", request->options.plans, "N", "best plans to give, of different sites")
      ->check(CLI::Range(1, 5).description(""));
}

void add_sizing(CommandLine& line) {
  auto request = std::make_shared<OptimizeRequest>();
  request->keep_sites = true;
  CLI::App& command =
      line.add("sizing", "Decide", "find how many instances a placement needs",
               [request](const Settings& settings) { return run_optimize(*request, settings); });
  add_plan_options(command, *request);
}

}  // namespace cli
