#include "sim/random.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

using sim::Draw;
using sim::Stream;

TEST_CASE("SplitMix64 gives the published numbers", "[sim][random]") {
  // Steele, Lea, Flood 2014; seed 1234567.
  sim::SplitMix64 random{1234567};
  for (const std::uint64_t expected : {6457827717110365317ULL, 3203168211198807973ULL, 9817491932198370423ULL,
                                       4593380528125082431ULL, 16408922859458223821ULL})
    CHECK(random() == expected);
}

TEST_CASE("A stream is Philox4x32-10 as published", "[sim][random]") {
  // kat_vectors of Random123. Words 0 and 1 of a block are the even lane, 2 and 3 the odd one; low word
  // first.
  const Stream zeros{0, 0};
  CHECK(zeros.draw(0, 0).bits == 0xe169c58d'6627e8d5);
  CHECK(zeros.draw(0, 1).bits == 0x9b00dbd8'bc57ac4c);

  // All counter words ff..ff. Of the second word a lane reaches only 31 bits, so its block is checked at one
  // less than 2^31 against Random123 itself, and the published vector against Random123.
  const r123::Philox4x32::ctr_type ones{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}};
  const r123::Philox4x32::ctr_type published{{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}};
  CHECK(r123::Philox4x32{}(ones, {{0xffffffff, 0xffffffff}}) == published);
  r123::Philox4x32::ctr_type counter = ones;
  counter[1] = 0x7fffffff;
  const auto block = r123::Philox4x32{}(counter, {{0xffffffff, 0xffffffff}});
  const Stream all{~0ULL, ~0ULL};
  CHECK(all.draw(0xffffffff, 0xfffffffe).bits == ((std::uint64_t{block[1]} << 32) | block[0]));
  CHECK(all.draw(0xffffffff, 0xffffffff).bits == ((std::uint64_t{block[3]} << 32) | block[2]));
}

TEST_CASE("A batch of draws equals the draws one by one", "[sim][random]") {
  const Stream stream = sim::Streams{42, 3}.make("arrivals", "berlin");
  // Around the size of the vector registers, and up to the last number there is.
  for (const std::size_t size : {0, 1, 7, 8, 9, 16, 100}) {
    const auto last_start = static_cast<std::uint32_t>((1ULL << 32) - size);
    for (const std::uint32_t first : {0u, 5u, last_start}) {
      if (first + size > (1ULL << 32)) continue;
      std::vector<Draw> even(size), odd(size), lane4(size), lane5(size);
      stream.fill_pairs(first, 4, even, odd);
      stream.fill(first, 4, lane4);
      stream.fill(first, 5, lane5);
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < size; ++i) {
        const auto number = static_cast<std::uint32_t>(first + i);
        const Draw expected_even = stream.draw(number, 4), expected_odd = stream.draw(number, 5);
        wrong += even[i].bits != expected_even.bits || lane4[i].bits != expected_even.bits;
        wrong += odd[i].bits != expected_odd.bits || lane5[i].bits != expected_odd.bits;
      }
      INFO(size << " draws from " << first);
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("Seed, replication, purpose, entity, number and lane each change the draw", "[sim][random]") {
  std::set<std::uint64_t> bits;
  for (const std::uint64_t seed : {1, 2})
    for (const std::uint32_t replication : {0, 1})
      for (const char* const purpose : {"arrivals", "service"})
        for (const char* const entity : {"a", "b"})
          for (const std::uint32_t number : {0, 1})
            for (const std::uint32_t lane : {0, 1, 2})
              bits.insert(sim::Streams{seed, replication}.make(purpose, entity).draw(number, lane).bits);
  CHECK(bits.size() == 2 * 2 * 2 * 2 * 2 * 3);
}

TEST_CASE("A uniform draw lies strictly between 0 and 1 and mirrors exactly", "[sim][random]") {
  CHECK(Draw{0}.uniform() == 0x1p-53);
  CHECK(Draw{~0ULL}.uniform() == 1 - 0x1p-53);
  CHECK(Draw{1ULL << 63}.uniform() == 0.5 + 0x1p-53);
  sim::SplitMix64 random{1};
  int wrong = 0;
  for (int i = 0; i < 10'000; ++i) {
    const Draw draw{random()};
    wrong += draw.antithetic().uniform() != 1 - draw.uniform();
  }
  CHECK(wrong == 0);
}

TEST_CASE("Uniform draws of a stream fill the unit interval evenly", "[sim][random]") {
  // 64 cells, 64,000 draws: chi-square has 63 degrees of freedom, mean 63, sd sqrt(126) = 11.2; 4 sd above is
  // 108. Consecutive numbers of one lane, and consecutive lanes of one number, are the two ways models draw.
  const Stream stream = sim::Streams{7, 0}.make("test", "uniform");
  const auto by_lane = GENERATE(false, true);
  std::vector<int> cells(64);
  for (std::uint32_t i = 0; i < 64'000; ++i) {
    const Draw draw = by_lane ? stream.draw(0, i) : stream.draw(i, 0);
    ++cells[static_cast<std::size_t>(64 * draw.uniform())];
  }
  double chi_square = 0;
  for (const int count : cells) chi_square += (count - 1000.0) * (count - 1000.0) / 1000.0;
  CHECK(chi_square < 63 + 4 * 11.225);
}
