#include "sim/math.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace sim::math {
namespace {

// 64 * ln 2 as a sum; the high part is a multiple of 2^-37, so that subtracting it from |x| < 1024 is exact.
constexpr double ln_2_64_high = 64 * 0x1.62e42fefa3800p-1;
constexpr double ln_2_64_low = 64 * 0x1.ef35793c76730p-45;

constexpr double sqrt_half_over_pi = 0x1.9884533d43651p-2;  // 1 / sqrt(2 pi)

/// c[0] + c[1] x + ... + c[7] x^7 by Estrin's scheme, which is short in latency.
double polynomial(const std::array<double, 8>& c, double x) {
  const double x2 = x * x;
  return ((c[0] + c[1] * x) + (c[2] + c[3] * x) * x2) +
         ((c[4] + c[5] * x) + (c[6] + c[7] * x) * x2) * (x2 * x2);
}

/// (c[0] x^(N-1) + ... + c[N-1]) by Horner's scheme.
template <std::size_t N>
double horner(const std::array<double, N>& c, double x) {
  double sum = c[0];
  for (std::size_t i = 1; i < N; ++i) sum = sum * x + c[i];
  return sum;
}

/// exp(-z^2/2), z >= 0. The square of z rounded to 1/16 is exact; squaring z itself would lose z^2/2 ulp.
double exp_minus_half_square(double z) {
  const double coarse = std::floor(z * 16.0) / 16.0;
  const double rest = (z - coarse) * (z + coarse);
  return exp(-0.5 * coarse * coarse) * exp(-0.5 * rest);
}

// Normal distribution function after Cody, "Rational Chebyshev approximations for the error function",
// Math. Comp. 23 (1969), in the three ranges of z of his SPECFUN routine ANORM.
double normal_cdf_centre_minus_half(double z) {
  static constexpr std::array<double, 5> numerator{0.065682337918207449113, 2.2352520354606839287,
                                                   161.02823106855587881, 1067.6894854603709582,
                                                   18154.981253343561249};
  static constexpr std::array<double, 5> denominator{1.0, 47.20258190468824187, 976.09855173777669322,
                                                     10260.932208618978205, 45507.789335026729956};
  const double square = z * z;
  return z * horner(numerator, square) / horner(denominator, square);
}

double normal_tail_middle(double z) {
  static constexpr std::array<double, 9> numerator{
      1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412,
      93.506656132177855979,    597.27027639480026226,  2494.5375852903726711,
      6848.1904505362823326,    11602.651437647350124,  9842.7148383839780218};
  static constexpr std::array<double, 9> denominator{1.0,
                                                     22.266688044328115691,
                                                     235.38790178262499861,
                                                     1519.377599407554805,
                                                     6485.558298266760755,
                                                     18615.571640885098091,
                                                     34900.952721145977266,
                                                     38912.003286093271411,
                                                     19685.429676859990727};
  return exp_minus_half_square(z) * (horner(numerator, z) / horner(denominator, z));
}

double normal_tail_far(double z) {
  static constexpr std::array<double, 6> numerator{0.02307344176494017303,  0.21589853405795699,
                                                   0.1274011611602473639,   0.022235277870649807,
                                                   0.001421619193227893466, 2.9112874951168792e-5};
  static constexpr std::array<double, 6> denominator{1.0,
                                                     1.28426009614491121,
                                                     0.468238212480865118,
                                                     0.0659881378689285515,
                                                     0.00378239633202758244,
                                                     7.29751555083966205e-5};
  const double inverse_square = 1.0 / (z * z);
  const double correction =
      inverse_square * horner(numerator, inverse_square) / horner(denominator, inverse_square);
  return exp_minus_half_square(z) * ((sqrt_half_over_pi - correction) / z);
}

}  // namespace

double detail::log_special(double x) {
  if (x == 0) return -infinity;
  if (x == infinity) return infinity;
  if (!(x > 0)) return not_a_number;
  return log_positive(x * 0x1p54) - 54 * ln2;  // subnormal
}

double detail::exp_special(double x) {
  if (x != x) return x;
  if (x > 710.0) return infinity;
  if (x < -746.0) return 0.0;
  if (x > 0) return exp_bounded(x - ln_2_64_high) * (1.0 - ln_2_64_low) * 0x1p64;
  return exp_bounded(x + ln_2_64_high) * (1.0 + ln_2_64_low) * 0x1p-64;
}

double log1p(double x) {
  const double sum = 1.0 + x;
  if (!(sum > 0) || sum == infinity) return log(sum);
  const double lost = x < 1.0 ? x - (sum - 1.0) : 1.0 - (sum - x);
  return lost == 0 ? log_positive(sum) : log_positive(sum) + lost / sum;
}

double expm1(double x) {
  if (!(x >= -700.0 && x <= 700.0)) return exp(x) - 1.0;
  const auto [scale, fraction] = detail::exp_parts(x);
  return (scale - 1.0) + scale * fraction;
}

double pow(double base, double exponent) {
  if (exponent == 0) return 1.0;
  return exp(exponent * log(base));
}

double normal_cdf(double z) {
  const double size = z < 0 ? -z : z;
  if (size <= 0.67448975) return 0.5 + normal_cdf_centre_minus_half(z);
  if (size > 38.6) return z < 0 ? 0.0 : 1.0;
  const double tail = size < 5.656854249492381 ? normal_tail_middle(size) : normal_tail_far(size);
  return z < 0 ? tail : 1.0 - tail;
}

double normal_density(double z) {
  const double size = z < 0 ? -z : z;
  return size < 39.0 ? sqrt_half_over_pi * exp_minus_half_square(size) : 0.0;
}

double normal_quantile(double p) {
  static constexpr std::array<double, 8> a{
      3.3871328727963666080,    1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
      4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static constexpr std::array<double, 8> b{1.0,
                                           4.2313330701600911252e+1,
                                           6.8718700749205790830e+2,
                                           5.3941960214247511077e+3,
                                           2.1213794301586595867e+4,
                                           3.9307895800092710610e+4,
                                           2.8729085735721942674e+4,
                                           5.2264952788528545610e+3};
  static constexpr std::array<double, 8> c{1.42343711074968357734,    4.63033784615654529590,
                                           5.76949722146069140550,    3.64784832476320460504,
                                           1.27045825245236838258,    2.41780725177450611770e-1,
                                           2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr std::array<double, 8> d{1.0,
                                           2.05319162663775882187,
                                           1.67638483018380384940,
                                           6.89767334985100004550e-1,
                                           1.48103976427480074590e-1,
                                           1.51986665636164571966e-2,
                                           5.47593808499534494600e-4,
                                           1.05075007164441684324e-9};
  static constexpr std::array<double, 8> e{6.65790464350110377720,    5.46378491116411436990,
                                           1.78482653991729133580,    2.96560571828504891230e-1,
                                           2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                           2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr std::array<double, 8> f{1.0,
                                           5.99832206555887937690e-1,
                                           1.36929880922735805310e-1,
                                           1.48753612908506148525e-2,
                                           7.86869131145613259100e-4,
                                           1.84631831751005468180e-5,
                                           1.42151175831644588870e-7,
                                           2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(a, r) / polynomial(b, r);
  }
  const double tail = q < 0 ? p : 1.0 - p;
  if (!(tail > 0)) return tail == 0 ? (q < 0 ? -infinity : infinity) : not_a_number;
  const double r = std::sqrt(-log(tail));
  const double z = r <= 5.0 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6)
                            : polynomial(e, r - 5.0) / polynomial(f, r - 5.0);
  return q < 0 ? -z : z;
}

}  // namespace sim::math
