#pragma once
#include <cstdint>
#include <optional>

#include "sim/time.hpp"

namespace models {

/// Packet delay budget of a 5G quality-of-service class (5QI): between the device and the user plane
/// function's outer side, kept by 98 of 100 packets of a class without guaranteed rate. None for a class that
/// the standard does not have. Source: TS 23.501 table 5.7.4-1.
[[nodiscard]] std::optional<sim::Duration> packet_delay_budget(std::uint32_t qos_class);

/// Default priority level of a class: smaller is served first. Same source.
[[nodiscard]] std::optional<std::uint32_t> priority_level(std::uint32_t qos_class);

}  // namespace models
