#pragma once
#include <cstdint>

#include "models/world_spec.hpp"
#include "pool/fixed_pool.hpp"
#include "sim/time.hpp"

namespace models {

/// Who asks for a slot, to be woken when it has to queue.
struct Ticket {
  std::uint32_t request = 0;
  std::uint32_t strand = 0;
  sim::Time since{};
};

/// What a pool of slots that are held answers to who asks for one.
struct Grant {
  Admission admission = Admission::refused;
  std::uint32_t instance = none;  ///< granted; of a pool with a queue at each instance also queued
  sim::Time
      begin{};  ///< granted: when the slot can be used; later than now if the instance is still starting
};

}  // namespace models
