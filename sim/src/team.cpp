#include "sim/team.hpp"

#include "sim/contract.hpp"

namespace sim {
namespace {

/// Until `value` is no longer `old`.
void await_change(const std::atomic<std::uint32_t>& value, std::uint32_t old) {
  constexpr int active_looks = 1000;
  for (int i = 0; i < active_looks; ++i) {
    if (value.load(std::memory_order_acquire) != old) return;
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

Team::Team(unsigned members) {
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
  for (std::uint32_t busy; (busy = busy_.load(std::memory_order_acquire)) > 0;) await_change(busy_, busy);
}

void Team::serve(unsigned member) {
  for (std::uint32_t done = 0;; ++done) {
    await_change(round_, done);
    if (call_ == nullptr) return;
    call_(what_, member);
    busy_.fetch_sub(1, std::memory_order_acq_rel);
    busy_.notify_one();
  }
}

}  // namespace sim
