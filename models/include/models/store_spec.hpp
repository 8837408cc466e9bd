#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "models/item_cache.hpp"
#include "sim/distribution.hpp"
#include "sim/time.hpp"

/// What requests keep at sites: caches, objects that serve one at a time, read replicas
/// (docs/models/state.md).
namespace models {

/// Items 0 .. items - 1, of which a request concerns one: the same at every step that asks by equal purposes.
struct KeySpec {
  std::string name{};
  std::uint32_t items = 1;    ///< > 0
  std::uint64_t purpose = 0;  ///< hash naming the draw of a request's item
  /// How often each is asked for; null: all alike. Shared by the replications.
  std::shared_ptr<const ZipfPopularity> popularity{};
  sim::Duration stay{};  ///< after which an item chooses its place anew, and finds nothing there; 0: never
};

/// State of one service at one site.
struct StoreSpec {
  enum class Kind : std::uint8_t {
    cache,    ///< holds items that were asked for
    objects,  ///< each item is held by one request at a time, the others wait in order
    replica,  ///< copy of what is written elsewhere, behind by the time that the write is on its way
  };
  std::string name{};
  std::uint32_t partition = 0;
  Kind kind = Kind::cache;
  std::uint32_t keys = 0;  ///< index into WorldSpec::keys
  // cache
  std::optional<double> hit_ratio{};    ///< drawn, whatever was asked for before
  std::uint32_t capacity = UINT32_MAX;  ///< items, > 0
  Eviction eviction = Eviction::least_recently_used;
  std::optional<sim::Duration> time_to_live{};
  TtlEntry::Rule time_to_live_rule = TtlEntry::Rule::from_fetch;
  // objects
  std::optional<sim::Duration> hibernate_after{};  ///< of not being held; none: always awake
  sim::Distribution wake_up{};                     ///< of an object that sleeps, or is new [s]
  // replica
  sim::Duration longest_lag{};  ///< no write is on its way for longer
};

}  // namespace models
