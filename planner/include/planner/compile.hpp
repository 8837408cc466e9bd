#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/world_spec.hpp"
#include "planner/scenario.hpp"
#include "planner/wan.hpp"

namespace planner {

/// Whose requests a class of the world holds.
struct ClassLabel {
  std::string workload, flow, population;
  std::string site;  ///< that served the entry call; `user-device` for the user's own
};

/// A source of the world: one workload.
struct SourceLabel {
  std::string workload, flow, population;
  double mean_rate = 0;      ///< over the profile's period [1/s]
  double recorded_rate = 0;  ///< mean over the recorded span [1/s]
  double peak_rate = 0;      ///< highest within the recorded span [1/s]
};

struct PoolLabel {
  std::string service, site, pool;
  // Where requests share processors:
  double work = 0;                 ///< mean time that one keeps a core busy [s]; 0: they do not share
  double cores = 0;                ///< [vCPU] of all the nodes that it runs on; elastic: of each instance
  std::uint32_t accelerators = 0;  ///< that serve its batches, and perhaps those of other services; 0: none
};

struct StationLabel {
  enum class Kind : std::uint8_t { cell_uplink, cell_downlink, link };
  Kind kind = Kind::link;
  std::string owner;  ///< population of a cell, the first of those that share it; id of a link
  std::string from;   ///< link: the site it leaves; cell: its name, empty if it is the population's own
};

/// What one counted passage moves and uses: bytes on a leg of the way, or a service on the user's device.
struct MeterLabel {
  std::string site;           ///< whose egress price holds for egress_bytes; empty: none
  std::string to;             ///< where the list price between the two cloud regions holds; empty: the site's
  std::string link;           ///< whose egress price holds for egress_bytes, instead of a site's
  double egress_bytes = 0;    ///< out of the site or over the link
  std::string grid;           ///< site end of a transfer, whose grid the network's energy is taken from
  double network_bytes = 0;   ///< carried from end to end, for the network's energy; once a transfer
  std::string population;     ///< whose devices send, receive or compute
  double sent_bytes = 0;      ///< by the device
  double received_bytes = 0;  ///< by the device
  std::string service;        ///< that ran on the device once
  /// Operation on the state of `store_service` at `store_site` that is charged.
  enum class Operation : std::uint8_t { none, read, write, request };
  Operation operation = Operation::none;
  std::string store_service, store_site;

  friend bool operator==(const MeterLabel&, const MeterLabel&) = default;
  friend auto operator<=>(const MeterLabel&, const MeterLabel&) = default;
};

/// Whose calls a guard of the world watches.
struct GuardLabel {
  std::string flow, call, service;
  std::string caller;  ///< site or population

  friend auto operator<=>(const GuardLabel&, const GuardLabel&) = default;
};

/// Whose messages a queue of the world holds.
struct QueueLabel {
  std::string service, site;
};

/// Whose state a store of the world holds.
struct StoreLabel {
  std::string service, site;
  std::string population;  ///< whose users' own; empty: of all

  friend auto operator<=>(const StoreLabel&, const StoreLabel&) = default;
};

/// A call that nobody can serve: its requests fail.
struct Unreachable {
  std::string flow, call, service;
  std::string caller;  ///< site or population that makes the call

  friend auto operator<=>(const Unreachable&, const Unreachable&) = default;
};

/// A scenario as the request engine runs it, and what its indices stand for.
struct CompiledScenario {
  models::WorldSpec world;
  std::vector<ClassLabel> classes;
  std::vector<SourceLabel> sources;
  std::vector<PoolLabel> pools;  ///< every service at every site it is placed on, used or not
  std::vector<StationLabel> stations;
  std::vector<MeterLabel> meters;
  std::vector<GuardLabel> guards;
  std::vector<QueueLabel> queues;
  std::vector<StoreLabel> stores;
  std::set<Unreachable> unreachable;
  /// Carbon intensity where metered populations live: that of the nearest site which states one. [gCO2e/kWh]
  std::map<std::string, double> device_grid;
};

/// Turns a scenario into sources, step programs, stations, pools and partitions.
///
/// Every workload becomes a source and a program: connection set-up, access, way, entry pool, its calls, the
/// way back. Names of random draws contain the flow and the call, never the place, so that strategies meet
/// the same draws. What each step stands for and what is neglected is told in docs/models/compile.md.
/// @param scenario  valid and complete, as the loader gives it
[[nodiscard]] CompiledScenario compile(const Scenario& scenario);
/// The same with ways that are known already, which is most of the work where there are many sites.
/// @param wan  of a scenario with the same sites, links, populations and network
[[nodiscard]] CompiledScenario compile(const Scenario& scenario, const Wan& wan);

}  // namespace planner
