#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "models/world.hpp"
#include "state/item_keys.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// State of a StoreSpec of kind cache: which items are there, and until when. O(1) a request.
class CacheStore {
 public:
  /// @param spec, keys  kept by reference; @param stream  of hits by ratio and of random evictions
  CacheStore(const StoreSpec& spec, const ItemKeys& keys, sim::Stream stream, RecordedSpan span);

  /// Asks for an item, which is there from now on. @return whether it was there
  bool lookup(std::uint32_t item, sim::Time now);

  [[nodiscard]] const ItemKeys& keys() const { return *keys_; }
  [[nodiscard]] const StoreResult& result() const { return result_; }

 private:
  struct Entry {
    sim::Time expires{};
    std::uint32_t moves = 0;  ///< of the item when it was last asked for
  };
  [[nodiscard]] bool is_there(std::uint32_t item, sim::Time now);
  [[nodiscard]] bool is_fresh(std::uint32_t item, sim::Time now, bool held);

  const StoreSpec* spec_;
  const ItemKeys* keys_;
  sim::Stream stream_;
  RecordedSpan span_;
  std::optional<ItemCache> held_;  ///< none where all items fit, or hits are drawn
  std::vector<Entry> entries_;     ///< by item, where they may end by themselves; else by presence alone
  std::vector<bool> known_;        ///< by item, where all fit
  std::uint32_t draws_ = 0;
  StoreResult result_;
};

}  // namespace models
