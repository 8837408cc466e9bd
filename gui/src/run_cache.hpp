#pragma once
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <tuple>

#include "planner/run_store.hpp"

namespace gui {

/// Replications that were simulated while the window is open, so that a sweep runs only what is missing.
/// Holds the newest `most`; safe from any thread.
class RunCache final : public planner::RunStore {
 public:
  explicit RunCache(std::size_t most = 2'000) : most_{most} {}
  [[nodiscard]] std::optional<models::WorldResult> find(const planner::RunAddress& address) override;
  void keep(const planner::RunAddress& address, const models::WorldResult& result) override;
  /// Replications that were found.
  [[nodiscard]] std::size_t found() const;

 private:
  using Key = std::tuple<std::string, std::uint64_t, std::uint32_t>;
  static Key key(const planner::RunAddress& address) {
    return {address.content, address.seed, address.replication};
  }

  mutable std::mutex mutex_;
  std::size_t most_;
  std::size_t found_ = 0;
  std::map<Key, models::WorldResult> results_;
  std::deque<Key> order_;  // the oldest first
};

}  // namespace gui
