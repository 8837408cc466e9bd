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

void add(ClassResult& into, const ClassResult& more) {
  auto& [started, answered, failed, latency, breakdown] = into;
  started += more.started;
  answered += more.answered;
  failed += more.failed;
  latency.merge(more.latency);
  breakdown.merge(more.breakdown);
}

void add(ClassPiece& into, const ClassPiece& more) {
  auto& [failed, latency] = into;
  failed += more.failed;
  latency.merge(more.latency);
}

void add(WorldPiece& into, const WorldPiece& more);

template <class Result>
void add_each(std::vector<Result>& into, const std::vector<Result>& more) {
  SIM_EXPECT(into.size() == more.size());
  for (std::size_t i = 0; i < into.size(); ++i) add(into[i], more[i]);
}

/// A pool, station, guard or store is at one member; the others have nothing of it.
template <class Result>
void complete(std::vector<Result>& into, const std::vector<Result>& more) {
  SIM_EXPECT(into.size() == more.size());
  for (std::size_t i = 0; i < more.size(); ++i)
    if (into[i] == Result{}) into[i] = more[i];
}

void add(WorldPiece& into, const WorldPiece& more) {
  auto& [length, started, classes, pools, awake, meters] = into;
  SIM_EXPECT(length == more.length);
  add(started, more.started);
  add_each(classes, more.classes);
  complete(pools, more.pools);
  complete(awake, more.awake);
  add(meters, more.meters);
}

}  // namespace

void merge(WorldResult& into, const WorldResult& share) {
  auto& [status, simulated, classes, pools, stations, guards, stores, queues, started, meters, series,
         unfinished, events, requests, fingerprint] = into;
  SIM_EXPECT(status == share.status && simulated == share.simulated);
  add_each(classes, share.classes);
  complete(pools, share.pools);
  complete(stations, share.stations);
  complete(guards, share.guards);
  complete(queues, share.queues);
  complete(stores, share.stores);
  add(started, share.started);
  add(meters, share.meters);
  add_each(series, share.series);
  unfinished += share.unfinished;  // what began at one and ended at another cancels out, as unsigned sums do
  events += share.events;
  requests += share.requests;
  fingerprint.merge(share.fingerprint);
}

}  // namespace models
