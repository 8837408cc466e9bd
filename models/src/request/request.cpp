#include "models/request.hpp"

namespace models {

std::string_view name(Part part) {
  switch (part) {
    case Part::connection:
      return "connection";
    case Part::access:
      return "access";
    case Part::propagation:
      return "propagation";
    case Part::transmission:
      return "transmission";
    case Part::network_queue:
      return "network_queue";
    case Part::pool_queue:
      return "pool_queue";
    case Part::cold_start:
      return "cold_start";
    case Part::compute:
      return "compute";
    case Part::state:
      return "state";
    case Part::retry:
      return "retry";
  }
  return "unknown";
}

}  // namespace models
