#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "planner/regression.hpp"
#include "planner/render_ci.hpp"
#include "planner/result_export.hpp"
#include "text/escape.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;
using Labels = std::vector<std::pair<std::string, std::string>>;

/// A value in OpenMetrics text: backslash, quote and line feed escaped.
std::string label_text(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\n')
      escaped += "\\n";
    else
      escaped += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  }
  return escaped;
}

std::string labels_text(const Labels& labels) {
  std::vector<std::string> pairs;
  for (const auto& [name, value] : labels) pairs.push_back(fmt::format("{}=\"{}\"", name, label_text(value)));
  return fmt::format("{{{}}}", fmt::join(pairs, ","));
}

/// Families in the order in which they are met, each with its samples: a family may not be interrupted.
class Metrics {
 public:
  void describe(const std::string& family, const char* type, const char* unit, const char* help) {
    std::string& head = heads_[family];
    if (!head.empty()) return;
    order_.push_back(family);
    head = fmt::format("# TYPE {} {}\n", family, type);
    if (*unit != '\0') head += fmt::format("# UNIT {} {}\n", family, unit);
    head += fmt::format("# HELP {} {}\n", family, help);
  }
  void sample(const std::string& family, const std::string& suffix, const Labels& labels, double value) {
    samples_[family] += fmt::format("{}{}{} {}\n", family, suffix, labels_text(labels), csv_number(value));
  }
  void gauge(const std::string& family, const char* unit, const char* help, const Labels& labels,
             const Json& value, double factor = 1) {
    if (!value.is_number()) return;
    describe(family, "gauge", unit, help);
    sample(family, "", labels, factor * value.get<double>());
  }
  [[nodiscard]] std::string text() const {
    std::string all;
    for (const std::string& family : order_) all += heads_.at(family) + samples_.at(family);
    return all + "# EOF\n";
  }

 private:
  std::vector<std::string> order_;
  std::map<std::string, std::string> heads_, samples_;
};

Labels with(Labels labels, const std::string& name, const std::string& value) {
  labels.emplace_back(name, value);
  return labels;
}

void add_latency(Metrics& metrics, const Labels& base, const Json& slice) {
  Labels labels = with(base, "flow", slice.at("flow"));
  for (const char* key : {"population", "site"}) {
    if (slice.contains(key)) labels.emplace_back(key, slice.at(key).get<std::string>());
  }
  const auto add = [&](const Json& estimate, const Labels& at) {
    metrics.gauge("isochrone_latency_seconds", "seconds", "Latency of answers.", at, estimate.at("v"), 1e-3);
    metrics.gauge("isochrone_latency_low_seconds", "seconds", "Lower bound of the latency's interval.", at,
                  estimate.at("lo"), 1e-3);
    metrics.gauge("isochrone_latency_high_seconds", "seconds", "Upper bound of the latency's interval.", at,
                  estimate.at("hi"), 1e-3);
  };
  add(slice.at("mean"), with(labels, "statistic", "mean"));
  for (const auto& [name, estimate] : slice.at("percentiles").items())
    add(estimate, with(labels, "statistic", name));
  metrics.gauge("isochrone_ok_ratio", "ratio", "Share of the requests that were answered.", labels,
                slice.at("ok").at("v"));
  if (slice.contains("late"))
    metrics.gauge("isochrone_late_ratio", "ratio", "Share of the requests beyond the deadline.", labels,
                  slice.at("late").at("v"));
}

void add_pools(Metrics& metrics, const Labels& base, const Json& pools) {
  for (const Json& pool : pools) {
    Labels labels = base;
    for (const char* key : {"service", "site", "pool"})
      labels.emplace_back(key, pool.at(key).get<std::string>());
    metrics.gauge("isochrone_pool_utilisation_ratio", "ratio", "Busy share of a pool's slots.", labels,
                  pool.at("utilisation").at("v"));
    metrics.gauge("isochrone_pool_instances", "", "Mean number of instances.", labels,
                  pool.at("mean_instances").at("v"));
    metrics.gauge("isochrone_pool_cold_ratio", "ratio", "Share of the requests that waited for a start.",
                  labels, pool.at("cold").at("v"));
  }
}

void add_bills(Metrics& metrics, const Labels& base, const Json& strategy) {
  const auto at = [&](const Json& row) {
    return with(with(base, "item", row.at("item")), "where", row.at("where"));
  };
  for (const Json& row : strategy.at("cost").at("rows"))
    metrics.gauge("isochrone_cost_usd_per_month", "usd_per_month", "Cost by item.", at(row),
                  row.at("amount").at("v"));
  for (const Json& row : strategy.at("energy").at("rows")) {
    metrics.gauge("isochrone_energy_kwh_per_month", "kwh_per_month", "Energy by item.", at(row),
                  row.at("amount").at("v"));
    metrics.gauge("isochrone_carbon_kgco2e_per_month", "kgco2e_per_month", "Emissions by item.", at(row),
                  row.at("carbon").at("v"));
  }
}

void add_verdicts(Metrics& metrics, const Labels& base, const Json& verdicts) {
  for (const auto& [id, verdict] : verdicts.items()) {
    metrics.describe("isochrone_verdict", "stateset", "", "Outcome of an assertion.");
    for (const char* outcome : {"pass", "fail", "inconclusive"})
      metrics.sample("isochrone_verdict", "", with(with(base, "assertion", id), "isochrone_verdict", outcome),
                     verdict.at("outcome") == outcome ? 1 : 0);
  }
}

}  // namespace

Json read_result(const std::string& text, const std::string& name) {
  static_cast<void>(read_stored(text, name));
  return Json::parse(text);
}

Exported export_csv(const std::string& text, const std::string& name) {
  return {render_csv(check(read_stored(text, name), nullptr))};
}

Exported export_json_lines(const Json& result) {
  std::string text;
  for (const Json& line : result_lines(result, result.at("exit")))
    text += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return {text};
}

Exported export_openmetrics(const Json& result) {
  Metrics metrics;
  const std::string scenario = result.at("scenario").at("name");
  metrics.describe("isochrone_result", "info", "", "What the figures are a result of.");
  metrics.sample("isochrone_result", "_info",
                 {{"scenario", scenario},
                  {"sha256", result.at("scenario").at("sha256")},
                  {"seed", result.at("seed").dump()},
                  {"version", result.at("tool").at("version")}},
                 1);
  for (const auto& [id, strategy] : result.at("strategies").items()) {
    if (!strategy.contains("latency")) continue;  // it could not carry its load
    const Labels base{{"scenario", scenario}, {"strategy", id}};
    for (const Json& slice : strategy.at("latency")) add_latency(metrics, base, slice);
    add_pools(metrics, base, strategy.at("pools"));
    add_bills(metrics, base, strategy);
    add_verdicts(metrics, base, strategy.at("assert"));
  }
  return {metrics.text()};
}

}  // namespace planner
