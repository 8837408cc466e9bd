#include "check/check_placement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "check/check_sharing.hpp"

namespace planner {
namespace {

/// What the replicas on one pool ask for.
struct Demand {
  double cpu = 0, memory = 0, gpus = 0;
  std::string services;  ///< "4 x gateway, 2 x detector"
  Span where;            ///< of the last placement, which made it too much
};

class PlacementChecker {
 public:
  PlacementChecker(const Fields& root, ReadContext& context, UsedIds& used)
      : root_{root}, context_{context}, issues_{context.issues}, scenario_{context.scenario}, used_{used} {}

  void check() {
    for (const auto& [id, workload] : scenario_.workloads) {
      const auto flow = scenario_.flows.find(workload.flow);
      if (flow == scenario_.flows.end()) continue;
      for (const auto& [name, call] : flow->second.calls) called_.insert(call.service);
    }
    for (const Member* service : root_.object("placement").entries()) check_service(*service);
    check_all_placed();
    for (const auto& [pool, demand] : demands_) check_fit(pool.first, pool.second, demand);
    check_reachable();
  }

 private:
  void check_service(const Member& member) {
    const auto service = scenario_.services.find(member.key);
    if (service == scenario_.services.end()) {
      report_unknown(member.key_span, member.key, scenario_.services, "services", "service", root_, issues_);
      return;
    }
    if (!called_.contains(member.key)) {
      issues_.add(Code::never_placed, member.key_span,
                  fmt::format("service \"{}\" is placed, but no flow with a workload calls it", member.key));
    }
    for (const Member* entry : Fields{member.value}.entries()) {
      if (entry->key == user_device)
        check_on_device(*entry, member.key, service->second);
      else
        check_at_site(*entry, member.key, service->second);
    }
  }

  void check_at_site(const Member& entry, const std::string& service_id, const Service& service) {
    const auto site = scenario_.sites.find(entry.key);
    if (site == scenario_.sites.end()) {
      report_unknown(entry.key_span, entry.key, scenario_.sites, "sites", "site", root_, issues_);
      return;
    }
    used_.insert("sites/" + entry.key);
    used_.insert("site_sets/" + site->second.set);
    const auto& by_site = scenario_.placement.at(service_id);
    const auto placed = by_site.find(entry.key);
    if (placed == by_site.end()) return;  // its pool is in doubt and reported
    const PoolType& pool = site->second.pools.at(placed->second.pool);
    check_time(entry, service_id, service, pool, site->second.tier);
    check_sharing(entry, service_id, pool, root_, context_);
    if (pool.kind == PoolType::Kind::nodes) add_demand(entry, service_id, service, placed->second);
  }

  void check_time(const Member& entry, const std::string& service_id, const Service& service,
                  const PoolType& pool, const std::string& tier) {
    if (service.time) return;
    const auto known_for = [&](const std::string& host) {
      return !host.empty() && service.time_on.contains(host);
    };
    if (known_for(pool.device) || known_for(pool.platform) || known_for(tier)) return;
    if (!service.inference.empty() && pool.inference.contains(service.inference)) return;
    const std::string host =
        pool.device.empty() ? (pool.platform.empty() ? "this pool" : pool.platform) : pool.device;
    report_no_time(entry, service_id, service, host, keys_of(pool.inference));
  }

  void report_no_time(const Member& entry, const std::string& service_id, const Service& service,
                      const std::string& host, const std::vector<std::string>& models) {
    Diagnostic& issue =
        issues_.add(Code::no_service_time, entry.key_span,
                    fmt::format("how long \"{}\" takes on {} is not known", service_id, host));
    if (service.inference.empty()) {
      issue.help = "give the service a \"time\", or a \"time_on\" this device, platform or tier";
    } else {
      issue.help = fmt::format("no measured time of \"{}\" on {}", service.inference, host);
      const std::string_view near = nearest_word(service.inference, models);
      if (!near.empty())
        issue.help += fmt::format("; did you mean \"{}\"?", near);
      else if (!models.empty())
        issue.help += fmt::format("; measured: {}", fmt::join(models, ", "));
    }
  }

  void check_on_device(const Member& entry, const std::string& service_id, const Service& service) {
    if (service.queue)
      issues_.add(Code::not_placeable, entry.key_span,
                  fmt::format("\"{}\" has a \"queue\", which users' devices have not", service_id));
    for (const auto& [id, workload] : scenario_.workloads) {
      const auto population = scenario_.populations.find(workload.population);
      const auto flow = scenario_.flows.find(workload.flow);
      if (population == scenario_.populations.end() || flow == scenario_.flows.end()) continue;
      const bool calls = std::ranges::any_of(
          flow->second.calls, [&](const auto& call) { return call.second.service == service_id; });
      if (calls) check_device_of(entry, service_id, service, population->first, population->second);
    }
  }

  void check_device_of(const Member& entry, const std::string& service_id, const Service& service,
                       const std::string& population_id, const Population& population) {
    if (population.device.empty()) {
      issues_.add(Code::not_placeable, entry.key_span,
                  fmt::format("\"{}\" cannot run on the users' devices: population \"{}\" has no \"device\"",
                              service_id, population_id));
      return;
    }
    if (service.time || service.time_on.contains(population.device)) return;
    if (!service.inference.empty() && population.device_inference.contains(service.inference)) return;
    report_no_time(entry, service_id, service, population.device, keys_of(population.device_inference));
  }

  void check_all_placed() {
    for (const std::string& id : called_) {
      used_.insert("services/" + id);
      const auto placed = scenario_.placement.find(id);
      const bool anywhere = placed != scenario_.placement.end() && !placed->second.empty();
      if (anywhere || !scenario_.services.contains(id)) continue;
      const Value* placement = root_.get("placement");
      const Value* entries = placement == nullptr ? nullptr : placement->find(id);
      if (entries != nullptr && !Fields{entries}.entries().empty())
        continue;  // placed in error, and reported
      const Member* service = root_.get("services")->find_member(id);
      issues_.add(
          Code::service_without_placement, service->key_span,
          fmt::format("service \"{}\" is called, but \"placement\" puts it nowhere under strategy \"{}\"", id,
                      scenario_.strategy));
    }
  }

  void add_demand(const Member& entry, const std::string& service_id, const Service& service,
                  const Placement& placement) {
    Demand& demand = demands_[{entry.key, placement.pool}];
    demand.cpu += placement.replicas * service.cpu;
    demand.memory += placement.replicas * service.memory.value();
    demand.gpus += placement.replicas * service.gpus;
    if (!demand.services.empty()) demand.services += " + ";
    demand.services += fmt::format("{} x {}", placement.replicas, service_id);
    const Value* replicas = entry.value.find("replicas");
    demand.where = replicas == nullptr ? entry.key_span : replicas->span;
    const PoolType& pool = scenario_.sites.at(entry.key).pools.at(placement.pool);
    if (placement.replicas == 0) return;
    const auto larger = [&](double asked, double node, std::string_view what) {
      if (node <= 0 || asked <= node) return;
      issues_.add(Code::does_not_fit, entry.key_span,
                  fmt::format("one replica of \"{}\" asks for {:.6g} {}, a node of {}/{} has {:.6g}",
                              service_id, asked, what, entry.key, placement.pool, node));
    };
    larger(service.cpu, pool.cpu, "vCPU");
    larger(service.memory.value() / gibibyte, pool.memory.value() / gibibyte, "GiB");
    larger(service.gpus, pool.gpus, "accelerators");
  }

  /// A pool whose nodes do not state a resource is not checked for it; accelerators count as stated.
  void check_fit(const std::string& site, const std::string& pool_id, const Demand& demand) {
    const PoolType& pool = scenario_.sites.at(site).pools.at(pool_id);
    const auto exceeds = [&](double asked, double node, std::string_view what) {
      const double available = node * pool.nodes;
      constexpr double rounding = 1e-9;
      if (asked <= available * (1 + rounding)) return;
      issues_.add(Code::does_not_fit, demand.where,
                  fmt::format("{} ask for {:.6g} {}, but {}/{} has {:.6g} ({} nodes of {:.6g})",
                              demand.services, asked, what, site, pool_id, available, pool.nodes, node));
    };
    if (pool.cpu > 0) exceeds(demand.cpu, pool.cpu, "vCPU");
    if (pool.memory.value() > 0) exceeds(demand.memory / gibibyte, pool.memory.value() / gibibyte, "GiB");
    exceeds(demand.gpus, pool.gpus, "accelerators");
  }

  void check_reachable() {
    std::set<std::string> linked;
    for (const auto& [id, link] : scenario_.links) {
      linked.insert(link.a);
      linked.insert(link.b);
    }
    for (const Member* member : root_.object("sites").entries()) {
      const auto site = scenario_.sites.find(member->key);
      if (site == scenario_.sites.end() || site->second.at || linked.contains(member->key)) continue;
      const Fields fields{member->value};
      if (fields.has("city") || fields.has("region") || fields.has("pop"))
        continue;  // unknown place, reported
      if (!used_.contains("sites/" + member->key)) continue;
      issues_.add(
          Code::unreachable_site, member->key_span,
          fmt::format("site \"{}\" has no position and no link, so nothing can reach it", member->key));
    }
  }

  static constexpr double gibibyte = 1073741824.;

  const Fields& root_;
  ReadContext& context_;
  Issues& issues_;
  const Scenario& scenario_;
  UsedIds& used_;
  std::set<std::string> called_;
  std::map<std::pair<std::string, std::string>, Demand> demands_;  // by site and pool
};

}  // namespace

void check_placement(const Fields& root, ReadContext& context, UsedIds& used) {
  PlacementChecker{root, context, used}.check();
}

}  // namespace planner
