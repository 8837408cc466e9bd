#include "read/read_scenario.hpp"

#include "read/read_sections.hpp"

namespace planner {

Scenario read_scenario(const Value& tree, const StrategyEntry& strategy, const ProjectFolder& folder,
                       Issues& issues, UsedIds& used) {
  Scenario scenario;
  const Fields root{tree};
  const Fields meta = root.object("meta");
  scenario.name = meta.text("name");
  scenario.title = meta.text("title");
  scenario.note = meta.text("note");
  scenario.strategy = strategy.id;
  scenario.baseline = strategy.baseline;
  if (strategy.member != nullptr) scenario.strategy_title = Fields{strategy.member->value}.text("title");

  ReadContext context{issues, folder, scenario};
  read_time(root, context);
  read_sites(root, context);
  read_links(root, context);
  read_network(root, context);
  read_populations(root, context);
  read_services(root, context);
  read_flows(root, context);
  read_workloads(root, context);
  read_placement(root, context);
  read_routing(root, context);
  read_experiment(root, context);
  read_faults(root, context);
  read_assertions(root, context);
  check_references(root, context, used);
  return scenario;
}

}  // namespace planner
