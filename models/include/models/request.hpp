#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "sim/time.hpp"

namespace models {

/// What a part of a request's latency is charged to.
enum class Part : std::uint8_t {
  connection,     ///< DNS, transport and TLS round trips before the request
  access,         ///< first hop: radio grant, HARQ, Wi-Fi contention, access line
  propagation,    ///< wide-area path without queueing
  transmission,   ///< serialisation onto cells and links
  network_queue,  ///< waiting for cells and links
  pool_queue,     ///< waiting for an instance that exists
  cold_start,     ///< waiting for an instance that is being started
  compute,        ///< service time
  state,          ///< caches, replicas, databases
  retry,          ///< attempts that did not succeed, back-off
};
inline constexpr std::size_t part_count = 10;

[[nodiscard]] std::string_view name(Part part);

/// Breakdown ticks: 64 ns. A part is the difference of two floored clocks, so the parts of a request add
/// up to its latency in ticks exactly. Range 274 s a part; larger values saturate, the latency does not.
inline constexpr int breakdown_tick_shift = 6;

/// A request in flight: plain data, 64 bytes, movable between partitions, threads and ranks.
///
/// Its clock is the time of the event that carries it. A request that was split has one of these a branch.
struct alignas(64) Request {
  sim::Time start{};                              ///< when the user asked
  std::array<std::uint32_t, part_count> parts{};  ///< [64 ns], by Part
  std::uint32_t number = 0;                       ///< of its source; counter of its random draws
  std::uint32_t source : 31 = 0;                  ///< index into WorldSpec::sources
  std::uint32_t failed : 1 = 0;    ///< marked by a fail step: on its way back as an error reply
  std::uint32_t step = 0;          ///< what comes next; below WorldSpec::steps.size(): that step
  std::uint32_t frame = no_frame;  ///< what it holds or awaits last, in the partition of that step

  static constexpr std::uint32_t no_frame = UINT32_MAX;
  static constexpr std::uint32_t source_mask = UINT32_MAX >> 1;
};
static_assert(sizeof(Request) == 64 && std::is_trivially_copyable_v<Request>);

/// Charges the time from `from` to `to` to `part`. O(1). @pre 0 <= from <= to since time 0
inline void charge(Request& request, Part part, sim::Time from, sim::Time to) {
  const auto ticks = [](sim::Time time) {
    return static_cast<std::uint64_t>(time.time_since_epoch().count()) >> breakdown_tick_shift;
  };
  std::uint32_t& total = request.parts[static_cast<std::size_t>(part)];
  const std::uint64_t sum = total + (ticks(to) - ticks(from));
  total = sum > UINT32_MAX ? UINT32_MAX : static_cast<std::uint32_t>(sum);
}

}  // namespace models
