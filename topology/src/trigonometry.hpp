#pragma once
namespace topology {

/// Trigonometry of + - * / and sqrt only. The C library's functions differ in the last bit between
/// processors, which could reach a latency; these give the same bits everywhere, within 2e-16 of the truth.

struct SineCosine {
  double sine;
  double cosine;
};

/// @param degrees  in [-360, 360]; multiples of 90 are exact
[[nodiscard]] SineCosine sine_cosine_of_degrees(double degrees);

/// Angle of the point (x, y) from the x axis. [rad] @pre x >= 0, y >= 0, not both 0
[[nodiscard]] double angle_of(double y, double x);

}  // namespace topology
