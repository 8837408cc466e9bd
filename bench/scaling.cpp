// How far cores help. First measured: replications side by side, and the windows of one coupled world shared
// among threads, by the clock on the wall. Then a schedule: the events of each partition in each window of an
// engine, dealt out to up to 128 cores by the engine's own rule, with the measured cost of an event and of a
// round of the team.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "models/world.hpp"
#include "pipeline_model.hpp"
#include "sim/engine.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"
#include "sim/team.hpp"
#include "support/measure.hpp"

namespace {

using sim::operator""ms;

/// Shortest time by the wall clock of some runs of `work` [s].
template <class Work>
double wall_seconds(Work work, int runs = 3) {
  double best = 1e300;
  for (int i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

void measure_replications(const models::WorldSpec& spec) {
  const auto run = [&](std::uint32_t replication) {
    models::World{spec, {.replication = replication}}.run();
  };
  const double alone = wall_seconds([&] { run(0); });
  const double pair = wall_seconds([&] {
    std::thread other{run, 1};
    run(0);
    other.join();
  });
  std::printf("two replications side by side: %.2f times as fast\n", 2 * alone / pair);
}

/// On two threads, four and so on, as long as there are so many cores.
void measure_threads(const models::WorldSpec& spec) {
  const auto run = [&](unsigned threads) {
    return wall_seconds([&] { models::World{spec, {.threads = threads}}.run(); });
  };
  const double one = run(1);
  for (unsigned threads = 2; threads <= std::thread::hardware_concurrency(); threads *= 2)
    std::printf("one world of %u coupled sites on %u threads: %.2f times as fast\n", spec.partitions, threads,
                one / run(threads));
}

/// Nanoseconds of a round of two with nothing to do: the best of many short series, as a busy machine lets
/// one of the two wait for the other's turn on the processor.
double round_ns() {
  constexpr int rounds = 50;
  sim::Team team{2};
  return wall_seconds(
             [&] {
               for (int i = 0; i < rounds; ++i) team.run([](unsigned) {});
             },
             500) *
         1e9 / rounds;
}

struct Shape {
  const char* name;
  double sites, rate;          ///< requests of a site [1/s]
  sim::Duration hop;           ///< and lookahead
  double busiest_share = 0.0;  ///< of all requests, begun in the first partition
};

/// The sites of a partition: their users' requests go to any partition and come back, three events each.
class Host final : public sim::Entity {
 public:
  struct Turn {
    sim::Time end;
    double events;
  };

  Host(sim::EntityId id, std::uint32_t hosts, double rate, sim::Duration hop)
      : id_{id}, hosts_{hosts}, rate_{rate}, hop_{hop}, random_{id.value() + 1} {}

  void schedule_user(sim::Context& context) {
    const double seconds = sim::math::exponential_quantile(sim::Draw{random_()}.uniform()) / rate_;
    context.schedule(event(context.now() + sim::from_seconds(seconds), id_));
  }
  void handle(const sim::Event&, sim::Context& context) override {
    count(context);
    schedule_user(context);
    travel(static_cast<std::uint32_t>((random_() >> 32) * hosts_ >> 32), outward, context);
  }
  void receive(const sim::Mail& mail, sim::Context& context) override {
    count(context);
    if (mail.event.kind == outward) travel(static_cast<std::uint32_t>(mail.event.data), homeward, context);
  }
  [[nodiscard]] const std::vector<Turn>& turns() const { return turns_; }

 private:
  enum Kind : std::uint16_t { user, outward, homeward };

  sim::Event event(sim::Time time, sim::EntityId target) {
    return {.time = time, .order = sim::Order{id_, ++count_}, .target = target};
  }
  void travel(std::uint32_t to, Kind kind, sim::Context& context) {
    const sim::Duration queue{static_cast<std::int64_t>(random_() % 2'000'000)};
    sim::Event mail = event(context.now() + hop_ + queue, sim::EntityId{to});
    mail.kind = kind;
    mail.data = id_.value();
    context.send(sim::PartitionId{to}, mail, {});
  }
  void count(const sim::Context& context) {
    if (turns_.empty() || turns_.back().end != context.window_end())
      turns_.push_back({context.window_end(), 0});
    ++turns_.back().events;
  }

  sim::EntityId id_;
  std::uint32_t hosts_;
  double rate_;
  sim::Duration hop_;
  sim::SplitMix64 random_;
  std::uint64_t count_ = 0;
  std::vector<Turn> turns_;
};

/// Events by window and partition.
using Work = std::vector<std::vector<double>>;

Work simulate(const Shape& shape, int windows) {
  const double all = shape.sites * shape.rate;
  // As World does: some 256 requests for each partition in each window.
  const auto hosts =
      static_cast<std::uint32_t>(std::clamp(all * sim::to_seconds(shape.hop) / 256, 1.0, shape.sites));
  sim::Engine engine{{.lookahead = shape.hop}};
  std::vector<std::unique_ptr<Host>> partitions;
  for (std::uint32_t i = 0; i < hosts; ++i) {
    const double even = all * (1 - shape.busiest_share) / hosts;
    partitions.push_back(std::make_unique<Host>(sim::EntityId{i}, hosts,
                                                i == 0 ? even + all * shape.busiest_share : even, shape.hop));
    const sim::PartitionId home = engine.add_partition();
    engine.add(home, *partitions.back());
    partitions.back()->schedule_user(engine.context(home));
  }
  engine.run_until(sim::time_zero + windows * shape.hop);
  Work work(windows, std::vector<double>(hosts, 0));
  for (std::uint32_t i = 0; i < hosts; ++i)
    for (const Host::Turn& turn : partitions[i]->turns())
      work[static_cast<std::size_t>((turn.end - sim::time_zero) / shape.hop - 1)][i] += turn.events;
  return work;
}

/// When the last core is done if each takes the turns of its own partitions in order, then those that others
/// have not begun (Engine::work).
double makespan(const std::vector<double>& turns, unsigned cores) {
  std::vector<std::vector<double>> own(cores);
  for (std::size_t i = 0; i < turns.size(); ++i) own[i * cores / turns.size()].push_back(turns[i]);
  std::vector<std::size_t> taken(cores, 0);
  std::vector<double> free(cores, 0);
  for (std::size_t turn = 0; turn < turns.size(); ++turn) {
    const auto core = static_cast<std::size_t>(std::min_element(free.begin(), free.end()) - free.begin());
    std::size_t lane = core;
    while (taken[lane] == own[lane].size()) lane = (lane + 1) % cores;
    free[core] += own[lane][taken[lane]++];
  }
  return *std::max_element(free.begin(), free.end());
}

void print_schedule(const Shape& shape, int windows, double event_ns, double round) {
  constexpr double turn_ns = 150;  // between two turns of the engine, all of it on one core
  const Work work = simulate(shape, windows);
  std::printf("%-34s %10zu", shape.name, work.front().size());
  for (const unsigned cores : {2U, 4U, 8U, 16U, 32U, 64U, 128U}) {
    double alone = 0, together = 0;
    for (const std::vector<double>& window : work) {
      double events = 0;
      for (const double turn : window) events += turn;
      const double serial = turn_ns * static_cast<double>(window.size());
      alone += events * event_ns + serial;
      together += makespan(window, cores) * event_ns + serial + round * std::bit_width(cores - 1);
    }
    std::printf(" %6.1f", alone / together);
  }
  std::printf("\n");
}

}  // namespace

int main(int count, char** arguments) {
  const bool tiny = bench::effort(count, arguments) == bench::Effort::tiny;
  bench::print_machine();
  const models::WorldSpec spec = bench::pipeline({.sites = tiny ? 30U : 1'000U,
                                                  .coupling = bench::Coupling::coupled,
                                                  .requests_per_site = tiny ? 100.0 : 1'000.0});
  measure_replications(spec);
  measure_threads(spec);

  models::WorldResult result;
  const double seconds = bench::best_of(3, [&] { result = models::World{spec, {}}.run(); });
  const double event_ns = seconds * 1e9 / static_cast<double>(result.events);
  const double round = round_ns();
  std::printf(
      "\nSchedule: %.0f ns an event, %.0f ns a round of two, twice that of four, three times of eight "
      "...\n\n",
      event_ns, round);
  std::printf("%-34s %10s %6d %6d %6d %6d %6d %6d %6d\n", "", "partitions", 2, 4, 8, 16, 32, 64, 128);
  const Shape shapes[] = {{"1,000 sites, 1,000/s, 5 ms", 1e3, 1e3, 5ms},
                          {"1,000 sites, 1,000/s, 20 ms", 1e3, 1e3, 20ms},
                          {"10,000 sites, 100/s, 5 ms", 1e4, 100, 5ms},
                          {"10,000 sites, 1,000/s, 5 ms", 1e4, 1e3, 5ms},
                          {"the same, 5 % begun at one place", 1e4, 1e3, 5ms, 0.05},
                          {"10,000 sites, 1,000/s, 0.5 ms", 1e4, 1e3, sim::Duration{500'000}},
                          {"10,000 sites, 1,000/s, 20 ms", 1e4, 1e3, 20ms}};
  for (const Shape& shape : shapes) print_schedule(shape, tiny ? 2 : 200, event_ns, round);
}
