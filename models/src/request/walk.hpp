#pragma once
#include <algorithm>
#include <cstdint>
#include <span>

#include "world/partition.hpp"

namespace models {

enum EventKind : std::uint16_t {
  arrival_event = 1,
  step_event = 2,
  tick_event = 3,       ///< of a pool's autoscaler
  ready_event = 4,      ///< an instance of a pool with an autoscaler has started
  turn_event = 5,       ///< a user of a closed source has thought
  work_event = 6,       ///< work on a shared processor ends
  batch_event = 7,      ///< a batch ends
  wait_event = 8,       ///< a wait for a fuller batch ends
  shed_event = 9,       ///< who waits longest in a pool is given up, if it is still waiting
  transfer_event = 10,  ///< a transfer over a shared link ends
};

/// Event::aux of a step_event whose data are an index into SiteState::timers.
inline constexpr std::uint16_t timer_mark = 1;

/// Place of a strand of a request among the events of one instant.
[[nodiscard]] inline sim::Order order_of(const Request& request, std::uint32_t strand) {
  return {sim::EntityId{request.source}, (std::uint64_t{request.number} << strand_bits) | strand};
}
[[nodiscard]] inline std::uint32_t strand_of(sim::Order order) {
  return static_cast<std::uint32_t>(order.key()) & (strand_count - 1);
}

/// Moves one strand of a request along its program, until it has to wait for the clock or for somebody else,
/// or is over. All in a header, to be inlined into the event handler.
class Walk {
 public:
  /// Whether the next stateful operation may run at once if it is due now. Not so if others became runnable
  /// at this instant, who may come before.
  enum class Turn : std::uint8_t { ours, open };

  Walk(Partition& home, sim::Context& context, const Request& request, std::uint32_t strand, Turn turn)
      : home_{home},
        context_{context},
        clock_{context.now()},
        strand_{strand},
        turn_{turn},
        request_{request} {}

  /// Of a request that begins, made in its place: copied as a whole just after, the processor waits for its
  /// fields.
  Walk(Partition& home, sim::Context& context, const Source& source, sim::Time start, Turn turn)
      : home_{home},
        context_{context},
        clock_{context.now()},
        strand_{0},
        turn_{turn},
        request_{.start = start,
                 .number = source.number,
                 .source = source.index & Request::source_mask,
                 .step = source.program} {}

  void run() {
    for (;;) {
      const Op& op = home_.program_.ops[request_.step];
      if (is_stateful(op.kind) && !may_run(op)) return post(op.partition);
      if (execute(op) == Next::stop) return;
      if (home_.path_ == Path::general) return post(home_.number_);
    }
  }

  /// Runs on from here at `clock`, or in the general path leaves that to an event.
  /// @param clock  ahead of the partition's only if the turn is open
  void begin(sim::Time clock) {
    clock_ = clock;
    if (home_.path_ == Path::general) return post(home_.number_);
    run();
  }

  /// Gives the free slots of a pool to the requests that wait for them.
  static void serve_waiting(Partition& home, sim::Context& context, std::uint32_t pool);
  /// Turns away the requests that the pool has given up.
  static void shed_waiting(Partition& home, sim::Context& context, std::uint32_t pool);
  /// Ends the work of whom the processor has served now.
  static void end_work(Partition& home, sim::Context& context, std::uint32_t group, std::uint32_t processor);
  /// Ends a batch and starts those that are due.
  static void end_batch(Partition& home, sim::Context& context, std::uint32_t batcher,
                        std::uint32_t accelerator);

  /// Goes on with a request whose transfer over a shared link has ended.
  static void end_transfer(Partition& home, sim::Context& context, const FairNetwork::Ticket& ticket);

  /// Whether an event of this partition goes on with the request, or one that it set in motion.
  [[nodiscard]] bool waits_here() const { return waits_here_; }

 private:
  enum class Next : std::uint8_t { go_on, stop };

  [[nodiscard]] bool may_run(const Op& op) const {
    if (op.in_order) return true;
    return turn_ == Turn::ours && clock_ == context_.now() && op.partition == home_.number_;
  }

  // Whatever would happen after the horizon never does: the request stays unfinished.
  void post(std::uint32_t partition) {
    if (clock_ >= home_.program_.horizon) return;
    // Each way makes an event of its own, which stays in registers.
    const auto event = [&](std::uint64_t data) {
      return sim::Event{clock_, order_of(request_, strand_), sim::EntityId{partition}, step_event, 0, data};
    };
    if (partition != home_.number_ || clock_ >= context_.window_end())
      return context_.send(sim::PartitionId{partition}, event(0), std::as_bytes(std::span{&request_, 1}));
    waits_here_ = true;
    context_.schedule(event(home_.state_.requests.add(request_)));
  }

  Next go_on(std::uint32_t step) {
    request_.step = step;
    return Next::go_on;
  }

  Next execute(const Op& op) {
    switch (op.kind) {
      case OpKind::delay:
        return delay(op);
      case OpKind::branch:
        return go_on(draw(op).uniform() < quantity(op).factor ? op.next : op.target);
      case OpKind::jump:
        return go_on(op.next);
      case OpKind::mark_failed:
        request_.failed = 1;
        return go_on(op.next);
      case OpKind::finish:
        return finish(op);
      case OpKind::fail:
        return fail(op.index);
      case OpKind::if_failed:
        return go_on(request_.failed ? op.target : op.next);
      case OpKind::forgive:
        request_.failed = 0;
        return go_on(op.next);
      case OpKind::leave:
        SIM_EXPECT(request_.frame == Request::no_frame);
        return Next::stop;
      case OpKind::epoch:
        return epoch(op);
      case OpKind::doze:
        return doze(op);
      case OpKind::handover:
        return handover(op);
      case OpKind::station:
        return pass_station(op);
      case OpKind::share:
        return share(op);
      case OpKind::serve:
        return serve(op);
      case OpKind::acquire:
        return acquire(op);
      case OpKind::release:
        return release(op);
      case OpKind::split:
        return split(op);
      case OpKind::join:
        return join(op);
      case OpKind::race:
        return race(op);
      case OpKind::expire:
        return expire(op);
      case OpKind::enter:
        return enter(op);
      case OpKind::admit:
        return admit(op);
      case OpKind::settle:
        return settle(op);
      case OpKind::spawn:
        return spawn(op);
      case OpKind::offer:
        return offer(op);
      case OpKind::consumed:
        return consumed(op);
      case OpKind::pick:
        return go_on(home_.program_.targets[op.target + home_.state_.balancers[op.index].pick()]);
      case OpKind::give_back:
        home_.state_.balancers[op.index].give_back(op.choice());
        return go_on(op.next);
      case OpKind::by_item:
        return choose_by_item(op);
      case OpKind::lookup:
        return lookup(op);
      case OpKind::lock:
        return lock(op);
      case OpKind::unlock:
        return unlock(op);
      case OpKind::note:
        return note(op);
      case OpKind::apply:
        return apply(op);
      case OpKind::renew:
        return renew(op);
      case OpKind::choose:
        return choose(op);
      case OpKind::work:
        return work(op);
      case OpKind::batch:
        return batch(op);
    }
    return Next::stop;
  }

  Next delay(const Op& op) {
    const sim::Time end = clock_ + duration(op);
    charge(request_, op.part, clock_, end);
    if (op.index != none) recorder().passed(request_, op.index);
    clock_ = end;
    // Checked here so that a chain of delays cannot overflow the clock.
    return end < home_.program_.horizon ? go_on(op.next) : Next::stop;
  }

  Next pass_station(const Op& op) {
    std::uint32_t index = op.index;
    if (op.count() > 1) index += cell(op, op.count());
    const Transfer what = transfer(op);
    const auto [begin, end] =
        home_.state_.stations[index].pass(clock_, what.alone, what.bytes, home_.program_.span);
    charge(request_, Part::network_queue, clock_, begin);
    charge(request_, Part::transmission, begin, end);
    return advance(op, end);
  }

  Next serve(const Op& op) {
    FixedPool& pool = home_.state_.fixed_pools[op.index];
    if (pool.admit(clock_, op.divert, home_.program_.span) != Admission::granted) return turn_away(op);
    const sim::Time begin = pool.begin(clock_);
    // At least a tick of the clock, so that who is served first by a single server also leaves first.
    const sim::Duration service = std::max(duration(op), sim::Duration{1});
    pool.serve(clock_, begin, service, home_.program_.span);
    charge(request_, Part::pool_queue, clock_, begin);
    charge(request_, op.part, begin, begin + service);
    return advance(op, begin + service);
  }

  Next advance(const Op& op, sim::Time clock) {
    clock_ = clock;
    return clock < home_.program_.horizon ? go_on(op.next) : Next::stop;
  }

  Next epoch(const Op& op);
  Next doze(const Op& op);
  Next handover(const Op& op);
  Next share(const Op& op);
  Next acquire(const Op& op);
  Next release(const Op& op);
  Next split(const Op& op);
  Next join(const Op& op);
  Next race(const Op& op);
  Next arrive_in_race(const Op& op, Race::Arrival arrival);
  void begin_in_race(std::uint32_t race);
  void set_timer(std::uint32_t race, Race::Timer timer);
  void withdraw_timers(Race& race);
  Next expire(const Op& op);
  Next enter(const Op& op);
  Next admit(const Op& op);
  Next settle(const Op& op);
  Next spawn(const Op& op);
  Next offer(const Op& op);
  Next consumed(const Op& op);
  void start_message(const Op& op);
  Next choose_by_item(const Op& op);
  Next lookup(const Op& op);
  Next lock(const Op& op);
  Next unlock(const Op& op);
  Next note(const Op& op);
  Next apply(const Op& op);
  Next renew(const Op& op);
  void hold_object(std::uint32_t store, std::uint32_t item);
  [[nodiscard]] std::uint32_t item_of(const ItemKeys& keys) const {
    return keys.item(home_.program_.source_names[request_.source], request_.number);
  }
  Next choose(const Op& op);
  Next leave_replica(const Op& op, const Frame& frame);
  Next work(const Op& op);
  Next batch(const Op& op);
  Next turn_away(const Op& op) { return op.target == none ? fail(none) : go_on(op.target); }

  Next finish(const Op& op) {
    SIM_EXPECT(request_.frame == Request::no_frame);
    if (clock_ < home_.program_.horizon) recorder().finished(request_, op.index, clock_);
    return Next::stop;
  }
  Next fail(std::uint32_t class_index) {
    SIM_EXPECT(request_.frame == Request::no_frame);
    if (clock_ < home_.program_.horizon) recorder().failed(request_, class_index, clock_);
    return Next::stop;
  }

  void hold(Frame::Kind kind, std::uint32_t pool, std::uint32_t instance, sim::Time begin);
  /// The pool whose slot a request has waited for.
  struct Waited {
    Frame::Kind kind;
    std::uint32_t index;
  };
  static void wake(Partition& home, sim::Context& context, const ElasticPool::Served& served, Waited pool,
                   Part waited_for);
  /// A request that waited, as it goes on.
  static Walk resume(Partition& home, sim::Context& context, const Ticket& ticket);

  [[nodiscard]] Recorder& recorder() const { return home_.recorders_[context_.lane()]; }
  [[nodiscard]] const Quantity& quantity(const Op& op) const {
    return home_.program_.quantities[op.quantity];
  }
  [[nodiscard]] sim::Draw draw(const Op& op) const {
    return sim::Stream{quantity(op).key, home_.program_.source_names[request_.source]}.draw(request_.number);
  }
  /// Which of several cells the request is in.
  [[nodiscard]] std::uint32_t cell(const Op& op, std::uint32_t count) const {
    if (quantity(op).keys != none) return cell_of_user(op, count);
    return static_cast<std::uint32_t>(draw(op).uniform() * count);
  }
  [[nodiscard]] std::uint32_t cell_of_user(const Op& op, std::uint32_t count) const;
  [[nodiscard]] sim::Duration duration(const Op& op) const {
    const Quantity& what = quantity(op);
    return what.law == nullptr ? op.fixed + replayed(what) : drawn_duration(op, what);
  }
  [[nodiscard]] sim::Duration drawn_duration(const Op& op, const Quantity& what) const;
  [[nodiscard]] static sim::Duration bounded(double seconds) {
    constexpr double longest = sim::to_seconds(longest_delay) / 2;
    return sim::from_seconds(std::clamp(seconds, 0.0, longest));
  }

  /// What a request brings to a station.
  struct Transfer {
    sim::Duration alone;  ///< time on the wire if nobody else is there
    double bytes;
  };
  [[nodiscard]] Transfer transfer(const Op& op) const {
    const Quantity& what = quantity(op);
    if (what.replay == nullptr) return {op.fixed, what.factor};
    const sim::Duration alone = replayed(what);
    if (op.fixed <= sim::Duration{0}) return {alone, what.factor};
    return {alone,
            what.factor * (static_cast<double>(alone.count()) / static_cast<double>(op.fixed.count()))};
  }

  [[nodiscard]] sim::Duration replayed(const Quantity& what) const {
    if (what.replay == nullptr) return sim::Duration{0};
    const std::vector<sim::Duration>& times = *what.replay;
    return std::min(times[std::min<std::size_t>(request_.number, times.size() - 1)], longest_delay / 2);
  }

  Partition& home_;
  sim::Context& context_;
  sim::Time clock_;  ///< how far the request has come; the engine's clock may be behind
  std::uint32_t strand_;
  Turn turn_;
  bool waits_here_ = false;
  Request request_;
};

}  // namespace models
