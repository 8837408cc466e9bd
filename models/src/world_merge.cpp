#include <algorithm>
#include <functional>

#include "models/world.hpp"
#include "sim/contract.hpp"

namespace models {
namespace {

// All members of each struct: one that is added does not compile here until it is dealt with.

void add(std::vector<std::uint64_t>& into, const std::vector<std::uint64_t>& more) {
  SIM_EXPECT(into.size() == more.size());
  std::transform(into.begin(), into.end(), more.begin(), into.begin(), std::plus<>{});
}

void add(std::vector<sim::Histogram>& into, const std::vector<sim::Histogram>& more) {
  into.resize(std::max(into.size(), more.size()));
  for (std::size_t i = 0; i < more.size(); ++i) into[i].merge(more[i]);
}

void add(ClassResult& into, const ClassResult& more) {
  auto& [started, answered, failed, latency, breakdown, series] = into;
  started += more.started;
  answered += more.answered;
  failed += more.failed;
  latency.merge(more.latency);
  breakdown.merge(more.breakdown);
  add(series, more.series);
}

/// A pool, station or guard is at one member; the others have nothing of it.
template <class Result>
void complete(std::vector<Result>& into, const std::vector<Result>& more) {
  SIM_EXPECT(into.size() == more.size());
  for (std::size_t i = 0; i < more.size(); ++i)
    if (into[i] == Result{}) into[i] = more[i];
}

}  // namespace

void merge(WorldResult& into, const WorldResult& share) {
  auto& [status, simulated, classes, pools, stations, guards, started, meters, unfinished, events, requests,
         fingerprint] = into;
  SIM_EXPECT(status == share.status && simulated == share.simulated);
  SIM_EXPECT(classes.size() == share.classes.size());
  for (std::size_t i = 0; i < classes.size(); ++i) add(classes[i], share.classes[i]);
  complete(pools, share.pools);
  complete(stations, share.stations);
  complete(guards, share.guards);
  add(started, share.started);
  add(meters, share.meters);
  unfinished += share.unfinished;  // what began at one and ended at another cancels out, as unsigned sums do
  events += share.events;
  requests += share.requests;
  fingerprint.merge(share.fingerprint);
}

}  // namespace models
