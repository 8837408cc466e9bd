#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "planner/expression.hpp"
#include "planner/results.hpp"

/// The metrics that expressions know.
namespace planner {

/// A family of metrics that share statistics, selectors and unit.
struct MetricFamily {
  enum class Statistics : std::uint8_t { none, quantiles, ratio };
  std::string_view name;
  Statistics statistics;
  std::vector<std::string_view> selectors;
  std::string_view unit;  ///< of its figures
};

[[nodiscard]] std::span<const MetricFamily> metric_families();
/// Null if there is none of that name. `cost.idle` and other items belong to `cost.*`.
[[nodiscard]] const MetricFamily* find_family(std::string_view name);
/// Items of `cost`, or of `energy` and `carbon`, as bills name them.
[[nodiscard]] std::span<const std::string_view> bill_items(std::string_view stem);
/// mean, p50, ..., p99.9.
[[nodiscard]] const std::vector<std::string>& ladder_statistics();
/// Names for proposals.
[[nodiscard]] std::vector<std::string> metric_names();

/// `p99(latency)` and `flow=page,site=ams` of the key `p99(latency{flow=page,site=ams})`.
[[nodiscard]] std::pair<std::string, std::string> metric_and_entity(const std::string& key);

/// Keys of the figures of whole flows and of bills, and of whatever an assertion rests on. Those of every
/// site and population would make a document of megabytes.
[[nodiscard]] std::set<std::string> figures_told(const StrategyResult& result);

}  // namespace planner
