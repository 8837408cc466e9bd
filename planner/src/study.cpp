#include "planner/study.hpp"

#include <algorithm>

#include "sim/contract.hpp"
#include "sim/look_schedule.hpp"
#include "strategy_run.hpp"
#include "supervisor.hpp"

namespace planner {
namespace {

/// What holds for the study as a whole: options before the scenario's wishes.
struct Plan {
  Plan(const Scenario& scenario, const StudyOptions& options)
      : seed{options.seed.value_or(scenario.experiment.seed)},
        confidence{options.confidence.value_or(scenario.experiment.confidence)} {
    const std::uint32_t least = std::max(scenario.experiment.min_replications, 1U);
    const std::uint32_t most = std::max(scenario.experiment.max_replications, least);
    half_width = options.replications
                     ? std::nullopt
                     : (options.half_width ? options.half_width : scenario.experiment.half_width);
    if (half_width && most >= 2) {
      schedule.emplace(std::max(least, 2U), most, confidence);
    } else {
      half_width.reset();
      replications = options.replications.value_or(least);
    }
  }

  [[nodiscard]] std::size_t looks() const { return schedule ? schedule->looks() : 1; }
  [[nodiscard]] std::uint32_t replications_at(std::size_t look) const {
    return schedule ? schedule->replications(look) : replications;
  }
  [[nodiscard]] double confidence_at(std::size_t look) const {
    return schedule ? schedule->confidence(look) : confidence;
  }

  std::uint64_t seed;
  double confidence;
  std::optional<double> half_width;
  std::optional<sim::LookSchedule> schedule;
  std::uint32_t replications = 1;
};

/// Runs the strategies replication by replication, so that whenever it ends, all have met the same demand.
class Runner {
 public:
  Runner(std::vector<StrategyRun>& runs, const Plan& plan, const StudyOptions& options)
      : runs_{runs}, plan_{plan}, options_{options}, supervisor_{options} {}

  void run() {
    for (look_ = 0; look_ < plan_.looks(); ++look_) {
      ended_early_ = !replicate(plan_.replications_at(look_));
      if (ended_early_ || precise()) return;
    }
    look_ = plan_.looks() - 1;
  }

  [[nodiscard]] bool ended_early() const { return ended_early_; }
  [[nodiscard]] double confidence() const { return plan_.confidence_at(std::min(look_, plan_.looks() - 1)); }

 private:
  /// Every strategy, up to `until` replications each. @return whether all were completed
  bool replicate(std::uint32_t until) {
    std::vector<Supervisor::Job> jobs;
    std::vector<std::size_t> strategy_of;
    for (std::uint32_t replication = done_; replication < until; ++replication) {
      for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (!runs_[i].feasible()) continue;
        jobs.push_back({&runs_[i].world(),
                        {.seed = plan_.seed, .replication = replication},
                        [this, i, replication] { return recall(runs_[i], replication); }});
        strategy_of.push_back(i);
      }
    }
    bool whole = true;
    const auto take = [&](std::size_t job, const models::WorldResult& result, Supervisor::Origin origin) {
      StrategyRun& run = runs_[strategy_of[job]];
      requests_ += result.requests;
      const bool complete = result.status == models::WorldResult::Status::complete;
      if (complete && origin == Supervisor::Origin::run) keep(run, jobs[job].world.replication, result);
      whole = whole && complete;
      // A piece of a replication tells something where nothing else does; among whole ones it would bias, and
      // so would a replication that other strategies have not met.
      if (whole || run.replications() == 0) run.add(result);
    };
    const auto tell = [&](std::size_t job, double share) {
      if (!options_.progress) return;
      const double rounds = done_ + share * (until - done_);
      options_.progress({runs_[strategy_of[job]].scenario().strategy, jobs[job].world.replication + 1, until,
                         std::min(rounds / until, 1.0), requests_});
    };
    const bool complete = supervisor_.run(jobs, take, tell);
    done_ = until;
    return complete;
  }

  [[nodiscard]] RunAddress address(const StrategyRun& run, std::uint32_t replication) const {
    return {content_address(run.scenario()), plan_.seed, replication};
  }
  [[nodiscard]] std::optional<models::WorldResult> recall(const StrategyRun& run,
                                                          std::uint32_t replication) const {
    if (options_.store == nullptr) return std::nullopt;
    const RunAddress where = address(run, replication);
    return where.content.empty() ? std::nullopt : options_.store->find(where);
  }
  void keep(const StrategyRun& run, std::uint32_t replication, const models::WorldResult& result) const {
    if (options_.store == nullptr) return;
    const RunAddress where = address(run, replication);
    if (!where.content.empty()) options_.store->keep(where, result);
  }

  [[nodiscard]] bool precise() const {
    if (!plan_.half_width) return true;
    return std::all_of(runs_.begin(), runs_.end(), [&](const StrategyRun& run) {
      return !run.feasible() || run.imprecision(plan_.confidence_at(look_)) <= *plan_.half_width;
    });
  }

  std::vector<StrategyRun>& runs_;
  const Plan& plan_;
  const StudyOptions& options_;
  Supervisor supervisor_;
  std::size_t look_ = 0;
  std::uint32_t done_ = 0;
  std::uint64_t requests_ = 0;
  bool ended_early_ = false;
};

Difference difference(const StrategyRun& run, const StrategyRun::Metric& value,
                      const StrategyRun::Metric& baseline, double confidence) {
  const PairedSections pair = paired(value.sections, baseline.sections);
  Difference result;
  result.strategy = run.scenario().strategy;
  result.metric = value.name;
  result.flow = value.flow;
  result.baseline = estimate(baseline.sections, confidence, baseline.unit);
  result.value = estimate(value.sections, confidence, value.unit);
  result.delta = estimate(pair.difference, confidence, value.unit);
  result.variance_reduction = pair.variance_reduction;
  const bool told = pair.difference.own.size() >= 2;
  result.significant = told && (result.delta.low > 0 || result.delta.high < 0);
  return result;
}

std::vector<Difference> differences(const std::vector<StrategyRun>& runs, std::size_t baseline,
                                    double confidence) {
  std::vector<Difference> all;
  const auto reference = runs[baseline].metrics();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i == baseline) continue;
    for (const StrategyRun::Metric& metric : runs[i].metrics()) {
      const auto same =
          std::find_if(reference.begin(), reference.end(), [&](const StrategyRun::Metric& other) {
            return other.name == metric.name && other.flow == metric.flow;
          });
      if (same != reference.end()) all.push_back(difference(runs[i], metric, *same, confidence));
    }
  }
  return all;
}

std::size_t baseline_of(const std::vector<Scenario>& strategies) {
  const auto marked =
      std::find_if(strategies.begin(), strategies.end(), [](const Scenario& s) { return s.baseline; });
  return marked == strategies.end() ? 0 : static_cast<std::size_t>(marked - strategies.begin());
}

}  // namespace

Study run_study(const std::vector<Scenario>& strategies, const StudyOptions& options) {
  SIM_EXPECT(!strategies.empty());
  const std::size_t baseline = baseline_of(strategies);
  const Scenario& base = strategies[baseline];
  const Plan plan{base, options};
  std::vector<StrategyRun> runs;
  runs.reserve(strategies.size());
  for (const Scenario& scenario : strategies) runs.emplace_back(scenario);
  Runner runner{runs, plan, options};
  runner.run();

  Study study;
  study.scenario = base.name;
  study.title = base.title;
  study.note = base.note;
  study.sha256 = base.sha256;
  study.tool = "isochrone " ISOCHRONE_VERSION;
  study.seed = plan.seed;
  study.confidence = plan.confidence;
  study.warmup = base.warmup;
  study.duration = base.duration;
  study.interrupted = runner.ended_early();
  study.assumptions = base.assumptions;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    study.strategies.push_back(runs[i].result(runner.confidence()));
    study.strategies.back().baseline = i == baseline;
  }
  study.differences = differences(runs, baseline, runner.confidence());
  return study;
}

}  // namespace planner
