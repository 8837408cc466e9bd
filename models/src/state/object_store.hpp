#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "pool/slots.hpp"
#include "request/slab.hpp"
#include "state/item_keys.hpp"

namespace models {

/// State of a StoreSpec of kind objects: each item is held by one request at a time, first come, first
/// served; one that has been left alone for long sleeps, and takes time to wake up. O(1) a call.
class ObjectStore {
 public:
  /// @param spec, keys  kept by reference; @param stream  of the times to wake up
  ObjectStore(const StoreSpec& spec, const ItemKeys& keys, sim::Stream stream, RecordedSpan span)
      : spec_{&spec},
        keys_{&keys},
        stream_{stream},
        span_{span},
        objects_(keys.items()),
        awake_(span.pieces()) {}

  /// Takes an object that nobody holds. @return when it is awake; none: held by another request
  std::optional<sim::Time> take(std::uint32_t item, sim::Time now);
  /// Puts who did not get the object at the end of its queue.
  void wait(std::uint32_t item, Ticket ticket);
  /// Gives the object back. @return who has waited longest, and holds it now
  std::optional<Ticket> give_back(std::uint32_t item, sim::Time now);

  /// Accounts for the time until the run's end.
  void close(sim::Time end);

  [[nodiscard]] const ItemKeys& keys() const { return *keys_; }
  [[nodiscard]] const StoreResult& result() const { return result_; }
  /// StoreResult::awake by piece of the span.
  [[nodiscard]] const std::vector<sim::TotalTime>& awake() const { return awake_; }

 private:
  static constexpr std::uint32_t nobody = UINT32_MAX;
  struct Object {
    sim::Time since{};                            ///< held: when it was taken, else when it was given back
    std::uint32_t first = nobody, last = nobody;  ///< in waiting_
    bool held = false;
    bool known = false;  ///< has been held before
  };
  struct Waiting {
    Ticket ticket;
    std::uint32_t next = nobody;
  };

  /// When an object that nobody takes goes to sleep.
  [[nodiscard]] sim::Time sleeps_at(const Object& object) const {
    return spec_->hibernate_after ? object.since + std::min(*spec_->hibernate_after, longest_delay)
                                  : sim::time_never;
  }
  /// Adds the time since the object was last taken or given back. @param now  from when another time counts
  void account(Object& object, sim::Time now);

  const StoreSpec* spec_;
  const ItemKeys* keys_;
  sim::Stream stream_;
  RecordedSpan span_;
  std::vector<Object> objects_;
  Slab<Waiting> waiting_;
  std::uint32_t wakings_ = 0;
  StoreResult result_;
  std::vector<sim::TotalTime> awake_;  ///< by piece of the span
};

}  // namespace models
