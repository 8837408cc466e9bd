#include "run_cache.hpp"

namespace gui {

std::optional<models::WorldResult> RunCache::find(const planner::RunAddress& address) {
  const std::lock_guard guard{mutex_};
  const auto result = results_.find(key(address));
  if (result == results_.end()) return std::nullopt;
  ++found_;
  return result->second;
}

void RunCache::keep(const planner::RunAddress& address, const models::WorldResult& result) {
  const std::lock_guard guard{mutex_};
  if (!results_.emplace(key(address), result).second) return;
  order_.push_back(key(address));
  if (order_.size() <= most_) return;
  results_.erase(order_.front());
  order_.pop_front();
}

std::size_t RunCache::found() const {
  const std::lock_guard guard{mutex_};
  return found_;
}

}  // namespace gui
