#pragma once
#include <cstddef>
#include <functional>

namespace cli {

/// Calls work(i) once for each i below `count`, at most `at_once` at a time; with one, in order and in the
/// calling thread. Ends when all have ended; the first that throws keeps further ones from beginning, and its
/// exception is passed on.
void side_by_side(std::size_t count, std::size_t at_once, const std::function<void(std::size_t)>& work);

}  // namespace cli
