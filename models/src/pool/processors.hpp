#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "models/world_spec.hpp"
#include "pool/slots.hpp"
#include "sim/event.hpp"
#include "sim/fair_share.hpp"

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
    sim::FairShare<Ticket>& at = processors_[processor].work;
    change(now, share(at.present() + 1) - share(at.present()));
    at.add(now, who, number, work);
  }
  /// Who ends now. @pre now == next(processor)
  Ticket end(sim::Time now, std::uint32_t processor) {
    sim::FairShare<Ticket>& at = processors_[processor].work;
    change(now, share(at.present() - 1) - share(at.present()));
    return at.take(now);
  }
  /// Integral of the processors' use since the last call, each between 0 and 1, summed. [s]
  double take_use(sim::Time now) {
    change(now, 0);
    return std::exchange(used_, 0.0);
  }
  [[nodiscard]] sim::Time next(std::uint32_t processor) const { return processors_[processor].work.next(); }

  /// The event that is scheduled for the next end, if any.
  [[nodiscard]] std::optional<sim::Event>& pending(std::uint32_t processor) {
    return processors_[processor].pending;
  }
  /// Numbers its events, for their order.
  [[nodiscard]] std::uint64_t count_event() { return events_++; }

 private:
  /// Use of a processor with so many at work.
  [[nodiscard]] double share(std::size_t working) const {
    return std::min(1.0, static_cast<double>(working) / spec_->cores);
  }
  void change(sim::Time now, double by) {
    used_ += in_use_ * sim::to_seconds(now - since_);
    since_ = now;
    in_use_ += by;
  }

  struct Processor {
    explicit Processor(double cores) : work{cores} {}
    sim::FairShare<Ticket> work;
    std::optional<sim::Event> pending;
  };

  const ProcessorSpec* spec_;
  std::vector<Processor> processors_;
  std::uint64_t events_ = 0;
  double in_use_ = 0, used_ = 0;
  sim::Time since_{};
};

}  // namespace models
