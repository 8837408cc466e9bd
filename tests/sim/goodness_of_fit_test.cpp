#include "sim/goodness_of_fit.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/math.hpp"

using namespace sim;

TEST_CASE("The Kolmogorov-Smirnov test of ten values is exact", "[sim][fit]") {
  const std::array sorted{0.1, 0.3, 0.4, 0.7, 0.9, 1.1, 1.2, 1.9, 2.5, 3.3};
  const FitTest test = kolmogorov_smirnov(sorted, [](double x) { return -math::expm1(-x); });
  CHECK(test.statistic == Approx(0.20341469620859048).epsilon(1e-12));
  CHECK(test.p_value == Approx(0.7310462397601136).epsilon(1e-10));
}

TEST_CASE("Kolmogorov's tail has its closed forms at the ends", "[sim][fit]") {
  // One value: D = max(u, 1 - u), so P(D >= d) = 2 (1 - d) for d >= 1/2.
  CHECK(kolmogorov_tail(1, 0.7) == Approx(0.6).epsilon(1e-12));
  // Near the largest distance only one end matters: 2 (1 - d)^n.
  CHECK(kolmogorov_tail(5, 0.9) == Approx(2e-5).epsilon(1e-9));
  // Near the smallest, every value must be in its place: n! (2d - 1/n)^n; n = 4, d = 0.2: 24 * 0.15^4.
  CHECK(kolmogorov_tail(4, 0.2) == Approx(1 - 24 * 0.15 * 0.15 * 0.15 * 0.15).epsilon(1e-12));
  CHECK(kolmogorov_tail(10, 0.05) == 1.0);
  CHECK(kolmogorov_tail(10, 1.0) == 0.0);
  CHECK(kolmogorov_tail(1000, 0.5) < 1e-200);  // at once, though the exact form would take minutes
}

TEST_CASE("Critical distances invert the tail", "[sim][fit]") {
  CHECK(kolmogorov_critical(100, 0.05) == Approx(0.13402791648569537).epsilon(1e-10));
  CHECK(kolmogorov_tail(100, kolmogorov_critical(100, 0.3)) == Approx(0.3).epsilon(1e-9));
  // The limit law takes over at 1000 values, within 1e-3.
  CHECK(std::abs(kolmogorov_tail(1000, 0.04) - kolmogorov_tail(1001, 0.04)) < 1e-3);
  // 1.3581 / sqrt(n) is the 5 % point of the limit law.
  CHECK(kolmogorov_critical(1'000'000, 0.05) == Approx(1.3581e-3).epsilon(1e-3));
}

TEST_CASE("Pearson's statistic of a die", "[sim][fit]") {
  // 60 throws, 10 expected of each: (4 + 1 + 1 + 0 + 1 + 1) / 10 with 5 degrees of freedom.
  const std::array<std::uint64_t, 6> counts{8, 9, 11, 10, 11, 11};
  const std::array<double, 6> fair{1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6};
  CHECK(chi_square(counts, fair).statistic == Approx(0.8).epsilon(1e-12));
  CHECK(chi_square(counts, fair).p_value > 0.95);
  const std::array<std::uint64_t, 6> loaded{30, 6, 6, 6, 6, 6};
  CHECK(chi_square(loaded, fair).p_value < 1e-6);  // statistic (400 + 5 * 16) / 10 = 48
}
