#pragma once
#include <cstdint>
#include <optional>

#include "sim/units.hpp"

namespace models {

/// How a station serves those who are there at once.
enum class Sharing : std::uint8_t {
  in_turn,  ///< FIFO
  fair,     ///< all at once: of the least level first, in proportion to the weights, up to the caps
  max_min,  ///< the same with all such stations of a transfer's route at once (WorldSpec::routes)
};

/// Who shares a fair station: one of its populations or slices.
struct TenantSpec {
  /// What `weight` is the weight of.
  enum class Weighed : std::uint8_t {
    transfer,  ///< each one: twice the transfers get twice the rate
    tenant,    ///< all of them together, however many: a slice
  };
  double weight = 1.0;  ///< > 0
  Weighed weighed = Weighed::transfer;
  std::optional<sim::BitRate> cap{};  ///< of each transfer
  std::uint32_t level = 0;  ///< priority: smaller ones are served first, and leave what they cannot use
};

}  // namespace models
