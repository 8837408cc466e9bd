#pragma once
#include <cstdint>

#include "sim/event.hpp"
#include "sim/hash.hpp"

namespace sim {

/// Hash of a set of handled events: which entity met which kind of event when.
///
/// Commutative (a sum of well-mixed terms), so it does not depend on partitioning; a change means that
/// some event moved, appeared or vanished. It proves nothing about correctness.
class Fingerprint {
 public:
  constexpr void add(EntityId entity, Time time, std::uint16_t kind) {
    const std::uint64_t who = (static_cast<std::uint64_t>(entity.value()) << 16) | kind;
    const auto when = static_cast<std::uint64_t>(time.time_since_epoch().count());
    sum_ += mix64(when * 0xd6e8feb86659fd93ULL + who * 0x9e3779b97f4a7c15ULL);
  }
  constexpr void merge(Fingerprint other) { sum_ += other.sum_; }
  /// The one whose value() is `value`, from a file say.
  [[nodiscard]] static constexpr Fingerprint of(std::uint64_t value) {
    Fingerprint result;
    result.sum_ = value;
    return result;
  }
  [[nodiscard]] constexpr std::uint64_t value() const { return sum_; }
  friend constexpr bool operator==(Fingerprint, Fingerprint) = default;

 private:
  std::uint64_t sum_ = 0;
};

}  // namespace sim
