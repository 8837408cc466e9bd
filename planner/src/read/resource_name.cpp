#include "read/resource_name.hpp"

namespace planner {

std::string resource_name(const StationLabel& station) {
  const std::string& cell = station.from.empty() ? station.owner : station.from;
  switch (station.kind) {
    case StationLabel::Kind::cell_uplink:
      return "cell uplink of " + cell;
    case StationLabel::Kind::cell_downlink:
      return "cell downlink of " + cell;
    case StationLabel::Kind::link:
      break;
  }
  return "link " + station.owner + " out of " + station.from;
}

std::string resource_name(const PoolLabel& pool) { return pool.service + " @ " + pool.site; }

}  // namespace planner
