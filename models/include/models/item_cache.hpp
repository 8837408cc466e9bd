#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/random.hpp"
#include "sim/time.hpp"

namespace models {

/// Popularity of items 0, 1, 2, ...: the probability of item i is proportional to (i + 1)^-exponent.
/// Source: Breslau et al., "Web caching and Zipf-like distributions", INFOCOM 1999.
class ZipfPopularity {
 public:
  /// @param items  > 0; @param exponent  >= 0; O(items)
  ZipfPopularity(std::uint32_t items, double exponent);

  /// The item that a request asks for; O(log items)
  [[nodiscard]] std::uint32_t item(sim::Draw draw) const;
  [[nodiscard]] const std::vector<double>& probabilities() const { return probabilities_; }

 private:
  std::vector<double> probabilities_, cumulative_;
};

/// Which item makes room for another.
enum class Eviction : std::uint8_t { least_recently_used, first_in, random };

/// Holds the items that were asked for, as many as fit; items are of one size. O(1) a request.
class ItemCache {
 public:
  /// @param items  that there are; @param capacity  that fit, > 0
  ItemCache(std::uint32_t items, std::uint32_t capacity, Eviction rule);

  /// Asks for `item`, which is there from now on. @param draw  used by Eviction::random
  /// @return whether it was there
  bool request(std::uint32_t item, sim::Draw draw = {});
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(members_.size()); }

 private:
  struct Link {
    std::uint32_t older = none, newer = none;
    std::uint32_t position = none;  ///< in members_; none: not held
  };
  static constexpr std::uint32_t none = UINT32_MAX;
  void insert(std::uint32_t item);
  void remove(std::uint32_t item);
  void unlink(std::uint32_t item);
  void link_as_newest(std::uint32_t item);

  Eviction rule_;
  std::uint32_t capacity_;
  std::vector<Link> links_;             ///< by item
  std::vector<std::uint32_t> members_;  ///< held items, in no order
  std::uint32_t newest_ = none, oldest_ = none;
};

/// Remembers one item for a time after it was fetched, or after it was last asked for.
class TtlEntry {
 public:
  enum class Rule : std::uint8_t { from_fetch, from_last_request };
  TtlEntry(sim::Duration time_to_live, Rule rule) : time_to_live_{time_to_live}, rule_{rule} {}

  /// @param now  never before an earlier one. @return whether it was there
  bool request(sim::Time now) {
    const bool hit = now < expires_;
    if (!hit || rule_ == Rule::from_last_request) expires_ = now + time_to_live_;
    return hit;
  }

 private:
  sim::Duration time_to_live_;
  Rule rule_;
  sim::Time expires_{};
};

/// Che's approximation of a cache of `capacity` items under independent requests: the time t, in requests,
/// for which the expected number of distinct items asked for within t equals the capacity. Exact for many
/// items. Source: Che, Tung, Wang, IEEE JSAC 20(7), 2002; Fricker, Robert, Roberts, ITC 24, 2012.
/// @param probabilities  of the items, all > 0, sum 1; @pre 0 < capacity < number of items
[[nodiscard]] double characteristic_time(std::span<const double> probabilities, double capacity,
                                         Eviction rule);
/// Share of requests that hit, by the same approximation.
[[nodiscard]] double expected_hit_ratio(std::span<const double> probabilities, double capacity,
                                        Eviction rule);

}  // namespace models
