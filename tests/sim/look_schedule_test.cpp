#include "sim/look_schedule.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "sim/distribution.hpp"
#include "sim/special_functions.hpp"
#include "sim/statistics.hpp"

using namespace sim;

TEST_CASE("Looks double from the first and end at the maximum", "[sim][looks]") {
  const LookSchedule schedule{5, 32, 0.95};
  REQUIRE(schedule.looks() == 4);
  CHECK(schedule.replications(0) == 5);
  CHECK(schedule.replications(1) == 10);
  CHECK(schedule.replications(2) == 20);
  CHECK(schedule.replications(3) == 32);
  const LookSchedule single{8, 8, 0.9};
  REQUIRE(single.looks() == 1);
  CHECK(single.confidence(0) == Approx(0.9).epsilon(1e-14));
  const LookSchedule longest{2, std::numeric_limits<std::uint32_t>::max(), 0.9};
  CHECK(longest.replications(longest.looks() - 1) == std::numeric_limits<std::uint32_t>::max());
}

TEST_CASE("The looks spend the error budget, no more", "[sim][looks]") {
  const LookSchedule schedule{4, 1000, 0.95};
  double spent = 0;
  for (std::size_t k = 0; k < schedule.looks(); ++k) {
    spent += 1 - schedule.confidence(k);
    if (k > 0) CHECK(schedule.confidence(k) < schedule.confidence(k - 1));
  }
  CHECK(spent == Approx(0.05).epsilon(1e-12));
}

TEST_CASE("Looking early does not make a false difference more likely than agreed", "[sim][looks]") {
  // No difference at all; a study that stops at the first significant look errs in at most 10 % of cases,
  // while looking at the plain 90 % interval each time errs far more often.
  const Distribution noise = Distribution::truncated_normal(0, 1, -math::infinity, math::infinity);
  const LookSchedule schedule{4, 64, 0.9};
  constexpr int studies = 1000;
  int wrong = 0, naive = 0;
  for (std::uint64_t study = 0; study < studies; ++study) {
    std::vector<double> values;
    bool stopped = false, stopped_naive = false;
    for (std::size_t k = 0; k < schedule.looks(); ++k) {
      while (values.size() < schedule.replications(k))
        values.push_back(noise.sample(Stream{study, 9}.draw(static_cast<std::uint32_t>(values.size()))));
      stopped |= !mean_interval(values, schedule.confidence(k)).interval().contains(0.0);
      stopped_naive |= !mean_interval(values, 0.9).interval().contains(0.0);
    }
    wrong += stopped;
    naive += stopped_naive;
  }
  CHECK(wrong <= math::binomial_quantile(0.9995, studies, 0.1));
  CHECK(naive > math::binomial_quantile(0.9995, studies, 0.1));
}
