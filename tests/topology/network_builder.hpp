#pragma once
#include <string>
#include <vector>

#include "sim/hash.hpp"
#include "topology/graph.hpp"

/// Small networks for tests.
namespace topology {

inline std::string site_name(std::uint32_t i) { return std::string{"s"}.append(std::to_string(i)); }

/// Sites named s0, s1, ...
inline Network sites_only(std::uint32_t count) {
  Network network;
  for (std::uint32_t i = 0; i < count; ++i) network.add_site({.name = site_name(i)});
  return network;
}

inline LinkId join(Network& network, std::uint32_t a, std::uint32_t b, sim::Duration latency) {
  return network.add_link({.a = SiteId{a}, .b = SiteId{b}, .latency = LinkLatency::fixed(latency)});
}

inline std::uint32_t below(sim::SplitMix64& random, std::uint32_t bound) {
  return static_cast<std::uint32_t>((random() >> 32) * bound >> 32);
}

/// `links` links between random sites; latencies are whole and few, so that ties are common.
inline Network random_network(sim::SplitMix64& random, std::uint32_t sites, std::uint32_t links) {
  auto network = sites_only(sites);
  for (std::uint32_t i = 0; i < links; ++i) {
    const auto a = below(random, sites);
    const auto b = (a + 1 + below(random, sites - 1)) % sites;
    join(network, a, b, sim::Duration{below(random, 5)});
  }
  return network;
}

/// A point of the globe, uniform in coordinates.
inline GeoPoint random_point(sim::SplitMix64& random) {
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  };
  const double latitude = uniform(-90, 90);
  return {latitude, uniform(-180, 180)};
}

}  // namespace topology
