#include "study/metrics.hpp"

#include <algorithm>
#include <array>

namespace planner {
namespace {

using Statistics = MetricFamily::Statistics;

const std::vector<MetricFamily>& families() {
  static const std::vector<std::string_view> requests{"flow", "population", "site"};
  static const std::vector<std::string_view> pools{"pool", "service", "site"};
  static const std::vector<std::string_view> queues{"service", "site"};
  static const std::vector<MetricFamily> table{
      {"latency", Statistics::quantiles, requests, "ms"},
      {"ok", Statistics::ratio, requests, "1"},
      {"failed", Statistics::ratio, requests, "1"},
      {"late", Statistics::ratio, requests, "1"},
      {"good", Statistics::ratio, requests, "1"},
      {"cold", Statistics::ratio, pools, "1"},
      {"utilization", Statistics::none, pools, "1"},
      {"queue.length", Statistics::none, queues, "1"},
      {"queue.wait", Statistics::quantiles, queues, "ms"},
      {"queue.dropped", Statistics::ratio, queues, "1"},
      {"queue.dead", Statistics::ratio, queues, "1"},
      {"cost.per_request", Statistics::none, {}, "USD/req"},
      {"energy.per_request", Statistics::none, {}, "kWh/req"},
      {"carbon.per_request", Statistics::none, {}, "kgCO2e/req"},
      {"cost.total", Statistics::none, {}, "USD/month"},
      {"energy.total", Statistics::none, {}, "kWh/month"},
      {"carbon.total", Statistics::none, {}, "kgCO2e/month"},
      {"cost.*", Statistics::none, {}, "USD/month"},
      {"energy.*", Statistics::none, {}, "kWh/month"},
      {"carbon.*", Statistics::none, {}, "kgCO2e/month"},
  };
  return table;
}

bool is_item(std::string_view stem, std::string_view item) {
  return std::ranges::find(bill_items(stem), item) != bill_items(stem).end();
}

}  // namespace

std::span<const MetricFamily> metric_families() { return families(); }

std::span<const std::string_view> bill_items(std::string_view stem) {
  static constexpr std::array<std::string_view, 10> cost{"compute",     "idle",       "requests", "execution",
                                                         "provisioned", "state",      "egress",   "device",
                                                         "site",        "electricity"};
  // What making the nodes emitted is carbon, but no energy of the run.
  static constexpr std::array<std::string_view, 5> carbon{"sites", "elastic", "network", "devices",
                                                          "embodied"};
  if (stem == "cost") return cost;
  return std::span{carbon}.first(stem == "energy" ? carbon.size() - 1 : carbon.size());
}

const MetricFamily* find_family(std::string_view name) {
  const std::size_t dot = name.find('.');
  for (const MetricFamily& family : families()) {
    if (family.name == name) return &family;
    if (dot == std::string_view::npos || !family.name.ends_with(".*")) continue;
    const std::string_view stem = family.name.substr(0, family.name.size() - 2);
    if (name.substr(0, dot) == stem && is_item(stem, name.substr(dot + 1))) return &family;
  }
  return nullptr;
}

const std::vector<std::string>& ladder_statistics() {
  static const std::vector<std::string> names{"mean", "p50", "p90", "p95", "p99", "p99.9"};
  return names;
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const MetricFamily& family : families()) {
    if (!family.name.ends_with("*")) names.emplace_back(family.name);
  }
  return names;
}

std::pair<std::string, std::string> metric_and_entity(const std::string& key) {
  const std::size_t open = key.find('{'), close = key.find('}');
  if (open == std::string::npos || close == std::string::npos) return {key, {}};
  return {key.substr(0, open) + key.substr(close + 1), key.substr(open + 1, close - open - 1)};
}

std::set<std::string> figures_told(const StrategyResult& result) {
  std::set<std::string> told;
  for (const Verdict& verdict : result.verdicts) told.insert(verdict.keys.begin(), verdict.keys.end());
  for (const auto& [key, figure] : result.figures) {
    const bool of_part =
        key.find("site=") != std::string::npos || key.find("population=") != std::string::npos;
    if (!of_part) told.insert(key);
  }
  return told;
}

}  // namespace planner
