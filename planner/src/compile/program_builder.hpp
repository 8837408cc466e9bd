#pragma once
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "compile/world_parts.hpp"
#include "planner/call_tree.hpp"

namespace planner {

/// Writes the program of one workload into the world's steps.
class ProgramBuilder {
 public:
  ProgramBuilder(const Scenario& scenario, const Wan& wan, Routes& routes, WorldParts& parts,
                 CompiledScenario& out);

  /// @return index of the step where its requests start
  std::uint32_t build(const std::string& workload_id, const Workload& workload);

 private:
  using Steps = std::vector<std::uint32_t>;  ///< whose target is to be set
  using Sizes = std::vector<sim::Bytes>;
  /// What a way carries.
  struct Carried {
    sim::Bytes size{};                ///< of an average request
    const Sizes* payloads = nullptr;  ///< of each; null: all alike
  };
  /// What a call sends in one direction (program_payload.cpp).
  struct Payloads {
    /// @param told       of the requests of a replayed workload; null: nothing
    /// @param otherwise  of requests whose size is not told
    Payloads(const Workload::Sizes& told, sim::Bytes otherwise);
    [[nodiscard]] Carried carried() const { return {mean, each.empty() ? nullptr : &each}; }

    sim::Bytes mean{};  ///< of an average request
    Sizes each;         ///< by request; empty: all are alike
  };
  struct CallPayloads {
    Payloads request, response;
  };
  /// A call that is given up, tried again or sent twice.
  struct Guarded {
    std::uint32_t guard = 0;
    std::uint32_t attempt = 0;  ///< step at which its present attempt begins
    bool last = false;          ///< attempt
    Steps again;                ///< what goes on at the next attempt
  };
  /// Who chose one of several sites for a call.
  struct Balanced {
    std::uint32_t balancer = models::none;  ///< none: nobody
    std::uint16_t choice = 0;
  };
  /// What a call to replicated state does.
  enum class DataUse : std::uint8_t { read, write };
  /// A call on one of its ways: who made it, who else may serve it.
  struct Attempt {
    const std::string& name;
    const Call& call;
    Location caller;
    const std::vector<Location>& chain;
    Guarded* guarded;  ///< null: made once, and waited for as long as it takes
    DataUse use = DataUse::read;
    Balanced balanced{};
  };

  [[nodiscard]] sim::Distribution replayed_time() const;
  std::uint32_t replay_of_workload();
  void renew();  ///< where users wait for their answers
  void wake();   ///< a user who was silent connects to the cell again
  void call(const std::string& name, Location caller);
  void send(const std::string& name, Location caller, Steps& ends);
  void enqueue(const std::string& name, Location caller, Steps& ends);
  void offer(const std::string& name, Location caller, Location site, Steps& ends);
  void consume(const std::string& name, Location site);
  /// Sites that may serve a call, with their shares.
  [[nodiscard]] std::vector<Choice> choices(const std::string& name, Location caller);
  void ways(const std::string& name, Location caller, Guarded* guarded, Steps& ends);
  void attempts(const std::string& name, Location caller, Steps& ends);
  void race(const std::string& name, Location caller, Guarded& guarded, Steps& ends);
  void back_off(const std::string& name, const Retry& retry, std::uint32_t failures, Location caller);
  void settle(const Attempt& attempt);
  void fail_some(const Service& service, const std::string& call, Location at);
  void give_up(const std::string& name, Location caller);
  void chain(const Attempt& attempt, Steps& ends);
  /// The service's work and calls at one place of the chain. @return step to divert, or none
  std::uint32_t serve(const Attempt& attempt, std::size_t place);
  void block(const CallBlock& block, Location caller, std::uint32_t quorum = 0);
  void reply(const Attempt& attempt, std::size_t place, const Carried& carried);
  void end(const Attempt& attempt, std::size_t place, Steps& ends);
  void finish_or_end(const Attempt& attempt, std::size_t place, Steps& ends);

  // State (program_state.cpp).
  /// Which of the ways of a call is chosen, and by whom.
  struct Choosing {
    const std::string& name;  ///< of the call
    const std::string& service;
    Location caller;
  };
  [[nodiscard]] const State* state_of(const std::string& service) const;
  [[nodiscard]] bool has(const std::string& service, State::Kind kind) const;
  [[nodiscard]] bool looks_up(const std::string& service) const;
  /// Whether all requests of an item go the same way.
  [[nodiscard]] bool chosen_by_item(const std::string& service) const;
  [[nodiscard]] const std::vector<Choice>& homes(const std::string& service);
  [[nodiscard]] std::vector<Location> replicas(const std::string& service, Location primary) const;
  [[nodiscard]] sim::Bytes written(const Attempt& attempt);
  using WriteWay = std::function<void(std::size_t way)>;
  /// Writes ways `first` and on of a call, as many as there are choices, and the steps that lead to them.
  void choose_by_item(const Choosing& choosing, std::span<const Choice> choices, std::size_t first,
                      const WriteWay& write);
  std::uint32_t store_at(const std::string& service, Location site);
  /// Counts an operation that has a price.
  void charge(MeterLabel::Operation operation, const std::string& service, Location at);
  void lock_object(const std::string& service, Location at);
  void unlock_object(const std::string& service, Location at);
  /// The calls of a service, and its lookup before them.
  void work(const Attempt& attempt, Location at, const CallBlock& calls);
  /// What a read or write of replicated state has to do with the other copies.
  void reach_copies(const Attempt& attempt, Location at);
  void replicate(const Attempt& attempt, Location primary);
  void bring(const Attempt& attempt, Location primary, Location other, bool counted);
  void copy_to(const Attempt& attempt, Location primary, Location other, sim::Bytes size);
  void confirm(const Attempt& attempt, Location primary, const std::vector<Location>& others,
               std::size_t needed);
  /// Lets a balancer of the caller choose among the ways. @return none where shares do
  std::uint32_t balance(const Choosing& choosing, const std::vector<Choice>& choices, DataUse use);
  void fork(const Choosing& choosing, const std::vector<Choice>& choices, Guarded* guarded, DataUse use,
            Steps& ends);
  /// Writes each of the ways of a call, and what chooses among them: their shares, by item or request.
  void share_out(const Choosing& choosing, const std::vector<Choice>& choices, const WriteWay& write);

  void connect(Location user, Location site, const std::string& call);
  void travel(Location from, Location to, const Carried& carried, const std::string& draw);
  void uplink(Location site, const Carried& carried, const std::string& draw);
  void downlink(Location site, const Carried& carried, const std::string& draw);
  void change_cells();
  /// The level that the way over a satellite has at present.
  void reallocation(models::Part part);
  /// Waits for a device that sleeps since its user was last active.
  void doze(const Access& access, const std::string& draw);

  /// The links of a way that a transfer holds at once.
  void carry_over(const std::vector<Hop>& way, const Carried& carried);
  const CallPayloads& payloads_of(const std::string& call);
  void hop(const Hop& hop, const Carried& carried, const std::string& draw, MeterLabel meter);
  /// A station's time on the wire becomes that of each request's payload. @param payloads  null: stays
  void replay_sizes(models::Step& station, const Sizes* payloads);
  /// Adds to the replays of the world. @return its index
  std::uint32_t add_replay(std::vector<sim::Duration> times);

  void cell(StationLabel::Kind direction, std::optional<sim::BitRate> rate, sim::Bytes size,
            const Sizes* payloads);

  /// Rates that bound a transfer in one direction: the user's own, and the cell's, which its station takes.
  struct Rates {
    std::optional<sim::BitRate> user, cell;
  };
  /// What a payload between user and site takes beyond its time in the cell's queue.
  void transfer(Location site, sim::Bytes size, const Rates& rates, const std::string& draw,
                const Sizes* payloads);
  /// The same request by request, with stalls at their mean.
  void transfer_each(Location site, const Rates& rates, const Sizes& payloads);
  /// Least rate on the way between user and site. [bit/s]
  [[nodiscard]] double bottleneck(Location site, const Rates& rates) const;
  [[nodiscard]] bool cell_is_fair() const;
  /// The stalls of a growing window, and what losses cost. @return time to be added at the bottleneck
  sim::Duration slow_start(Location site, sim::Bytes size, const Rates& rates, const std::string& draw);
  sim::Duration recover(Location site, sim::Bytes size, const Rates& rates, const std::string& draw);
  /// A round trip between user and site without load, shortened by `less`, at least 0.
  void round_trip(Location site, models::Part part, const std::string& draw, sim::Duration less = {});
  [[nodiscard]] sim::Duration mean_round_trip(Location site) const;
  /// The following steps happen with a probability. @return step to land where they end
  std::uint32_t with_probability(double probability, const std::string& draw);
  static std::string law_name(const Hop& hop);
  static std::string hop_name(const Hop& hop);

  models::Step& add(models::StepKind kind, Location at);
  /// A stretch of time: constant, and drawn where there is a law that is not constant.
  struct Stretch {
    sim::Duration fixed{};
    const sim::Distribution* law = nullptr;
    std::string law_name{};
    std::string draw{};
    std::uint32_t meter = models::none;
  };
  void delay(Location at, models::Part part, Stretch stretch);
  /// A time for each request of a replayed workload.
  void delay_each(Location at, models::Part part, std::vector<sim::Duration> times);
  [[nodiscard]] std::uint32_t next() const;
  void land(const Steps& steps);
  [[nodiscard]] std::string draw_name(const char* purpose, const std::string& call) const;
  const CallBlock& calls_of(const std::string& name);

  const Scenario& scenario_;
  const Wan& wan_;
  Routes& routes_;
  WorldParts& parts_;
  CompiledScenario& out_;
  // Of the program that is being written.
  const std::string* workload_id_ = nullptr;
  const Workload* workload_ = nullptr;
  const Flow* flow_ = nullptr;
  Location user_;
  std::map<std::string, CallPayloads> payloads_;  ///< by call
  /// A message is consumed where its queue is.
  struct Pinned {
    std::string call;
    Location site;
  };
  std::optional<Pinned> pinned_;
  std::string copy_;  ///< tells the draws of further attempts and copies from those of the first
  std::map<std::pair<std::string, std::string>, CallBlock> calls_;  ///< by flow and call
  /// Of objects, by service and, where they are a user's own, population.
  std::map<std::pair<std::string, std::string>, std::vector<Choice>> homes_;
};

}  // namespace planner
