#include "models/nr_latency.hpp"

#include <algorithm>
#include <numeric>

#include "sim/contract.hpp"
#include "world/delay_histogram.hpp"

namespace models {
namespace {

constexpr std::int64_t symbols = 14;  // of a slot
constexpr double special_downlink = 10.0 / symbols;

bool carries_downlink(char slot) { return slot == 'D' || slot == 'S' || slot == 'F'; }
bool carries_uplink(char slot) { return slot == 'U' || slot == 'F'; }

std::int64_t in_symbols(sim::Duration time, std::uint32_t numerology) {
  const std::int64_t slot = slot_length(numerology).count();
  return (time.count() * symbols + slot - 1) / slot;
}

/// Slots are counted from the start of the pattern, symbols from the start of slot 0.
class Schedule {
 public:
  explicit Schedule(const NrRadio& radio) : radio_{radio} {
    SIM_EXPECT(is_slot_pattern(radio.pattern));
    SIM_EXPECT(radio.block_error_rate >= 0 && radio.block_error_rate < 1);
    const std::int64_t slot = slot_length(radio.numerology).count();
    period_ = std::max<std::int64_t>((radio.grant_period.count() + slot / 2) / slot, 1);
    station_ = in_symbols(radio.station_processing, radio.numerology);
    device_ = in_symbols(radio.device_processing, radio.numerology);
    ask_ = in_symbols(radio.device_processing / 2, radio.numerology);
  }

  /// The delays of all arrivals within the period after which everything repeats.
  template <class FirstSlot, class NextSlot>
  [[nodiscard]] DelayHistogram delays(std::int64_t receiver, const FirstSlot& first_slot,
                                      const NextSlot& next_slot) const {
    const std::int64_t span = symbols * std::lcm(static_cast<std::int64_t>(radio_.pattern.size()), period_);
    DelayHistogram histogram;
    for (std::int64_t arrival = 0; arrival < span; ++arrival) {
      double probability = 1.0 / static_cast<double>(span);
      std::int64_t slot = first_slot(arrival);
      for (std::uint32_t attempt = 0;; ++attempt) {
        const bool last = attempt == radio_.retransmissions;
        const double received = last ? 1.0 : 1.0 - radio_.block_error_rate;
        const std::int64_t end = (slot + 1) * symbols + receiver;
        histogram.add(static_cast<std::size_t>(end - arrival - 1), probability * received);
        if (last) break;
        probability *= radio_.block_error_rate;
        slot = next_slot(slot);
      }
    }
    return histogram;
  }

  [[nodiscard]] DelayHistogram downlink() const {
    return delays(
        device_, [this](std::int64_t arrival) { return downlink_slot(slot_after(arrival, station_)); },
        [this](std::int64_t sent) {
          const std::int64_t acknowledged = uplink_slot(sent + radio_.k1);
          return downlink_slot(whole_slots((acknowledged + 1) * symbols + station_));
        });
  }

  [[nodiscard]] DelayHistogram uplink() const {
    return delays(
        station_, [this](std::int64_t arrival) { return first_uplink(arrival); },
        [this](std::int64_t sent) { return granted(sent); });
  }

 private:
  /// Slot that begins first after something arrives within the symbol `arrival` and is processed.
  static std::int64_t slot_after(std::int64_t arrival, std::int64_t processing) {
    return (arrival + processing) / symbols + 1;
  }
  static std::int64_t whole_slots(std::int64_t time) { return (time + symbols - 1) / symbols; }

  [[nodiscard]] char kind(std::int64_t slot) const {
    return radio_.pattern[static_cast<std::size_t>(slot) % radio_.pattern.size()];
  }
  [[nodiscard]] std::int64_t downlink_slot(std::int64_t from) const {
    while (!carries_downlink(kind(from))) ++from;
    return from;
  }
  [[nodiscard]] std::int64_t uplink_slot(std::int64_t from) const {
    while (!carries_uplink(kind(from))) ++from;
    return from;
  }

  /// Uplink data after the station learned in `slot` that there is some.
  [[nodiscard]] std::int64_t granted(std::int64_t slot) const {
    return uplink_slot(downlink_slot(whole_slots((slot + 1) * symbols + station_)) + radio_.k2);
  }
  /// The device's next own occasion: every period, moved to a slot with uplink.
  [[nodiscard]] std::int64_t occasion(std::int64_t from) const {
    for (std::int64_t base = from / period_ * period_;; base += period_) {
      if (const std::int64_t slot = uplink_slot(base); slot >= from) return slot;
    }
  }
  [[nodiscard]] std::int64_t first_uplink(std::int64_t arrival) const {
    if (radio_.grant == NrRadio::Grant::configured) return occasion(slot_after(arrival, device_));
    return granted(occasion(slot_after(arrival, ask_)));
  }

  const NrRadio& radio_;
  std::int64_t period_ = 1;                          // [slot]
  std::int64_t station_ = 0, device_ = 0, ask_ = 0;  // [symbol]
};

sim::Distribution with_waits(DelayHistogram histogram, const NrRadio& radio,
                             std::initializer_list<NrWait> waits) {
  for (const NrWait& wait : waits) {
    histogram.add_wait(wait.probability,
                       static_cast<std::size_t>(in_symbols(wait.longest, radio.numerology)));
  }
  return histogram.law(sim::to_seconds(slot_length(radio.numerology)) / symbols);
}

double mean_of(const std::string& pattern, double (*share)(char)) {
  double sum = 0;
  for (const char slot : pattern) sum += share(slot);
  return sum / static_cast<double>(pattern.size());
}

}  // namespace

sim::Duration slot_length(std::uint32_t numerology) {
  SIM_EXPECT(numerology <= 3);
  return sim::Duration{1'000'000 >> numerology};
}

bool is_slot_pattern(const std::string& pattern) {
  if (pattern == "F") return true;
  return !pattern.empty() && pattern.size() <= 40 && pattern.find_first_not_of("DSU") == std::string::npos &&
         std::ranges::any_of(pattern, carries_downlink) && std::ranges::any_of(pattern, carries_uplink);
}

sim::Distribution downlink_latency(const NrRadio& radio, const NrWait& sleep, const NrWait& interruption) {
  return with_waits(Schedule{radio}.downlink(), radio, {sleep, interruption});
}

sim::Distribution uplink_latency(const NrRadio& radio, const NrWait& interruption) {
  return with_waits(Schedule{radio}.uplink(), radio, {interruption});
}

double downlink_share(const std::string& pattern) {
  return mean_of(pattern, [](char slot) {
    return slot == 'S' ? special_downlink : carries_downlink(slot) ? 1.0 : 0.0;
  });
}

double uplink_share(const std::string& pattern) {
  return mean_of(pattern, [](char slot) { return carries_uplink(slot) ? 1.0 : 0.0; });
}

}  // namespace models
