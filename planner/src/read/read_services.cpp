#include <fmt/format.h>

#include <algorithm>

#include "read/read_law.hpp"
#include "read/read_sections.hpp"
#include "read/read_state.hpp"

namespace planner {
namespace {

models::Shedding read_shedding(const Fields& fields, ReadContext& context) {
  models::Shedding rule;
  rule.longest = fields.duration("after").value_or(rule.longest);
  rule.busy = fields.duration("busy").value_or(rule.longest);
  rule.busy_after = fields.duration("busy_after").value_or(std::chrono::milliseconds{100});
  if (rule.busy > rule.longest) {
    context.issues.add(Code::out_of_range, fields.get("busy")->span,
                       "\"busy\" is above \"after\", and would never decide");
  }
  return rule;
}

QueueRule read_queue(const Fields& fields) {
  QueueRule rule;
  rule.capacity = fields.has("capacity") ? fields.count("capacity", 1) : rule.capacity;
  const std::string full = fields.text("full");
  if (full == "drop") rule.full = models::QueueSpec::Full::drop;
  if (full == "block") rule.full = models::QueueSpec::Full::block;
  return rule;
}

Service read_service(const Member& member, ReadContext& context) {
  const Fields fields{member.value};
  Service service;
  service.time = read_law(fields, "time", "service time of " + member.key, context);
  for (const Member* host : fields.object("time_on").entries()) {
    const std::string what = fmt::format("service time of {} on {}", member.key, host->key);
    service.time_on.emplace(host->key, read_law(host->value, what, context));
  }
  service.inference = fields.text("inference");
  service.cpu = fields.quantity("cpu", Dimension::cpu, 0);
  service.memory = fields.bytes("memory");
  service.gpus = fields.number("gpus", 0);
  service.weights = fields.bytes("weights");
  service.concurrency = fields.count("concurrency", 1);
  service.image = fields.bytes("image");
  service.init = read_law(fields, "init", "initialisation of " + member.key, context);
  service.cold_start = read_law(fields, "cold_start", "cold start of " + member.key, context);
  for (const std::string_view key : {"image", "init"}) {
    if (service.cold_start && fields.has(key))
      context.issues.add(
          Code::conflicting_keys, fields.get(key)->span,
          fmt::format("\"{}\" has no effect beside \"cold_start\", which is all of a start", key));
  }
  service.queue_limit = fields.count("queue_limit", UINT32_MAX);
  if (fields.has("batch")) {
    const Fields batch = fields.object("batch");
    service.batch.emplace();
    service.batch->size = batch.count("size", 1);
    service.batch->wait = batch.duration("wait").value_or(sim::Duration{});
    service.batch->added = batch.quantity("added", Dimension::ratio);
  }
  if (fields.has("shed")) service.shedding = read_shedding(fields.object("shed"), context);
  if (fields.has("queue")) service.queue = read_queue(fields.object("queue"));
  if (service.batch && fields.has("shed")) {
    context.issues.add(Code::conflicting_keys, fields.get("shed")->span,
                       "\"shed\" has no effect on a service that serves in batches");
  }
  if (service.batch && fields.has("concurrency")) {
    context.issues.add(
        Code::conflicting_keys, fields.get("concurrency")->span,
        "\"batch\" says how many requests are served at a time; \"concurrency\" would have no effect");
  }
  service.failure = fields.quantity("failure", Dimension::ratio, 0);
  service.state = read_state(fields, member.key, context);
  return service;
}

Retry::Jitter jitter_of(const std::string& name) {
  if (name == "full") return Retry::Jitter::full;
  return name == "equal" ? Retry::Jitter::equal : Retry::Jitter::none;
}

Retry read_retry(const Fields& fields) {
  Retry retry;
  retry.attempts = fields.count("attempts", 1);
  retry.backoff = fields.duration("backoff").value_or(sim::Duration{});
  retry.factor = fields.number("factor", retry.factor);
  retry.longest_backoff = fields.duration("longest_backoff");
  retry.jitter = jitter_of(fields.text("jitter"));
  if (fields.has("budget")) {
    const Fields budget = fields.object("budget");
    retry.budget.emplace();
    retry.budget->tokens = budget.count("tokens", retry.budget->tokens);
    retry.budget->ratio = budget.number("ratio", retry.budget->ratio);
  }
  return retry;
}

models::CircuitBreaker::Spec read_breaker(const Fields& fields, ReadContext& context) {
  models::CircuitBreaker::Spec breaker;
  breaker.window = fields.count("window", breaker.window);
  breaker.minimum_calls = fields.count("minimum_calls", breaker.window);
  breaker.threshold = fields.quantity("threshold", Dimension::ratio, breaker.threshold);
  breaker.open_for = fields.duration("open_for").value_or(breaker.open_for);
  breaker.probes = fields.count("probes", breaker.probes);
  if (breaker.minimum_calls > breaker.window) {
    context.issues.add(Code::out_of_range, fields.get("minimum_calls")->span,
                       fmt::format("\"minimum_calls\" is {}, but the window holds {} calls only",
                                   breaker.minimum_calls, breaker.window));
  }
  if (breaker.threshold <= 0) {
    context.issues.add(Code::out_of_range, fields.get("threshold")->span,
                       "a \"threshold\" of 0 would open the breaker without any failure");
  }
  return breaker;
}

void read_resilience(const Fields& fields, Call& call, ReadContext& context) {
  call.timeout = fields.duration("timeout");
  call.hedge_after = fields.duration("hedge_after");
  call.retry = read_retry(fields.object("retry"));
  if (fields.has("breaker")) call.breaker = read_breaker(fields.object("breaker"), context);
  call.can_fail = fields.flag("optional", false);
  call.asynchronous = fields.flag("async", false);
  call.priority = static_cast<std::uint8_t>(fields.count("priority", 0));
  call.quorum = fields.count("quorum", 0);
}

Call read_call(const Fields& fields, ReadContext& context) {
  Call call;
  call.service = fields.text("service");
  call.from = fields.text("from");
  if (const Value* after = fields.get("after")) {
    for (const Value& id : after->items) call.after.push_back(id.text);
  }
  call.request = fields.bytes("request");
  call.response = fields.bytes("response");
  call.probability = fields.quantity("probability", Dimension::ratio, 1);
  call.writes = fields.quantity("writes", Dimension::ratio, 0);
  read_resilience(fields, call, context);
  return call;
}

/// Sizes between user and entry may stand in the flow or in its entry call, but in one place only.
void read_user_sizes(const Fields& flow_fields, Flow& flow, ReadContext& context) {
  const Fields entry = flow_fields.object("calls").object(flow.entry);
  for (const std::string_view key : {"request", "response"}) {
    if (flow_fields.has(key) && entry.has(key)) {
      context.issues.add(Code::conflicting_keys, entry.get(key)->span,
                         fmt::format("the flow says its \"{}\" already", key));
    }
    const sim::Bytes size = (entry.has(key) ? entry : flow_fields).bytes(key);
    (key == "request" ? flow.request : flow.response) = size;
  }
  for (const std::string_view key : {"from", "after", "probability", "optional", "async"}) {
    if (const Value* value = entry.get(key)) {
      context.issues.add(
          Code::conflicting_keys, value->span,
          fmt::format("the entry call cannot have \"{}\": the user makes it, always and first", key));
    }
  }
}

/// The user's patience may stand in the flow or in its entry call, but in one place only.
void read_user_retry(const Fields& flow_fields, Flow& flow, ReadContext& context) {
  const Fields entry = flow_fields.object("calls").object(flow.entry);
  for (const std::string_view key : {"retry", "timeout"}) {
    if (!entry.has(key)) continue;
    context.issues.add(Code::conflicting_keys, entry.get(key)->span,
                       "the flow says already how its entry call is tried again");
  }
  const auto call = flow.calls.find(flow.entry);
  if (call == flow.calls.end()) return;
  const Fields retry = flow_fields.object("retry");
  call->second.retry = read_retry(retry);
  call->second.timeout = retry.duration("timeout");
}

Flow read_flow(const Member& member, ReadContext& context) {
  const Fields fields{member.value};
  Flow flow;
  flow.entry = fields.text("entry");
  for (const Member* call : fields.object("calls").entries())
    flow.calls.emplace(call->key, read_call(Fields{call->value}, context));
  read_user_sizes(fields, flow, context);
  if (fields.has("retry")) read_user_retry(fields, flow, context);
  flow.deadline = fields.duration("deadline");
  flow.transport = fields.text("transport", "none");
  flow.reuse = fields.quantity("reuse", Dimension::ratio, 1);
  if (fields.has("initial_window")) flow.initial_window = fields.bytes("initial_window");
  const Fields lookup = fields.object("lookup");
  flow.lookup = read_law(lookup, "time", "name lookup of " + member.key, context);
  flow.lookup_cached = lookup.quantity("cached", Dimension::ratio, 0.9);
  return flow;
}

}  // namespace

void read_services(const Fields& root, ReadContext& context) {
  for (const Member* member : root.object("services").entries()) {
    context.scenario.services.emplace(member->key, read_service(*member, context));
  }
  share_items(root.object("services"), context);
}

void read_flows(const Fields& root, ReadContext& context) {
  for (const Member* member : root.object("flows").entries()) {
    context.scenario.flows.emplace(member->key, read_flow(*member, context));
  }
}

}  // namespace planner
