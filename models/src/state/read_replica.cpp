#include "state/read_replica.hpp"

#include <algorithm>

namespace models {

void ReadReplica::read(std::uint32_t item, sim::Time now) {
  if (!span_.contains(now)) return;
  ++result_.requests;
  std::vector<Read>& reads = reads_[item];
  // Only when there is no room, and then for as many as are kept: so it costs little on average.
  if (reads.size() == reads.capacity()) {
    forget(reads, now - spec_->longest_lag);
    reads.reserve(2 * reads.size() + 8);
  }
  reads.push_back({now});
}

void ReadReplica::apply(std::uint32_t item, sim::Time made, sim::Time now) {
  result_.applied += span_.contains(now);
  std::vector<Read>& reads = reads_[item];
  const auto since = std::lower_bound(reads.begin(), reads.end(), made,
                                      [](const Read& read, sim::Time time) { return read.at < time; });
  std::for_each(since, reads.end(), [&](Read& read) {
    result_.stale += read.stale ? 0 : 1;
    read.stale = true;
  });
  forget(reads, now - spec_->longest_lag);
}

void ReadReplica::forget(std::vector<Read>& reads, sim::Time before) const {
  const auto kept =
      std::find_if(reads.begin(), reads.end(), [&](const Read& read) { return read.at >= before; });
  reads.erase(reads.begin(), kept);
}

}  // namespace models
