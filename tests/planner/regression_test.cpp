#include "planner/regression.hpp"

#include <catch2/catch.hpp>

using namespace planner;

namespace {

StoredStudy stored_with(const std::vector<std::optional<double>>& p99) {
  double sum = 0;
  for (const auto& own : p99) sum += *own;
  StoredStudy study;
  study.strategies.push_back(
      {"only", {{"p99(latency{flow=page})", {"ms", {sum / static_cast<double>(p99.size()), p99}, {}}}}, {}});
  return study;
}

Change::Kind kind_of(const StoredStudy& before, const StoredStudy& now, double tolerance) {
  const Regression regression = compare(before, now, tolerance, "before");
  REQUIRE(regression.changes.size() == 1);
  return regression.changes.front().kind;
}

}  // namespace

TEST_CASE("What a result loses when it is stored is no change", "[planner][regression]") {
  // Nine digits are stored: 41.2345678 of 41.23456781.
  const StoredStudy stored = stored_with({41.2345678, 42.3456789}),
                    again = stored_with({41.23456781, 42.34567891});
  CHECK(kind_of(stored, again, 0) == Change::Kind::same);
  // A millionth more in every replication is told where it is asked for.
  CHECK(kind_of(stored, stored_with({41.2346678, 42.3457789}), 0) == Change::Kind::worse);
  CHECK(kind_of(stored, stored_with({41.2346678, 42.3457789}), 0.01) == Change::Kind::same);
}

TEST_CASE("Intervals against an earlier result have the confidence of the look that ended the study",
          "[planner][regression]") {
  const StoredStudy before = stored_with({40.0, 41.0, 42.0});
  StoredStudy now = stored_with({41.0, 43.0, 42.9});
  const double once = compare(before, now, 0, "before").changes.front().delta.high;
  now.look_confidence = 0.99;
  CHECK(compare(before, now, 0, "before").changes.front().delta.high > once);
}
