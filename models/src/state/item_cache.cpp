#include "models/item_cache.hpp"

#include <algorithm>

#include "sim/contract.hpp"
#include "sim/math.hpp"

namespace models {

ZipfPopularity::ZipfPopularity(std::uint32_t items, double exponent) {
  SIM_EXPECT(items > 0 && exponent >= 0);
  probabilities_.reserve(items);
  double total = 0;
  for (std::uint32_t i = 0; i < items; ++i) {
    probabilities_.push_back(sim::math::pow(i + 1.0, -exponent));
    total += probabilities_.back();
  }
  cumulative_.reserve(items);
  double sum = 0;
  for (double& probability : probabilities_) {
    probability /= total;
    sum += probability;
    cumulative_.push_back(sum);
  }
}

std::uint32_t ZipfPopularity::item(sim::Draw draw) const {
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), draw.uniform());
  // Rounding may leave the last sum below 1.
  const auto index = std::min<std::ptrdiff_t>(found - cumulative_.begin(), std::ssize(cumulative_) - 1);
  return static_cast<std::uint32_t>(index);
}

ItemCache::ItemCache(std::uint32_t items, std::uint32_t capacity, Eviction rule)
    : rule_{rule}, capacity_{capacity}, links_(items) {
  SIM_EXPECT(capacity > 0);
  members_.reserve(std::min(items, capacity));
}

bool ItemCache::request(std::uint32_t item, sim::Draw draw) {
  SIM_EXPECT(item < links_.size());
  if (links_[item].position != none) {
    if (rule_ == Eviction::least_recently_used && newest_ != item) {
      unlink(item);
      link_as_newest(item);
    }
    return true;
  }
  if (members_.size() == capacity_) {
    remove(rule_ == Eviction::random ? members_[static_cast<std::size_t>(draw.uniform() * capacity_)]
                                     : oldest_);
  }
  insert(item);
  return false;
}

void ItemCache::insert(std::uint32_t item) {
  links_[item].position = size();
  members_.push_back(item);
  link_as_newest(item);
}

void ItemCache::remove(std::uint32_t item) {
  unlink(item);
  const std::uint32_t last = members_.back();
  members_[links_[item].position] = last;
  links_[last].position = links_[item].position;
  members_.pop_back();
  links_[item].position = none;
}

void ItemCache::unlink(std::uint32_t item) {
  const Link& link = links_[item];
  (link.newer == none ? newest_ : links_[link.newer].older) = link.older;
  (link.older == none ? oldest_ : links_[link.older].newer) = link.newer;
}

void ItemCache::link_as_newest(std::uint32_t item) {
  links_[item].older = newest_;
  links_[item].newer = none;
  (newest_ == none ? oldest_ : links_[newest_].newer) = item;
  newest_ = item;
}

namespace {

/// Probability that an item asked for with probability p a request is there, at characteristic time t.
double held(double p, double t, Eviction rule) {
  const double expected = p * t;
  return rule == Eviction::least_recently_used ? -sim::math::expm1(-expected) : expected / (1.0 + expected);
}

double expected_size(std::span<const double> probabilities, double t, Eviction rule) {
  double sum = 0;
  for (const double p : probabilities) sum += held(p, t, rule);
  return sum;
}

}  // namespace

double characteristic_time(std::span<const double> probabilities, double capacity, Eviction rule) {
  SIM_EXPECT(capacity > 0 && capacity < static_cast<double>(probabilities.size()));
  double low = 0, high = capacity;
  while (expected_size(probabilities, high, rule) < capacity) {
    low = high;
    high *= 2;
  }
  // The size rises with the time; bisection down to neighbouring numbers.
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    (expected_size(probabilities, middle, rule) < capacity ? low : high) = middle;
  }
}

double expected_hit_ratio(std::span<const double> probabilities, double capacity, Eviction rule) {
  const double t = characteristic_time(probabilities, capacity, rule);
  double hits = 0;
  for (const double p : probabilities) hits += p * held(p, t, rule);
  return hits;
}

}  // namespace models
