#include "models/circuit_breaker.hpp"

#include <algorithm>

#include "sim/contract.hpp"

namespace models {

CircuitBreaker::CircuitBreaker(const Spec& spec) : spec_{spec}, last_(spec.window, Outcome::success) {
  SIM_EXPECT(spec.window > 0 && spec.probes > 0);
  SIM_EXPECT(spec.minimum_calls > 0 && spec.minimum_calls <= spec.window);
  SIM_EXPECT(spec.threshold > 0 && spec.threshold <= 1);
}

bool CircuitBreaker::admits(sim::Time now) {
  if (state_ == State::open && now >= reopens_) become(State::half_open);
  if (state_ == State::closed) return true;
  if (state_ == State::open || let_through_ == spec_.probes) return false;
  ++let_through_;
  return true;
}

void CircuitBreaker::record(sim::Time now, Outcome outcome) {
  if (state_ == State::open) return;  // a call that began before
  remember(outcome);
  if (state_ == State::closed) {
    if (known_ >= spec_.minimum_calls && too_many(failures_, known_)) open(now);
    return;
  }
  if (known_ < spec_.probes) return;
  if (too_many(failures_, known_))
    open(now);
  else
    become(State::closed);
}

void CircuitBreaker::remember(Outcome outcome) {
  Outcome& oldest = last_[next_];
  next_ = (next_ + 1) % spec_.window;
  const bool replaces = state_ == State::closed && known_ == spec_.window;
  if (replaces && oldest == Outcome::failure) --failures_;
  if (!replaces) ++known_;
  oldest = outcome;
  if (outcome == Outcome::failure) ++failures_;
}

void CircuitBreaker::become(State state) {
  state_ = state;
  next_ = known_ = failures_ = let_through_ = 0;
}

void CircuitBreaker::open(sim::Time now) {
  become(State::open);
  reopens_ = now + spec_.open_for;
}

bool CircuitBreaker::too_many(std::uint32_t failures, std::uint32_t calls) const {
  return static_cast<double>(failures) >= spec_.threshold * static_cast<double>(calls);
}

}  // namespace models
