#pragma once
#include <cstdint>
#include <type_traits>

#include "sim/id.hpp"
#include "sim/time.hpp"

namespace sim {

using EntityId = Id<struct EntityTag>;
using PartitionId = Id<struct PartitionTag>;

/// Position among events of one instant: the creating entity, then that entity's own count.
///
/// No global counter takes part, so the order of a run does not depend on how the work is
/// partitioned. The pair is unique among all events of a run that share a time.
class Order {
 public:
  constexpr Order() = default;
  /// @param creator  < 2^24;  @param count  < 2^40
  constexpr Order(EntityId creator, std::uint64_t count)
      : key_{(static_cast<std::uint64_t>(creator.value()) << 40) | (count & ((1ULL << 40) - 1))} {}
  /// Both in one number of the same order; from_key is its inverse.
  [[nodiscard]] constexpr std::uint64_t key() const { return key_; }
  [[nodiscard]] static constexpr Order from_key(std::uint64_t key) {
    Order order;
    order.key_ = key;
    return order;
  }
  friend constexpr auto operator<=>(Order, Order) = default;

 private:
  std::uint64_t key_ = 0;
};

/// What happens to one entity at one instant: 32 bytes, trivially copyable, payload included.
struct Event {
  Time time{};
  Order order{};           ///< breaks ties of time
  EntityId target{};       ///< who handles it
  std::uint16_t kind = 0;  ///< meaning, private to the target
  std::uint16_t aux = 0;   ///< payload, private to the target
  std::uint64_t data = 0;  ///< payload, private to the target
};
static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>);

/// Strict total order of events: time, then Order.
[[nodiscard]] constexpr bool earlier(const Event& a, const Event& b) {
  return a.time != b.time ? a.time < b.time : a.order < b.order;
}

}  // namespace sim
