#pragma once
#include <cstddef>

namespace test_support {

/// Whether this program counts allocations: it links allocations.cpp, and no sanitizer brings its own
/// operator new.
[[nodiscard]] bool counts_allocations();

/// Number of calls of operator new by this thread so far.
[[nodiscard]] std::size_t allocations();

/// Bytes that this thread has obtained by operator new less those it has given back, as the heap rounds them.
[[nodiscard]] std::ptrdiff_t held_bytes();

}  // namespace test_support
