#pragma once
#include <algorithm>
#include <cstdint>

namespace models {

/// Keeps retries from multiplying the load of a service in trouble.
///
/// Begins with `tokens`. A failure takes one token, a success gives back `ratio` of one, between 0 and
/// `tokens`; a call is retried only while more than half of the tokens are there.
/// Source: gRPC proposal A6, "Throttling Retry Attempts and Hedged RPCs"; like there, the ratio counts in
/// thousandths.
class RetryBudget {
 public:
  struct Spec {
    std::uint32_t tokens = 10;  ///< 1..1,000,000
    double ratio = 0.1;         ///< > 0; decimals beyond the third are ignored

    friend bool operator==(const Spec&, const Spec&) = default;
  };

  explicit RetryBudget(const Spec& spec)
      : most_{std::uint64_t{spec.tokens} * unit},
        left_{most_},
        ratio_{static_cast<std::uint64_t>(spec.ratio * double{unit} + 1e-6)} {}

  void record_failure() { left_ -= std::min(left_, unit); }
  void record_success() { left_ = std::min(left_ + ratio_, most_); }
  [[nodiscard]] bool allows_retry() const { return 2 * left_ > most_; }

 private:
  static constexpr std::uint64_t unit = 1000;
  std::uint64_t most_, left_, ratio_;  ///< [1/1000 token]
};

}  // namespace models
