#pragma once
#include <vector>

#include "sim/time.hpp"
#include "sim/units.hpp"

/// How long a transport connection needs beyond the rate of its bottleneck.
namespace models {

/// Payload of a packet on an Ethernet path with IPv4 and TCP options. [B]
inline constexpr double segment_size = 1448;

/// Windows after which a sender in slow start waits for acknowledgements, each as the time that its data keep
/// the bottleneck busy: the sender then stalls for the rest of the round trip. One entry for each stall.
///
/// The window starts at `initial` and doubles every round trip; no stall follows the last data, nor once a
/// window fills the path.
/// @param size        payload [B], >= 0
/// @param initial     first window [B], > 0; ten segments by RFC 6928
/// @param rate        of the bottleneck [bit/s], > 0; infinity where nothing limits
/// @param round_trip  without load
/// Source: Kurose and Ross, Computer Networking (2nd ed.), sec. 3.7, "latency with slow start"; RFC 5681.
[[nodiscard]] std::vector<sim::Duration> slow_start_windows(sim::Bytes size, sim::Bytes initial,
                                                            sim::BitRate rate, sim::Duration round_trip);

/// Rate that a connection of the Reno family keeps at a share of lost packets.
///
///     X = s / (R sqrt(2p/3) + t_RTO 3 sqrt(3p/8) p (1 + 32 p^2)),  t_RTO = max(4R, 1 s)
///
/// @param loss        of a packet, (0, 1)
/// @param round_trip  > 0
/// Source: Padhye, Firoiu, Towsley and Kurose, SIGCOMM 1998, in the form of RFC 5348 3.1 with b = 1.
[[nodiscard]] sim::BitRate loss_limited_rate(double loss, sim::Duration round_trip);

/// Packets of a payload, at least one.
[[nodiscard]] double packets(sim::Bytes size);

}  // namespace models
