// M/M/1 at load 0.8, every waiting time recorded: by events of the engine, compiled to a recursion, by events
// over std::priority_queue, and in SimGrid and SimPy. The first three use the same draws and must agree to
// the nanosecond.

#include <array>
#include <cstdlib>
#include <vector>

#include "sim/engine.hpp"
#include "sim/exponential.hpp"
#include "sim/histogram.hpp"
#include "sim/random.hpp"
#include "support/measure.hpp"
#include "support/standard_engine.hpp"

namespace {

using sim::Duration;
using sim::Event;
using sim::Time;

constexpr double mean_gap = 1.25e-3;     // [s] between arrivals
constexpr double mean_service = 1.0e-3;  // [s]

/// The draws of successive customers, made in batches: lane 0 the gap before, lane 1 the service.
class Draws {
 public:
  static constexpr std::size_t size = 256;

  void next_batch() {
    stream_.fill_pairs(number_, 0, even_, odd_);
    sim::exponential_durations(mean_gap, even_, gaps);
    sim::exponential_durations(mean_service, odd_, services);
    number_ += size;
  }

  std::array<Duration, size> gaps{}, services{};

 private:
  sim::Stream stream_ = sim::Streams{1, 0}.make("bench", "mm1");
  std::uint32_t number_ = 0;
  std::array<sim::Draw, size> even_{}, odd_{};
};

/// FIFO of customers that wait, in a ring.
class Waiting {
 public:
  struct Customer {
    Time arrived;
    Duration service;
  };
  [[nodiscard]] bool empty() const { return first_ == last_; }
  void push(Customer customer) {
    if (last_ - first_ == ring_.size()) grow();
    ring_[last_++ % ring_.size()] = customer;
  }
  Customer pop() { return ring_[first_++ % ring_.size()]; }

 private:
  void grow() {
    std::vector<Customer> wider(2 * ring_.size());
    for (std::size_t i = first_; i != last_; ++i) wider[i % wider.size()] = ring_[i % ring_.size()];
    ring_ = std::move(wider);
  }

  std::vector<Customer> ring_ = std::vector<Customer>(16);
  std::size_t first_ = 0, last_ = 0;
};

/// One server; its event is the end of a service. Base and Context: those of the engine at hand.
template <class Base, class Context>
class Server final : public Base {
 public:
  explicit Server(sim::Histogram& waits) : waits_{waits} {}
  void set_id(sim::EntityId id) { id_ = id; }

  void arrive(Duration service, Context& context) {
    if (busy_) return waiting_.push({context.now(), service});
    busy_ = true;
    start({context.now(), service}, context);
  }

  void handle(const Event&, Context& context) override {
    busy_ = !waiting_.empty();
    if (busy_) start(waiting_.pop(), context);
  }

 private:
  void start(Waiting::Customer customer, Context& context) {
    waits_.record(context.now() - customer.arrived);
    context.schedule(
        {.time = context.now() + customer.service, .order = sim::Order{id_, count_++}, .target = id_});
  }

  sim::Histogram& waits_;
  Waiting waiting_;
  sim::EntityId id_{};
  std::uint64_t count_ = 0;
  bool busy_ = false;
};

/// Sends so many `customers` to the server; its event is an arrival.
template <class Base, class Context>
class Source final : public Base {
 public:
  Source(Server<Base, Context>& server, std::uint32_t customers) : server_{server}, customers_{customers} {}
  void set_id(sim::EntityId id) { id_ = id; }

  void schedule_next(Context& context) {
    if (number_ == customers_) return;
    if (number_ % Draws::size == 0) draws_.next_batch();
    const Time time = context.now() + draws_.gaps[number_ % Draws::size];
    context.schedule({.time = time, .order = sim::Order{id_, number_}, .target = id_});
  }

  void handle(const Event&, Context& context) override {
    const Duration service = draws_.services[number_++ % Draws::size];
    schedule_next(context);
    server_.arrive(service, context);
  }

 private:
  Server<Base, Context>& server_;
  std::uint32_t customers_;
  Draws draws_;
  sim::EntityId id_{};
  std::uint32_t number_ = 0;
};

sim::Histogram by_engine(std::uint32_t customers) {
  sim::Histogram waits;
  sim::Engine engine;
  const auto home = engine.add_partition();
  Server<sim::Entity, sim::Context> server{waits};
  Source<sim::Entity, sim::Context> source{server, customers};
  server.set_id(engine.add(home, server));
  source.set_id(engine.add(home, source));
  source.schedule_next(engine.context(home));
  engine.run_until(sim::time_never);
  return waits;
}

sim::Histogram by_standard_queue(std::uint32_t customers) {
  sim::Histogram waits;
  bench::StandardEngine engine;
  Server<bench::StandardEngine::Entity, bench::StandardEngine> server{waits};
  Source<bench::StandardEngine::Entity, bench::StandardEngine> source{server, customers};
  server.set_id(engine.add(server));
  source.set_id(engine.add(source));
  source.schedule_next(engine);
  engine.run_until(sim::time_never);
  return waits;
}

/// Lindley's recursion: the next customer waits for what is left of this one's wait and service.
sim::Histogram compiled(std::uint32_t customers) {
  sim::Histogram waits;
  Draws draws;
  Duration left{0};
  for (std::uint32_t first = 0; first < customers; first += Draws::size) {
    draws.next_batch();
    for (std::size_t i = 0; i < Draws::size && first + i < customers; ++i) {
      const Duration wait = std::max(left - draws.gaps[i], Duration{0});
      waits.record(wait);
      left = wait + draws.services[i];
    }
  }
  return waits;
}

struct Row {
  double rate;       ///< customers a second of processor time
  double mean_wait;  ///< [ms]
};

void print(const char* name, Row row, double baseline) {
  std::printf("%-28s %12.3f %10.1f %10.3f %12.2f\n", name, row.rate / 1e6, 1e9 / row.rate, row.mean_wait,
              row.rate / baseline);
}

template <class Model>
Row measure(Model model, std::uint32_t customers, sim::Histogram& waits) {
  const double seconds = bench::best_of(3, [&] { waits = model(customers); });
  return {customers / seconds, waits.mean() * 1e-6};
}

/// Runs another simulator, which prints customers, processor seconds and mean wait [s].
void print_other(const char* name, const std::string& command, double baseline) {
  double count = 0, seconds = 0, mean_wait = 0;
  FILE* const output = popen(command.c_str(), "r");
  const bool ran = output != nullptr && std::fscanf(output, "%lf %lf %lf", &count, &seconds, &mean_wait) == 3;
  if (output != nullptr) pclose(output);
  if (!ran)
    std::printf("%-28s not installed\n", name);
  else
    print(name, {count / seconds, mean_wait * 1e3}, baseline);
  std::fflush(stdout);
}

void print_others(double baseline) {
#ifdef MM1_SIMGRID
  print_other("SimGrid", MM1_SIMGRID " 2>/dev/null", baseline);
#else
  std::printf("%-28s not installed\n", "SimGrid");
#endif
  print_other("SimPy", "/usr/bin/python3 " MM1_SIMPY " 2>/dev/null", baseline);
}

}  // namespace

int main(int count, char** arguments) {
  const bool tiny = bench::effort(count, arguments) == bench::Effort::tiny;
  const std::uint32_t customers = tiny ? 1'000 : 4'000'000;
  bench::print_machine();
  std::printf("M/M/1, load 0.8, %u customers; theory: mean wait 0.8 / (1000 - 800) s = 4 ms\n\n", customers);
  sim::Histogram standard_waits, engine_waits, compiled_waits;
  const Row standard = measure(by_standard_queue, customers, standard_waits);
  const Row engine = measure(by_engine, customers, engine_waits);
  const Row recursion = measure(compiled, customers, compiled_waits);
  std::printf("%-28s %12s %10s %10s %12s\n", "", "Mcustomers/s", "ns each", "wait [ms]", "ratio to std");
  print("events, std::priority_queue", standard, standard.rate);
  print("events, sim::Engine", engine, standard.rate);
  print("compiled", recursion, standard.rate);
  if (!tiny) print_others(standard.rate);
  if (standard_waits == engine_waits && engine_waits == compiled_waits) return EXIT_SUCCESS;
  std::printf("the three ways disagree\n");
  return EXIT_FAILURE;
}
