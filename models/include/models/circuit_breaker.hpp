#pragma once
#include <cstdint>
#include <vector>

#include "sim/time.hpp"

namespace models {

/// Stops calls to a service that keeps failing, and tries again after a while.
///
/// Closed, it keeps the outcomes of the last `window` calls and opens when at least `minimum_calls` are known
/// and the share of failures reaches `threshold`. Open, it turns calls away for `open_for`. Then it is half
/// open: it lets `probes` calls through and turns the others away; once all probes are known it closes
/// (forgetting the past) or opens again, by the same threshold.
/// Source: Resilience4j CircuitBreaker, COUNT_BASED sliding window
/// (resilience4j.readme.io/docs/circuitbreaker). O(1) a call; neglects the rule for slow calls.
class CircuitBreaker {
 public:
  struct Spec {
    std::uint32_t window = 100;         ///< calls, > 0
    std::uint32_t minimum_calls = 100;  ///< 1..window
    double threshold = 0.5;             ///< share of failures, in (0, 1]
    sim::Duration open_for{60'000'000'000};
    std::uint32_t probes = 10;  ///< > 0

    friend bool operator==(const Spec&, const Spec&) = default;
  };
  enum class State : std::uint8_t { closed, open, half_open };
  enum class Outcome : std::uint8_t { success, failure };

  explicit CircuitBreaker(const Spec& spec);

  /// Whether a call may be made now; a probe is used up by being let through.
  [[nodiscard]] bool admits(sim::Time now);
  /// Tells how a call that was let through has ended.
  void record(sim::Time now, Outcome outcome);
  [[nodiscard]] State state() const { return state_; }

 private:
  void become(State state);
  void open(sim::Time now);
  void remember(Outcome outcome);
  [[nodiscard]] bool too_many(std::uint32_t failures, std::uint32_t calls) const;

  Spec spec_;
  State state_ = State::closed;
  sim::Time reopens_{};
  std::vector<Outcome> last_;  ///< ring of the outcomes of the closed state
  std::uint32_t next_ = 0, known_ = 0, failures_ = 0;
  std::uint32_t let_through_ = 0;  ///< probes
};

}  // namespace models
