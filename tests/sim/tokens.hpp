#pragma once
#include <array>
#include <atomic>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "sim/engine.hpp"
#include "sim/hash.hpp"

/// A closed model for tests of the engine: tokens walk at random over stations, with work and timers at each.
namespace tokens {

using namespace std::chrono_literals;

inline constexpr sim::Duration lookahead = 1ms;

enum Kind : std::uint16_t { arrival, work, timer };

struct Spec {
  std::uint32_t stations = 42;
  std::uint32_t partitions = 1;
  std::uint32_t tokens = 300;
  std::uint64_t seed = 1;
  sim::Engine::Options options{.lookahead = lookahead};
};

/// Hashes everything that happens to it, in order.
class Station final : public sim::Entity {
 public:
  Station(const std::vector<sim::PartitionId>& homes, std::uint64_t seed) : homes_{homes}, random_{seed} {}
  void set_id(sim::EntityId id) { id_ = id; }

  void handle(const sim::Event& event, sim::Context& context) override {
    remember_event(event);
    if (event.kind == timer) return set_timer(context);
    pass_on(event.data, context);
  }

  void receive(const sim::Mail& mail, sim::Context& context) override {
    remember_event(mail.event);
    std::uint64_t token = 0;
    std::memcpy(&token, mail.cargo.data(), sizeof token);
    start_work(token, context);
  }

  /// Sets the timer, or sets it anew.
  void set_timer(sim::Context& context) {
    timer_ = next_event(context.now() + sim::Duration{1 + below(3'000'000)}, id_, timer);
    context.schedule(timer_);
  }
  [[nodiscard]] std::uint64_t state() const { return state_; }

 private:
  void remember_event(const sim::Event& event) {
    remember(static_cast<std::uint64_t>(event.time.time_since_epoch().count()) ^ event.kind);
  }
  void remember(std::uint64_t what) { state_ = sim::combine(state_, what); }
  std::int64_t below(std::uint64_t bound) { return static_cast<std::int64_t>(random_() % bound); }

  sim::Event next_event(sim::Time time, sim::EntityId target, Kind kind) {
    return {.time = time, .order = sim::Order{id_, ++count_}, .target = target, .kind = kind};
  }

  // A third of the work takes no time; an arrival now and then winds the timer up again.
  void start_work(std::uint64_t token, sim::Context& context) {
    remember(token);
    if (below(5) == 0) {
      context.cancel(timer_);
      set_timer(context);
    }
    sim::Event event = next_event(context.now() + sim::Duration{below(3) * below(1'000'000)}, id_, work);
    event.data = token;
    context.schedule(event);
  }

  // Coarse delays make arrivals of one instant from different partitions common.
  void pass_on(std::uint64_t token, sim::Context& context) {
    const sim::EntityId next{static_cast<std::uint32_t>(below(homes_.size()))};
    const sim::Time then{(context.now().time_since_epoch() / 100us + 11 + below(20)) * 100us};
    ++token;
    context.send(homes_[next.value()], next_event(then, next, arrival), std::as_bytes(std::span{&token, 1}));
  }

  const std::vector<sim::PartitionId>& homes_;
  sim::SplitMix64 random_;
  sim::EntityId id_{};
  sim::Event timer_{};
  std::uint64_t state_ = 0;
  std::uint64_t count_ = 0;
};

class Model {
 public:
  explicit Model(const Spec& spec) : engine_{spec.options} {
    for (std::uint32_t p = 0; p < spec.partitions; ++p) engine_.add_partition();
    for (std::uint32_t s = 0; s < spec.stations; ++s) {
      homes_.push_back(sim::PartitionId{s * 7 % spec.partitions});
      stations_.push_back(std::make_unique<Station>(homes_, spec.seed + s));
      stations_.back()->set_id(engine_.add(homes_.back(), *stations_.back()));
    }
    for (std::uint32_t s = 0; s < spec.stations; ++s)
      if (engine_.is_own(homes_[s])) stations_[s]->set_timer(engine_.context(homes_[s]));
    for (std::uint64_t t = 0; t < spec.tokens; ++t) add_token(t, spec.stations);
  }

  [[nodiscard]] sim::Engine& engine() { return engine_; }
  [[nodiscard]] std::vector<std::uint64_t> states() const {
    std::vector<std::uint64_t> all;
    for (const auto& station : stations_) all.push_back(station->state());
    return all;
  }

 private:
  void add_token(std::uint64_t token, std::uint32_t stations) {
    const sim::EntityId at_station{static_cast<std::uint32_t>(token % stations)};
    if (!engine_.is_own(homes_[at_station.value()])) return;
    const sim::Event event{.time = sim::at(sim::Duration{static_cast<std::int64_t>(token)}),
                           .order = sim::Order{at_station, (1ULL << 39) + token},
                           .target = at_station,
                           .kind = work,
                           .data = token << 32};
    engine_.context(homes_[at_station.value()]).schedule(event);
  }

  sim::Engine engine_;
  std::vector<sim::PartitionId> homes_;
  std::vector<std::unique_ptr<Station>> stations_;
};

}  // namespace tokens
