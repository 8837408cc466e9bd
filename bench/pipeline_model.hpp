#pragma once
#include <cstdint>

#include "models/world_spec.hpp"

namespace bench {

/// Whether requests stay at their site, or are served at one of two others.
enum class Coupling : std::uint8_t { feed_forward, coupled };

/// Sites that all look alike: users behind a cell, an access link and a pool. A request passes five shared
/// resources (cell, link, pool, link, cell) and, in between, four constant delays. The pool is busy for
/// 60 % of the time, cells and links for 30 %. Each site has results of its own.
struct PipelineShape {
  std::uint32_t sites = 10'000;
  Coupling coupling = Coupling::feed_forward;
  double rate = 1'000.0;                 ///< [1/s] requests of a site
  double requests_per_site = 1'000.0;    ///< expected, all recorded
  sim::Duration propagation{5'000'000};  ///< one way to the server, and the lookahead
};

[[nodiscard]] models::WorldSpec pipeline(const PipelineShape& shape);

}  // namespace bench
