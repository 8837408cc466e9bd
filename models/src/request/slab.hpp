#pragma once
#include <cstdint>
#include <type_traits>
#include <vector>

#include "sim/contract.hpp"

namespace models {

/// Slots of plain data that are addressed by index and used again once released.
///
/// Memory grows to the largest number of live slots and stays. References are valid until the next add.
template <class T>
class Slab {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  /// @return the index of a slot that holds `value`; O(1) amortised
  std::uint32_t add(const T& value) {
    if (free_.empty()) {
      slots_.push_back(value);
      return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    slots_[index] = value;
    return index;
  }
  void release(std::uint32_t index) { free_.push_back(index); }

  [[nodiscard]] T& operator[](std::uint32_t index) { return slots_[index]; }
  [[nodiscard]] const T& operator[](std::uint32_t index) const { return slots_[index]; }
  [[nodiscard]] std::size_t live() const { return slots_.size() - free_.size(); }
  /// All slots, released ones included (whose content is what they last held).
  [[nodiscard]] const std::vector<T>& slots() const { return slots_; }

 private:
  std::vector<T> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace models
