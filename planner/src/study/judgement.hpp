#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "planner/study.hpp"
#include "sim/look_schedule.hpp"
#include "study/strategy_run.hpp"

namespace planner {

/// What holds for the study as a whole: options before the scenario's wishes.
struct StudyPlan {
  StudyPlan(const Scenario& scenario, const StudyOptions& options);

  [[nodiscard]] std::size_t looks() const { return first < last ? schedule(confidence).looks() : 1; }
  [[nodiscard]] std::uint32_t replications_at(std::size_t look) const {
    return first < last ? schedule(confidence).replications(look) : first;
  }
  /// Of an interval at that look, so that those of all looks hold together with `whole`.
  [[nodiscard]] double confidence_at(std::size_t look, double whole) const {
    return first < last ? schedule(whole).confidence(look) : whole;
  }

  std::uint64_t seed;
  double confidence;
  StudyOptions::Until until;
  std::optional<double> half_width;  ///< none: all replications are run, or assertions decide
  std::optional<Expression> metric;  ///< none: p99 of every flow
  std::string metric_text;
  double metric_confidence;
  std::uint32_t first = 1, last = 1;  ///< replications; equal: a single look

 private:
  [[nodiscard]] sim::LookSchedule schedule(double whole) const { return {first, last, whole}; }
};

/// Looks at a study while it runs: is it precise enough, are its assertions decided?
class Judgement {
 public:
  Judgement(const std::vector<StrategyRun>& runs, std::size_t baseline, const StudyPlan& plan)
      : runs_{runs}, baseline_{baseline}, plan_{plan} {}

  /// After the replications of look k.
  void look(std::size_t k);
  /// The study may end.
  [[nodiscard]] bool settled() const { return !precision_ || precision_->met; }
  /// As of the last look; none where the number of replications was given.
  [[nodiscard]] const std::optional<Precision>& precision() const { return precision_; }

 private:
  [[nodiscard]] Precision precision_at(std::size_t k) const;
  [[nodiscard]] Precision decided_at(std::size_t k) const;
  [[nodiscard]] double imprecision(const StrategyRun& run, double confidence) const;

  const std::vector<StrategyRun>& runs_;
  std::size_t baseline_;
  const StudyPlan& plan_;
  std::optional<Precision> precision_;
};

/// Judges every strategy that was simulated by the assertions of its scenario.
/// @param confidence  of an assertion's bounds
void put_verdicts(Study& study, const std::vector<Scenario>& scenarios,
                  const std::function<double(const Assertion&)>& confidence);

}  // namespace planner
