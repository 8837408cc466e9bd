#pragma once
#include <string>

#include "planner/scenario.hpp"
#include "planner/study.hpp"

/// Small scenarios in C++ whose answers can be computed by hand.
namespace test_support {

inline planner::Law law(sim::Distribution distribution) { return {std::move(distribution), {}}; }
inline planner::Law constant(double seconds) { return law(sim::Distribution::deterministic(seconds)); }

/// One population `users` at site `home`, which serves the flow `page` with service `web` on one node: access
/// 1 ms up and 2 ms down, 10 ms of service, nothing in between. 100 s are recorded.
inline planner::Scenario one_site(double rate) {
  planner::Scenario scenario;
  scenario.name = "hand";
  scenario.strategy = "base";
  scenario.baseline = true;
  scenario.duration = std::chrono::seconds{100};

  planner::PoolType box;
  box.nodes = 1;
  planner::Site home;
  home.tier = "edge";
  home.pools["box"] = box;
  scenario.sites["home"] = home;

  planner::Population users;
  users.site = "home";
  users.users = 100;
  users.access.uplink_latency = constant(0.001);
  users.access.downlink_latency = constant(0.002);
  scenario.populations["users"] = users;

  planner::Service web;
  web.time = constant(0.010);
  scenario.services["web"] = web;

  planner::Call in;
  in.service = "web";
  planner::Flow page;
  page.entry = "in";
  page.calls["in"] = in;
  page.transport = "none";
  scenario.flows["page"] = page;

  planner::Workload load;
  load.population = "users";
  load.flow = "page";
  load.process = planner::Workload::Process::periodic;
  load.rate = rate;
  scenario.workloads["load"] = load;
  scenario.placement["web"]["home"].pool = "box";
  return scenario;
}

/// A second site, `far`, with a pool like that of home, `one_way` away over a link.
inline void add_far_site(planner::Scenario& scenario, planner::Law one_way) {
  scenario.sites["far"] = scenario.sites.at("home");
  planner::Link link;
  link.a = "home";
  link.b = "far";
  link.latency = std::move(one_way);
  scenario.links["home--far"] = link;
}

/// Adds `name` to the flow: a call of its own service, placed on one replica at `site`.
inline planner::Call& add_call(planner::Scenario& scenario, const std::string& name, const std::string& site,
                               planner::Law time) {
  planner::Service service;
  service.time = std::move(time);
  scenario.services[name] = service;
  scenario.placement[name][site].pool = "box";
  planner::Call call;
  call.service = name;
  return scenario.flows.at("page").calls[name] = call;
}

inline planner::Study study(const std::vector<planner::Scenario>& strategies, std::uint32_t replications) {
  planner::StudyOptions options;
  options.replications = replications;
  return planner::run_study(strategies, options);
}

inline planner::Study study(const planner::Scenario& scenario, std::uint32_t replications = 1) {
  return study(std::vector<planner::Scenario>{scenario}, replications);
}

inline double part(const std::array<double, models::part_count>& parts, models::Part which) {
  return parts[static_cast<std::size_t>(which)];
}

}  // namespace test_support
