#pragma once
#include <algorithm>
#include <cstdint>

#include "sim/time.hpp"

namespace models {

/// A rate limit with bursts: `refill` tokens drop into a bucket every `period`, counted from time 0, and
/// those that find `depth` in it are lost.
///
/// Quotas of platforms are buckets: Lambda's scale-out of a function is 1,000 instances every 10 s.
/// Source: Turner, IEEE Communications 24(10), 1986; AWS Lambda Developer Guide, "Lambda scaling behavior".
class TokenBucket {
 public:
  struct Spec {
    sim::Duration period{1'000'000'000};  ///< > 0
    std::uint64_t refill = 1;             ///< tokens a period
    std::uint64_t depth = 1;              ///< most tokens at once; full at time 0

    friend bool operator==(const Spec&, const Spec&) = default;
  };

  explicit TokenBucket(const Spec& spec) : spec_{spec}, tokens_{spec.depth} {}

  /// Takes a token if there is one. @param now  never before an earlier one. O(1)
  [[nodiscard]] bool take(sim::Time now) {
    const auto period = static_cast<std::uint64_t>((now - sim::time_zero) / spec_.period);
    if (period > period_) {
      const std::uint64_t missing = spec_.depth - tokens_;
      const std::uint64_t periods = std::min(period - period_, missing);  // no more can matter
      tokens_ = std::min(tokens_ + periods * spec_.refill, spec_.depth);
      period_ = period;
    }
    if (tokens_ == 0) return false;
    --tokens_;
    return true;
  }
  /// When the next tokens drop in.
  [[nodiscard]] sim::Time next_refill() const {
    return sim::time_zero + spec_.period * static_cast<std::int64_t>(period_ + 1);
  }

 private:
  Spec spec_;
  std::uint64_t tokens_;
  std::uint64_t period_ = 0;
};

}  // namespace models
