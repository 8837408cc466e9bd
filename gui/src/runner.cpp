#include "runner.hpp"

#include <algorithm>
#include <chrono>

namespace gui {
namespace {

/// A preview is a sketch: it has this long, and says so wherever it is shown.
constexpr double preview_seconds = 0.25;
constexpr std::uint32_t preview_replications = 2;
constexpr sim::Duration preview_span = std::chrono::seconds{20};

void shorten(planner::Scenario& scenario) {
  scenario.duration = std::min(scenario.duration, preview_span);
  scenario.warmup = std::min(scenario.warmup, preview_span / 4);
}

planner::StudyOptions options_for(RunOrder::Depth depth) {
  planner::StudyOptions options;
  if (depth == RunOrder::Depth::preview) {
    options.replications = preview_replications;
    options.time_limit_seconds = preview_seconds;
  }
  return options;
}

std::shared_ptr<const Outcome> simulate(const RunOrder& order, std::vector<planner::Scenario> strategies,
                                        const Task::Watch& watch) {
  planner::StudyOptions options = options_for(order.depth);
  options.stop = watch.stop;
  options.progress = watch.progress;
  auto outcome = std::make_shared<Outcome>();
  outcome->source = order.source;
  outcome->revision = order.revision();
  outcome->depth = order.depth;
  const auto start = std::chrono::steady_clock::now();
  if (order.depth == RunOrder::Depth::preview) std::ranges::for_each(strategies, shorten);
  outcome->study = planner::run_study(strategies, options);
  outcome->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return outcome;
}

Forecasts forecast_of(const std::vector<planner::Scenario>& strategies) {
  Forecasts all;
  for (const planner::Scenario& scenario : strategies)
    all.emplace(scenario.strategy, planner::outlook(scenario));
  return all;
}

}  // namespace

std::vector<planner::Scenario> RunOrder::strategies() const {
  std::vector<planner::Scenario> all;
  for (const Checked::Strategy& strategy : checked->strategies) {
    all.push_back(strategy.resolution->scenario());
    all.back().baseline = strategy.id == reference;
  }
  return all;
}

Runner::Runner(QObject* parent) : QObject{parent} {
  connect(&task_, &Task::started, this, &Runner::started);
  connect(&task_, &Task::progressed, this, &Runner::progressed);
  connect(&task_, &Task::ended, this, &Runner::ended);
  connect(&task_, &Task::failed, this, &Runner::failed);
}

void Runner::start(RunOrder order) {
  task_.start([this, order = std::move(order)](const Task::Watch& watch) -> Task::Delivery {
    std::vector<planner::Scenario> strategies = order.strategies();
    if (order.depth == RunOrder::Depth::preview) {
      watch.deliver([this, all = forecast_of(strategies)] { Q_EMIT forecast(all); });
    }
    return [this, outcome = simulate(order, std::move(strategies), watch)] { Q_EMIT finished(outcome); };
  });
}

}  // namespace gui
