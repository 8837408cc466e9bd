#include "request/partitioning.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace models {
namespace {

double mean_rate(const SourceSpec& source, sim::Duration span) {
  if (source.process == SourceSpec::Process::trace)
    return static_cast<double>(source.times.size()) / std::max(sim::to_seconds(span), 1e-9);
  if (source.process == SourceSpec::Process::closed)
    return static_cast<double>(source.users) / std::max(source.think.mean(), 1e-3);
  const std::vector<double>& rates = source.profile.rates;
  return rates.empty() ? 0.0
                       : std::accumulate(rates.begin(), rates.end(), 0.0) / static_cast<double>(rates.size());
}

/// Requests that a partition should find in a window: enough to make up for fetching its state.
constexpr double requests_wanted = 256.0;

double request_rate(const WorldSpec& spec) {
  double rate = 0.0;
  for (const SourceSpec& source : spec.sources) rate += mean_rate(source, spec.warmup + spec.duration);
  return rate;
}

std::uint32_t worthwhile_partitions(const WorldSpec& spec) {
  if (spec.lookahead == sim::Duration::max()) return spec.partitions;  // no windows
  const double requests = request_rate(spec) * sim::to_seconds(spec.lookahead);
  const double partitions = std::clamp(requests / requests_wanted, 1.0, static_cast<double>(spec.partitions));
  return static_cast<std::uint32_t>(partitions);
}

}  // namespace

std::uint32_t engine_partitions(const WorldSpec& spec, Partitioning partitioning) {
  switch (partitioning) {
    case Partitioning::automatic:
      return worthwhile_partitions(spec);
    case Partitioning::split:
      return spec.partitions;
    case Partitioning::merged:
      return 1;
  }
  return 1;
}

sim::Duration window_length(const WorldSpec& spec, std::uint32_t partitions) {
  if (partitions > 1) return spec.lookahead;
  // Nobody else's mail limits a partition that is alone.
  constexpr double longest = 1e9;
  return sim::from_seconds(std::clamp(requests_wanted / request_rate(spec), 1e-6, longest));
}

}  // namespace models
