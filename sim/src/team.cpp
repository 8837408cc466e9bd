#include "sim/team.hpp"

#include "sim/contract.hpp"

namespace sim {
namespace {

/// How long a member waits actively. A core that sleeps takes a while to wake, and has often lost its cache
/// to somebody else by then; but one that waits must not keep it from a member that works.
constexpr std::chrono::microseconds patience_on_own_core{300}, patience_on_shared_core{20};

/// Until `value` is no longer `old`.
void await_change(const std::atomic<std::uint32_t>& value, std::uint32_t old,
                  std::chrono::nanoseconds patience) {
  constexpr int looks_between_clocks = 32;
  const auto end = std::chrono::steady_clock::now() + patience;
  do {
    for (int i = 0; i < looks_between_clocks; ++i) {
      if (value.load(std::memory_order_acquire) != old) return;
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
  } while (std::chrono::steady_clock::now() < end);
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

Team::Team(unsigned members)
    : patience_{members <= std::thread::hardware_concurrency() ? patience_on_own_core
                                                               : patience_on_shared_core} {
  SIM_EXPECT(members >= 1);
  threads_.reserve(members - 1);
  for (unsigned member = 1; member < members; ++member)
    threads_.emplace_back([this, member] { serve(member); });
}

Team::~Team() {
  call_ = nullptr;
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Team::round(Call call, void* what) {
  call_ = call;
  what_ = what;
  busy_.store(static_cast<std::uint32_t>(threads_.size()), std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  call(what, 0);
  for (std::uint32_t busy; (busy = busy_.load(std::memory_order_acquire)) > 0;)
    await_change(busy_, busy, patience_);
}

void Team::serve(unsigned member) {
  for (std::uint32_t done = 0;; ++done) {
    await_change(round_, done, patience_);
    if (call_ == nullptr) return;
    call_(what_, member);
    busy_.fetch_sub(1, std::memory_order_acq_rel);
    busy_.notify_one();
  }
}

}  // namespace sim
