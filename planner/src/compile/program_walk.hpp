#pragma once
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "compile/moments.hpp"
#include "models/world_spec.hpp"

namespace planner {

/// Rate of a transfer that meets no other. @param step  a station or carry
[[nodiscard]] sim::BitRate rate_alone(const models::WorldSpec& spec, const models::Step& step);

/// Walks step programs without running them: how long a stretch of a program takes, by moments.
///
/// Programs lead forward only, so one pass from a step to a later one is enough: each step is reached with a
/// probability and after a time, and ways that meet again mix. A join takes the longest of its branches,
/// which are taken as independent. Calls that spill over or are refused are neglected.
class ProgramWalk {
 public:
  /// Waiting time in front of a pool or station.
  struct Waits {
    std::function<Mixture(std::uint32_t pool)> pool = [](std::uint32_t) { return certain({}); };
    std::function<Moments(std::uint32_t station)> station = [](std::uint32_t) { return Moments{}; };
  };

  /// @param spec  borrowed; a program as planner::compile() writes it
  ProgramWalk(const models::WorldSpec& spec, Waits waits) : spec_{spec}, waits_{std::move(waits)} {}

  /// Time from the start of step `first` to that of step `last`.
  [[nodiscard]] Moments stretch(std::uint32_t first, std::uint32_t last) const;

  /// The ends of the program that starts at `first`: probability and time, by class.
  [[nodiscard]] std::map<std::uint32_t, Mixture> ends(std::uint32_t first) const;

  /// Time that a step takes by itself, waiting excluded.
  [[nodiscard]] Moments service(const models::Step& step) const;

  /// Time that a slot is held that the serve or acquire step `taken` takes, waiting for it excluded.
  [[nodiscard]] Moments held(std::uint32_t taken) const;

 private:
  struct Reached;
  void walk(Reached& reached, std::uint32_t first, std::uint32_t last) const;
  void pass(Reached& reached, std::uint32_t index) const;
  [[nodiscard]] Moments carried(const models::Step& step) const;
  [[nodiscard]] Moments handed_over(const models::Step& step) const;
  [[nodiscard]] Moments drawn(const models::Step& step) const;
  [[nodiscard]] std::uint32_t join_of(std::uint32_t split) const;
  [[nodiscard]] std::optional<sim::Duration> timeout_of(const models::Step& attempt) const;
  [[nodiscard]] Moments branches(std::uint32_t split, std::uint32_t join) const;

  const models::WorldSpec& spec_;
  Waits waits_;
};

}  // namespace planner
