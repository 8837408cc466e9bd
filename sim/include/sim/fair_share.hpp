#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/contract.hpp"
#include "sim/time.hpp"

namespace sim {

/// Reckons when work ends that shares a processor: every item present is served at once.
///
/// With `cores` and n items of weight 1 each runs at the speed min(1, cores / n). With one core and weights
/// it is discriminatory sharing: item i gets weight_i / sum of weights. Kept as one virtual clock, so that
/// what comes and goes costs O(log n). Neglects the cost of switching. An end is late by at most a nanosecond
/// or so, as the clock has no finer ones. Events are the owner's: it asks next() after every change.
/// Source: Kleinrock, Queueing Systems II, sec. 4.4 (processor sharing); Parekh and Gallager 1993 (virtual
/// time).
template <class Item>
class FairShare {
 public:
  /// @param cores  > 0; a part of one is a slow core
  explicit FairShare(double cores) : cores_{cores} { SIM_EXPECT(cores > 0); }

  /// @param number  unique among the items present; of those that end together the smaller goes first
  /// @param work    time at full speed, >= 0
  /// @pre now does not precede earlier calls; weight == 1 or there is one core
  void add(Time now, const Item& item, std::uint64_t number, Duration work, std::uint32_t weight = 1) {
    SIM_EXPECT(weight == 1 || cores_ == 1.0);
    advance(now);
    if (entries_.empty()) virtual_time_ = 0;  // keeps the numbers small, so that no precision is lost
    weights_ += weight;
    entries_.push_back({virtual_time_ + static_cast<double>(work.count()) / weight, number, weight, item});
    std::push_heap(entries_.begin(), entries_.end(), later);
  }

  /// When the next item ends if nothing changes before; never while there is none.
  [[nodiscard]] Time next() const {
    if (entries_.empty()) return time_never;
    const double left = std::max(0.0, entries_.front().finish - virtual_time_) / speed();
    return last_ + Duration{static_cast<std::int64_t>(std::ceil(left))};
  }

  /// Removes the item that ends now. @pre now == next()
  Item take(Time now) {
    advance(now);
    std::pop_heap(entries_.begin(), entries_.end(), later);
    const Entry done = entries_.back();
    entries_.pop_back();
    weights_ -= done.weight;
    return done.item;
  }

  [[nodiscard]] std::size_t present() const { return entries_.size(); }

 private:
  struct Entry {
    double finish;  ///< virtual time [ns] at which it is done
    std::uint64_t number;
    std::uint32_t weight;
    Item item;
  };
  static bool later(const Entry& a, const Entry& b) {
    return a.finish != b.finish ? a.finish > b.finish : a.number > b.number;
  }
  [[nodiscard]] double speed() const {  // virtual nanoseconds a nanosecond
    const auto demand = static_cast<double>(weights_);
    return demand <= cores_ ? 1.0 : cores_ / demand;
  }
  void advance(Time now) {
    if (!entries_.empty()) virtual_time_ += static_cast<double>((now - last_).count()) * speed();
    last_ = now;
  }

  double cores_;
  std::vector<Entry> entries_;  ///< heap by `later`
  double virtual_time_ = 0;     ///< [ns] of service that an item of weight 1 would have had
  std::uint64_t weights_ = 0;
  Time last_{};
};

}  // namespace sim
