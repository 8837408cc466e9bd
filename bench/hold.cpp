// Hold model: take the earliest of n pending events, schedule one an exponential time later, again and again.
// Our queues against std::priority_queue of the same events.

#include <queue>
#include <vector>

#include "sim/event_queue.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"
#include "support/measure.hpp"

namespace {

using sim::Duration;
using sim::Event;

struct Later {
  bool operator()(const Event& a, const Event& b) const { return sim::earlier(b, a); }
};

class StandardQueue {
 public:
  void push(const Event& event) { queue_.push(event); }
  [[nodiscard]] sim::Time next_time() const { return queue_.top().time; }
  void replace_top(const Event& event) {
    queue_.pop();
    queue_.push(event);
  }

 private:
  std::priority_queue<Event, std::vector<Event>, Later> queue_;
};

/// The wheel without the heap that EventQueue has below 128 events.
struct WheelAlone : sim::WheelQueue {
  WheelAlone() : WheelQueue{1} {}
};

/// Exponential increments, drawn beforehand so that the queue alone is measured.
std::vector<Duration> increments(std::size_t pending) {
  const sim::Stream stream = sim::Streams{1, 0}.make("bench", "hold");
  std::vector<Duration> all(1 << 16);
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    // One event a microsecond, whatever the number pending.
    const double mean = 1e-6 * static_cast<double>(pending);
    all[i] = sim::from_seconds(mean * sim::math::exponential_quantile(stream.draw(i).uniform()));
  }
  return all;
}

/// Processor time of one hold, over `times` [ns].
template <class Queue>
double measure(std::size_t pending, std::size_t times) {
  const std::vector<Duration> delays = increments(pending);
  std::uint64_t count = 0;
  const auto delay = [&] { return delays[count % delays.size()]; };
  const auto next = [&](sim::Time now) {
    const sim::Time time = now + delay();
    return Event{.time = time, .order = sim::Order{sim::EntityId{1}, count++}, .data = count};
  };
  Queue queue;
  for (std::size_t i = 0; i < pending; ++i) queue.push(next(sim::time_zero));
  const auto hold = [&](std::size_t steps) {
    for (std::size_t i = 0; i < steps; ++i) queue.replace_top(next(queue.next_time()));
  };
  hold(2 * pending);  // into the steady state
  return bench::best_of(3, [&] { hold(times); }) / static_cast<double>(times) * 1e9;
}

}  // namespace

int main(int count, char** arguments) {
  const bool tiny = bench::effort(count, arguments) == bench::Effort::tiny;
  const std::size_t most = tiny ? 1'000 : 10'000'000, times = tiny ? 1'000 : 2'000'000;
  bench::print_machine();
  std::printf(
      "Hold model, ns a hold (pop and push) of a 32-byte event; ratio = std::priority_queue / "
      "EventQueue\n\n");
  std::printf("%10s %12s %10s %10s %10s %8s %8s\n", "pending", "EventQueue", "M/s", "heap", "wheel", "std",
              "ratio");
  for (std::size_t pending = 100; pending <= most; pending *= 10) {
    const double ours = measure<sim::EventQueue>(pending, times);
    const double heap = measure<sim::Cancellable<sim::HeapQueue>>(pending, times);
    const double wheel = measure<sim::Cancellable<WheelAlone>>(pending, times);
    const double standard = measure<StandardQueue>(pending, times);
    std::printf("%10zu %12.1f %10.1f %10.1f %10.1f %8.1f %8.1f\n", pending, ours, 1e3 / ours, heap, wheel,
                standard, standard / ours);
    std::fflush(stdout);
  }
}
