#include "planner/study.hpp"

#include <algorithm>
#include <cmath>

#include "sim/contract.hpp"
#include "study/judgement.hpp"
#include "study/strategy_run.hpp"
#include "study/supervisor.hpp"

namespace planner {
namespace {

/// Runs the strategies replication by replication, so that whenever it ends, all have met the same demand.
class Runner {
 public:
  Runner(std::vector<StrategyRun>& runs, const StudyPlan& plan, std::size_t baseline,
         const StudyOptions& options)
      : runs_{runs}, plan_{plan}, options_{options}, judgement_{runs, baseline, plan}, supervisor_{options} {}

  void run() {
    for (look_ = 0; look_ < plan_.looks(); ++look_) {
      ended_early_ = !replicate(plan_.replications_at(look_));
      if (ended_early_) return;
      judgement_.look(look_);
      if (judgement_.settled()) return;
    }
    look_ = plan_.looks() - 1;
  }

  [[nodiscard]] bool ended_early() const { return ended_early_; }
  [[nodiscard]] std::size_t last_look() const { return std::min(look_, plan_.looks() - 1); }
  [[nodiscard]] const Judgement& judgement() const { return judgement_; }

 private:
  /// Every strategy, up to `until` replications each. @return whether all were completed
  bool replicate(std::uint32_t until) {
    std::vector<Supervisor::Job> jobs;
    std::vector<std::size_t> strategy_of;
    for (std::uint32_t replication = done_; replication < until; ++replication) {
      for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (!runs_[i].feasible()) continue;
        jobs.push_back({runs_[i].world().warmup + runs_[i].world().duration,
                        {.seed = plan_.seed, .replication = replication},
                        [this, i, replication] { return recall(runs_[i], replication); },
                        [this, i](const models::World::Options& how) { return simulate(i, how); }});
        strategy_of.push_back(i);
      }
    }
    bool whole = true;
    const auto take = [&](std::size_t job, const models::WorldResult& result) {
      StrategyRun& run = runs_[strategy_of[job]];
      requests_ += result.requests;
      const bool complete = result.status == models::WorldResult::Status::complete;
      whole = whole && complete;
      // A piece of a replication tells something where nothing else does; among whole ones it would bias, and
      // so would a replication that other strategies have not met.
      if (whole || run.replications() == 0) run.add(result);
    };
    const auto tell = [&](std::size_t job, double share) {
      if (!options_.progress) return;
      const double rounds = done_ + share * (until - done_);
      options_.progress({runs_[strategy_of[job]].scenario().strategy, jobs[job].world.replication + 1, until,
                         std::min(rounds / until, 1.0), requests_, judgement_.precision()});
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
  /// In a thread of its own. What is done is kept at once, whatever happens to the others.
  [[nodiscard]] models::WorldResult simulate(std::size_t strategy, const models::World::Options& how) const {
    const StrategyRun& run = runs_[strategy];
    const RunAddress where = address(run, how.replication);
    const Origin origin = strategy < options_.origins.size() ? options_.origins[strategy] : Origin{};
    const models::WorldResult result = options_.executor == nullptr
                                           ? models::World{run.world(), how}.run()
                                           : options_.executor->run({&run.world(), how, origin.bundle.get(),
                                                                     origin.strategy, where.content});
    const bool complete = result.status == models::WorldResult::Status::complete;
    if (complete && options_.store != nullptr && !where.content.empty()) options_.store->keep(where, result);
    return result;
  }

  std::vector<StrategyRun>& runs_;
  const StudyPlan& plan_;
  const StudyOptions& options_;
  Judgement judgement_;
  Supervisor supervisor_;
  std::size_t look_ = 0;
  std::uint32_t done_ = 0;
  std::uint64_t requests_ = 0;
  bool ended_early_ = false;
};

Difference difference(const StrategyRun& run, const StrategyRun::Compared& value,
                      const StrategyRun::Compared& baseline, const Study& study) {
  const double confidence = study.look_confidence;
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
  const double region = study.equivalence * (value.unit == "1" ? 1 : std::abs(baseline.sections.overall));
  result.equivalent = told && region > 0 && result.delta.low >= -region && result.delta.high <= region;
  return result;
}

std::vector<Difference> differences(const std::vector<StrategyRun>& runs, std::size_t baseline,
                                    const Study& study) {
  std::vector<Difference> all;
  const auto reference = runs[baseline].metrics();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i == baseline) continue;
    for (const StrategyRun::Compared& metric : runs[i].metrics()) {
      const auto same =
          std::find_if(reference.begin(), reference.end(), [&](const StrategyRun::Compared& other) {
            return other.name == metric.name && other.flow == metric.flow;
          });
      if (same != reference.end()) all.push_back(difference(runs[i], metric, *same, study));
    }
  }
  return all;
}

// Before anything is simulated, so that what a killed study leaves can be replayed.
void remember_origins(const std::vector<Scenario>& strategies, const StudyOptions& options) {
  if (options.store == nullptr) return;
  for (std::size_t i = 0; i < options.origins.size(); ++i) {
    const std::string content = content_address(strategies[i]);
    if (!content.empty() && options.origins[i].bundle != nullptr)
      options.store->remember(content, options.origins[i]);
  }
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
  const StudyPlan plan{base, options};
  std::vector<StrategyRun> runs;
  runs.reserve(strategies.size());
  for (const Scenario& scenario : strategies) runs.emplace_back(scenario);
  remember_origins(strategies, options);
  Runner runner{runs, plan, baseline, options};
  runner.run();

  Study study;
  study.scenario = base.name;
  study.title = base.title;
  study.note = base.note;
  study.sha256 = base.sha256;
  study.tool = "isochrone " ISOCHRONE_VERSION;
  study.seed = plan.seed;
  study.confidence = plan.confidence;
  study.look_confidence = plan.confidence_at(runner.last_look(), plan.confidence);
  study.equivalence = options.equivalence.value_or(base.experiment.equivalence);
  study.warmup = base.warmup;
  study.duration = base.duration;
  study.start_unix = base.start_unix;
  study.interrupted = runner.ended_early();
  study.assumptions = base.assumptions;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    study.strategies.push_back(runs[i].result(study.look_confidence));
    study.strategies.back().baseline = i == baseline;
  }
  study.differences = differences(runs, baseline, study);
  study.precision = runner.judgement().precision();
  put_verdicts(study, strategies, [&](const Assertion& assertion) {
    return plan.confidence_at(runner.last_look(), assertion.confidence.value_or(plan.confidence));
  });
  return study;
}

}  // namespace planner
