#pragma once
#include <cstdint>
#include <vector>

#include "sim/station.hpp"

namespace sim {

/// Units of one resource without waiting room: a job takes `weight` of them for its whole service, or is lost
/// where fewer are free.
///
/// Admission of flows with a guaranteed rate to a cell or a link, of containers to a node's memory. Neglects
/// where the units lie: any that are free will do. Arrival and departure cost O(1) beyond the event.
/// Source: Kaufman, IEEE Trans. Communications 29 (1981); Roberts, 1981.
class LossStation final : public Entity {
 public:
  struct Spec {
    std::uint64_t units = 1;
  };
  LossStation(Spec spec, JobSink& sink) : spec_{spec}, sink_{sink} {}
  /// To be called once, with the id that the engine gave.
  void bind(EntityId self) { self_ = self; }

  /// `job` arrives at context.now().
  void arrive(Job job, Context& context);
  void handle(const Event& event, Context& context) override;

  [[nodiscard]] std::size_t present() const { return jobs_.size() - free_places_.size(); }
  /// Its `busy` counts units.
  [[nodiscard]] StationClock& clock() { return clock_; }

 private:
  void note(Context& context) { clock_.change(context.now(), present(), used_); }

  Spec spec_;
  JobSink& sink_;
  EntityId self_{};
  std::vector<Job> jobs_;  ///< in service, and places that are free
  std::vector<std::size_t> free_places_;
  std::uint64_t used_ = 0, events_ = 0;
  StationClock clock_;
};

}  // namespace sim
