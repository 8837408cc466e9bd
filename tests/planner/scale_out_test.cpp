#include <catch2/catch.hpp>

#include "planner/compile.hpp"
#include "small_scenario.hpp"

using namespace test_support;

namespace {

/// The small scenario with its cloud pool starting instances on demand, and `more` said of it.
std::string elastic(const std::string& more) {
  const std::string text =
      with(small_scenario, R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })",
           R"("box": { "kind": "elastic", "cold_start": "1 s", "keep_alive": "5 min")" + more + " }");
  return with(text, R"("cloud": { "replicas": 6 })", R"("cloud": {})");
}

}  // namespace

TEST_CASE("A scale-out limit reaches the pool of each service", "[planner]") {
  const auto limit = [](const std::string& more) {
    return planner::compile(scenario(elastic(more))).world.pools.at(0).scale_out;
  };
  using sim::operator""s;
  CHECK_FALSE(limit("").has_value());
  CHECK(limit(R"(, "scale_out": { "instances": 1000, "per": "10 s" })") ==
        models::TokenBucket::Spec{.period = 10s, .refill = 1000, .depth = 1000});
  CHECK(limit(R"(, "scale_out": { "instances": 500, "per": "1 min", "burst": 3000 })") ==
        models::TokenBucket::Spec{.period = 60s, .refill = 500, .depth = 3000});
}

TEST_CASE("A scale-out limit has no place among nodes", "[planner]") {
  const auto issues = issues_of(
      with(small_scenario, R"("nodes": 9)", R"("scale_out": { "instances": 1, "per": "1 s" }, "nodes": 9)"));
  REQUIRE(issues.size() == 1);
  CHECK(planner::name(issues[0].code) == "E1110");
}
