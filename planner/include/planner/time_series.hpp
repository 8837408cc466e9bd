#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/time.hpp"

/// Results over time: the recorded span cut into slices of equal length, and what each metric was in each.
namespace planner {

/// A figure of one slice with its interval over replications; pointwise, each slice by itself.
struct SeriesPoint {
  double value = 0;
  double low = 0, high = 0;  ///< at the study's confidence; equal to value when there is no spread
};

/// One metric of one thing through all slices.
struct SeriesLine {
  /// requests [1/s] and ok [1] of those that began in the slice, p50, p95, p99 of their latency [ms];
  /// utilisation and cold [1] of a pool (cold: share of its requests that waited for an instance to start);
  /// cost [USD/h], energy [kW] and carbon [kgCO2e/h].
  std::string metric;
  std::string flow, population, service, site;  ///< whose; all of them empty: of the whole strategy
  std::string unit;
  std::vector<std::optional<SeriesPoint>> points;  ///< by slice; nothing where no request tells
};

struct TimeSeries {
  sim::Duration begin{};   ///< of the first slice, since the run's time 0
  sim::Duration step{};    ///< length of a slice; the last one may be shorter
  std::size_t slices = 0;  ///< 0: none was recorded
  std::vector<SeriesLine> lines;

  [[nodiscard]] bool empty() const { return slices == 0; }
  /// When a slice begins, since the run's time 0.
  [[nodiscard]] sim::Duration begin_of(std::size_t slice) const {
    return begin + static_cast<std::int64_t>(slice) * step;
  }
};

/// Metrics of series lines, in their order.
inline constexpr std::array<const char*, 10> series_metrics{
    "requests", "ok", "p50", "p95", "p99", "utilisation", "cold", "cost", "energy", "carbon"};
/// What lines are about, `site` being the entry site of requests, a pool's site, or a site's bill.
enum class SeriesBy { flow, population, site, pool, total };

/// Lines of a metric by what they are about, in the order of the series.
/// @param flow  of lines by population or site that are of a flow; others are not narrowed by it
[[nodiscard]] std::vector<const SeriesLine*> lines_of(const TimeSeries& series, const std::string& metric,
                                                      SeriesBy by, const std::string& flow);
/// Null if there is none. A name that is empty must be empty in the line.
[[nodiscard]] const SeriesLine* find_line(const TimeSeries& series, const std::string& metric,
                                          const std::string& flow, const std::string& population,
                                          const std::string& site);
[[nodiscard]] SeriesBy subject_of(const SeriesLine& line);
/// What a line is about, in a word: `web/ams` of a pool, else the id; `all` of the whole strategy.
[[nodiscard]] std::string label_of(const SeriesLine& line);

/// Length of slices that suits a span: 1, 2, 5, 10, ... s, min, h so that there are 24 to 60 of them.
/// @param span  > 0
[[nodiscard]] sim::Duration natural_step(sim::Duration span);

/// Most slices that may be asked for.
inline constexpr std::int64_t most_slices = 2000;
/// Histograms (a class of requests in a slice, about 2 KiB) of a replication up to which a series is recorded
/// unasked, and most of all (256 MiB).
inline constexpr std::size_t most_unasked_cells = 8192, most_cells = 131'072;

/// Length of slices that a world records; 0: none, because that is asked for or they would be too many.
/// @param asked    0: none; nothing: as suits
/// @param classes  of requests
[[nodiscard]] sim::Duration series_step(std::optional<sim::Duration> asked, sim::Duration span,
                                        std::size_t classes);

}  // namespace planner
