#pragma once

/// Pieces of gamma and beta densities that lose no digits for large parameters.
/// Source: Loader, "Fast and accurate computation of binomial probabilities", 2000.
namespace sim::math::detail {

/// log_gamma(x) less its leading terms (x - 1/2) log(x) - x + log(2 pi) / 2 (Binet's function); x > 0.
double binet(double x);

/// log(ratio) - t for ratio = 1 + t > 0, without cancellation. Both are passed, each to full relative
/// accuracy.
double log_minus_excess(double ratio, double t);

}  // namespace sim::math::detail
