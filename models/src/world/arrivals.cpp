#include "world/arrivals.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <tuple>

#include "sim/contract.hpp"
#include "sim/math.hpp"

namespace models {
namespace {

/// Lane of the burst's draws; increments and phase have 0 and 1.
constexpr std::uint32_t burst_lane = 2;

}  // namespace

RateClock::RateClock(const RateProfile& profile)
    : piece_length_{sim::to_seconds(profile.step)}, profile_{&profile} {
  if (profile.rates.empty()) return;  // expects nothing, ever
  SIM_EXPECT(profile.step > sim::Duration{0});
  for (const double rate : profile.rates) {
    SIM_EXPECT(rate >= 0 && rate <= 1e12);
    per_period_ += rate * piece_length_;
  }
  const auto pieces = static_cast<std::int64_t>(profile.rates.size());
  const std::int64_t step = profile.step.count();
  const std::int64_t offset = profile.offset.count();
  // Floored division, so that a negative offset works too.
  const std::int64_t pieces_before = offset / step - (offset % step < 0 ? 1 : 0);
  const sim::Duration into_piece{offset - pieces_before * step};
  enter_piece(static_cast<std::size_t>(((pieces_before % pieces) + pieces) % pieces));
  piece_begin_ = sim::time_zero - into_piece;
  within_ = sim::to_seconds(into_piece);
}

void RateClock::next_piece() {
  piece_begin_ += profile_->step;
  within_ = 0.0;
  enter_piece(piece_ + 1 == profile_->rates.size() ? 0 : piece_ + 1);
}

void RateClock::enter_piece(std::size_t piece) {
  piece_ = piece;
  rate_ = profile_->rates[piece];
}

double RateClock::leap(double amount, sim::Time end) {
  const double periods = std::floor(amount / per_period_);
  const sim::Duration period = profile_->step * static_cast<std::int64_t>(profile_->rates.size());
  if (periods > static_cast<double>((end - piece_begin_) / period)) return -1.0;
  piece_begin_ += period * static_cast<std::int64_t>(periods);
  return std::max(0.0, amount - periods * per_period_);
}

sim::Time RateClock::advance(double amount, sim::Time end) {
  if (per_period_ <= 0.0) return sim::time_never;
  bool leapt = false;
  while (piece_begin_ < end) {
    const double rest_of_piece = rate_ * (piece_length_ - within_);
    if (amount <= rest_of_piece && rate_ > 0.0) {
      within_ = std::min(piece_length_, within_ + amount / rate_);
      const sim::Time instant = piece_begin_ + sim::from_seconds(within_);
      return instant < end ? instant : sim::time_never;
    }
    amount -= rest_of_piece;
    next_piece();
    if (leapt) continue;
    leapt = true;
    amount = leap(amount, end);
    if (amount < 0.0) return sim::time_never;
  }
  return sim::time_never;
}

double RateClock::pass(sim::Time to) {
  if (profile_->rates.empty()) return 0.0;
  double passed = 0;
  while (piece_begin_ + profile_->step <= to) {
    passed += rate_ * (piece_length_ - within_);
    next_piece();
  }
  const double into_piece = sim::to_seconds(to - piece_begin_);
  passed += rate_ * std::max(0.0, into_piece - within_);
  within_ = std::max(within_, into_piece);
  return passed;
}

BurstClock::BurstClock(const Bursts& bursts, sim::Stream stream) : bursts_{&bursts}, stream_{stream} {
  SIM_EXPECT(bursts.calm >= 0 && bursts.burst >= 0);
  SIM_EXPECT(bursts.calm_mean > sim::Duration{0} && bursts.burst_mean > sim::Duration{0});
  const double burst = sim::to_seconds(bursts.burst_mean), calm = sim::to_seconds(bursts.calm_mean);
  // Exponential lengths have no memory: what is left of the state that time 0 falls into is one of them.
  bursting_ = stream_.draw(0, burst_lane).uniform() * (burst + calm) < burst;
  end_ = sim::time_zero;
  draw_length();
}

void BurstClock::next() {
  bursting_ = !bursting_;
  draw_length();
}

void BurstClock::draw_length() {
  const double mean = sim::to_seconds(bursting_ ? bursts_->burst_mean : bursts_->calm_mean);
  const double length = mean * sim::math::exponential_quantile(stream_.draw(++states_, burst_lane).uniform());
  // Never without progress, however short the mean.
  end_ += std::max(sim::from_seconds(length), sim::Duration{1});
}

Arrivals::Arrivals(const SourceSpec& spec, sim::Stream stream, sim::Time end)
    : spec_{&spec}, process_{spec.process}, stream_{stream}, clock_{spec.profile}, end_{end}, increments_{} {
  if (spec.bursts) bursts_ = std::make_unique<BurstClock>(*spec.bursts, stream);
}

sim::Time Arrivals::next() {
  const sim::Time instant = process_ == SourceSpec::Process::trace ? next_of_trace() : next_of_profile();
  ++count_;
  if (instant == sim::time_never) end_ = sim::time_zero;
  return instant;
}

sim::Time Arrivals::next_of_trace() {
  if (count_ >= spec_->times.size()) return sim::time_never;
  const sim::Time instant = sim::at(spec_->times[count_]);
  SIM_EXPECT(instant >= sim::time_zero && (count_ == 0 || spec_->times[count_ - 1] <= spec_->times[count_]));
  return instant < end_ ? instant : sim::time_never;
}

sim::Time Arrivals::next_of_profile() {
  if (bursts_) return next_of_bursts();
  if (process_ == SourceSpec::Process::poisson) return clock_.advance(next_increment(), end_);
  const bool waits_for_phase = count_ == 0;
  if (!waits_for_phase) return clock_.advance(1.0, end_);
  const bool aligned = spec_->phase == SourceSpec::Phase::aligned;
  return clock_.advance(aligned ? 0.0 : stream_.draw(0).uniform(), end_);
}

// The unit increments are those of the source without bursts: they are passed in the time that the rate and
// the factor of the present state make together.
sim::Time Arrivals::next_of_bursts() {
  double left = next_increment();
  while (true) {
    const double factor = bursts_->factor();
    const sim::Time until = std::min(bursts_->end(), end_);
    if (factor > 0) {
      RateClock ahead = clock_;
      const sim::Time instant = ahead.advance(left / factor, until);
      if (instant != sim::time_never) {
        clock_ = ahead;
        return instant;
      }
    }
    if (until == end_) return sim::time_never;
    left = std::max(0.0, left - factor * clock_.pass(until));
    bursts_->next();
  }
}

// Arrival k uses lane k % 2 of element k / 2, so that a batch costs half.
double Arrivals::next_increment() {
  constexpr std::size_t batch = std::tuple_size_v<decltype(increments_)>;
  const std::size_t place = count_ % batch;
  if (place == 0) {
    std::array<sim::Draw, batch / 2> even, odd;
    stream_.fill_pairs(static_cast<std::uint32_t>(count_ / 2), 0, even, odd);
    for (std::size_t i = 0; i < batch / 2; ++i) {
      increments_[2 * i] = sim::math::exponential_quantile(even[i].uniform());
      increments_[2 * i + 1] = sim::math::exponential_quantile(odd[i].uniform());
    }
  }
  return increments_[place];
}

}  // namespace models
