#pragma once
#include <cstdint>
#include <vector>

#include "sim/station.hpp"

namespace sim {

/// c servers, each of which breaks down and is repaired time and again, idle or not; one FIFO queue.
///
/// A job whose server breaks down keeps the work done on it, and is the first to go on, at any server. All
/// servers are up at time 0, fail independently of each other, and are repaired independently (a crew for
/// each). Arrival and departure cost O(c) and O(log n) in the jobs waiting.
/// Source: White and Christie, Operations Research 6 (1958); Mitrany and Avi-Itzhak, OR 16 (1968), for c > 1.
class UnreliableStation final : public Entity {
 public:
  struct Spec {
    std::uint32_t servers = 1;
    Distribution up{};    ///< [s] from repair to breakdown
    Distribution down{};  ///< [s] from breakdown to repair
    Stream draws{};       ///< lane 0: up, lane 1: down, each by its number
  };
  UnreliableStation(Spec spec, JobSink& sink);
  /// To be called once, with the id that the engine gave, before begin().
  void bind(EntityId self) { self_ = self; }
  /// Schedules the first breakdowns; to be called once, at time 0.
  void begin(Context& context);

  /// `job` arrives at context.now().
  void arrive(Job job, Context& context);
  void handle(const Event& event, Context& context) override;

  [[nodiscard]] std::size_t present() const { return waiting_.size() + busy_; }
  [[nodiscard]] StationClock& clock() { return clock_; }
  /// Its `present` counts the servers that are up; its mean over the servers is their availability.
  [[nodiscard]] StationClock& server_clock() { return server_clock_; }

 private:
  enum class State : std::uint8_t { idle, busy, down };
  struct Visitor {
    Job job{};
    std::uint64_t number = 0;  ///< of the arrival
    Duration left{};
    bool has_begun = false;
  };
  struct Server {
    State state = State::idle;
    Visitor visitor{};
    Event departure{};
  };

  static bool later(const Visitor& a, const Visitor& b) { return a.number > b.number; }
  void wait(const Visitor& visitor);
  void assign(Context& context);
  void start(Server& server, Context& context);
  void break_down(Server& server, Context& context);
  void schedule_change(std::uint64_t server, Context& context);
  [[nodiscard]] Event next_event(Duration in, std::uint16_t kind, std::uint64_t server, Context& context);
  void note(Context& context);

  Spec spec_;
  JobSink& sink_;
  EntityId self_{};
  std::vector<Visitor> waiting_;  ///< heap by `later`
  std::vector<Server> servers_;
  std::size_t busy_ = 0, down_ = 0;
  std::uint64_t arrivals_ = 0, events_ = 0;
  std::uint32_t ups_ = 0, downs_ = 0;
  StationClock clock_, server_clock_;
};

}  // namespace sim
