#include "resource_name.hpp"

namespace planner {

std::string resource_name(const StationLabel& station) {
  switch (station.kind) {
    case StationLabel::Kind::cell_uplink:
      return "cell uplink of " + station.owner;
    case StationLabel::Kind::cell_downlink:
      return "cell downlink of " + station.owner;
    case StationLabel::Kind::link:
      break;
  }
  return "link " + station.owner + " out of " + station.from;
}

std::string resource_name(const PoolLabel& pool) { return pool.service + " @ " + pool.site; }

}  // namespace planner
