#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "planner/load.hpp"
#include "planner/sections.hpp"
#include "planner/time_series.hpp"
#include "planner/transient.hpp"

namespace planner {

class StudentQuantiles;

/// What the slices of a strategy's run met, gathered over replications. Does nothing where none are recorded.
class SeriesTally {
 public:
  explicit SeriesTally(const CompiledScenario& compiled);

  /// What every call is about; the same each time, and that of the constructor.
  struct Of {
    const Scenario& scenario;
    const CompiledScenario& compiled;
    const Load& load;
  };
  /// Adds the next replication.
  void add(const models::WorldResult& result, const Of& of);
  [[nodiscard]] TimeSeries series(const CompiledScenario& compiled, double confidence) const;
  /// The medians of each flow's latency [ms], of the slices that have their full length.
  [[nodiscard]] std::vector<Course> medians() const;

 private:
  /// What one replication, or all of them, say of the requests of a slice.
  struct Figures {
    std::optional<double> requests, ok, p50, p95, p99;
  };
  /// Requests that began in one slice.
  struct Tally {
    std::uint64_t started = 0, failed = 0;
    sim::Histogram latency;

    void merge(const Tally& other);
    [[nodiscard]] Figures figures(double seconds) const;
  };
  /// Requests of one line.
  struct Requests {
    std::string flow, population, site;
    std::vector<std::uint32_t> classes, sources;
    std::vector<Tally> slices;
    std::vector<std::vector<Figures>> own;  ///< by slice and replication
  };
  struct Pool {
    std::vector<models::PoolResult> slices;                      ///< sums over replications
    std::vector<std::vector<std::optional<double>>> busy, cold;  ///< by slice and replication
  };
  /// Whose bill: a population, a site, or all where both are empty.
  struct Payer {
    std::string metric, population, site;
    friend auto operator<=>(const Payer&, const Payer&) = default;
  };

  [[nodiscard]] std::size_t slices() const { return seconds_.size(); }
  void add_requests(Requests& line, const models::WorldPiece& piece, std::size_t slice) const;
  void add_pools(const models::WorldPiece& piece, std::size_t slice, const Of& of);
  void add_bill(const models::WorldPiece& piece, std::size_t slice, const Of& of);
  void put_requests(TimeSeries& series, StudentQuantiles& quantiles) const;
  void put_pools(TimeSeries& series, const CompiledScenario& compiled, StudentQuantiles& quantiles) const;
  void put_bills(TimeSeries& series, StudentQuantiles& quantiles) const;

  std::vector<double> seconds_;  ///< by slice: recorded time of all replications
  std::vector<Requests> requests_;
  std::vector<Pool> pools_;
  /// By slice and replication.
  std::map<Payer, std::vector<std::vector<std::optional<double>>>> bills_;
};

}  // namespace planner
