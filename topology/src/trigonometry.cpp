#include "trigonometry.hpp"

#include <array>
#include <cmath>

namespace topology {
namespace {

constexpr double pi = 3.14159265358979323846;

// Taylor series on [-pi/4, pi/4]; the first term left out is below 3e-18.
double sine(double x) {
  constexpr std::array inverse_factorial{1.0 / 6,
                                         1.0 / 120,
                                         1.0 / 5040,
                                         1.0 / 362880,
                                         1.0 / 39916800,
                                         1.0 / 6227020800.0,
                                         1.0 / 1307674368000.0,
                                         1.0 / 355687428096000.0};
  const double square = x * x;
  double sum = 0.0;
  for (auto term = inverse_factorial.rbegin(); term != inverse_factorial.rend(); ++term) {
    sum = *term - square * sum;
  }
  return x - x * (square * sum);
}

double cosine(double x) {
  constexpr std::array inverse_factorial{
      1.0 / 2,       1.0 / 24,        1.0 / 720,           1.0 / 40320,
      1.0 / 3628800, 1.0 / 479001600, 1.0 / 87178291200.0, 1.0 / 20922789888000.0};
  const double square = x * x;
  double sum = 0.0;
  for (auto term = inverse_factorial.rbegin(); term != inverse_factorial.rend(); ++term) {
    sum = *term - square * sum;
  }
  return 1.0 - square * sum;
}

// atan(k / 16), correctly rounded.
constexpr std::array<double, 17> arctangent_table{0.0,
                                                  0.06241880999595735,
                                                  0.12435499454676144,
                                                  0.18534794999569476,
                                                  0.24497866312686414,
                                                  0.3028848683749714,
                                                  0.35877067027057225,
                                                  0.4124104415973873,
                                                  0.4636476090008061,
                                                  0.5123894603107377,
                                                  0.5585993153435624,
                                                  0.6022873461349642,
                                                  0.6435011087932844,
                                                  0.6823165548747481,
                                                  0.7188299996216245,
                                                  0.7531512809621944,
                                                  0.7853981633974483};

// atan(y / x) for 0 <= y <= x, x > 0: tabulated angle plus the series of the small rest (|t| <= 1/32).
double arctangent(double y, double x) {
  const auto nearest = static_cast<std::size_t>(16.0 * (y / x) + 0.5);
  const double tabulated = static_cast<double>(nearest) / 16.0;
  const double t = (y - tabulated * x) / (x + tabulated * y);
  const double square = t * t;
  double series = 0.0;
  for (const double divisor : {11.0, 9.0, 7.0, 5.0, 3.0}) series = 1.0 / divisor - square * series;
  return arctangent_table[nearest] + (t - t * (square * series));
}

}  // namespace

SineCosine sine_cosine_of_degrees(double degrees) {
  const int quarter = static_cast<int>(std::floor(degrees / 90.0 + 0.5));
  const double rest = (degrees - 90.0 * quarter) * (pi / 180.0);
  const double s = sine(rest);
  const double c = cosine(rest);
  switch (((quarter % 4) + 4) % 4) {
    case 0:
      return {s, c};
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    default:
      return {-c, s};
  }
}

double angle_of(double y, double x) { return y <= x ? arctangent(y, x) : pi / 2.0 - arctangent(x, y); }

}  // namespace topology
