#include "sim/goodness_of_fit.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "sim/contract.hpp"
#include "sim/math.hpp"
#include "sim/special_functions.hpp"

namespace sim {
namespace {

/// Square matrix with a common power of ten taken out, so that high powers do not overflow.
struct ScaledMatrix {
  std::size_t size;
  std::vector<double> cells;
  int tens = 0;

  explicit ScaledMatrix(std::size_t n) : size{n}, cells(n * n) {}
  double& at(std::size_t row, std::size_t column) { return cells[row * size + column]; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return cells[row * size + column]; }
};

ScaledMatrix product(const ScaledMatrix& a, const ScaledMatrix& b) {
  ScaledMatrix result{a.size};
  for (std::size_t row = 0; row < a.size; ++row)
    for (std::size_t k = 0; k < a.size; ++k)
      for (std::size_t column = 0; column < a.size; ++column)
        result.at(row, column) += a.at(row, k) * b.at(k, column);
  result.tens = a.tens + b.tens;
  if (result.at(a.size / 2, a.size / 2) > 1e140) {
    for (double& cell : result.cells) cell *= 1e-140;
    result.tens += 140;
  }
  return result;
}

ScaledMatrix power(ScaledMatrix base, std::size_t exponent) {
  ScaledMatrix result{base.size};
  for (std::size_t i = 0; i < base.size; ++i) result.at(i, i) = 1.0;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) result = product(result, base);
    if (exponent > 1) base = product(base, base);
  }
  return result;
}

/// The matrix H of Marsaglia, Tsang and Wang for n d = k - h, of size 2k - 1.
ScaledMatrix transition_matrix(std::size_t k, double h) {
  const std::size_t size = 2 * k - 1;
  ScaledMatrix matrix{size};
  for (std::size_t row = 0; row < size; ++row)
    for (std::size_t column = 0; column < std::min(row + 2, size); ++column) matrix.at(row, column) = 1.0;
  double h_power = 1.0;
  for (std::size_t i = 0; i < size; ++i) {
    h_power *= h;
    matrix.at(i, 0) -= h_power;
    matrix.at(size - 1, size - 1 - i) -= h_power;
  }
  if (2 * h > 1) {
    double corner = 1.0;
    for (std::size_t i = 0; i < size; ++i) corner *= 2 * h - 1;
    matrix.at(size - 1, 0) += corner;
  }
  for (std::size_t row = 0; row < size; ++row)
    for (std::size_t column = 0; column <= row; ++column)
      for (std::size_t divisor = 2; divisor <= row - column + 1; ++divisor)
        matrix.at(row, column) /= static_cast<double>(divisor);
  return matrix;
}

double exact_tail(std::size_t n, double distance) {
  const double reach = static_cast<double>(n) * distance;
  const auto k = static_cast<std::size_t>(reach) + 1;
  const ScaledMatrix steps = power(transition_matrix(k, static_cast<double>(k) - reach), n);
  // n! / n^n of the central cell; the factors are interleaved with powers of ten as they shrink.
  double value = steps.at(k - 1, k - 1);
  int tens = steps.tens;
  for (std::size_t i = 1; i <= n; ++i) {
    value *= static_cast<double>(i) / static_cast<double>(n);
    if (value < 1e-140) {
      value *= 1e140;
      tens -= 140;
    }
  }
  for (; tens > 0; tens -= 140) value *= 1e140;
  for (; tens < 0; tens += 140) value *= 1e-140;
  return 1.0 - value;
}

double limit_tail(std::size_t n, double distance) {
  const double root = std::sqrt(static_cast<double>(n));
  const double x = (root + 0.12 + 0.11 / root) * distance;
  if (x < 0.3) return 1.0;  // from here on within 1e-5 of 1, and the series below converges slowly
  double sum = 0;
  for (int k = 1; k <= 100; ++k) sum += (k % 2 == 1 ? 2.0 : -2.0) * math::exp(-2.0 * k * k * x * x);
  return sum;
}

}  // namespace

double kolmogorov_tail(std::size_t n, double distance) {
  SIM_EXPECT(n >= 1);
  if (distance <= 0.5 / static_cast<double>(n)) return 1.0;  // the smallest distance there can be
  if (distance >= 1) return 0.0;
  // So far out the exact tail is below the rounding error of 1, from which it would be subtracted.
  const double scaled = static_cast<double>(n) * distance * distance;
  if (scaled > 18) return 2.0 * math::exp(-2.0 * scaled);
  const double tail = n <= 1000 ? exact_tail(n, distance) : limit_tail(n, distance);
  return std::clamp(tail, 0.0, 1.0);
}

double kolmogorov_critical(std::size_t n, double level) {
  SIM_EXPECT(level > 0 && level < 1);
  double low = 0, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (kolmogorov_tail(n, middle) > level ? low : high) = middle;
  }
  return high;
}

FitTest chi_square(std::span<const std::uint64_t> counts, std::span<const double> probabilities) {
  SIM_EXPECT(counts.size() == probabilities.size() && counts.size() >= 2);
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts) total += count;
  double statistic = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    SIM_EXPECT(probabilities[i] > 0);
    const double expected = static_cast<double>(total) * probabilities[i];
    const double excess = static_cast<double>(counts[i]) - expected;
    statistic += excess * excess / expected;
  }
  return {statistic, math::chi_square_tail(statistic, static_cast<double>(counts.size() - 1))};
}

}  // namespace sim
