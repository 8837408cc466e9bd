#pragma once
#include <cstdint>
#include <vector>

#include "models/world_spec.hpp"
#include "sim/contract.hpp"

namespace models {

/// Numbers of requests at each of some instances, and which instance has the fewest.
///
/// Instances with the same number stand in a row in the order in which they came to it. All operations are
/// O(1).
class LeastLoaded {
 public:
  explicit LeastLoaded(std::uint32_t instances) : places_(instances), rows_(1) {
    for (std::uint32_t i = 0; i < instances; ++i) append(i);
  }

  [[nodiscard]] std::uint32_t load(std::uint32_t instance) const { return places_[instance].load; }
  /// Of those with the fewest requests the one that has been so for longest. @pre there are instances
  [[nodiscard]] std::uint32_t least() const { return rows_[fewest_].first; }

  void add(std::uint32_t instance) {
    unlink(instance);
    if (++places_[instance].load == rows_.size()) rows_.emplace_back();
    append(instance);
    if (rows_[fewest_].first == none) ++fewest_;  // the one that was alone in its row stands in the next now
  }

  /// @pre load(instance) > 0
  void remove(std::uint32_t instance) {
    SIM_EXPECT(places_[instance].load > 0);
    unlink(instance);
    --places_[instance].load;
    append(instance);
    if (places_[instance].load < fewest_) fewest_ = places_[instance].load;
  }

 private:
  struct Place {
    std::uint32_t load = 0;
    std::uint32_t before = none, after = none;  ///< in its row
  };
  struct Row {
    std::uint32_t first = none, last = none;
  };

  void append(std::uint32_t instance) {
    Place& place = places_[instance];
    Row& row = rows_[place.load];
    place.before = row.last;
    place.after = none;
    (row.last == none ? row.first : places_[row.last].after) = instance;
    row.last = instance;
  }
  void unlink(std::uint32_t instance) {
    const Place& place = places_[instance];
    Row& row = rows_[place.load];
    (place.before == none ? row.first : places_[place.before].after) = place.after;
    (place.after == none ? row.last : places_[place.after].before) = place.before;
  }

  std::vector<Place> places_;  ///< by instance
  std::vector<Row> rows_;      ///< by number of requests
  std::uint32_t fewest_ = 0;
};

}  // namespace models
