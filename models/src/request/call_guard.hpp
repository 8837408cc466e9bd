#pragma once
#include <optional>

#include "models/world.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// State of a GuardSpec: what one caller knows of one service, and what became of its calls.
class CallGuard {
 public:
  CallGuard(const GuardSpec& spec, RecordedSpan span) : span_{span} {
    if (spec.breaker) breaker_.emplace(*spec.breaker);
    if (spec.budget) budget_.emplace(*spec.budget);
  }

  /// Whether an attempt may begin.
  [[nodiscard]] bool admits(sim::Time now) {
    const bool admitted = !breaker_ || breaker_->admits(now);
    count(now, admitted ? result_.attempts : result_.turned_away);
    return admitted;
  }
  void timed_out(sim::Time now) { count(now, result_.timed_out); }
  void hedged(sim::Time now) { count(now, result_.hedged); }
  void succeeded(sim::Time now) {
    if (breaker_) breaker_->record(now, CircuitBreaker::Outcome::success);
    if (budget_) budget_->record_success();
  }
  void failed(sim::Time now) {
    count(now, result_.failed);
    if (breaker_) breaker_->record(now, CircuitBreaker::Outcome::failure);
    if (budget_) budget_->record_failure();
  }
  /// Whether a call that has just failed may be tried again.
  [[nodiscard]] bool allows_retry(sim::Time now) {
    const bool allowed = !budget_ || budget_->allows_retry();
    count(now, allowed ? result_.retried : result_.not_retried);
    return allowed;
  }

  [[nodiscard]] const GuardResult& result() const { return result_; }

 private:
  void count(sim::Time now, std::uint64_t& counter) const { counter += span_.contains(now) ? 1 : 0; }

  RecordedSpan span_;
  std::optional<CircuitBreaker> breaker_;
  std::optional<RetryBudget> budget_;
  GuardResult result_;
};

}  // namespace models
