#pragma once
#include <cstdint>
#include <vector>

#include "sim/time.hpp"

namespace models {

/// Learns from the idle times of an application when to unload it and when to load it again.
///
/// Idle times are counted in bins. Where the histogram tells something (counts vary enough between bins, few
/// times beyond its range), the application is unloaded when it falls idle, loaded again shortly before the
/// time that few idle times are shorter than, and kept until the time that few are longer than. Elsewhere it
/// is kept for the whole range. Source: Shahrad et al., "Serverless in the Wild", USENIX ATC 2020, sec. 4.
/// Neglects its third part, the forecast (ARIMA) of applications whose idle times exceed the range.
class HybridKeepAlive {
 public:
  struct Spec {
    sim::Duration bin{60'000'000'000};  ///< > 0
    std::uint32_t bins = 240;           ///< range: four hours; > 0
    double head = 0.05, tail = 0.99;    ///< shares of the idle times that are shorter, head <= tail
    double margin = 0.1;                ///< by which the head is put earlier and the tail later
    double least_variation = 2;         ///< coefficient of variation of the bins' counts
    double most_beyond = 0.5;           ///< share of idle times beyond the range

    friend bool operator==(const Spec&, const Spec&) = default;
  };
  /// What to do with an application that falls idle.
  struct Windows {
    sim::Duration unloaded{};  ///< until it is loaded again; 0: it stays
    sim::Duration kept{};      ///< from then on
  };

  explicit HybridKeepAlive(const Spec& spec) : spec_{spec}, counts_(spec.bins, 0) {}

  /// An idle time has ended. O(1)
  void observe(sim::Duration idle);
  /// O(bins) after an observation, else O(1)
  [[nodiscard]] Windows windows();

 private:
  [[nodiscard]] bool is_representative() const;
  [[nodiscard]] std::uint32_t bin_of_share(double share) const;

  Spec spec_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t within_ = 0, beyond_ = 0;
  double squares_ = 0;  ///< sum of the counts' squares; whole, so exact
  bool known_ = false;
  Windows windows_;
};

}  // namespace models
