#pragma once
#include <cstdint>
#include <vector>

#include "models/world_spec.hpp"
#include "sim/contract.hpp"
#include "sim/random.hpp"

namespace models {

/// The instances of a pool that could take a request at once, in the order of their last activity.
///
/// Instances are known by number. All operations are O(1): the order is a linked list, and for
/// Dispatch::random an array stands beside it.
class OpenInstances {
 public:
  explicit OpenInstances(Dispatch rule) : rule_{rule} {}

  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// Adds an instance as the one most recently active. @pre it is not in
  void add(std::uint32_t instance) {
    if (instance >= links_.size()) links_.resize(instance + 1);
    Link& link = links_[instance];
    SIM_EXPECT(!link.in);
    link = {newest_, none, size_, true};
    (newest_ == none ? oldest_ : links_[newest_].newer) = instance;
    newest_ = instance;
    if (rule_ == Dispatch::random) members_.push_back(instance);
    ++size_;
  }

  /// @pre it is in
  void remove(std::uint32_t instance) {
    Link& link = links_[instance];
    SIM_EXPECT(link.in);
    (link.newer == none ? newest_ : links_[link.newer].older) = link.older;
    (link.older == none ? oldest_ : links_[link.older].newer) = link.newer;
    if (rule_ == Dispatch::random) {
      members_[link.position] = members_.back();
      links_[members_.back()].position = link.position;
      members_.pop_back();
    }
    link.in = false;
    --size_;
  }

  [[nodiscard]] bool contains(std::uint32_t instance) const {
    return instance < links_.size() && links_[instance].in;
  }

  /// The instance that the rule prefers. @param draw  used by Dispatch::random. @pre !empty()
  [[nodiscard]] std::uint32_t pick(sim::Draw draw) const {
    if (rule_ == Dispatch::most_recently_used) return newest_;
    if (rule_ == Dispatch::longest_idle) return oldest_;
    return members_[static_cast<std::size_t>(draw.uniform() * size_)];
  }

 private:
  struct Link {
    std::uint32_t older = none, newer = none;
    std::uint32_t position = 0;  ///< in members_
    bool in = false;
  };

  Dispatch rule_;
  std::vector<Link> links_;             ///< by instance
  std::vector<std::uint32_t> members_;  ///< kept for Dispatch::random
  std::uint32_t newest_ = none, oldest_ = none;
  std::uint32_t size_ = 0;
};

}  // namespace models
