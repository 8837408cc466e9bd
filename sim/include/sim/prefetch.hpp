#pragma once
#include <atomic>
#include <cstddef>

namespace sim {

/// Asks for the cache line at `address`, which need not be valid. Worth while when something else can be done
/// for the 100 ns or so that it takes; no effect on results.
inline void prefetch(const void* address) {
  __builtin_prefetch(address, 1, 2);
  // g++ 12 takes a function that does nothing but prefetch for one without effect, and drops its calls.
  std::atomic_signal_fence(std::memory_order_relaxed);
}

/// prefetch() of all lines of [address, address + bytes), whose waits overlap.
inline void prefetch(const void* address, std::size_t bytes) {
  constexpr std::size_t line = 64;
  for (std::size_t at = 0; at < bytes; at += line) prefetch(static_cast<const char*>(address) + at);
}

}  // namespace sim
