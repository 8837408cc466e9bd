#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "models/world_spec.hpp"
#include "sim/event.hpp"
#include "sim/fair_share.hpp"
#include "slots.hpp"

namespace models {

/// Processors whose cores requests share evenly while they work (sim::FairShare).
///
/// Each processor has at most one event pending: the next end of somebody's work. The owner schedules and
/// withdraws it.
class Processors {
 public:
  explicit Processors(const ProcessorSpec& spec) : spec_{&spec} {
    for (std::uint32_t i = 0; i < spec.count; ++i) processors_.emplace_back(spec.cores);
  }

  /// The processor on which an instance runs; made for it if each has one of its own.
  [[nodiscard]] std::uint32_t processor_of(std::uint32_t instance) {
    if (spec_->count > 0) return instance % spec_->count;
    while (processors_.size() <= instance) processors_.emplace_back(spec_->cores);
    return instance;
  }

  /// Somebody begins to work. @param number  unique among those at work; smaller goes first in a tie
  void begin(sim::Time now, std::uint32_t processor, Ticket who, std::uint64_t number, sim::Duration work) {
    processors_[processor].work.add(now, who, number, work);
  }
  /// Who ends now. @pre now == next(processor)
  Ticket end(sim::Time now, std::uint32_t processor) { return processors_[processor].work.take(now); }
  [[nodiscard]] sim::Time next(std::uint32_t processor) const { return processors_[processor].work.next(); }

  /// The event that is scheduled for the next end, if any.
  [[nodiscard]] std::optional<sim::Event>& pending(std::uint32_t processor) {
    return processors_[processor].pending;
  }
  /// Numbers its events, for their order.
  [[nodiscard]] std::uint64_t count_event() { return events_++; }

 private:
  struct Processor {
    explicit Processor(double cores) : work{cores} {}
    sim::FairShare<Ticket> work;
    std::optional<sim::Event> pending;
  };

  const ProcessorSpec* spec_;
  std::vector<Processor> processors_;
  std::uint64_t events_ = 0;
};

}  // namespace models
