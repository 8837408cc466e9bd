#include "sim/engine.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <thread>

#include "support/allocations.hpp"
#include "support/death.hpp"
#include "tokens.hpp"

using namespace std::chrono_literals;
using sim::Engine;
using sim::Event;

namespace {

/// An entity whose reaction is given as a function.
class Reactor final : public sim::Entity {
 public:
  using Reaction = std::function<void(const Event&, sim::Context&)>;
  explicit Reactor(Reaction reaction) : reaction_{std::move(reaction)} {}
  void handle(const Event& event, sim::Context& context) override { reaction_(event, context); }

 private:
  Reaction reaction_;
};

/// An event for the first entity.
Event event_at(sim::Duration since_start, std::uint64_t count = 0) {
  return {
      .time = sim::at(since_start), .order = sim::Order{sim::EntityId{0}, count}, .target = sim::EntityId{0}};
}

struct Outcome {
  std::uint64_t events, fingerprint;
  std::vector<std::uint64_t> states;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome outcome(tokens::Model& model) {
  return {model.engine().events(), model.engine().fingerprint().value(), model.states()};
}

Outcome run_for(const tokens::Spec& spec, sim::Duration duration) {
  tokens::Model model{spec};
  REQUIRE(model.engine().run_until(sim::at(duration)) == Engine::Status::reached_end);
  return outcome(model);
}

}  // namespace

TEST_CASE("Events are handled by time, then by creator, then by its count", "[sim][engine]") {
  Engine engine;
  const auto home = engine.add_partition();
  std::vector<std::uint64_t> seen;
  Reactor reactor{[&](const Event& event, sim::Context&) { seen.push_back(event.data); }};
  engine.add(home, reactor);
  const auto schedule = [&](sim::Duration time, std::uint32_t creator, std::uint64_t count,
                            std::uint64_t data) {
    engine.context(home).schedule({.time = sim::at(time),
                                   .order = sim::Order{sim::EntityId{creator}, count},
                                   .target = sim::EntityId{0},
                                   .data = data});
  };
  schedule(2ns, 0, 0, 4);
  schedule(1ns, 5, 1, 3);
  schedule(1ns, 5, 0, 2);
  schedule(1ns, 4, 9, 1);
  engine.run_until(sim::at(3ns));
  CHECK(seen == std::vector<std::uint64_t>{1, 2, 3, 4});
}

TEST_CASE("Any number of partitions gives the same run", "[sim][engine]") {
  const Outcome one = run_for({.partitions = 1}, 2s);
  // 300 tokens, each one arrival and one piece of work about every 2.8 ms (half a lookahead is in the
  // rounding): some 300 * 2 * 2 s / 2.8 ms = 430,000 events, so that agreement means something.
  CHECK(one.events > 200'000);
  for (const std::uint32_t partitions : {2u, 7u, 42u}) {
    INFO(partitions << " partitions");
    CHECK(run_for({.partitions = partitions}, 2s) == one);
  }
  CHECK_FALSE(run_for({.seed = 2}, 2s) == one);
}

TEST_CASE("Any number of threads gives the same run", "[sim][engine][threads]") {
  const Outcome one = run_for({.partitions = 42}, 500ms);
  const std::uint64_t share_from = GENERATE(0u, 200u);  // 200: some of the windows
  for (const unsigned threads : {2U, 3U, 8U}) {
    INFO(threads << " threads");
    CHECK(run_for({.partitions = 42,
                   .options = {.lookahead = tokens::lookahead, .threads = threads, .share_from = share_from}},
                  500ms) == one);
  }
}

TEST_CASE("A run of several threads stops when told to, and goes on where it was", "[sim][engine][threads]") {
  std::atomic<bool> stop = false;
  tokens::Model model{
      {.partitions = 7,
       .options = {.lookahead = tokens::lookahead, .stop = &stop, .threads = 3, .share_from = 0}}};
  Reactor stopper{[&](const Event&, sim::Context&) { stop = true; }};
  const auto id = model.engine().add(sim::PartitionId{0}, stopper);
  model.engine()
      .context(sim::PartitionId{0})
      .schedule({.time = sim::at(100ms), .order = sim::Order{id, 0}, .target = id});
  CHECK(model.engine().run_until(sim::at(300ms)) == Engine::Status::stopped);
  stop = false;
  CHECK(model.engine().run_until(sim::at(300ms)) == Engine::Status::reached_end);
  CHECK(model.states() == run_for({.partitions = 7}, 300ms).states);
}

TEST_CASE("With an event limit one thread runs, so that it falls where it always does",
          "[sim][engine][threads]") {
  CHECK(Engine{{.event_limit = 10, .threads = 8}}.lanes() == 1);
  CHECK(Engine{{.threads = 8}}.lanes() == 8);
}

TEST_CASE("A shorter lookahead than necessary gives the same run", "[sim][engine]") {
  const Outcome one = run_for({.partitions = 1}, 100ms);
  CHECK(run_for({.partitions = 7, .options = {.lookahead = 77us}}, 100ms) == one);
  CHECK(run_for({.partitions = 7, .options = {.lookahead = 1ns}}, 100ms) == one);
}

TEST_CASE("A run in slices equals a run in one go", "[sim][engine]") {
  const std::uint32_t partitions = GENERATE(1u, 7u);
  const Outcome whole = run_for({.partitions = partitions}, 300ms);
  tokens::Model sliced{{.partitions = partitions}};
  for (auto end = 0us; end < 300ms; end += 137us) sliced.engine().run_until(sim::at(end));
  sliced.engine().run_until(sim::at(300ms));
  CHECK(outcome(sliced) == whole);
}

TEST_CASE("An event at the end stays pending and the clock stands at the end", "[sim][engine]") {
  Engine engine;
  const auto home = engine.add_partition();
  int handled = 0;
  Reactor reactor{[&](const Event&, sim::Context&) { ++handled; }};
  engine.add(home, reactor);
  engine.context(home).schedule(event_at(5ns));
  CHECK(engine.run_until(sim::at(5ns)) == Engine::Status::reached_end);
  CHECK(handled == 0);
  CHECK(engine.context(home).now() == sim::at(5ns));
  CHECK(engine.run_until(sim::at(6ns)) == Engine::Status::reached_end);
  CHECK(handled == 1);
  CHECK(engine.run_until(sim::time_never) == Engine::Status::reached_end);
  CHECK(engine.events() == 1);
}

TEST_CASE("A run stops soon after the stop flag is set, and goes on where it was", "[sim][engine]") {
  const std::uint32_t partitions = GENERATE(1u, 7u);
  std::atomic<bool> stop = true;
  tokens::Model model{{.partitions = partitions, .options = {.lookahead = tokens::lookahead, .stop = &stop}}};
  CHECK(model.engine().run_until(sim::at(300ms)) == Engine::Status::stopped);
  CHECK(model.engine().events() == 0);

  stop = false;
  // The flag is set from within the run, by an event in the middle of it.
  Reactor stopper{[&](const Event&, sim::Context&) { stop = true; }};
  const auto id = model.engine().add(sim::PartitionId{0}, stopper);
  model.engine()
      .context(sim::PartitionId{0})
      .schedule({.time = sim::at(100ms), .order = sim::Order{id, 0}, .target = id});
  CHECK(model.engine().run_until(sim::at(300ms)) == Engine::Status::stopped);
  const std::uint64_t before = model.engine().events();
  stop = false;
  CHECK(model.engine().run_until(sim::at(300ms)) == Engine::Status::reached_end);

  const Outcome whole = run_for({.partitions = partitions}, 300ms);
  CHECK(model.states() == whole.states);
  CHECK(model.engine().events() == whole.events + 1);  // the stopper's own
  // A window of 1 ms holds some 200 events and a slice 4,096, of about 64,000 in all.
  CHECK(before > whole.events / 4);
  CHECK(before < whole.events / 2);
}

TEST_CASE("The event limit ends a run that time does not", "[sim][engine]") {
  Engine engine{{.event_limit = 10'000}};
  const auto home = engine.add_partition();
  Reactor endless{[](const Event& event, sim::Context& context) {
    Event next = event;
    next.order = sim::Order{sim::EntityId{0}, event.order.key() + 1};
    context.schedule(next);
  }};
  engine.add(home, endless);
  engine.context(home).schedule(event_at(1ms));
  CHECK(engine.run_until(sim::at(1s)) == Engine::Status::event_limit);
  CHECK(engine.events() == 10'000);
  CHECK(engine.run_until(sim::at(1s)) == Engine::Status::event_limit);
  CHECK(engine.events() == 10'000);
}

TEST_CASE("Mail sent before a run arrives in it, with its cargo", "[sim][engine]") {
  struct Receiver final : sim::Entity {
    void handle(const Event&, sim::Context&) override {}
    void receive(const sim::Mail& mail, sim::Context& context) override {
      arrived = context.now();
      cargo = mail.cargo;
    }
    sim::Time arrived{};
    std::array<std::byte, 64> cargo{};
  } receiver;
  Engine engine{{.lookahead = 1ms}};
  const auto from = engine.add_partition();
  const auto to = engine.add_partition();
  engine.add(to, receiver);
  const std::array cargo{std::byte{1}, std::byte{2}};
  engine.context(from).send(to, event_at(1ms), cargo);
  engine.run_until(sim::at(1s));
  CHECK(receiver.arrived == sim::at(1ms));
  CHECK(receiver.cargo[1] == std::byte{2});
  CHECK(receiver.cargo[2] == std::byte{0});
}

TEST_CASE("A partition whose next event was cancelled by mail still runs the one after", "[sim][engine]") {
  Engine engine{{.lookahead = 1ms}};
  const auto from = engine.add_partition();
  const auto to = engine.add_partition();
  std::vector<sim::Time> seen;
  Reactor receiver{[&](const Event&, sim::Context& context) {
    seen.push_back(context.now());
    if (context.now() != sim::at(3ms)) return;
    context.cancel(event_at(5ms));
    context.schedule(event_at(7ms));
  }};
  Reactor sender{[&](const Event&, sim::Context& context) { context.send(to, event_at(3ms), {}); }};
  engine.add(to, receiver);
  const auto sending = engine.add(from, sender);
  engine.context(to).schedule(event_at(5ms));
  engine.context(from).schedule({.time = sim::at(1ms), .order = sim::Order{sending, 0}, .target = sending});
  CHECK(engine.run_until(sim::at(1s)) == Engine::Status::reached_end);
  CHECK(seen == std::vector{sim::at(3ms), sim::at(7ms)});
}

TEST_CASE("Mail below the lookahead is a broken contract, told with time and entity",
          "[sim][engine][contract]") {
  const test_support::Death death = test_support::die([] {
    Engine engine{{.lookahead = 1ms}};
    const auto from = engine.add_partition();
    const auto to = engine.add_partition();
    Reactor hasty{[&](const Event& event, sim::Context& context) {
      Event mail = event;
      mail.time += 1ms - 1ns;
      context.send(to, mail, {});
    }};
    engine.add(from, hasty);
    engine.context(from).schedule(event_at(7ns));
    engine.run_until(sim::at(1s));
  });
  CHECK(death.aborted);
  CHECK_THAT(death.diagnostics, Catch::Contains("expects event.time - now_ >= lookahead_"));
  CHECK_THAT(death.diagnostics, Catch::Contains("simulated time 7 ns, entity 0"));
}

TEST_CASE("Wrong use of the engine is a broken contract", "[sim][engine][contract]") {
  const auto handling = [](const Reactor::Reaction& reaction) {
    return test_support::die([&] {
      Engine engine{{.lookahead = 1ms}};
      const auto home = engine.add_partition();
      const auto away = engine.add_partition();
      Reactor reactor{reaction}, stranger{[](const Event&, sim::Context&) {}};
      engine.add(home, reactor);
      engine.add(away, stranger);
      engine.context(home).schedule(event_at(5ns));
      engine.run_until(sim::at(1s));
    });
  };
  CHECK_FALSE(handling([](const Event&, sim::Context&) {}).aborted);
  const auto past = [](const Event&, sim::Context& context) { context.schedule(event_at(4ns)); };
  CHECK(handling(past).aborted);
  const auto foreign = [](const Event& event, sim::Context& context) {
    Event next = event;
    next.target = sim::EntityId{1};
    context.schedule(next);
  };
  CHECK(handling(foreign).aborted);
  const auto cancel_itself = [](const Event& event, sim::Context& context) { context.cancel(event); };
  CHECK(handling(cancel_itself).aborted);
  const auto too_much = [](const Event& event, sim::Context& context) {
    const std::array<std::byte, 65> cargo{};
    context.send(context.partition(), event, cargo);
  };
  CHECK(handling(too_much).aborted);
  CHECK(test_support::die([] { Engine{{.lookahead = 0ns}}; }).aborted);
}

TEST_CASE("A warm run allocates nothing", "[sim][engine]") {
  if (!test_support::counts_allocations()) {
    WARN("skipped: a sanitizer allocates");
    return;
  }
  const std::uint32_t partitions = GENERATE(1u, 7u);
  // 3,000 tokens: each of 7 partitions holds more than the 128 events up to which its queue is a heap.
  tokens::Model model{{.partitions = partitions, .tokens = 3000}};
  model.engine().run_until(sim::at(1s));
  const std::uint64_t events = model.engine().events();
  const std::size_t before = test_support::allocations();
  model.engine().run_until(sim::at(1200ms));
  const std::size_t allocated = test_support::allocations() - before;
  CHECK(allocated == 0);
  CHECK(model.engine().events() > events + 100'000);
}

TEST_CASE("Two engines in two threads do not disturb each other", "[sim][engine]") {
  const auto run = [](std::uint64_t seed) {
    tokens::Model model{{.partitions = 7, .seed = seed}};
    model.engine().run_until(sim::at(500ms));
    return outcome(model);
  };
  Outcome first, second;
  std::thread other{[&] { second = run(2); }};
  first = run(1);
  other.join();
  CHECK(first == run(1));
  CHECK(second == run(2));
}
