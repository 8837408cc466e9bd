#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <limits>

namespace sim {

/// Typed index of an entity of kind `Tag`: dense from 0, with one invalid value.
///
/// Ids of different tags do not convert into each other or into integers. 4 bytes.
template <class Tag>
class Id {
 public:
  using value_type = std::uint32_t;

  constexpr Id() = default;
  constexpr explicit Id(value_type value) : value_{value} {}

  [[nodiscard]] constexpr bool valid() const { return value_ != invalid_value; }
  /// The index; meaningless when not valid().
  [[nodiscard]] constexpr value_type value() const { return value_; }

  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  static constexpr value_type invalid_value = std::numeric_limits<value_type>::max();
  value_type value_ = invalid_value;
};

}  // namespace sim

template <class Tag>
struct std::hash<sim::Id<Tag>> {
  std::size_t operator()(sim::Id<Tag> id) const noexcept { return id.value(); }
};
