#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "models/request.hpp"
#include "planner/render.hpp"
#include "planner/render_ci.hpp"
#include "planner/render_series.hpp"
#include "read/catalogue_figures.hpp"
#include "study/metrics.hpp"
#include "text/json_figures.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

Json quantity(double value, const char* unit) { return {{"v", rounded(value)}, {"unit", unit}}; }

std::string rung(std::size_t i) { return fmt::format("p{:g}", 100 * ladder[i]); }

Json parts_json(const std::array<double, models::part_count>& parts) {
  Json json = Json::object();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    json[std::string{models::name(static_cast<models::Part>(i))}] = rounded(parts[i]);
  }
  return json;
}

Json analytic_json(const Slice& slice) {
  Json percentiles = Json::object();
  for (std::size_t i = 0; i < ladder.size(); ++i)
    percentiles[rung(i)] = rounded((*slice.analytic_percentiles)[i]);
  return {
      {"unit", "ms"}, {"mean", rounded(slice.analytic_mean->value)}, {"percentiles", std::move(percentiles)}};
}

Json slice_json(const Slice& slice) {
  Json percentiles = Json::object();
  for (std::size_t i = 0; i < ladder.size(); ++i) percentiles[rung(i)] = estimate_json(slice.percentiles[i]);
  Json json{{"flow", slice.flow}};
  if (!slice.population.empty()) json["population"] = slice.population;
  if (!slice.site.empty()) json["site"] = slice.site;
  json["started"] = slice.started;
  json["answered"] = slice.answered;
  json["failed"] = slice.failed;
  json["unfinished"] = slice.unfinished;
  json["mean"] = estimate_json(slice.mean);
  json["percentiles"] = std::move(percentiles);
  json["ok"] = estimate_json(slice.ok);
  if (slice.deadline) json["deadline"] = quantity(sim::to_seconds(*slice.deadline) * 1e3, "ms");
  if (slice.late) json["late"] = estimate_json(*slice.late);
  json["parts"] = {
      {"unit", "ms"}, {"all", parts_json(slice.parts)}, {"above_p99", parts_json(slice.tail_parts)}};
  if (slice.analytic_mean && slice.analytic_percentiles) json["analytic"] = analytic_json(slice);
  return json;
}

Json cost_json(const StrategyResult& result) {
  Json rows = Json::array();
  for (const CostRow& row : result.cost) {
    rows.push_back({{"item", row.item}, {"where", row.where}, {"amount", estimate_json(row.per_month)}});
  }
  Json populations = Json::object();
  for (const PopulationCost& each : result.cost_by_population) {
    populations[each.population] = {{"per_month", quantity(each.per_month, "USD/month")},
                                    {"per_1000_requests", quantity(each.per_1000_requests, "USD")}};
  }
  return {{"total", estimate_json(result.cost_total)},
          {"idle_share", quantity(result.idle_share, "1")},
          {"per_1000_answers", quantity(result.cost_per_1000, "USD")},
          {"by_population", std::move(populations)},
          {"rows", std::move(rows)}};
}

Json energy_json(const StrategyResult& result) {
  Json rows = Json::array();
  for (const EnergyRow& row : result.energy) {
    rows.push_back({{"item", row.item},
                    {"where", row.where},
                    {"amount", estimate_json(row.per_month)},
                    {"carbon", estimate_json(row.carbon)}});
  }
  return {{"total", estimate_json(result.energy_total)},
          {"carbon", estimate_json(result.carbon_total)},
          {"carbon_per_1000_answers", quantity(result.carbon_per_1000, "gCO2e")},
          {"rows", std::move(rows)}};
}

Json pools_json(const StrategyResult& result) {
  Json pools = Json::array();
  for (const PoolUse& pool : result.pools) {
    pools.push_back({{"service", pool.service},
                     {"site", pool.site},
                     {"pool", pool.pool},
                     {"utilisation", quantity(pool.utilisation, "1")},
                     {"offered", quantity(pool.offered_rate, "1/s")},
                     {"mean_instances", quantity(pool.mean_instances, "1")},
                     {"peak_instances", pool.peak_instances},
                     {"peak_queue", pool.peak_queue},
                     {"requests", pool.requests},
                     {"refused", pool.refused},
                     {"spilled", pool.spilled},
                     {"cold", estimate_json(pool.cold_share)}});
    if (pool.start.in_parts()) {
      pools.back()["start"] = {{"acquire", quantity(pool.start.acquire, "s")},
                               {"pull", quantity(pool.start.pull, "s")},
                               {"restore", quantity(pool.start.restore, "s")},
                               {"init", quantity(pool.start.init, "s")}};
    }
    if (pool.throttled > 0) pools.back()["throttled"] = pool.throttled;
    if (pool.shed > 0) pools.back()["shed"] = pool.shed;
    if (pool.batches == 0) continue;
    pools.back()["batches"] = pool.batches;
    pools.back()["model_loads"] = pool.model_loads;
  }
  return pools;
}

Json links_json(const StrategyResult& result) {
  Json links = Json::array();
  for (const LinkUse& link : result.links) {
    links.push_back({{"link", link.link},
                     {"from", link.from},
                     {"to", link.to},
                     {"capacity", quantity(link.capacity, "bit/s")},
                     {"carried", quantity(link.carried, "bit/s")},
                     {"utilisation", quantity(link.utilisation, "1")}});
  }
  return links;
}

Json calls_json(const StrategyResult& result) {
  Json calls = Json::array();
  for (const CallUse& call : result.calls) {
    calls.push_back({{"flow", call.flow},
                     {"call", call.call},
                     {"service", call.service},
                     {"caller", call.caller},
                     {"attempts", call.counts.attempts},
                     {"failed", call.counts.failed},
                     {"timed_out", call.counts.timed_out},
                     {"retried", call.counts.retried},
                     {"not_retried", call.counts.not_retried},
                     {"hedged", call.counts.hedged},
                     {"turned_away", call.counts.turned_away}});
  }
  return calls;
}

Json queues_json(const StrategyResult& result) {
  Json queues = Json::array();
  for (const QueueUse& queue : result.queues) {
    const models::QueueResult& counts = queue.counts;
    queues.push_back({{"service", queue.service},
                      {"site", queue.site},
                      {"accepted", counts.accepted},
                      {"dropped", counts.dropped},
                      {"refused", counts.refused},
                      {"blocked", counts.blocked},
                      {"delivered", counts.delivered},
                      {"dead_letters", counts.dead_letters},
                      {"peak", counts.peak},
                      {"mean_length", quantity(queue.mean_length, "1")},
                      {"blocked_time", quantity(sim::to_seconds(counts.blocked_time), "s")}});
    if (counts.delivered == 0) continue;
    const auto percentile = [&](double level) {
      return quantity(1e3 * sim::to_seconds(counts.delay.quantile(level)), "ms");
    };
    queues.back()["delay"] = {{"mean", quantity(1e-6 * counts.delay.mean(), "ms")},
                              {"p50", percentile(0.5)},
                              {"p99", percentile(0.99)}};
  }
  return queues;
}

Json state_json(const StrategyResult& result) {
  Json state = Json::array();
  for (const StateUse& use : result.state) {
    Json row{{"service", use.service},
             {"site", use.site},
             {"kind", std::string{name(use.kind)}},
             {"requests", use.counts.requests}};
    if (!use.population.empty()) row["population"] = use.population;
    if (use.kind == State::Kind::cache || use.kind == State::Kind::session) row["hits"] = use.counts.hits;
    if (use.kind == State::Kind::objects) {
      row["waited"] = use.counts.waited;
      row["woken"] = use.counts.woken;
    }
    if (use.kind == State::Kind::replicated) {
      row["stale"] = use.counts.stale;
      row["applied"] = use.counts.applied;
    }
    state.push_back(std::move(row));
  }
  return state;
}

Json assert_json(const StrategyResult& result) {
  Json verdicts = Json::object();
  for (const Verdict& verdict : result.verdicts) {
    Json json{{"expr", verdict.text},
              {"level", name(verdict.level)},
              {"outcome", name(verdict.outcome)},
              {"value", quantity(verdict.value, verdict.unit.c_str())},
              {"lo", rounded(verdict.low)},
              {"hi", rounded(verdict.high)},
              {"limit", rounded(verdict.limit)},
              {"confidence", rounded(verdict.confidence)}};
    if (!verdict.from.empty()) json["from"] = verdict.from;
    if (!verdict.reason.empty()) json["reason"] = verdict.reason;
    verdicts[verdict.id] = std::move(json);
  }
  return verdicts;
}

Json figures_json(const StrategyResult& result) {
  const std::set<std::string> told = figures_told(result);
  Json figures = Json::object();
  for (const auto& [key, figure] : result.figures) {
    if (!told.contains(key)) continue;
    Json own = Json::array();
    for (const auto& value : figure.sections.own) own.push_back(value ? rounded(*value) : Json{});
    Json json{{"v", rounded(figure.sections.overall)}, {"unit", figure.unit}, {"own", std::move(own)}};
    if (figure.trials) json["trials"] = *figure.trials;
    figures[key] = std::move(json);
  }
  return figures;
}

Json precision_json(const Precision& precision) {
  return {{"metric", precision.metric},
          {"strategy", precision.strategy},
          {"asked", rounded(precision.asked)},
          {"reached", rounded(precision.reached)},
          {"met", precision.met}};
}

Json strategy_json(const StrategyResult& result) {
  Json json{{"title", result.title}, {"baseline", result.baseline}, {"feasible", result.feasible}};
  if (!result.feasible) json["infeasible_reason"] = result.infeasible_reason;
  json["partial"] = result.partial;
  json["replications"] = result.replications;
  json["events"] = result.events;
  json["requests"] = result.requests;
  json["fingerprint"] = fmt::format("{:016x}", result.fingerprint);
  json["notes"] = result.notes;
  if (result.replications == 0) return json;
  json["latency"] = Json::array();
  for (const Slice& slice : result.slices) json["latency"].push_back(slice_json(slice));
  json["pools"] = pools_json(result);
  if (!result.links.empty()) json["links"] = links_json(result);
  if (!result.calls.empty()) json["calls"] = calls_json(result);
  if (!result.queues.empty()) json["queues"] = queues_json(result);
  if (!result.state.empty()) json["state"] = state_json(result);
  json["cost"] = cost_json(result);
  json["energy"] = energy_json(result);
  json["assert"] = assert_json(result);
  json["figures"] = figures_json(result);
  if (!result.series.empty()) json["series"] = series_json(result.series);
  return json;
}

Json difference_json(const Study& study, const Difference& difference) {
  Json json{{"strategy", difference.strategy}, {"metric", difference.metric}};
  if (!difference.flow.empty()) json["flow"] = difference.flow;
  json["baseline"] = estimate_json(difference.baseline);
  json["value"] = estimate_json(difference.value);
  json["delta"] = estimate_json(difference.delta);
  json["variance_reduction"] = rounded(difference.variance_reduction);
  json["significant"] = difference.significant;
  if (study.equivalence > 0) json["equivalent"] = difference.equivalent;
  return json;
}

Json assumption_json(const Scenario::Assumption& assumption) {
  Json json{{"pointer", assumption.pointer},
            {"text", assumption.text},
            {"basis", name(assumption.provenance.basis)}};
  if (!assumption.provenance.source.empty()) json["source"] = assumption.provenance.source;
  return json;
}

}  // namespace

Json verdicts_json(const Study& study) {
  Json json{{"scenario", {{"name", study.scenario}, {"sha256", study.sha256}}},
            {"verdict", name(verdict_of(study))},
            {"strategies", Json::object()}};
  for (const StrategyResult& result : study.strategies)
    json["strategies"][result.strategy]["assert"] = assert_json(result);
  return json;
}

Json result_json(const Study& study) {
  Json json{
      {"scenario",
       {{"name", study.scenario}, {"title", study.title}, {"note", study.note}, {"sha256", study.sha256}}},
      {"seed", study.seed},
      {"confidence", rounded(study.confidence)},
      {"look_confidence", rounded(study.look_confidence)},
      {"equivalence", rounded(study.equivalence)},
      {"warmup", quantity(sim::to_seconds(study.warmup), "s")},
      {"duration", quantity(sim::to_seconds(study.duration), "s")},
      {"interrupted", study.interrupted},
      {"conclusions", conclusions(study)},
      {"strategies", Json::object()},
      {"differences", Json::array()},
      {"assumptions", Json::array()}};
  json["verdict"] = name(verdict_of(study));
  if (study.precision) json["precision"] = precision_json(*study.precision);
  for (const StrategyResult& result : study.strategies)
    json["strategies"][result.strategy] = strategy_json(result);
  for (const Difference& difference : study.differences)
    json["differences"].push_back(difference_json(study, difference));
  for (const auto& assumption : study.assumptions) json["assumptions"].push_back(assumption_json(assumption));
  return json;
}

}  // namespace planner
