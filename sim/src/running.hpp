#pragma once
#include "sim/event.hpp"

namespace sim::detail {

/// Marks, for the message of a broken contract, which event this thread is handling while it lives.
class Running {
 public:
  explicit Running(const Event& event) : outer_{current} { current = &event; }
  ~Running() { current = outer_; }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// The event under way on this thread, null outside of engines. Read by diagnostics only.
  static constinit thread_local const Event* current;

 private:
  const Event* outer_;
};

}  // namespace sim::detail
