#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

namespace sim {

/// A few threads that run one function together, again and again; for work in pieces of 10 us and more.
///
/// Members wait actively for up to 0.3 ms (20 us when there are more of them than cores), then sleep
/// until there is more to do. A round costs less than 1 us when they are awake, some 100 us when they sleep.
class Team {
 public:
  /// @param members  with the thread that calls run(), >= 1
  explicit Team(unsigned members);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  [[nodiscard]] unsigned members() const { return static_cast<unsigned>(threads_.size()) + 1; }

  /// Calls work(member) once on every member, numbered from 0, the calling thread; returns when all are done.
  /// What one round wrote is visible to all in the next. @param work  must not throw
  template <class Work>
  void run(Work work) {
    round([](void* what, unsigned member) { (*static_cast<Work*>(what))(member); }, &work);
  }

 private:
  using Call = void (*)(void* what, unsigned member);
  void round(Call call, void* what);
  void serve(unsigned member);

  const std::chrono::nanoseconds patience_;  ///< before it sleeps
  Call call_ = nullptr;                      // null: the end
  void* what_ = nullptr;
  alignas(64) std::atomic<std::uint32_t> round_ = 0;
  alignas(64) std::atomic<std::uint32_t> busy_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace sim
