#include "side_by_side.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <vector>

namespace cli {

void side_by_side(std::size_t count, std::size_t at_once, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto work_on = [&] {
    try {
      for (std::size_t i; (i = next.fetch_add(1)) < count;) work(i);
    } catch (...) {
      next = count;
      throw;
    }
  };
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < std::min(count, at_once); ++i)
    others.push_back(std::async(std::launch::async, work_on));
  std::exception_ptr failure;
  const auto note_failure = [&failure](const auto& ending) {
    try {
      ending();
    } catch (...) {
      if (!failure) failure = std::current_exception();
    }
  };
  note_failure(work_on);
  for (std::future<void>& other : others) note_failure([&other] { other.get(); });
  if (failure) std::rethrow_exception(failure);
}

}  // namespace cli
