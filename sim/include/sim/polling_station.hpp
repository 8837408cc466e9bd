#pragma once
#include <cstdint>
#include <deque>
#include <vector>

#include "sim/station.hpp"

namespace sim {

/// Which of the jobs at a queue a PollingStation serves before it moves on.
enum class Visit : std::uint8_t {
  exhaustive,  ///< all, those too that come meanwhile
  gated,       ///< those that were there when it came
};

/// One server that visits several queues in turn, and needs a time to switch from one to the next.
///
/// Jobs say by `job_class` at which queue they wait; each queue is FIFO. The server never rests: it goes on
/// switching where nobody waits (with one queue that is a server with multiple vacations). It stands at queue
/// 0 at time 0. A radio that serves cells or bands in turn, a worker that drains partitions of a log.
/// Source: Takagi, Analysis of Polling Systems, MIT Press, 1986; Levy and Yechiali, Management Science 22
/// (1975) for vacations.
class PollingStation final : public Entity {
 public:
  struct Spec {
    std::uint32_t queues = 1;
    Visit visit = Visit::exhaustive;
    Distribution switch_over{};  ///< [s] at least 1 ns is taken
    Stream draws{};              ///< lane 0: switch-overs, by number
  };
  PollingStation(Spec spec, JobSink& sink);
  /// To be called once, with the id that the engine gave, before begin().
  void bind(EntityId self) { self_ = self; }
  /// Lets the server set out; to be called once, before the first arrival.
  void begin(Context& context) { next_or_switch(context); }

  /// `job` arrives at context.now(). @pre job.job_class < queues
  void arrive(Job job, Context& context);
  void handle(const Event& event, Context& context) override;

  [[nodiscard]] std::size_t present() const { return waiting_ + (is_serving_ ? 1 : 0); }
  [[nodiscard]] StationClock& clock() { return clock_; }
  /// Arrivals of the server at queue 0 so far.
  [[nodiscard]] std::uint64_t cycles() const { return cycles_; }

 private:
  void next_or_switch(Context& context);
  [[nodiscard]] bool may_serve() const;
  void schedule(Duration lasting, Context& context);
  void note(Context& context) { clock_.change(context.now(), present(), is_serving_ ? 1 : 0); }

  Spec spec_;
  JobSink& sink_;
  EntityId self_{};
  std::vector<std::deque<Job>> queues_;
  std::size_t at_ = 0;       ///< queue that is visited or switched to
  std::size_t allowed_ = 0;  ///< gated: jobs before the gate
  std::size_t waiting_ = 0;
  bool is_serving_ = false;
  Job job_{};
  std::uint64_t events_ = 0, cycles_ = 0;
  std::uint32_t switches_ = 0;
  StationClock clock_;
};

}  // namespace sim
