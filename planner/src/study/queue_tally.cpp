#include "study/queue_tally.hpp"

#include <numeric>
#include <optional>

#include "planner/sections.hpp"
#include "study/metrics.hpp"

namespace planner {
namespace {

using models::QueueResult;

std::optional<double> share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::uint64_t turned_away(const QueueResult& queue) { return queue.dropped + queue.refused; }
std::uint64_t offered(const QueueResult& queue) { return queue.accepted + turned_away(queue); }
std::uint64_t ended(const QueueResult& queue) { return queue.delivered + queue.dead_letters; }

/// Of the messages that were dealt with: the mean, or a rung of the ladder. [ms]
std::optional<double> wait(const QueueResult& queue, std::optional<double> probability) {
  if (queue.delay.count() == 0) return std::nullopt;
  const double nanoseconds =
      probability ? static_cast<double>(queue.delay.quantile(*probability).count()) : queue.delay.mean();
  return nanoseconds * 1e-6;
}

}  // namespace

void QueueTally::add(const models::WorldResult& result) {
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    queues_[i].sum += result.queues[i];
    queues_[i].own.push_back(result.queues[i]);
  }
  seconds_.push_back(sim::to_seconds(result.simulated));
}

std::vector<QueueUse> QueueTally::uses(const CompiledScenario& compiled) const {
  const double recorded = std::accumulate(seconds_.begin(), seconds_.end(), 0.0);
  std::vector<QueueUse> uses;
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    const QueueResult& sum = queues_[i].sum;
    const double length = recorded > 0 ? sim::to_seconds(sum.occupied) / recorded : 0.0;
    uses.push_back({compiled.queues[i].service, compiled.queues[i].site, sum, length});
  }
  return uses;
}

void QueueTally::put_figures(const CompiledScenario& compiled, FigureTable& table) const {
  const double recorded = std::accumulate(seconds_.begin(), seconds_.end(), 0.0);
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    const Queue& queue = queues_[i];
    Metric metric{{}, {}, {{"service", compiled.queues[i].service}, {"site", compiled.queues[i].site}}};
    // Absent where there is nothing to take a share or mean of.
    const auto put = [&](const std::string& name, const std::string& statistic, const std::string& unit,
                         std::optional<std::uint64_t> trials, const auto& figure) {
      const std::optional<double> overall = figure(queue.sum, recorded);
      if (!overall) return;
      Sections sections{*overall, {}};
      for (std::size_t r = 0; r < seconds_.size(); ++r)
        sections.own.push_back(figure(queue.own[r], seconds_[r]));
      metric.name = name;
      metric.statistic = statistic;
      table[metric.key()] = {unit, std::move(sections), trials};
    };
    put("queue.length", "", "1", {}, [](const QueueResult& of, double seconds) -> std::optional<double> {
      if (seconds <= 0) return std::nullopt;
      return sim::to_seconds(of.occupied) / seconds;
    });
    put("queue.dropped", "ratio", "1", offered(queue.sum),
        [](const QueueResult& of, double) { return share(turned_away(of), offered(of)); });
    put("queue.dead", "ratio", "1", ended(queue.sum),
        [](const QueueResult& of, double) { return share(of.dead_letters, ended(of)); });
    for (std::size_t rung = 0; rung < ladder_statistics().size(); ++rung) {
      const auto probability = rung == 0 ? std::nullopt : std::optional{ladder[rung - 1]};
      put("queue.wait", ladder_statistics()[rung], "ms", {},
          [&](const QueueResult& of, double) { return wait(of, probability); });
    }
  }
}

}  // namespace planner
