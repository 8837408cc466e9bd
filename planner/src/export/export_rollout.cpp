#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "export/export_result.hpp"
#include "planner/json_text.hpp"
#include "planner/number_text.hpp"
#include "planner/result_export.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;
using Relation = Comparison::Relation;

Json list_of(Json items) { return {{"apiVersion", "v1"}, {"kind", "List"}, {"items", std::move(items)}}; }

/// Kubernetes' quantity: millicores and bytes are always exact.
std::string cpu_text(double cores) { return fmt::format("{}m", std::llround(1000 * cores)); }

Json requests_of(const Service& service) {
  Json requests = Json::object();
  if (service.cpu > 0) requests["cpu"] = cpu_text(service.cpu);
  if (service.memory.value() > 0) requests["memory"] = fmt::format("{:.0f}", service.memory.value());
  return requests;
}

/// Region and zone of a site, as nodes carry them.
Json node_selector(const Site& site) {
  Json selector = Json::object();
  for (const auto& [label, value] : site.labels) {
    if (label.starts_with("topology.kubernetes.io/")) selector[label] = value;
  }
  return selector;
}

Json deployment_patch(const std::string& id, const Service& service, const std::string& site_id,
                      const Site& site, const Placement& placement) {
  Json container{{"name", id}};
  if (const Json requests = requests_of(service); !requests.empty())
    container["resources"] = {{"requests", requests}};
  if (service.gpus > 0)
    container["resources"]["limits"] = {
        {"nvidia.com/gpu", std::to_string(std::llround(std::ceil(service.gpus)))}};
  Json pod{{"containers", Json::array({std::move(container)})}};
  if (const Json selector = node_selector(site); !selector.empty()) pod["nodeSelector"] = selector;
  return {
      {"apiVersion", "apps/v1"},
      {"kind", "Deployment"},
      {"metadata",
       {{"name", id}, {"annotations", {{"isochrone/site", site_id}, {"isochrone/pool", placement.pool}}}}},
      {"spec", {{"replicas", placement.replicas}, {"template", {{"spec", std::move(pod)}}}}}};
}

/// A requirement that canary tools can watch: a percentile or the mean of a flow's latency, or its share of
/// answers, against a constant.
struct Gate {
  std::string assertion, flow, statistic;  ///< p99, ...; `ok` for the share
  double limit = 0;                        ///< [s], or a share
};

std::optional<Gate> gate_of(const std::string& id, const std::string& text, const Scenario& scenario) {
  auto parsed = parse_comparison(text);
  auto* comparison = std::get_if<Comparison>(&parsed);
  if (comparison == nullptr || comparison->left.kind != Expression::Kind::metric ||
      comparison->right.kind != Expression::Kind::number)
    return std::nullopt;
  const Metric& metric = comparison->left.metric;
  const bool at_most = comparison->relation == Relation::at_most || comparison->relation == Relation::below;
  const bool other_slices = metric.selectors.contains("population") || metric.selectors.contains("site");
  const auto flow = metric.selectors.find("flow");
  if (other_slices || (flow == metric.selectors.end() && scenario.flows.size() != 1)) return std::nullopt;
  const std::string name = flow == metric.selectors.end() ? scenario.flows.begin()->first : flow->second;
  if (metric.name == "latency" && at_most) return Gate{id, name, metric.statistic, comparison->right.number};
  if (metric.name == "ok" && !at_most) return Gate{id, name, "ok", comparison->right.number};
  if (metric.name == "failed" && at_most) return Gate{id, name, "ok", 1 - comparison->right.number};
  return std::nullopt;
}

struct Gates {
  std::map<std::string, std::vector<Gate>> by_flow;
  std::vector<std::string> left_out;
};

/// @param fits  which of them the tool can watch
template <class Fits>
Gates gates_of(const Json& strategy, const Scenario& scenario, Fits fits) {
  Gates gates;
  for (const auto& [id, verdict] : strategy.at("assert").items()) {
    const std::string text = verdict.at("expr");
    const auto gate = gate_of(id, text, scenario);
    if (gate && scenario.flows.contains(gate->flow) && fits(*gate))
      gates.by_flow[gate->flow].push_back(*gate);
    else
      gates.left_out.push_back(fmt::format("left out, because it cannot be watched there: {}: {}", id, text));
  }
  return gates;
}

double rounded_number(double value) { return std::round(value * 1e9) / 1e9; }

std::string entry_service(const Scenario& scenario, const std::string& flow) {
  const Flow& found = scenario.flows.at(flow);
  return found.calls.at(found.entry).service;
}

/// Flagger's metrics: percent, and milliseconds of the 99th percentile.
Json flagger_metric(const Gate& gate) {
  if (gate.statistic == "ok")
    return {{"name", "request-success-rate"},
            {"interval", "1m"},
            {"thresholdRange", {{"min", rounded_number(100 * gate.limit)}}}};
  return {{"name", "request-duration"},
          {"interval", "1m"},
          {"thresholdRange", {{"max", rounded_number(1000 * gate.limit)}}}};
}

/// Asks for a metric of OpenTelemetry's HTTP servers ("Semantic conventions for HTTP metrics", stable).
std::string prometheus_query(const Gate& gate) {
  const auto rate = [&](const char* series, const char* more) {
    return fmt::format(
        "rate(http_server_request_duration_seconds_{}{{service_name=\"{{{{args.service}}}}\"{}}}"
        "[{{{{args.window}}}}])",
        series, more);
  };
  if (gate.statistic == "ok")
    return fmt::format("sum({}) / sum({})", rate("count", ",http_response_status_code!~\"5..\""),
                       rate("count", ""));
  if (gate.statistic == "mean") return fmt::format("sum({}) / sum({})", rate("sum", ""), rate("count", ""));
  const double level = std::stod(gate.statistic.substr(1)) / 100;
  return fmt::format("histogram_quantile({:g}, sum by (le) ({}))", level, rate("bucket", ""));
}

Json argo_metric(const Gate& gate) {
  const bool share = gate.statistic == "ok";
  return {{"name", gate.assertion},
          {"interval", "1m"},
          {"count", 5},
          {"failureLimit", 1},
          {"successCondition", fmt::format("result[0] {} {:.9g}", share ? ">=" : "<=", gate.limit)},
          {"provider",
           {{"prometheus", {{"address", "{{args.prometheus}}"}, {"query", prometheus_query(gate)}}}}}};
}

}  // namespace

Exported export_kubernetes(const Json& result, const Scenario& scenario) {
  static_cast<void>(strategy_of(result, scenario));
  Exported exported;
  Json items = Json::array();
  for (const auto& [service, places] : scenario.placement) {
    for (const auto& [site, placement] : places) {
      const auto found = scenario.sites.find(site);
      const bool nodes = found != scenario.sites.end() && found->second.pools.contains(placement.pool) &&
                         found->second.pools.at(placement.pool).kind == PoolType::Kind::nodes;
      if (nodes)
        items.push_back(
            deployment_patch(service, scenario.services.at(service), site, found->second, placement));
      else
        exported.notes.push_back(fmt::format("left out, because it has no nodes: {} at {}", service, site));
    }
  }
  exported.text = json_text(list_of(std::move(items)));
  return exported;
}

Exported export_flagger(const Json& result, const Scenario& scenario) {
  const Gates gates = gates_of(strategy_of(result, scenario), scenario, [](const Gate& gate) {
    return gate.statistic == "p99" || gate.statistic == "ok";
  });
  // A Canary is of a service: of several flows that enter by one the strictest limit holds.
  std::map<std::string, std::map<std::string, Gate>> by_service;
  for (const auto& [flow, all] : gates.by_flow) {
    for (const Gate& gate : all) {
      const auto [known, added] = by_service[entry_service(scenario, flow)].emplace(gate.statistic, gate);
      if (added) continue;
      double& limit = known->second.limit;
      limit = gate.statistic == "ok" ? std::max(limit, gate.limit) : std::min(limit, gate.limit);
    }
  }
  Json items = Json::array();
  for (const auto& [service, watched] : by_service) {
    Json metrics = Json::array();
    for (const auto& [statistic, gate] : watched) metrics.push_back(flagger_metric(gate));
    items.push_back({{"apiVersion", "flagger.app/v1beta1"},
                     {"kind", "Canary"},
                     {"metadata", {{"name", service}}},
                     {"spec", {{"analysis", {{"metrics", std::move(metrics)}}}}}});
  }
  return {json_text(list_of(std::move(items))), gates.left_out};
}

Exported export_argo(const Json& result, const Scenario& scenario) {
  const Gates gates = gates_of(strategy_of(result, scenario), scenario, [](const Gate&) { return true; });
  Json items = Json::array();
  for (const auto& [flow, all] : gates.by_flow) {
    Json metrics = Json::array();
    for (const Gate& gate : all) metrics.push_back(argo_metric(gate));
    items.push_back({{"apiVersion", "argoproj.io/v1alpha1"},
                     {"kind", "AnalysisTemplate"},
                     {"metadata", {{"name", "isochrone-" + flow}}},
                     {"spec",
                      {{"args",
                        {{{"name", "prometheus"}},
                         {{"name", "service"}, {"value", entry_service(scenario, flow)}},
                         {{"name", "window"}, {"value", "5m"}}}},
                       {"metrics", std::move(metrics)}}}});
  }
  return {json_text(list_of(std::move(items))), gates.left_out};
}

}  // namespace planner
