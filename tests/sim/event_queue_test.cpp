#include "sim/event_queue.hpp"

#include <catch2/catch.hpp>
#include <iterator>
#include <map>
#include <utility>

#include "sim/hash.hpp"

using sim::Duration;
using sim::Event;
using sim::EventQueue;

namespace {

using HeapOnly = sim::Cancellable<sim::HeapQueue>;

/// The wheel as soon as a second event is pending.
struct WheelAlways : sim::WheelQueue {
  WheelAlways() : WheelQueue{1} {}
};
using WheelOnly = sim::Cancellable<WheelAlways>;

/// How the times of pushed events lie to the time of the last pop.
enum class Schedule {
  uniform,        ///< up to a microsecond ahead
  equal_times,    ///< mostly now or one of three instants
  huge_gaps,      ///< any power of two up to years ahead
  digit_edges,    ///< just at, before or after a multiple of a power of 64
  near_monotone,  ///< ahead, sometimes before the last pop
  clumps,         ///< within 8 ns of an instant that moves by hours
};

std::int64_t draw_time(Schedule schedule, std::int64_t last, sim::SplitMix64& random) {
  const auto below = [&](std::uint64_t bound) { return static_cast<std::int64_t>(random() % bound); };
  switch (schedule) {
    case Schedule::uniform:
      return last + below(1000);
    case Schedule::equal_times:
      return below(4) ? last : last + 10 * below(3);
    case Schedule::huge_gaps:
      return last + (std::int64_t{1} << below(56));
    case Schedule::digit_edges: {
      const std::int64_t step = std::int64_t{1} << (6 * (1 + below(8)));
      return std::max(last, (last / step + 1) * step + below(3) - 1);
    }
    case Schedule::near_monotone:
      return last + below(5000) - 500;
    case Schedule::clumps:
      return (last / 3'600'000'000'000 + below(2)) * 3'600'000'000'000 + below(8);
  }
  return last;
}

/// The queue under test beside a sorted reference; every step does the same to both and compares.
template <class Queue>
class Twin {
 public:
  explicit Twin(std::uint64_t seed) : random_{seed} {}

  void push(std::int64_t time) {
    const Event event = make(time);
    queue_.push(event);
    add(event);
  }
  void pop() {
    queue_.pop();
    forget_top();
  }
  void replace_top(std::int64_t time) {
    const Event event = make(time);
    queue_.replace_top(event);
    forget_top();
    add(event);
  }
  void cancel_any() {
    const auto victim =
        std::next(reference_.begin(), static_cast<std::ptrdiff_t>(random_() % reference_.size()));
    queue_.cancel(victim->second);
    reference_.erase(victim);
  }
  [[nodiscard]] bool agrees() const {
    if (queue_.size() != reference_.size() || queue_.empty() != reference_.empty()) return false;
    if (reference_.empty()) return queue_.next_time() == sim::time_never;
    const Event& expected = reference_.begin()->second;
    return queue_.top().time == expected.time && queue_.top().order == expected.order &&
           queue_.top().data == expected.data && queue_.next_time() == expected.time;
  }
  [[nodiscard]] std::size_t size() const { return reference_.size(); }
  [[nodiscard]] std::int64_t last() const { return last_; }
  [[nodiscard]] sim::SplitMix64& random() { return random_; }

 private:
  using Key = std::pair<sim::Time, sim::Order>;

  // Creators come in random order and counts rise, so the orders of one instant are mixed but unique.
  Event make(std::int64_t time) {
    const sim::EntityId creator{static_cast<std::uint32_t>(random_() % 1000)};
    return {.time = sim::at(Duration{time}), .order = sim::Order{creator, ++count_}, .data = random_()};
  }
  void add(const Event& event) { reference_.emplace(Key{event.time, event.order}, event); }
  void forget_top() {
    last_ = reference_.begin()->first.first.time_since_epoch().count();
    reference_.erase(reference_.begin());
  }

  Queue queue_;
  std::multimap<Key, Event> reference_;
  sim::SplitMix64 random_;
  std::uint64_t count_ = 0;
  std::int64_t last_ = 0;
};

/// Random steps around `target` pending events; false at the first disagreement.
template <class Queue>
bool follows_reference(Schedule schedule, std::size_t target, bool with_cancel, std::uint64_t seed) {
  Twin<Queue> twin{seed};
  const std::size_t steps = 4 * target + 1500;
  for (std::size_t step = 0; step < steps; ++step) {
    const std::int64_t time = draw_time(schedule, twin.last(), twin.random());
    const std::uint64_t choice = twin.random()() % 16;
    if (twin.size() == 0 || (twin.size() < target && choice < 10))
      twin.push(time);
    else if (choice < 12)
      twin.replace_top(time);
    else if (choice < 14 || !with_cancel)
      twin.pop();
    else
      twin.cancel_any();
    if (!twin.agrees()) return false;
  }
  while (twin.size() > 0) {
    twin.pop();
    if (!twin.agrees()) return false;
  }
  return true;
}

}  // namespace

TEMPLATE_TEST_CASE("A queue hands out events as a sorted reference does", "[sim][queue]", HeapOnly, WheelOnly,
                   EventQueue) {
  const auto schedule = GENERATE(Schedule::uniform, Schedule::equal_times, Schedule::huge_gaps,
                                 Schedule::digit_edges, Schedule::near_monotone, Schedule::clumps);
  const std::size_t target = GENERATE(3, 40, 140, 1000);
  const bool with_cancel = GENERATE(false, true);
  INFO("schedule " << static_cast<int>(schedule) << ", pending " << target << ", cancel " << with_cancel);
  int failures = 0;
  for (std::uint64_t seed = 0; seed < 24; ++seed)
    failures += !follows_reference<TestType>(schedule, target, with_cancel, seed);
  CHECK(failures == 0);
}

TEMPLATE_TEST_CASE("An event may be pushed before the top that was looked at", "[sim][queue]", HeapOnly,
                   WheelOnly, EventQueue) {
  // Mail arrives after next_time() was asked: 300 events an hour ahead, then 300 in the first second.
  Twin<TestType> twin{1};
  for (int i = 0; i < 300; ++i) twin.push(3'600'000'000'000 + i);
  REQUIRE(twin.agrees());
  for (int i = 300; i > 0; --i) {
    twin.push(i * 1000);
    REQUIRE(twin.agrees());
  }
  while (twin.size() > 0) {
    twin.pop();
    REQUIRE(twin.agrees());
  }
}

TEMPLATE_TEST_CASE("A cancelled event counts no longer and never comes out", "[sim][queue]", HeapOnly,
                   WheelOnly, EventQueue) {
  TestType queue;
  const auto event = [](int time) {
    return Event{.time = sim::at(Duration{time}), .order = sim::Order{sim::EntityId{7}, 1}};
  };
  for (int time = 1; time <= 4; ++time) queue.push(event(time));
  queue.cancel(event(3));
  queue.cancel(event(1));
  CHECK(queue.size() == 2);
  CHECK(queue.next_time() == sim::at(Duration{2}));
  queue.pop();
  CHECK(queue.next_time() == sim::at(Duration{4}));
  queue.cancel(event(4));
  CHECK(queue.empty());
  CHECK(queue.next_time() == sim::time_never);
}

TEST_CASE("A timer cancelled and set again a thousand times rings once", "[sim][queue]") {
  EventQueue queue;
  sim::SplitMix64 random{3};
  Event timer{};
  for (std::uint64_t i = 0; i < 1000; ++i) {
    if (i > 0) queue.cancel(timer);
    timer = {.time = sim::at(Duration{1 + static_cast<std::int64_t>(random() % 1'000'000)}),
             .order = sim::Order{sim::EntityId{0}, i}};
    queue.push(timer);
    REQUIRE(queue.size() == 1);
    REQUIRE(queue.next_time() == timer.time);
  }
  queue.pop();
  CHECK(queue.empty());
}
