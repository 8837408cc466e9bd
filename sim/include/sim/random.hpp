#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include <Random123/philox.h>

#include "sim/hash.hpp"

namespace sim {

/// A uniform draw: 64 random bits, read as a number strictly between 0 and 1.
struct Draw {
  std::uint64_t bits = 0;
  /// (k + 1/2) / 2^52 with k the upper 52 bits; exact, so never 0 or 1 and symmetric about 1/2 (with 53
  /// bits the largest k would round to 1).
  [[nodiscard]] constexpr double uniform() const {
    return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
  }
  /// The draw that uses 1 - u in place of u (antithetic).
  [[nodiscard]] constexpr Draw antithetic() const { return Draw{~bits}; }
};

/// Random stream addressed by number instead of by order: draw k is a pure function of
/// (seed, replication, purpose, entity, k).
///
/// So the same request meets the same draws under every strategy (common random numbers), no matter what
/// else the model draws, and adding an entity changes nobody else's. Philox4x32-10 of Random123.
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
class Stream {
 public:
  Stream() = default;
  /// @param key     hash of seed, replication and purpose
  /// @param entity  hash of the entity's name
  constexpr Stream(std::uint64_t key, std::uint64_t entity) : key_{key}, entity_{entity} {}

  /// Draw `lane` of element `number`. @param number < 2^32; @param lane < 2^33 (two lanes cost one block)
  [[nodiscard]] Draw draw(std::uint32_t number, std::uint32_t lane = 0) const {
    const auto block = r123::Philox4x32{}({{number, lane >> 1, static_cast<std::uint32_t>(entity_),
                                            static_cast<std::uint32_t>(entity_ >> 32)}},
                                          {{static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)}});
    return (lane & 1) ? Draw{(static_cast<std::uint64_t>(block[3]) << 32) | block[2]}
                      : Draw{(static_cast<std::uint64_t>(block[1]) << 32) | block[0]};
  }
  [[nodiscard]] constexpr std::uint64_t key() const { return key_; }
  [[nodiscard]] constexpr std::uint64_t entity() const { return entity_; }

 private:
  std::uint64_t key_ = 0;
  std::uint64_t entity_ = 0;
};

/// Makes the streams of one replication.
class Streams {
 public:
  constexpr Streams(std::uint64_t seed, std::uint32_t replication)
      : root_{combine(mix64(seed ^ 0x6973'6f63'6872'6f6eULL), replication)} {}

  /// The stream for `purpose` ("arrivals", "service") of the entity called `entity`.
  [[nodiscard]] constexpr Stream make(std::string_view purpose, std::string_view entity) const {
    return Stream{combine(root_, hash_name(purpose)), hash_name(entity)};
  }

 private:
  std::uint64_t root_;
};

}  // namespace sim
