#pragma once

namespace sim::detail {
/// Prints the broken contract with the simulated time of the calling thread, if any, and aborts.
[[noreturn]] void contract_failed(const char* kind, const char* condition, const char* file,
                                  int line) noexcept;
}  // namespace sim::detail

/// Precondition: a false condition is a bug of the caller. Aborts in every build; never reachable by
/// user input, which loaders validate.
#define SIM_EXPECT(condition)             \
  (static_cast<bool>(condition) ? void(0) \
                                : ::sim::detail::contract_failed("expects", #condition, __FILE__, __LINE__))

/// Postcondition or invariant: a false condition is a bug of the function itself.
#define SIM_ENSURE(condition)             \
  (static_cast<bool>(condition) ? void(0) \
                                : ::sim::detail::contract_failed("ensures", #condition, __FILE__, __LINE__))
