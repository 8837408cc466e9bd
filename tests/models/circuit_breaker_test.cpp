#include "models/circuit_breaker.hpp"

#include <catch2/catch.hpp>

using models::CircuitBreaker;
using sim::operator""s;
using State = CircuitBreaker::State;
using Outcome = CircuitBreaker::Outcome;

namespace {

void record(CircuitBreaker& breaker, sim::Time now, int calls, Outcome outcome) {
  for (int i = 0; i < calls; ++i) {
    REQUIRE(breaker.admits(now));
    breaker.record(now, outcome);
  }
}

const CircuitBreaker::Spec spec{
    .window = 10, .minimum_calls = 4, .threshold = 0.5, .open_for = 60s, .probes = 3};
const sim::Time start = sim::at(1s);

}  // namespace

TEST_CASE("A breaker opens once enough calls are known and the threshold is reached", "[models]") {
  CircuitBreaker breaker{spec};
  record(breaker, start, 3, Outcome::failure);  // three of three, but fewer than four calls are known
  CHECK(breaker.state() == State::closed);
  record(breaker, start, 1, Outcome::success);  // three of four: 75 %
  CHECK(breaker.state() == State::open);
  CHECK_FALSE(breaker.admits(start));
}

TEST_CASE("A breaker forgets outcomes that have left its window", "[models]") {
  CircuitBreaker breaker{spec};
  record(breaker, start, 7, Outcome::success);
  record(breaker, start, 4, Outcome::failure);  // of the last ten: six successes, four failures
  CHECK(breaker.state() == State::closed);
  record(breaker, start, 1, Outcome::failure);  // five of ten
  CHECK(breaker.state() == State::open);
}

TEST_CASE("An open breaker lets probes through after its time and closes if they succeed", "[models]") {
  CircuitBreaker breaker{spec};
  record(breaker, start, 4, Outcome::failure);
  CHECK_FALSE(breaker.admits(start + 60s - sim::Duration{1}));
  for (int probe = 0; probe < 3; ++probe) CHECK(breaker.admits(start + 60s));
  CHECK_FALSE(breaker.admits(start + 60s));  // all three probes are on their way
  CHECK(breaker.state() == State::half_open);
  breaker.record(start + 61s, Outcome::failure);
  breaker.record(start + 61s, Outcome::success);
  CHECK(breaker.state() == State::half_open);
  breaker.record(start + 61s, Outcome::success);  // one of three failed: below one half
  CHECK(breaker.state() == State::closed);
  record(breaker, start + 62s, 3, Outcome::failure);  // the past is forgotten: three are too few to judge
  CHECK(breaker.state() == State::closed);
}

TEST_CASE("A breaker opens again when its probes fail, and ignores calls from before", "[models]") {
  CircuitBreaker breaker{spec};
  record(breaker, start, 4, Outcome::failure);
  breaker.record(start, Outcome::success);  // began before the breaker opened
  CHECK(breaker.state() == State::open);
  for (int probe = 0; probe < 3; ++probe) REQUIRE(breaker.admits(start + 60s));
  breaker.record(start + 61s, Outcome::success);
  breaker.record(start + 61s, Outcome::failure);
  breaker.record(start + 61s, Outcome::failure);
  CHECK(breaker.state() == State::open);
  CHECK_FALSE(breaker.admits(start + 120s));
  CHECK(breaker.admits(start + 121s));
}
