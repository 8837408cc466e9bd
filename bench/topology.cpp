#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "models/wan_catalog.hpp"
#include "sim/hash.hpp"
#include "support/measure.hpp"
#include "topology/latency_model.hpp"
#include "topology/nearest.hpp"
#include "topology/partition.hpp"

/// What topology costs at the scale of 10,000 sites and 10,000 populations.
namespace {

using namespace topology;

double uniform(sim::SplitMix64& random, double low, double high) {
  return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
}

Place random_place(sim::SplitMix64& random) {
  const double latitude = uniform(random, -60, 70);
  return {{latitude, uniform(random, -180, 180)}, ""};
}

std::string numbered(const char* kind, std::uint32_t i) {
  return std::string{kind}.append(std::to_string(i));
}

/// So many sites, and populations, all over the world; optionally each site has two links to random others.
enum class Links { none, two_a_site };

Network world(std::uint32_t count, Links links) {
  sim::SplitMix64 random{1};
  Network network;
  for (std::uint32_t i = 0; i < count; ++i) {
    network.add_site({.name = numbered("s", i), .place = random_place(random)});
    network.add_population({.name = numbered("p", i), .place = random_place(random)});
  }
  if (links == Links::none) return network;
  for (std::uint32_t i = 0; i < 2 * count; ++i) {
    const auto a = static_cast<std::uint32_t>(random() % count);
    const auto b = static_cast<std::uint32_t>((a + 1 + random() % (count - 1)) % count);
    const auto latency = sim::Duration{static_cast<std::int64_t>(1'000'000 + random() % 50'000'000)};
    network.add_link({.a = SiteId{a}, .b = SiteId{b}, .latency = LinkLatency::fixed(latency)});
  }
  return network;
}

/// Prints the time of one of the `times` steps of `work`, and what it computed, so that it computes it.
template <class Work>
void measure(const char* what, int times, Work work) {
  std::uint64_t result = 0;
  const double seconds = bench::best_of(3, [&] { result = work(); });
  std::printf("  %-56s %10.2f us   (result %llu)\n", what, seconds / times * 1e6,
              static_cast<unsigned long long>(result));
}

std::uint64_t sum(const std::vector<sim::Duration>& table) {
  std::uint64_t total = 0;
  for (const auto entry : table) total += static_cast<std::uint64_t>(entry.count());
  return total;
}

void measure_tables(const char* what, const Network& network, const Estimate& estimate) {
  std::printf("\n%s\n", what);
  measure("model of all", 1, [&] { return LatencyModel{network, estimate}.one_way_from(SiteId{0}).size(); });
  const LatencyModel model{network, estimate};
  measure("latencies from one site to all", 20, [&] {
    std::uint64_t total = 0;
    for (std::uint32_t i = 0; i < 20; ++i) total += sum(model.one_way_from(SiteId{i}));
    return total;
  });
  measure("latencies from one population to all", 20, [&] {
    std::uint64_t total = 0;
    for (std::uint32_t i = 0; i < 20; ++i) total += sum(model.one_way_from(PopulationId{i}));
    return total;
  });
}

void measure_nearest(const Network& network) {
  std::printf("\nnearest sites\n");
  const auto count = static_cast<std::uint32_t>(network.population_count());
  measure("tree of all", 1, [&] { return NearestSites{network}.nearest({0, 0}, 1).size(); });
  const NearestSites tree{network};
  measure("nearest of all", static_cast<int>(count), [&] {
    std::uint64_t total = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      total += tree.nearest(network.population(PopulationId{i}).place.point)->value();
    }
    return total;
  });
}

void measure_partition(const Network& network, const std::shared_ptr<const WideArea>& area) {
  std::printf("\npartitions\n");
  const LatencyModel model{network, area};
  const NearestSites tree{network};
  const auto count = static_cast<std::uint32_t>(network.site_count());
  std::vector<Exchange> exchanges;
  for (std::uint32_t i = 0; i < count; ++i) {
    for (const auto near : tree.nearest(network.site(SiteId{i}).place->point, 10)) {
      if (near.value() > i) exchanges.push_back({i, near.value(), model.one_way(SiteId{i}, near)});
    }
  }
  measure("partition of sites that talk to 10 neighbours", 1,
          [&] { return partition(count, exchanges).groups; });
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint32_t count = bench::effort(argc, argv) == bench::Effort::tiny ? 100 : 10'000;
  bench::print_machine();
  std::printf("%u sites and as many populations\n", count);
  const auto area = models::catalogue_wide_area();
  measure_tables("corridor estimate, no links", world(count, Links::none), area);
  measure_tables("corridor estimate, two links a site", world(count, Links::two_a_site), area);
  measure_tables("linear estimate, no links", world(count, Links::none),
                 LinearEstimate{sim::Duration{800'000}, 7.5});
  measure_nearest(world(count, Links::none));
  measure_partition(world(count, Links::none), area);
}
