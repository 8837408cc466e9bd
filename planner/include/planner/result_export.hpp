#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "planner/scenario.hpp"

/// A stored result (a document result/1) in the forms that other tools read. Deterministic: the same result
/// gives the same bytes.
namespace planner {

/// Reads a result/1 document. @param name  how diagnostics call it
/// @throws ScenarioError where it is none, or one without figures
[[nodiscard]] nlohmann::ordered_json read_result(const std::string& text, const std::string& name);

/// What was exported, and what could not be.
struct Exported {
  std::string text;
  std::vector<std::string> notes{};  ///< sentences on what was left out
};

/// Figures of flows and bills, by replication and all together; columns as render_csv() has them.
[[nodiscard]] Exported export_csv(const std::string& text, const std::string& name);
/// The lines of render_json_lines().
[[nodiscard]] Exported export_json_lines(const nlohmann::ordered_json& result);

/// OpenMetrics 1.0 text: gauges of latencies with their bounds, shares, pools, bills; a state set of each
/// assertion. Times in seconds. Labels are scenario, strategy, and what a figure is of.
[[nodiscard]] Exported export_openmetrics(const nlohmann::ordered_json& result);

/// GeoJSON (RFC 7946): sites and populations of a strategy as points, with what the result says of them.
/// @param scenario  of the strategy that the result has under its id
[[nodiscard]] Exported export_geojson(const nlohmann::ordered_json& result, const Scenario& scenario);

/// FOCUS 1.0 cost and usage rows, CSV: a month's bill of a strategy from the month that the run begins in,
/// one row for each row of its cost. All columns of the specification, those that a simulation does not know
/// left null.
[[nodiscard]] Exported export_focus(const nlohmann::ordered_json& result, const Scenario& scenario);

/// Kubernetes: patches of Deployments (replicas, requests, node selector), one for each service at each site
/// with nodes, in a JSON `List`. A patch names no image: it is laid over a manifest that does.
[[nodiscard]] Exported export_kubernetes(const nlohmann::ordered_json& result, const Scenario& scenario);

/// Flagger: a patch of a Canary for each entry service, its analysis made of the assertions on p99 and on the
/// share of answers of its flows.
[[nodiscard]] Exported export_flagger(const nlohmann::ordered_json& result, const Scenario& scenario);

/// Argo Rollouts: an AnalysisTemplate for each flow with assertions, asking Prometheus for the metrics of
/// OpenTelemetry's HTTP servers; its arguments say where and of which service.
[[nodiscard]] Exported export_argo(const nlohmann::ordered_json& result, const Scenario& scenario);

/// A file that takes part in a run.
struct CrateFile {
  std::string path;  ///< within the crate
  std::string text;
};
/// ro-crate-metadata.json (RO-Crate 1.1, Process Run Crate 0.5) of a folder with the result and the scenario.
/// @param published  ISO 8601 date
/// @param license    URL; empty: none is stated
[[nodiscard]] Exported export_crate(const nlohmann::ordered_json& result, const CrateFile& result_file,
                                    const std::vector<CrateFile>& inputs, const std::string& published,
                                    const std::string& license);

}  // namespace planner
