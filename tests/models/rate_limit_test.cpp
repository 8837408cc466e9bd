#include <catch2/catch.hpp>

#include "models/retry_budget.hpp"
#include "models/token_bucket.hpp"

using models::RetryBudget;
using models::TokenBucket;
using sim::operator""s;
using sim::operator""ms;

TEST_CASE("A retry budget allows retries while more than half of its tokens are left", "[models]") {
  // gRPC A6: maxTokens 10, tokenRatio 0.1; the threshold is 5.
  RetryBudget budget{{.tokens = 10, .ratio = 0.1}};
  for (int failure = 1; failure <= 4; ++failure) budget.record_failure();
  CHECK(budget.allows_retry());  // 6 left
  budget.record_failure();
  CHECK_FALSE(budget.allows_retry());  // 5 left
  budget.record_success();
  CHECK(budget.allows_retry());  // 5.1
}

TEST_CASE("A retry budget stays between none and all of its tokens", "[models]") {
  RetryBudget budget{{.tokens = 2, .ratio = 0.5}};
  for (int success = 0; success < 100; ++success) budget.record_success();
  budget.record_failure();
  CHECK_FALSE(budget.allows_retry());  // 2 - 1 = 1 is not more than half
  for (int failure = 0; failure < 100; ++failure) budget.record_failure();
  budget.record_success();
  budget.record_success();
  CHECK_FALSE(budget.allows_retry());  // 0 + 2 * 0.5
  budget.record_success();
  CHECK(budget.allows_retry());  // 1.5
}

TEST_CASE("A token bucket passes its burst, then its rate", "[models]") {
  TokenBucket bucket{{.period = 10s, .refill = 2, .depth = 3}};
  for (int i = 0; i < 3; ++i) CHECK(bucket.take(sim::at(1s)));
  CHECK_FALSE(bucket.take(sim::at(9s)));
  CHECK(bucket.next_refill() == sim::at(10s));
  CHECK(bucket.take(sim::at(10s)));
  CHECK(bucket.take(sim::at(10s)));
  CHECK_FALSE(bucket.take(sim::at(19s)));
  for (int i = 0; i < 3; ++i) CHECK(bucket.take(sim::at(3600s)));  // no more than the depth
  CHECK_FALSE(bucket.take(sim::at(3600s)));
}
