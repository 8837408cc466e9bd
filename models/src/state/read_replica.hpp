#pragma once
#include <cstdint>
#include <vector>

#include "models/world.hpp"
#include "pool/fifo.hpp"
#include "state/item_keys.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// State of a StoreSpec of kind replica: which reads came while a write of their item was on its way.
///
/// The site learns of a write when it arrives, so reads are judged afterwards: those of the last longest_lag
/// are remembered. O(1) amortised a call.
class ReadReplica {
 public:
  /// @param spec, keys  kept by reference
  ReadReplica(const StoreSpec& spec, const ItemKeys& keys, RecordedSpan span)
      : spec_{&spec}, keys_{&keys}, span_{span}, reads_(keys.items()) {}

  void read(std::uint32_t item, sim::Time now);
  /// A write that was made at `made` arrives.
  void apply(std::uint32_t item, sim::Time made, sim::Time now);

  [[nodiscard]] const ItemKeys& keys() const { return *keys_; }
  [[nodiscard]] const StoreResult& result() const { return result_; }

 private:
  struct Read {
    sim::Time at{};
    bool stale = false;
  };
  void forget(std::vector<Read>& reads, sim::Time before) const;

  const StoreSpec* spec_;
  const ItemKeys* keys_;
  RecordedSpan span_;
  std::vector<std::vector<Read>> reads_;  ///< by item, ascending
  StoreResult result_;
};

}  // namespace models
