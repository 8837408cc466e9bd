#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sim {

/// Sequential choice of the system with the lowest mean among several.
///
/// If the best mean is lower than every other by at least `indifference`, the best is chosen with a
/// probability of at least `confidence`; systems nearer to it than that may be chosen too. Values of one
/// replication may depend on each other, so common random numbers are allowed, and make it faster. Looking
/// only now and then keeps the guarantee. Assumes values that are independent between replications and
/// about normal.
/// Source: Kim and Nelson, "A fully sequential procedure for indifference-zone selection in simulation",
/// ACM TOMACS 11 (2001), with c = 1.
class BestSelection {
 public:
  struct Spec {
    std::uint32_t systems = 2;      ///< >= 2
    std::uint32_t first_stage = 5;  ///< replications that variances are estimated from, >= 3
    double indifference = 0;        ///< > 0, in the unit of the values
    double confidence = 0.95;       ///< in (1 / systems, 1)
  };
  explicit BestSelection(Spec spec);

  /// Values of every system in the next replication, by system.
  void add(std::span<const double> values);
  /// Drops the systems that are not the best, as far as the replications tell; call from time to time.
  void screen();

  /// Systems that may still be the best, by number.
  [[nodiscard]] const std::vector<std::uint32_t>& remaining() const { return remaining_; }
  /// The choice: the one that remains, or the lowest mean once all pairs had the replications they need.
  [[nodiscard]] std::optional<std::uint32_t> best() const;

 private:
  void end_first_stage();
  [[nodiscard]] double& spread(std::uint32_t a, std::uint32_t b) { return spreads_[a * spec_.systems + b]; }
  [[nodiscard]] bool beaten(std::uint32_t system) const;
  [[nodiscard]] std::uint32_t lowest() const;

  Spec spec_;
  double reach_;  // h^2 of the source
  std::uint32_t replications_ = 0;
  std::vector<double> sums_;                // by system
  std::vector<std::vector<double>> first_;  // replications of the first stage
  std::vector<double> spreads_;             // variance of the difference, by pair
  std::vector<std::uint32_t> remaining_;
};

}  // namespace sim
