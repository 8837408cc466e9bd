#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "compile/provision_plan.hpp"
#include "planner/time_series.hpp"
#include "read/read_law.hpp"
#include "read/read_sections.hpp"

namespace planner {
namespace {

/// The pool named, or the only one of the site; reports where that does not tell.
std::string pool_of(const Member& entry, const Site& site, Issues& issues) {
  if (const Value* pool = entry.value.find("pool")) {
    if (site.pools.contains(pool->text)) return pool->text;
    Diagnostic& issue = issues.add(Code::unknown_reference, pool->span,
                                   fmt::format("site \"{}\" has no pool \"{}\"", entry.key, pool->text));
    propose(issue, pool->text, keys_of(site.pools));
    return {};
  }
  if (site.pools.size() == 1) return site.pools.begin()->first;
  issues.add(Code::not_placeable, entry.key_span,
             site.pools.empty()
                 ? fmt::format("site \"{}\" has no pool", entry.key)
                 : fmt::format("site \"{}\" has {} pools; say which with \"pool\": {}", entry.key,
                               site.pools.size(), fmt::join(keys_of(site.pools), ", ")));
  return {};
}

/// Keys that the kind of pool does not have would have no effect.
void check_keys(const Member& entry, const PoolType* pool, Issues& issues) {
  const auto refuse = [&](std::initializer_list<std::string_view> keys, std::string_view where) {
    for (const std::string_view key : keys) {
      if (const Member* found = entry.value.find_member(key)) {
        issues.add(Code::not_placeable, found->key_span, fmt::format("\"{}\" has no effect {}", key, where));
      }
    }
  };
  if (pool == nullptr) {
    refuse({"pool", "replicas", "provisioned", "reserved", "max_instances", "concurrency", "keep_alive"},
           "on the users' devices");
  } else if (pool->kind == PoolType::Kind::elastic) {
    refuse({"replicas"},
           "on an elastic pool, which starts instances on demand (\"provisioned\" keeps some warm)");
  } else {
    refuse({"provisioned", "reserved", "max_instances", "keep_alive"},
           "on nodes, which are always on (\"replicas\" says how many)");
  }
}

void read_provisioned(const Fields& fields, Placement& placement, ReadContext& context) {
  const Value* given = fields.get("provisioned");
  if (given == nullptr || !given->is_object()) {
    placement.provisioned = fields.count("provisioned", 0);
    return;
  }
  std::vector<std::uint32_t> hours;
  for (const Value& hour : Fields{given}.get("hourly")->items)
    hours.push_back(static_cast<std::uint32_t>(hour.number));
  if (hours.size() != 24 && hours.size() != 168) {
    context.issues.add(Code::bad_profile, given->span,
                       fmt::format("\"hourly\" has 24 or 168 hours, this one has {}", hours.size()));
    return;
  }
  const Zone zone = parse_zone(Fields{given}.text("zone", context.scenario.zone)).value_or(Zone{});
  placement.provisioned_hours = hours;
  placement.provisions = provisions(hours, zone, context.scenario);
  placement.provisioned = placement.provisions.front().instances;
  placement.provisions.erase(placement.provisions.begin());
}

Placement read_entry(const Member& entry, ReadContext& context) {
  const Fields fields{entry.value};
  Placement placement;
  placement.replicas = fields.count("replicas", 1);
  read_provisioned(fields, placement, context);
  placement.reserved = fields.flag("reserved", false);
  if (fields.has("max_instances")) placement.max_instances = fields.count("max_instances", 0);
  if (fields.has("concurrency")) placement.concurrency = fields.count("concurrency", 1);
  placement.keep_alive = read_law(fields, "keep_alive", "keep-alive at " + entry.key, context);
  return placement;
}

models::Balance balance_of(const std::string& name, models::Balance fallback) {
  if (name == "shared") return models::Balance::shared;
  if (name == "random") return models::Balance::random;
  if (name == "round-robin") return models::Balance::round_robin;
  if (name == "least-requests") return models::Balance::least_requests;
  return name == "two-choices" ? models::Balance::two_choices : fallback;
}

Routing read_policy(const Fields& fields, Routing routing) {
  const std::string policy = fields.text("policy");
  if (policy == "nearest") routing.policy = Routing::Policy::nearest;
  if (policy == "latency") routing.policy = Routing::Policy::latency;
  if (policy == "weighted") routing.policy = Routing::Policy::weighted;
  if (policy == "round-robin") routing.policy = Routing::Policy::round_robin;
  if (policy == "least-requests") routing.policy = Routing::Policy::least_requests;
  routing.spill_at = fields.quantity("spill_at", Dimension::ratio, routing.spill_at);
  routing.balance = balance_of(fields.text("balance"), routing.balance);
  if (fields.has("weights")) routing.weights.clear();
  for (const Member* weight : fields.object("weights").entries())
    routing.weights[weight->key] = weight->value.number;
  return routing;
}

/// All 64 bits, which a double would not keep.
std::uint64_t seed_of(const Value& value) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(value.text.data(), value.text.data() + value.text.size(), seed);
  const bool plain = error == std::errc{} && end == value.text.data() + value.text.size();
  constexpr double largest = 18446744073709549568.;  // below 2^64
  return plain ? seed : static_cast<std::uint64_t>(std::clamp(value.number, 0., largest));
}

}  // namespace

void read_placement(const Fields& root, ReadContext& context) {
  Scenario& scenario = context.scenario;
  for (const Member* service : root.object("placement").entries()) {
    auto& by_site = scenario.placement[service->key];
    for (const Member* entry : Fields{service->value}.entries()) {
      Placement placement = read_entry(*entry, context);
      const auto site = scenario.sites.find(entry->key);
      if (site != scenario.sites.end()) {
        placement.pool = pool_of(*entry, site->second, context.issues);
        if (placement.pool.empty()) continue;
        check_keys(*entry, &site->second.pools.at(placement.pool), context.issues);
      } else if (entry->key == user_device) {
        check_keys(*entry, nullptr, context.issues);
      }
      by_site.emplace(entry->key, std::move(placement));
    }
  }
}

void read_routing(const Fields& root, ReadContext& context) {
  const Fields fields = root.object("routing");
  context.scenario.routing = read_policy(fields, {});
  for (const Member* service : fields.object("services").entries()) {
    context.scenario.service_routing.emplace(service->key,
                                             read_policy(Fields{service->value}, context.scenario.routing));
  }
}

void read_time(const Fields& root, ReadContext& context) {
  const Fields fields = root.object("time");
  context.scenario.start_unix = parse_instant(fields.text("start", default_start)).value_or(0);
  context.scenario.zone = fields.text("zone", context.scenario.zone);
  context.scenario.warmup = fields.duration("warmup").value_or(sim::Duration{});
  context.scenario.duration = fields.duration("duration").value_or(sim::Duration{});
}

namespace {

/// An outage is kept for readers; one that is to happen is refused, as no run would show it.
void check_outage(const Member& member, ReadContext& context) {
  const Fields outage{member.value};
  if (outage.has("site") == outage.has("link")) {
    context.issues.add(outage.has("site") ? Code::conflicting_keys : Code::missing_key, member.key_span,
                       fmt::format("outage \"{}\" is of one \"site\" or one \"link\"", member.key));
  }
  const auto refer = [&](std::string_view key, const auto& known) {
    const Value* id = outage.get(key);
    if (id == nullptr || known.contains(id->text)) return;
    Diagnostic& issue = context.issues.add(Code::unknown_reference, id->span,
                                           fmt::format("unknown {} \"{}\"", key, id->text));
    if (context.issues.is_kept(issue)) propose(issue, id->text, keys_of(known));
  };
  refer("site", context.scenario.sites);
  refer("link", context.scenario.links);
  if (outage.flag("enabled", false)) {
    context.issues
        .add(Code::not_in_this_version, outage.get("enabled")->span,
             "outages within a run are not in this version")
        .help = "`isochrone fail` shows what the loss of each site and link means; say \"enabled\": false";
  }
}

}  // namespace

void read_faults(const Fields& root, ReadContext& context) {
  const Fields fields = root.object("faults");
  Faults& faults = context.scenario.faults;
  faults.detection = fields.duration("detection").value_or(faults.detection);
  faults.name_ttl = fields.duration("dns_ttl").value_or(faults.name_ttl);
  for (const Member* member : fields.entries()) {
    if (!member->value.is_object()) continue;
    check_outage(*member, context);
  }
}

namespace {

/// Length of the slices of results over time.
void read_series(const Fields& experiment, ReadContext& context) {
  const std::optional<sim::Duration> step = experiment.duration("series");
  context.scenario.experiment.series = step;
  if (!step || *step <= sim::Duration{0}) return;
  const std::int64_t slices = (context.scenario.duration + *step - sim::Duration{1}) / *step;
  if (slices <= most_slices) return;
  context.issues.add(Code::out_of_range, experiment.get("series")->span,
                     fmt::format("{} slices, at most {} are recorded", slices, most_slices));
}

}  // namespace

void read_experiment(const Fields& root, ReadContext& context) {
  const Fields fields = root.object("experiment");
  Experiment& experiment = context.scenario.experiment;
  if (const Value* seed = fields.get("seed")) experiment.seed = seed_of(*seed);
  if (!fields.flag("common_random_numbers", true)) {
    context.issues
        .add(Code::not_in_this_version, fields.get("common_random_numbers")->span,
             "strategies cannot be compared on independent random numbers")
        .help = "common ones are at least as precise; leave the key out, or say true";
  }
  experiment.confidence = fields.quantity("confidence", Dimension::ratio, experiment.confidence);
  read_series(fields, context);
  experiment.equivalence = fields.quantity("equivalence", Dimension::ratio, 0);
  const Value* replications = fields.get("replications");
  if (replications == nullptr) return;
  if (replications->is_number()) {
    experiment.min_replications = experiment.max_replications = fields.count("replications", 5);
    return;
  }
  const Fields bounds{replications};
  experiment.min_replications = bounds.count("min", experiment.min_replications);
  experiment.max_replications = bounds.count("max", experiment.min_replications);
  read_until(bounds.object("until"), context);
  if (experiment.max_replications < experiment.min_replications) {
    context.issues.add(Code::out_of_range,
                       bounds.get("max") == nullptr ? bounds.span() : bounds.get("max")->span,
                       "\"max\" is below \"min\"");
  }
}

}  // namespace planner
