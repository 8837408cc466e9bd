#include "sim/exponential.hpp"

#include <bit>

#include "sim/contract.hpp"
#include "sim/distribution.hpp"
#include "sim/math.hpp"

namespace sim {
namespace {

/// Below this mean [s] every value, at most 53 ln 2 times the mean, stays below 2^51 ns.
constexpr double largest_vector_mean = 6e4;

// The distribution's value for results below 2^51 ns, in operations that every vector unit has, where
// conversions between 64-bit integers and floating point are not among them: adding 2^52 leaves the nearest
// integer in the mantissa.
[[gnu::always_inline]] inline void fill(double mean, std::span<const Draw> draws,
                                        std::span<Duration> durations) {
  constexpr double to_integer = 0x1p52;
  constexpr std::int64_t integer_bits = std::bit_cast<std::int64_t>(to_integer);
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double fraction =
        std::bit_cast<double>((draws[i].bits >> 12) | std::bit_cast<std::uint64_t>(1.0)) - 1.0;
    const double seconds = mean * math::exponential_quantile(fraction + 0x1p-53);
    const double shifted = seconds * 1e9 + 0.5;
    const double nearest = (shifted + to_integer) - to_integer;
    // As integers, because a comparison of doubles keeps g++ from vectorising; both are positive.
    const std::int64_t above = std::bit_cast<std::int64_t>(nearest) > std::bit_cast<std::int64_t>(shifted);
    durations[i] = Duration{std::bit_cast<std::int64_t>(nearest + to_integer) - integer_bits - above};
  }
}

#ifdef __x86_64__
__attribute__((target("avx2"))) void fill_avx2(double mean, std::span<const Draw> draws,
                                               std::span<Duration> durations) {
  fill(mean, draws, durations);
}
[[nodiscard]] bool has_avx2() { return __builtin_cpu_supports("avx2"); }
#else
void fill_avx2(double mean, std::span<const Draw> draws, std::span<Duration> durations) {
  fill(mean, draws, durations);
}
[[nodiscard]] bool has_avx2() { return false; }
#endif

}  // namespace

void exponential_durations(double mean, std::span<const Draw> draws, std::span<Duration> durations) {
  SIM_EXPECT(mean > 0 && draws.size() == durations.size());
  if (has_avx2() && mean < largest_vector_mean) return fill_avx2(mean, draws, durations);
  const Distribution law = Distribution::exponential(mean);
  for (std::size_t i = 0; i < draws.size(); ++i) durations[i] = law.sample_duration(draws[i]);
}

}  // namespace sim
