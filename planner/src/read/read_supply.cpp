#include "read/read_supply.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "read/catalogue_figures.hpp"
#include "read/read_law.hpp"

namespace planner {
namespace {

models::KnativeScaler::Spec read_knative(const Fields& fields) {
  models::KnativeScaler::Spec rule;
  rule.target = fields.number("target", rule.target);
  rule.tick = fields.duration("tick").value_or(rule.tick);
  rule.stable_window = fields.duration("window").value_or(rule.stable_window);
  rule.panic_window = std::max(rule.stable_window / 10, rule.tick);  // Knative's panic-window-percentage
  rule.zero_grace = fields.duration("zero_after").value_or(rule.zero_grace);
  return rule;
}

models::CloudRunScaler::Spec read_cloud_run(const Fields& fields) {
  models::CloudRunScaler::Spec rule;
  rule.utilisation = fields.number("target", rule.utilisation);
  rule.processors = fields.number("cpu_target", rule.processors);
  rule.tick = fields.duration("tick").value_or(rule.tick);
  rule.window = fields.duration("window").value_or(rule.window);
  rule.idle = fields.duration("zero_after").value_or(rule.idle);
  return rule;
}

models::PodAutoscaler::Spec read_pod_autoscaler(const Fields& fields) {
  models::PodAutoscaler::Spec rule;
  const bool keda = fields.text("rule") == "keda";
  rule.metric = keda ? models::PodAutoscaler::Metric::in_flight : models::PodAutoscaler::Metric::utilisation;
  rule.target = fields.number("target", keda ? 10 : rule.target);
  rule.tick = fields.duration("tick").value_or(rule.tick);
  rule.down_window = fields.duration("window").value_or(rule.down_window);
  rule.zero_grace = fields.duration("zero_after").value_or(rule.zero_grace);
  return rule;
}

}  // namespace

models::TokenBucket::Spec read_scale_out(const Fields& fields) {
  models::TokenBucket::Spec limit;
  limit.refill = fields.count("instances", 1);
  limit.period = fields.duration("per").value_or(limit.period);
  limit.depth = fields.has("burst") ? fields.count("burst", 1) : limit.refill;
  return limit;
}

models::HybridKeepAlive::Spec read_histogram(const Fields& fields, Issues& issues) {
  models::HybridKeepAlive::Spec rule;
  const sim::Duration range =
      fields.duration("range").value_or(rule.bin * static_cast<std::int64_t>(rule.bins));
  rule.bins = static_cast<std::uint32_t>(std::clamp<std::int64_t>(range / rule.bin, 1, 100'000));
  rule.head = fields.quantity("head", Dimension::ratio, rule.head);
  rule.tail = fields.quantity("tail", Dimension::ratio, rule.tail);
  if (rule.head > rule.tail)
    issues.add(Code::out_of_range, fields.span(), "the \"head\" of a histogram is above its \"tail\"");
  return rule;
}

void read_autoscaler(const Member& member, PoolType& pool, Issues& issues) {
  const Fields fields = Fields{member.value}.object("autoscaler");
  const std::string rule = fields.text("rule");
  if (rule == "none") return pool.autoscaler.reset();
  if (rule == "knative")
    pool.autoscaler = read_knative(fields);
  else if (rule == "cloud-run")
    pool.autoscaler = read_cloud_run(fields);
  else
    pool.autoscaler = read_pod_autoscaler(fields);
  if ((rule == "hpa" || rule == "cloud-run") && fields.number("target", 0) > 1) {
    issues.add(Code::out_of_range, fields.get("target")->span,
               fmt::format("the \"target\" of rule {} is a utilisation and cannot be above 1", rule));
  }
  if (rule != "cloud-run" && fields.has("cpu_target")) {
    issues.add(Code::conflicting_keys, fields.get("cpu_target")->span,
               fmt::format("rule {} has one target; \"cpu_target\" is of rule cloud-run", rule));
  }
  for (const std::string_view key : {"keep_alive", "histogram"}) {
    if (const Member* other = member.value.find_member(key)) {
      issues.add(Code::conflicting_keys, other->key_span,
                 fmt::format("\"{}\" has no effect: the autoscaler ends instances", key));
    }
  }
}

void take_start(const models::catalog::Platform& platform, PoolType& pool) {
  if (platform.acquire) pool.start.acquire = law_of(*platform.acquire);
  pool.start.pull_rate = sim::BitRate{8 * value_of(platform.pull_rate, 0)};
  pool.start.image = sim::Bytes{value_of(platform.image, 0)};
  if (platform.restore) pool.start.restore = law_of(*platform.restore);
  for (const auto& [memory, law] : platform.by_memory) pool.start.by_memory.emplace(memory, law_of(law));
  const bool in_parts = platform.acquire.has_value() || platform.restore.has_value();
  if (platform.init) {
    pool.cold_start = law_of(*platform.init);
  } else if (!in_parts) {
    pool.cold_start = law_of(platform.cold_start);
  }
}

void override_start(const Member& member, PoolType& pool, ReadContext& context) {
  const Fields fields{member.value};
  const std::string of = " of pool " + member.key;
  if (auto law = read_law(fields, "cold_start", "cold start" + of, context)) {
    pool.start = {};
    pool.cold_start = *law;
  }
  const Fields start = fields.object("start");
  if (auto law = read_law(start, "acquire", "environment" + of, context)) pool.start.acquire = *law;
  if (const auto rate = start.bit_rate("pull_rate")) pool.start.pull_rate = *rate;
  pool.start.image_present = start.quantity("image_present", Dimension::ratio, pool.start.image_present);
  if (auto law = read_law(start, "restore", "restoring" + of, context)) {
    pool.start.restore = *law;
    pool.start.by_memory.clear();
  }
  if (auto law = read_law(start, "init", "initialisation" + of, context)) {
    pool.cold_start = *law;
    if (!pool.start.restore) pool.start.by_memory.clear();
  }
  if (fields.has("cold_start") && fields.has("start")) {
    context.issues.add(Code::conflicting_keys, fields.get("start")->span,
                       "\"cold_start\" is all of a start; state it or its parts in \"start\", not both");
  }
}

}  // namespace planner
