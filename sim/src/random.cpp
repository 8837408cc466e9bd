#include "sim/random.hpp"

#include <algorithm>

#include "sim/contract.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace sim {
namespace {

/// Draws that a batch function computes at once.
constexpr std::size_t batch = 8;

#ifdef __x86_64__

// The compilers at hand do not find the widening product that Philox is made of when they vectorise
// a plain loop, so it is spelt out. Integers only: the bits are those of Random123.

/// The four words of four counters, each in the low half of a 64-bit lane; the high halves are arbitrary.
struct Blocks {
  __m256i word[4];
};

__attribute__((target("avx2"), always_inline)) inline void round(Blocks& blocks, __m256i key0, __m256i key1) {
  const __m256i product0 = _mm256_mul_epu32(_mm256_set1_epi64x(PHILOX_M4x32_0), blocks.word[0]);
  const __m256i product1 = _mm256_mul_epu32(_mm256_set1_epi64x(PHILOX_M4x32_1), blocks.word[2]);
  blocks.word[0] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), blocks.word[1]), key0);
  blocks.word[1] = product1;
  blocks.word[2] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), blocks.word[3]), key1);
  blocks.word[3] = product0;
}

__attribute__((target("avx2"), always_inline)) inline void store(__m256i low, __m256i high, Draw* draws) {
  const __m256i low_bits = _mm256_and_si256(low, _mm256_set1_epi64x(0xffffffff));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(draws),
                      _mm256_or_si256(_mm256_slli_epi64(high, 32), low_bits));
}

__attribute__((target("avx2"))) void fill_batch(const Stream& stream, std::uint32_t first, std::uint32_t lane,
                                                Draw* even, Draw* odd) {
  const auto wide = [](std::uint64_t word) { return static_cast<long long>(word & 0xffffffff); };
  const __m256i entity0 = _mm256_set1_epi64x(wide(stream.entity()));
  const __m256i entity1 = _mm256_set1_epi64x(wide(stream.entity() >> 32));
  const __m256i block = _mm256_set1_epi64x(lane >> 1);
  // Two groups of four, whose rounds overlap.
  Blocks a{{_mm256_set_epi64x(first + 3LL, first + 2LL, first + 1LL, first), block, entity0, entity1}};
  Blocks b{{_mm256_set_epi64x(first + 7LL, first + 6LL, first + 5LL, first + 4LL), block, entity0, entity1}};
  auto key0 = static_cast<std::uint32_t>(stream.key());
  auto key1 = static_cast<std::uint32_t>(stream.key() >> 32);
  for (int i = 0; i < 10; ++i) {
    const __m256i wide_key0 = _mm256_set1_epi64x(key0), wide_key1 = _mm256_set1_epi64x(key1);
    round(a, wide_key0, wide_key1);
    round(b, wide_key0, wide_key1);
    key0 += PHILOX_W32_0;
    key1 += PHILOX_W32_1;
  }
  store(a.word[0], a.word[1], even);
  store(b.word[0], b.word[1], even + 4);
  store(a.word[2], a.word[3], odd);
  store(b.word[2], b.word[3], odd + 4);
}

[[nodiscard]] bool has_batch() { return __builtin_cpu_supports("avx2"); }

#else

void fill_batch(const Stream& stream, std::uint32_t first, std::uint32_t lane, Draw* even, Draw* odd) {
  for (std::uint32_t i = 0; i < batch; ++i) {
    const auto both = stream.pair(first + i, lane);
    even[i] = both[0];
    odd[i] = both[1];
  }
}

[[nodiscard]] bool has_batch() { return true; }

#endif

}  // namespace

void Stream::fill(std::uint32_t first, std::uint32_t lane, std::span<Draw> draws) const {
  std::size_t done = 0;
  if (has_batch()) {
    std::array<Draw, batch> other_lane;
    for (; done + batch <= draws.size(); done += batch) {
      const auto number = static_cast<std::uint32_t>(first + done);
      Draw* const wanted = draws.data() + done;
      fill_batch(*this, number, lane, lane & 1 ? other_lane.data() : wanted,
                 lane & 1 ? wanted : other_lane.data());
    }
  }
  for (; done < draws.size(); ++done) draws[done] = draw(static_cast<std::uint32_t>(first + done), lane);
}

void Stream::fill_pairs(std::uint32_t first, std::uint32_t lane, std::span<Draw> even,
                        std::span<Draw> odd) const {
  SIM_EXPECT(even.size() == odd.size() && (lane & 1) == 0);
  std::size_t done = 0;
  if (has_batch())
    for (; done + batch <= even.size(); done += batch)
      fill_batch(*this, static_cast<std::uint32_t>(first + done), lane, even.data() + done,
                 odd.data() + done);
  for (; done < even.size(); ++done) {
    const auto both = pair(static_cast<std::uint32_t>(first + done), lane);
    even[done] = both[0];
    odd[done] = both[1];
  }
}

}  // namespace sim
