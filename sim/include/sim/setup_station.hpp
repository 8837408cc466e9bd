#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "sim/station.hpp"

namespace sim {

/// c servers that are switched off after a time of idleness and take a time to set up; one FIFO queue.
///
/// Who waits is served by whichever server is free first. As many servers set up as jobs wait, if there are
/// so many; a server that becomes free takes the next job, and a set-up that nobody needs any more, the
/// latest begun, is given up. Of idle servers the one used last goes first. (An elastic pool of `models`
/// binds a request to the instance that it starts instead, and gives up none.) Neglects the way down.
/// Arrival and departure cost O(c).
/// Source: Gandhi, Doroudi, Harchol-Balter and Scheller-Wolf, Queueing Systems 77 (2014): M/M/k/setup and
/// M/M/k/setup/delayedoff.
class SetupStation final : public Entity {
 public:
  struct Spec {
    std::uint32_t servers = 1;
    Distribution set_up{};      ///< [s]
    Distribution keep_alive{};  ///< [s] idle time until a server is switched off; 0: at once
    Stream draws{};             ///< lane 0: set-ups, lane 1: idle times, each by its number
  };
  SetupStation(Spec spec, JobSink& sink);
  /// To be called once, with the id that the engine gave.
  void bind(EntityId self) { self_ = self; }

  /// `job` arrives at context.now().
  void arrive(Job job, Context& context);
  void handle(const Event& event, Context& context) override;

  [[nodiscard]] std::size_t present() const;
  [[nodiscard]] StationClock& clock() { return clock_; }
  /// Of the servers: `present` are those that are on and not setting up, `busy` those that are setting up.
  [[nodiscard]] StationClock& server_clock() { return server_clock_; }

 private:
  enum class State : std::uint8_t { off, setting_up, idle, busy };
  struct Server {
    State state = State::off;
    Job job{};
    Event next{};  ///< end of set-up, idleness or service
  };

  [[nodiscard]] std::size_t& count(State state);
  /// Of those in `state` the one that entered it last; null if there is none.
  [[nodiscard]] Server* latest(State state);
  void enter(Server& server, State state, Duration lasting, Context& context);
  void change(Server& server, State state);
  void serve_next(Server& server, Context& context);
  void become_free(Server& server, Context& context);
  void adjust_set_ups(Context& context);
  void note(Context& context);

  Spec spec_;
  JobSink& sink_;
  EntityId self_{};
  std::deque<Job> waiting_;
  std::vector<Server> servers_;
  std::uint64_t events_ = 0;
  std::uint32_t set_ups_ = 0, idle_times_ = 0;
  std::array<std::size_t, 4> counts_{};  ///< servers by state
  StationClock clock_, server_clock_;
};

}  // namespace sim
