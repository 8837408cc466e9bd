// Functions that start instances on demand and end them after idleness: the world against the algorithm of
// SimFaaS (Mahmoudi and Khazaei 2021), which looks at every instance of a function at each arrival. Both read
// the same arrivals and must agree on the cold starts and on the time all requests wait.

#include <cstdlib>
#include <vector>

#include "models/world.hpp"
#include "sim/hash.hpp"
#include "support/measure.hpp"

namespace {

constexpr double cold_start = 0.4, keep_alive = 60.0;  // [s]
constexpr std::uint64_t seed = 1;

struct Shape {
  std::uint32_t pools = 1'000;
  double busy = 10;  ///< mean number of busy instances of a pool
  double requests = 2e6;
};

double service_seconds(std::uint32_t pool) { return 0.05 + 0.001 * (pool % 100); }

/// Poisson arrivals whose rate is four times as high in one minute of ten.
std::vector<sim::Duration> arrivals(std::uint32_t pool, const Shape& shape) {
  const sim::Stream stream = sim::Streams{seed, 0}.make(sim::hash_name("arrivals"), pool);
  const double rate = shape.busy / service_seconds(pool);
  std::vector<sim::Duration> times;
  double now = 0;
  const auto count = static_cast<std::uint32_t>(shape.requests / shape.pools);
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool burst = static_cast<std::int64_t>(now / 60) % 10 == 1;
    now += sim::Distribution::exponential(burst ? 0.25 / rate : 1 / rate).sample(stream.draw(i));
    times.push_back(sim::from_seconds(now));
  }
  return times;
}

models::WorldSpec world_of(const Shape& shape) {
  models::WorldSpec spec;
  spec.partitions = shape.pools;
  spec.classes = shape.pools;
  spec.duration = sim::from_seconds(1e6);
  spec.drain = sim::from_seconds(1e3);
  for (std::uint32_t pool = 0; pool < shape.pools; ++pool) {
    spec.laws.push_back(sim::Distribution::deterministic(service_seconds(pool)));
    spec.pools.push_back({.name = std::to_string(pool),
                          .partition = pool,
                          .kind = models::PoolSpec::Kind::elastic,
                          .instances = 0,
                          .cold_start = sim::Distribution::deterministic(cold_start),
                          .keep_alive = sim::Distribution::deterministic(keep_alive)});
    spec.sources.push_back({.name = std::to_string(pool),
                            .partition = pool,
                            .program = 2 * pool,
                            .process = models::SourceSpec::Process::trace,
                            .times = arrivals(pool, shape)});
    spec.steps.push_back({.kind = models::StepKind::serve, .partition = pool, .index = pool, .law = pool});
    spec.steps.push_back({.kind = models::StepKind::finish, .partition = pool, .index = pool});
  }
  return spec;
}

struct Outcome {
  std::uint64_t requests = 0, cold_starts = 0;
  std::int64_t latency_ns = 0;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome outcome_of(const models::WorldResult& result) {
  Outcome all;
  for (const models::PoolResult& pool : result.pools) all.cold_starts += pool.cold_starts;
  for (const models::ClassResult& each : result.classes) {
    all.requests += each.answered;
    all.latency_ns += static_cast<std::int64_t>(each.latency.sum());
  }
  return all;
}

/// One function at a time, all of its instances looked at for each arrival.
Outcome scan(const models::WorldSpec& spec) {
  Outcome all;
  const sim::Duration start = sim::from_seconds(cold_start), keep = sim::from_seconds(keep_alive);
  for (std::uint32_t pool = 0; pool < spec.pools.size(); ++pool) {
    const sim::Duration service = sim::from_seconds(service_seconds(pool));
    std::vector<sim::Duration> free_from;  // by instance: the end of its last request
    for (const sim::Duration now : spec.sources[pool].times) {
      std::size_t best = SIZE_MAX;
      for (std::size_t i = 0; i < free_from.size();) {
        if (free_from[i] + keep < now) {
          free_from[i] = free_from.back();
          free_from.pop_back();
          continue;
        }
        if (free_from[i] <= now && (best == SIZE_MAX || free_from[i] > free_from[best])) best = i;
        ++i;
      }
      const bool cold = best == SIZE_MAX;
      if (cold) {
        best = free_from.size();
        free_from.emplace_back();
      }
      const sim::Duration latency = service + (cold ? start : sim::Duration{0});
      free_from[best] = now + latency;
      ++all.requests;
      all.cold_starts += cold ? 1 : 0;
      all.latency_ns += latency.count();
    }
  }
  return all;
}

void measure(const Shape& shape) {
  const models::WorldSpec spec = world_of(shape);
  models::WorldResult result;
  double seconds = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 3; ++i) {
    models::World world{spec, {.seed = seed}};
    seconds = std::min(seconds, bench::best_of(1, [&] { result = world.run(); }));
  }
  Outcome baseline;
  const double scan_seconds = bench::best_of(1, [&] { baseline = scan(spec); });
  if (outcome_of(result) != baseline) {
    std::printf("the world and the scan differ: %llu and %llu cold starts\n",
                static_cast<unsigned long long>(outcome_of(result).cold_starts),
                static_cast<unsigned long long>(baseline.cold_starts));
    std::exit(1);
  }
  const auto requests = static_cast<double>(baseline.requests);
  std::printf("%7u %9.0f %9.3f %% %10.2f %8.0f %9.0f %7.1f\n", shape.pools, shape.busy,
              100 * static_cast<double>(baseline.cold_starts) / requests, requests / seconds / 1e6,
              seconds / requests * 1e9, scan_seconds / requests * 1e9, scan_seconds / seconds);
}

/// The same functions with Knative's autoscaler, which nothing here is compared with.
void measure_scaled(const Shape& shape) {
  models::WorldSpec spec = world_of(shape);
  for (models::PoolSpec& pool : spec.pools) pool.scaler = models::KnativeScaler::Spec{.target = 0.7};
  spec.duration = spec.sources[0].times.back();
  models::WorldResult result;
  models::World world{spec, {.seed = seed}};
  const double seconds = bench::best_of(1, [&] { result = world.run(); });
  const Outcome outcome = outcome_of(result);
  const auto requests = static_cast<double>(result.requests);
  std::printf("%7u %9.0f %9.3f %% %10.2f %8.0f   autoscaled\n", shape.pools, shape.busy,
              100 * static_cast<double>(outcome.cold_starts) / requests, requests / seconds / 1e6,
              seconds / requests * 1e9);
}

}  // namespace

int main(int count, char** arguments) {
  const bool tiny = bench::effort(count, arguments) == bench::Effort::tiny;
  bench::print_machine();
  std::printf("Functions with cold starts and keep-alive; scan: all instances at each arrival\n\n");
  std::printf("%7s %9s %11s %10s %8s %9s %7s\n", "pools", "busy each", "cold", "M req/s", "ns", "scan ns",
              "ratio");
  if (tiny) {
    measure({.pools = 10, .busy = 1, .requests = 1'000});
    measure_scaled({.pools = 10, .busy = 1, .requests = 1'000});
    return 0;
  }
  for (const double busy : {1.0, 10.0, 100.0}) measure({.busy = busy});
  measure({.pools = 100, .busy = 1000, .requests = 4e6});
  for (const double busy : {1.0, 10.0, 100.0}) measure_scaled({.busy = busy});
}
