#pragma once
#include <cstddef>

namespace test_support {

/// Whether this program counts allocations: it links allocations.cpp, and no sanitizer brings its own
/// operator new.
[[nodiscard]] bool counts_allocations();

/// Number of calls of operator new by this thread so far.
[[nodiscard]] std::size_t allocations();

}  // namespace test_support
