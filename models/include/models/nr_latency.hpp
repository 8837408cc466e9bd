#pragma once
#include <cstdint>
#include <string>

#include "sim/distribution.hpp"
#include "sim/time.hpp"

/// One-way latency of the 5G NR user plane from its scheduling rules, without load and without core network.
///
/// The wait for a slot depends on where in the pattern a packet arrives, the repetitions on block errors;
/// both are enumerated, so the law is exact to a symbol (1/14 slot) and a request draws from one table.
/// Neglects: queueing (the cell's station adds it), mini-slots, the change of the error rate with combining,
/// RLC retransmission after the last HARQ attempt (probability rate^(retransmissions + 1)).
/// Sources: TS 38.211 4.3 (slots), TS 38.213 9.2 and 11.1 (K1, patterns), TS 38.214 5-6 (K2, processing).
namespace models {

struct NrRadio {
  enum class Grant : std::uint8_t {
    scheduling_request,  ///< a packet waits for the device's turn to ask, then for the grant
    configured,          ///< slots are granted in advance, one every `grant_period`
  };
  std::uint32_t numerology = 1;   ///< slot = 1 ms / 2^numerology, subcarriers 15 kHz * 2^numerology; 0..3
  std::string pattern = "DDDSU";  ///< D down, U up, S special (carries downlink); "F": both at any time (FDD)
  Grant grant = Grant::scheduling_request;
  sim::Duration grant_period{10'000'000};     ///< rounded to slots, at least one; at most 80 ms
  std::uint32_t k1 = 2;                       ///< [slot] from downlink data to its acknowledgement, least
  std::uint32_t k2 = 4;                       ///< [slot] from the grant to uplink data, least
  double block_error_rate = 0.1;              ///< of each attempt, [0, 1)
  std::uint32_t retransmissions = 3;          ///< at most, 0..8; the last one is taken as received
  sim::Duration station_processing{500'000};  ///< at the base station, before or after the air; <= 10 ms
  sim::Duration device_processing{500'000};   ///< the same at the device; to ask for a grant takes half
};

/// Length of a slot; 1 ms / 2^numerology.
[[nodiscard]] sim::Duration slot_length(std::uint32_t numerology);

/// Whether the pattern carries both directions: "F", or D, S, U with a U and a D or S, 1 to 40 slots.
[[nodiscard]] bool is_slot_pattern(const std::string& pattern);

/// Waits on top of the radio's own, in the order in which they are added.
struct NrWait {
  double probability = 0;   ///< of meeting one, [0, 1]
  sim::Duration longest{};  ///< then uniform on (0, longest); at most 11 s
};

/// From the packet at the base station to its delivery in the device's stack. [s]
/// Milliseconds of computation; pure.
[[nodiscard]] sim::Distribution downlink_latency(const NrRadio& radio, const NrWait& sleep = {},
                                                 const NrWait& interruption = {});
/// From the packet in the device to its end at the base station. [s]
[[nodiscard]] sim::Distribution uplink_latency(const NrRadio& radio, const NrWait& interruption = {});

/// Time share of a direction in the pattern; 10 of 14 symbols of a special slot carry downlink, none uplink.
[[nodiscard]] double downlink_share(const std::string& pattern);
[[nodiscard]] double uplink_share(const std::string& pattern);

}  // namespace models
