#include "models/nr_latency.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/random.hpp"

using models::NrRadio;
using namespace std::chrono_literals;

namespace {

/// Quantiles of a Monte-Carlo of the same scheduling rules (60,000 packets), as it prints them [ms]. Both: a
/// packet down and one up that arrive at the same instant.
struct Reference {
  const char* name;
  NrRadio radio;
  double down_median, down_p95, up_median, up_p95, both_median, both_p95;
};

NrRadio radio(std::uint32_t numerology, const char* pattern, sim::Duration period, std::uint32_t k2,
              NrRadio::Grant grant = NrRadio::Grant::scheduling_request) {
  NrRadio result;
  result.numerology = numerology;
  result.pattern = pattern;
  result.grant = grant;
  const bool configured = grant == NrRadio::Grant::configured;
  result.grant_period = configured ? models::slot_length(numerology) : period;
  result.k2 = k2;
  result.station_processing = result.device_processing = models::slot_length(numerology);
  return result;
}

NrRadio reliable(NrRadio radio) {
  radio.block_error_rate = 1e-3;
  return radio;
}

constexpr auto configured = NrRadio::Grant::configured;

const Reference references[] = {
    {"FDD 15 kHz", radio(0, "F", 10ms, 2), 3.56, 7.55, 11.89, 16.44, 15.78, 22.07},
    {"FDD 15 kHz, request every 5 ms", radio(0, "F", 5ms, 2), 3.56, 7.55, 9.26, 13.3, 13.06, 18.29},
    {"FDD 30 kHz", radio(1, "F", 10ms, 2), 1.78, 3.77, 8.46, 12.97, 10.41, 14.94},
    {"DDDSU 30 kHz", radio(1, "DDDSU", 10ms, 4), 1.85, 4.88, 11.76, 16.81, 14.03, 19.98},
    {"DDDSU, request every 20 ms", radio(1, "DDDSU", 20ms, 4), 1.85, 4.86, 16.78, 25.81, 19.04, 27.89},
    {"DDDSU, request every 40 ms", radio(1, "DDDSU", 40ms, 4), 1.85, 4.87, 26.78, 44.8, 29.02, 46.92},
    {"DDDSU, configured grant", radio(1, "DDDSU", 10ms, 4, configured), 1.85, 4.88, 2.89, 7.87, 4.79, 9.96},
    {"DDDDDDDSUU", radio(1, "DDDDDDDSUU", 10ms, 4), 1.85, 5.77, 11.76, 16.7, 14.22, 20.64},
    {"DDDDDDDSUU, request every 20 ms", radio(1, "DDDDDDDSUU", 20ms, 4), 1.85, 5.74, 16.8, 25.8, 19.3, 28.39},
    {"DDSU", radio(1, "DDSU", 10ms, 4), 1.87, 4.61, 10.65, 15.18, 12.69, 18.28},
    {"120 kHz DDDSU", radio(3, "DDDSU", 5ms, 4), 0.46, 1.21, 4.19, 6.45, 4.76, 6.97},
    {"120 kHz DDDSU, configured", radio(3, "DDDSU", 5ms, 4, configured), 0.46, 1.21, 0.72, 1.98, 1.2, 2.49},
    {"FDD 30 kHz, configured, 0.1 % errors", reliable(radio(1, "F", 5ms, 2, configured)), 1.75, 1.98, 1.75,
     1.98, 3.5, 3.95},
};

}  // namespace

TEST_CASE("The NR latency laws agree with a Monte-Carlo of the scheduler within 5 % at p50 and p95",
          "[models][nr]") {
  double largest_error = 0;
  for (const Reference& reference : references) {
    INFO(reference.name);
    const auto check = [&](const sim::Distribution& law, double p, double expected_ms) {
      const double error = std::abs(law.quantile(p) * 1e3 / expected_ms - 1);
      CHECK(error <= 0.05);
      largest_error = std::max(largest_error, error);
    };
    const sim::Distribution down = models::downlink_latency(reference.radio);
    const sim::Distribution up = models::uplink_latency(reference.radio);
    check(down, 0.50, reference.down_median);
    check(down, 0.95, reference.down_p95);
    check(up, 0.50, reference.up_median);
    check(up, 0.95, reference.up_p95);
  }
  CHECK(largest_error <= 0.05);  // printed by -s
}

TEST_CASE("Independent NR packets down and up take together what simultaneous ones take, within 5 %",
          "[models][nr]") {
  constexpr std::uint32_t packets = 100'000;
  std::vector<double> both(packets);
  double largest_error = 0;
  for (const Reference& reference : references) {
    INFO(reference.name);
    const sim::Distribution down = models::downlink_latency(reference.radio);
    const sim::Distribution up = models::uplink_latency(reference.radio);
    const sim::Stream draws = sim::Streams{1, 0}.make("nr", reference.name);
    for (std::uint32_t i = 0; i < packets; ++i) {
      const auto [first, second] = draws.pair(i);
      both[i] = (down.sample(first) + up.sample(second)) * 1e3;
    }
    std::sort(both.begin(), both.end());
    const double median = both[packets / 2], p95 = both[packets / 100 * 95];
    CHECK(std::abs(median / reference.both_median - 1) <= 0.05);
    CHECK(std::abs(p95 / reference.both_p95 - 1) <= 0.05);
    largest_error = std::max(largest_error, std::abs(median / reference.both_median - 1));
    largest_error = std::max(largest_error, std::abs(p95 / reference.both_p95 - 1));
  }
  CHECK(largest_error <= 0.05);  // printed by -s
}

TEST_CASE("Without errors an FDD downlink packet waits evenly for the next slot", "[models][nr]") {
  // 0.5 ms station + U(0, 0.5) ms to the slot's start + 0.5 ms on air + 0.5 ms device: U(1.5, 2.0) ms.
  NrRadio fdd = radio(1, "F", 10ms, 2);
  fdd.block_error_rate = 0;
  const sim::Distribution law = models::downlink_latency(fdd);
  CHECK(law.quantile(1e-9) * 1e3 == Approx(1.5));
  CHECK(law.quantile(1 - 1e-9) * 1e3 == Approx(2.0));
  CHECK(law.mean() * 1e3 == Approx(1.75));
  CHECK(law.variance() * 1e6 == Approx(0.5 * 0.5 / 12));
}

TEST_CASE("The mean NR uplink grows by half the period of the scheduling requests", "[models][nr]") {
  // Doubling the period from 20 to 40 ms lengthens the mean wait for an occasion from 10 to 20 ms.
  const double difference = models::uplink_latency(radio(1, "DDDSU", 40ms, 4)).mean() -
                            models::uplink_latency(radio(1, "DDDSU", 20ms, 4)).mean();
  CHECK(difference == Approx(0.010).epsilon(1e-6));
}

TEST_CASE("Sleep and handover lengthen the NR downlink by their mean waits", "[models][nr]") {
  // 0.3 * U(0, 310 ms) + 0.001 * U(0, 54 ms), to a symbol (0.036 ms) each.
  const NrRadio plain = radio(1, "DDDSU", 10ms, 4);
  const double added = models::downlink_latency(plain, {0.3, 310ms}, {0.001, 54ms}).mean() -
                       models::downlink_latency(plain).mean();
  CHECK(added == Approx(0.3 * 0.155 + 0.001 * 0.027).margin(36e-6));
}

TEST_CASE("A slot pattern must carry both directions", "[models][nr]") {
  for (const char* good : {"F", "DDDSU", "DSUUU", "SU"}) CHECK(models::is_slot_pattern(good));
  for (const char* bad : {"", "DDD", "UU", "DFU", "ddsu", "D U"}) CHECK_FALSE(models::is_slot_pattern(bad));
  CHECK_FALSE(models::is_slot_pattern(std::string(40, 'D') + "U"));
  // DDDSU: 3 + 10/14 of 5 slots down, 1 of 5 up.
  CHECK(models::downlink_share("DDDSU") == Approx((3 + 10.0 / 14) / 5));
  CHECK(models::uplink_share("DDDSU") == Approx(0.2));
  CHECK(models::uplink_share("F") == 1.0);
}
