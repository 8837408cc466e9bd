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

/// Whether requests that find the step's pool too busy go on to another site.
[[nodiscard]] bool may_spill(const models::Step& step);

/// Walks step programs without running them: how long a stretch of a program takes, by moments.
///
/// Programs lead forward only, so one pass from a step to a later one is enough: each step is reached with a
/// probability and after a time, and ways that meet again mix. A join takes the longest of its branches,
/// which are taken as independent; those that come to one pool at the same time wait for each other. Calls
/// that are refused are neglected, and so are those that spill over unless Waits tells their share.
class ProgramWalk {
 public:
  /// Waiting time in front of a pool or station; without any, times are those of requests that never wait.
  struct Waits {
    std::function<Mixture(std::uint32_t pool)> pool = [](std::uint32_t) { return certain({}); };
    std::function<Moments(std::uint32_t station)> station = [](std::uint32_t) { return Moments{}; };
    /// Share of the requests that may go on to another site, and do.
    std::function<double(std::uint32_t pool)> spilled = [](std::uint32_t) { return 0.0; };
    enum class Batches : std::uint8_t { ignored, queue } batches = Batches::ignored;  ///< of parallel calls
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

  /// Of the calls that a split sends out at once: E[X (X - 1)], X being how many of them come to a pool, by
  /// pool.
  [[nodiscard]] std::map<std::uint32_t, double> batch(std::uint32_t split) const;

 private:
  struct Reached;
  void walk(Reached& reached, std::uint32_t first, std::uint32_t last) const;
  void pass(Reached& reached, std::uint32_t index) const;
  [[nodiscard]] Moments carried(const models::Step& step) const;
  [[nodiscard]] Moments handed_over(const models::Step& step) const;
  [[nodiscard]] Moments drawn(const models::Step& step) const;
  [[nodiscard]] std::uint32_t join_of(std::uint32_t split) const;
  [[nodiscard]] std::optional<sim::Duration> timeout_of(const models::Step& attempt) const;
  [[nodiscard]] std::map<std::uint32_t, double> first_taken(std::uint32_t first, std::uint32_t last) const;
  [[nodiscard]] std::vector<std::uint32_t> branches_of(std::uint32_t split) const;
  [[nodiscard]] std::vector<Moments> in_batches(std::uint32_t split, std::uint32_t join) const;
  [[nodiscard]] Moments branches(std::uint32_t split, std::uint32_t join) const;

  const models::WorldSpec& spec_;
  Waits waits_;
};

}  // namespace planner
