#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "read/catalogue_figures.hpp"
#include "read/catalogue_names.hpp"
#include "read/read_law.hpp"
#include "read/read_sections.hpp"
#include "read/read_supply.hpp"
#include "read/read_tiers.hpp"

namespace planner {
namespace {

namespace catalog = models::catalog;

constexpr std::array<std::string_view, 8> node_keys{"nodes",     "cpu",      "gpus",     "power",
                                                    "inference", "slowdown", "embodied", "power_mode"};
constexpr std::array<std::string_view, 11> elastic_keys{
    "account",    "histogram", "autoscaler",  "scale_out",     "cold_start",          "start",
    "keep_alive", "dispatch",  "concurrency", "max_instances", "energy_per_gb_second"};

/// What the catalogue has under `id`; an unknown id is an issue.
template <class Find>
auto look_up(const Value& id, std::string_view what, catalog::Kind kind, Find find, Issues& issues) {
  auto found = find(id.text);
  if (!found) {
    Diagnostic& issue = issues.add(Code::unknown_catalogue_id, id.span,
                                   fmt::format("the catalogue has no {} \"{}\"", what, id.text));
    if (issues.is_kept(issue)) propose_catalogued(issue, kind, id.text);
  }
  return found;
}

void take_device(const catalog::Device& device, PoolType& pool) {
  pool.cpu = value_of(device.cpu, 0);
  pool.memory = sim::Bytes{value_of(device.memory, 0)};
  pool.gpus = value_of(device.accelerators, 0);
  pool.node_price_per_hour = sim::Money{value_of(device.price_per_hour, 0)};
  pool.power = {sim::Watts{value_of(device.power_idle, 0)}, sim::Watts{value_of(device.power_busy, 0)}};
  pool.inference = inference_of(device);
  pool.added = added_of(device);
  pool.parameter_cache = sim::Bytes{value_of(device.parameter_cache, 0)};
  pool.weight_rate = sim::BitRate{8 * value_of(device.parameter_bandwidth, 0)};
  if (device.model_load) pool.model_load = law_of(*device.model_load);
  if (device.price_per_hour) {
    pool.provenance = provenance_of(device.price_per_hour->basis, device.price_per_hour->source);
  }
}

ElasticPrice::Billing billing_of(catalog::Platform::Billing billing) {
  switch (billing) {
    case catalog::Platform::Billing::request:
      return ElasticPrice::Billing::request;
    case catalog::Platform::Billing::instance_busy:
      return ElasticPrice::Billing::instance_busy;
    case catalog::Platform::Billing::instance_alive:
      return ElasticPrice::Billing::instance_alive;
    case catalog::Platform::Billing::cpu_time:
      break;
  }
  return ElasticPrice::Billing::cpu_time;
}

void take_platform(const catalog::Platform& platform, PoolType& pool) {
  constexpr double unlimited = UINT32_MAX;
  pool.kind = PoolType::Kind::elastic;
  pool.memory = sim::Bytes{platform.default_memory.value};
  take_start(platform, pool);
  pool.keep_alive = law_of(platform.keep_alive);
  pool.dispatch = platform.dispatch;
  pool.concurrency = static_cast<std::uint32_t>(platform.concurrency.value);
  pool.max_instances =
      static_cast<std::uint32_t>(std::min(value_of(platform.max_instances, unlimited), unlimited));
  pool.price.per_request = sim::Money{value_of(platform.price.request, 0)};
  pool.price.per_gb_second = sim::Money{value_of(platform.price.gb_second, 0)};
  pool.price.per_provisioned_gb_second = sim::Money{value_of(platform.price.provisioned_gb_second, 0)};
  if (const auto& executing = platform.price.provisioned_execution_gb_second)
    pool.price.per_provisioned_execution_gb_second = sim::Money{executing->value};
  pool.price.per_cpu_second = sim::Money{value_of(platform.price.cpu_second, 0)};
  for (const catalog::ElasticPrice::Tier& tier : platform.price.gb_second_tiers)
    pool.price.gb_second_tiers.push_back({tier.above.value, sim::Money{tier.price.value}});
  if (platform.price.granularity)
    pool.price.granularity = sim::from_seconds(platform.price.granularity->value);
  pool.price.init_billed = platform.init_billing == catalog::Platform::InitBilling::billed;
  pool.price.billing = billing_of(platform.billing);
  pool.energy_per_gb_second = sim::Joules{value_of(platform.energy_per_gb_second, 0)};
  pool.idle_energy_per_gb_second = sim::Joules{value_of(platform.idle_energy_per_gb_second, 0)};
  pool.scale_out = platform.scale_out;
  pool.autoscaler = platform.autoscaler;
  if (platform.account) pool.account = static_cast<std::uint32_t>(platform.account->value);
  pool.provenance = law_of(platform.cold_start).provenance;
}

/// The catalogue's figures of `device` or `platform`, and the kind of the pool.
PoolType from_catalogue(const Member& member, ReadContext& context) {
  const Fields fields{member.value};
  PoolType pool;
  pool.device = fields.text("device");
  pool.platform = fields.text("platform");
  const bool elastic = fields.has("platform") || fields.text("kind") == "elastic";
  pool.kind = elastic ? PoolType::Kind::elastic : PoolType::Kind::nodes;
  if (fields.has("device")) {
    const auto device =
        look_up(*fields.get("device"), "device", catalog::Kind::device, catalog::find_device, context.issues);
    if (device) take_device(*device, pool);
  } else if (fields.has("platform")) {
    const auto platform = look_up(*fields.get("platform"), "platform", catalog::Kind::platform,
                                  catalog::find_platform, context.issues);
    if (platform) take_platform(*platform, pool);
  }
  return pool;
}

/// Keys of one kind of pool in the other would have no effect, so they are refused.
void check_kind(const Member& member, const PoolType& pool, Issues& issues) {
  const bool elastic = pool.kind == PoolType::Kind::elastic;
  const auto refuse = [&](std::string_view key, std::string_view reason) {
    if (const Member* found = member.value.find_member(key)) {
      issues.add(Code::conflicting_keys, found->key_span,
                 fmt::format("\"{}\" has no place in pool \"{}\", which {}", key, member.key, reason));
    }
  };
  if (elastic) {
    for (const std::string_view key : node_keys) refuse(key, "is elastic");
    refuse("device", "has a platform");
  } else {
    for (const std::string_view key : elastic_keys)
      refuse(key, "has nodes (an elastic one says \"kind\": \"elastic\")");
  }
  const Value* kind = member.value.find("kind");
  if (kind != nullptr && (kind->text == "elastic") != elastic) {
    refuse("kind", elastic ? "has a platform and so is elastic" : "has a device and so consists of nodes");
  }
  const Value* price = member.value.find("price");
  if (price != nullptr && price->is_object() != elastic) {
    issues.add(
        Code::wrong_type, price->span,
        elastic ? "the price of an elastic pool is an object of unit prices (per_request, per_gb_second, ...)"
                : "the price of a node is a text such as \"1.62 USD/h\"");
  }
}

/// The power and the speed of a mode that the device has by name.
void take_power_mode(const Member& member, PoolType& pool, ReadContext& context) {
  const Fields fields{member.value};
  const Value* mode = fields.get("power_mode");
  if (mode == nullptr) return;
  const catalog::Device* device = catalog::find_device(pool.device);
  const auto found = device ? device->power_modes.find(mode->text) : decltype(device->power_modes.end()){};
  if (!device || found == device->power_modes.end()) {
    Diagnostic& issue = context.issues.add(
        Code::unknown_catalogue_id, mode->span,
        fmt::format("{} has no power mode \"{}\"",
                    pool.device.empty() ? "a pool without \"device\"" : "device " + pool.device, mode->text));
    if (device && context.issues.is_kept(issue)) propose(issue, mode->text, keys_of(device->power_modes));
    return;
  }
  const auto& [power, slowdown] = found->second;
  pool.power_mode = mode->text;
  pool.power.busy = sim::Watts{power.value};
  pool.power.idle = std::min(pool.power.idle, pool.power.busy);
  pool.slowdown = slowdown.value;
  context.assume(mode->span,
                 fmt::format("pool {}: times x {} in mode {}", member.key, slowdown.value, mode->text),
                 provenance_of(slowdown.basis, slowdown.source));
}

void override_nodes(const Member& member, PoolType& pool, ReadContext& context) {
  const Fields fields{member.value};
  pool.nodes = fields.count("nodes", 0);
  if (!fields.has("nodes")) {
    context.issues.add(Code::missing_key, member.key_span,
                       fmt::format("pool \"{}\" does not say how many nodes", member.key));
  }
  pool.cpu = fields.quantity("cpu", Dimension::cpu, pool.cpu);
  if (fields.has("memory")) pool.memory = fields.bytes("memory");
  pool.gpus = fields.number("gpus", pool.gpus);
  if (const auto price = fields.quantity("price", Dimension::price_per_time))
    pool.node_price_per_hour = sim::Money{*price};
  take_power_mode(member, pool, context);
  const Fields power = fields.object("power");
  pool.power.idle = sim::Watts{power.quantity("idle", Dimension::power, pool.power.idle.value())};
  pool.power.busy = sim::Watts{power.quantity("busy", Dimension::power, pool.power.busy.value())};
  if (pool.processors == PoolType::Processors::shared && pool.cpu <= 0) {
    context.issues.add(Code::missing_key, fields.get("processors")->span,
                       "processors can be \"shared\" only where \"cpu\" says how many a node has");
  }
  if (pool.power.busy < pool.power.idle) {
    context.issues.add(Code::out_of_range, power.span(), "busy power is below idle power");
  }
  pool.slowdown *= fields.number("slowdown", 1.0);
  const Fields embodied = fields.object("embodied");
  pool.embodied = sim::Grams{embodied.quantity("carbon", Dimension::carbon_mass, 0)};
  pool.life = embodied.duration("life").value_or(sim::Duration{});
  for (const Member* model : fields.object("inference").entries()) {
    const std::string what = fmt::format("inference of {} in pool {}", model->key, member.key);
    pool.inference.insert_or_assign(model->key, read_law(model->value, what, context));
  }
}

/// A price of memory and time as prices are kept. @param by_gigabyte  [USD/GB.s], of 1e9 B
sim::Money by_gibibyte(double by_gigabyte) {
  constexpr double gibibyte = 1024. * 1024 * 1024;
  return sim::Money{by_gigabyte * (gibibyte / 1e9)};
}

void override_price(const Fields& price, ElasticPrice& target, ReadContext& context) {
  const auto set = [&](std::string_view key, Dimension dimension, sim::Money& to) {
    if (const auto given = price.quantity(key, dimension)) to = sim::Money{*given};
  };
  const auto memory_price = [&](std::string_view key) {
    return price.quantity(key, Dimension::price_per_data_time);
  };
  set("per_request", Dimension::price_per_request, target.per_request);
  if (const auto given = memory_price("per_gb_second")) target.per_gb_second = by_gibibyte(*given);
  if (const auto given = memory_price("per_provisioned_gb_second"))
    target.per_provisioned_gb_second = by_gibibyte(*given);
  if (const auto given = memory_price("per_provisioned_execution_gb_second"))
    target.per_provisioned_execution_gb_second = by_gibibyte(*given);
  set("per_cpu_second", Dimension::price_per_cpu_time, target.per_cpu_second);
  target.granularity = price.duration("granularity").value_or(target.granularity);
  target.init_billed = price.flag("init_billed", target.init_billed);
  if (price.has("request_tiers"))
    target.request_tiers = read_tiers(price.object("request_tiers"), Dimension::price_per_request, context);
  if (price.has("gb_second_tiers")) {
    target.gb_second_tiers =
        read_tiers(price.object("gb_second_tiers"), Dimension::price_per_data_time, context);
    for (PriceTier& tier : target.gb_second_tiers) tier.price = by_gibibyte(tier.price.value());
  }
  target.free_requests = price.number("free_requests", target.free_requests);
  target.free_gb_seconds = price.number("free_gb_seconds", target.free_gb_seconds);
  target.free_cpu_seconds = price.number("free_cpu_seconds", target.free_cpu_seconds);
}

/// What the catalogue lists as free, where the scenario claims it.
void take_free_tier(const Fields& price, const PoolType& pool, ElasticPrice& target, ReadContext& context) {
  if (!price.flag("free_tier", false)) return;
  const auto platform = catalog::find_platform(pool.platform);
  const bool listed = platform && (platform->price.free_requests || platform->price.free_gb_seconds ||
                                   platform->price.free_cpu_seconds);
  if (!listed) {
    context.issues.add(Code::conflicting_keys, price.get("free_tier")->span,
                       "the catalogue lists no free tier for this pool; state free_requests, ...");
    return;
  }
  target.free_requests = value_of(platform->price.free_requests, 0);
  target.free_gb_seconds = value_of(platform->price.free_gb_seconds, 0);
  target.free_cpu_seconds = value_of(platform->price.free_cpu_seconds, 0);
}

void override_elastic(const Member& member, PoolType& pool, ReadContext& context) {
  const Fields fields{member.value};
  if (fields.has("memory")) pool.memory = fields.bytes("memory");
  override_start(member, pool, context);
  if (auto law = read_law(fields, "keep_alive", "keep-alive of pool " + member.key, context))
    pool.keep_alive = *law;
  pool.dispatch = fields.text("dispatch", pool.dispatch);
  pool.concurrency = fields.count("concurrency", pool.concurrency);
  pool.max_instances = fields.count("max_instances", pool.max_instances);
  // Who says how long instances are kept does not mean the platform's autoscaler.
  if (fields.has("keep_alive") || fields.has("histogram")) pool.autoscaler.reset();
  if (fields.has("histogram")) pool.histogram = read_histogram(fields.object("histogram"), context.issues);
  if (fields.has("account")) pool.account = fields.count("account", 0);
  if (fields.has("autoscaler")) read_autoscaler(member, pool, context.issues);
  if (fields.has("scale_out")) pool.scale_out = read_scale_out(fields.object("scale_out"));
  if (const auto energy = fields.quantity("energy_per_gb_second", Dimension::energy_per_data_time))
    pool.energy_per_gb_second = pool.idle_energy_per_gb_second = sim::Joules{*energy};
  const Value* price = fields.get("price");
  if (price != nullptr && price->is_object()) {
    take_free_tier(Fields{price}, pool, pool.price, context);
    override_price(Fields{price}, pool.price, context);
  }
  if (!fields.has("platform")) {
    for (const std::string_view key : {"cold_start", "keep_alive"}) {
      const bool other =
          key == std::string_view{"keep_alive"} ? pool.autoscaler || pool.histogram : fields.has("start");
      if (fields.has(key) || other) continue;
      context.issues.add(Code::missing_key, member.key_span,
                         fmt::format("elastic pool \"{}\" without a platform needs \"{}\"", member.key, key));
    }
  }
}

}  // namespace

PoolType read_pool(const Member& member, ReadContext& context) {
  PoolType pool = from_catalogue(member, context);
  check_kind(member, pool, context.issues);
  const Fields fields{member.value};
  if (fields.text("processors") == "shared") pool.processors = PoolType::Processors::shared;
  const Provenance own = fields.provenance();
  if (own.basis != Basis::unstated || pool.device + pool.platform == "") pool.provenance = own;
  if (pool.kind == PoolType::Kind::elastic)
    override_elastic(member, pool, context);
  else
    override_nodes(member, pool, context);
  const std::string id = pool.device + pool.platform;
  context.assume(member.value.span,
                 id.empty() ? fmt::format("pool {}: figures of its own", member.key)
                            : fmt::format("pool {}: {} from the catalogue", member.key, id),
                 pool.provenance);
  return pool;
}

}  // namespace planner
