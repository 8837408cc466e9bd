#pragma once
#include <array>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "planner/estimate.hpp"
#include "planner/results.hpp"
#include "planner/sections.hpp"

namespace planner {

/// The nearest-rank quantile with the values of a bucket spread evenly over it. [ms]
///
/// A bucket is 1.6 % wide. Its middle would hide smaller differences between replications, and intervals
/// would come out too narrow. @pre not empty
[[nodiscard]] double quantile_ms(const sim::Histogram& latency, double p);
/// The same where several are asked for. @param buckets  of `latency`
[[nodiscard]] double quantile_ms(const sim::Histogram& latency,
                                 const std::vector<sim::Histogram::Bucket>& buckets, double p);

/// Requests of one slice, gathered over replications.
class SliceTally {
 public:
  SliceTally(std::string flow, std::string population, std::string site,
             std::optional<sim::Duration> deadline)
      : flow_{std::move(flow)},
        population_{std::move(population)},
        site_{std::move(site)},
        deadline_{deadline} {}

  void add_class(std::uint32_t index) { classes_.push_back(index); }
  /// Sources all of whose requests are the slice's; without them what was started is what ended.
  void add_source(std::uint32_t index) { sources_.push_back(index); }

  /// Adds the next replication.
  void add(const models::WorldResult& result);

  [[nodiscard]] const std::string& flow() const { return flow_; }
  [[nodiscard]] bool is_whole_flow() const { return population_.empty() && site_.empty(); }
  /// Adds every metric of the slice to the table, by its canonical text.
  void put_figures(FigureTable& table) const;
  /// Answered and started requests of a replication.
  struct Counts {
    std::uint64_t answered = 0, started = 0;
  };
  [[nodiscard]] Counts counts(std::size_t replication) const { return counts_[replication]; }
  /// Metrics: mean | p50 | p90 | p95 | p99 | p99.9 [ms], ok | late [1].
  [[nodiscard]] Sections metric(const std::string& name) const;
  [[nodiscard]] static const std::vector<std::string>& metrics();
  [[nodiscard]] bool has_deadline() const { return deadline_.has_value(); }

  [[nodiscard]] Slice slice(double confidence, const AnalyticEstimate& analytic) const;
  [[nodiscard]] std::uint64_t answered() const { return answered_; }
  [[nodiscard]] std::uint64_t failed() const { return failed_; }
  [[nodiscard]] std::uint64_t started() const { return started_; }

 private:
  using Breakdown = sim::BreakdownHistogram<models::part_count>;

  /// What one replication, or all of them, say of each metric; nothing where no request tells.
  struct Figures {
    std::optional<double> mean, ok, late, failed, good;
    std::array<std::optional<double>, ladder.size()> percentiles;
  };
  /// The slower requests of a replication, by rising latency.
  struct Tail {
    std::uint64_t count = 0;  ///< of all its requests
    std::vector<sim::Histogram::Bucket> buckets;

    /// Share of its requests at or below `milliseconds`; nothing where there are no requests.
    [[nodiscard]] std::optional<double> at_most(double milliseconds) const;
  };
  [[nodiscard]] static Tail tail_of(const sim::Histogram& latency);
  [[nodiscard]] Sections percentile(std::size_t rung) const;
  [[nodiscard]] Figures figures(const sim::Histogram& latency, std::uint64_t started,
                                std::uint64_t failed) const;
  void add_analytic(Slice& slice, const AnalyticEstimate& analytic) const;

  std::string flow_, population_, site_;
  std::optional<sim::Duration> deadline_;
  std::vector<std::uint32_t> classes_, sources_;
  std::uint64_t started_ = 0, answered_ = 0, failed_ = 0;
  Breakdown breakdown_;
  std::vector<Figures> own_;    ///< by replication
  std::vector<Tail> tails_;     ///< by replication
  std::vector<Counts> counts_;  ///< by replication
};

/// Flows, then populations of flows, then sites of flows; each by id.
[[nodiscard]] std::vector<SliceTally> slice_tallies(const Scenario& scenario,
                                                    const CompiledScenario& compiled);

}  // namespace planner
