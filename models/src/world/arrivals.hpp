#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "models/world_spec.hpp"
#include "sim/random.hpp"

namespace models {

/// Walks along the cumulative rate of a profile: where has the expected number of arrivals grown by x?
///
/// The cumulative rate is piecewise linear and is inverted exactly, but for the rounding of instants to
/// nanoseconds. A step costs O(pieces passed), whole periods are leapt over.
class RateClock {
 public:
  /// @param profile  kept by reference; time 0 lies at its offset
  explicit RateClock(const RateProfile& profile);

  /// Moves on until `amount` >= 0 more arrivals are expected.
  /// @return that instant, or time_never when it is not before `end`
  sim::Time advance(double amount, sim::Time end);

  /// Moves on to `to`, which does not lie behind. @return arrivals expected on the way
  double pass(sim::Time to);

 private:
  void next_piece();
  /// Leaps over whole periods at the beginning of a piece. @return what is left of `amount`, negative: too
  /// far
  double leap(double amount, sim::Time end);

  void enter_piece(std::size_t piece);

  double rate_ = 0.0;    ///< of the present piece
  double within_ = 0.0;  ///< [s] since piece_begin_
  double piece_length_;  ///< [s]
  sim::Time piece_begin_{};
  double per_period_ = 0.0;  ///< expected arrivals of a whole period
  const RateProfile* profile_;
  std::size_t piece_ = 0;
};

/// The turns of a bursty source: whether it bursts, and until when. Stationary from time 0 on.
class BurstClock {
 public:
  /// @param bursts  kept by reference
  BurstClock(const Bursts& bursts, sim::Stream stream);

  [[nodiscard]] double factor() const { return bursting_ ? bursts_->burst : bursts_->calm; }
  /// When the present state ends.
  [[nodiscard]] sim::Time end() const { return end_; }
  void next();

 private:
  void draw_length();

  const Bursts* bursts_;
  sim::Stream stream_;
  std::uint32_t states_ = 0;  ///< begun
  bool bursting_ = false;
  sim::Time end_{};
};

/// The arrival instants of one source, in order: arrival k is the same under every strategy.
class Arrivals {
 public:
  /// @param spec    kept by reference
  /// @param stream  of its unit increments and its phase
  /// @param end     arrivals at or after it do not happen
  Arrivals(const SourceSpec& spec, sim::Stream stream, sim::Time end);

  /// @return the next instant, or time_never (from then on) when there is none
  sim::Time next();

 private:
  sim::Time next_of_profile();
  sim::Time next_of_bursts();
  double next_increment();
  sim::Time next_of_trace();

  const SourceSpec* spec_;
  SourceSpec::Process process_;  ///< of the spec, which is seldom in the cache
  sim::Stream stream_;
  RateClock clock_;
  std::unique_ptr<BurstClock> bursts_;  ///< seldom there, so apart from what every arrival touches
  sim::Time end_;
  std::uint64_t count_ = 0;           ///< instants given out
  std::array<double, 8> increments_;  ///< unit exponential ones of arrivals count_ / 8 * 8 onwards
};

}  // namespace models
