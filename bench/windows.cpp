// Many sites, six events a request, two of them after a journey between sites: one global queue against a
// partition for each site, run in windows of the shortest journey.

#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "sim/engine.hpp"
#include "sim/hash.hpp"
#include "sim/histogram.hpp"
#include "support/measure.hpp"
#include "support/standard_engine.hpp"

namespace {

using namespace std::chrono_literals;
using sim::Duration;
using sim::Event;
using sim::Time;

constexpr Duration shortest_journey = 5ms;
constexpr Duration mean_gap = 1ms;  // between the requests of a site

/// A request in flight; travels as cargo.
struct Request {
  Time started{};
  std::uint32_t home = 0, place = 0;
  std::array<std::int64_t, 6> parts{};
};
static_assert(sizeof(Request) == sim::Mail::cargo_size);

/// Its users send requests to random sites, which compute, store and answer.
template <class Base, class Context>
class Site final : public Base {
 public:
  Site(sim::EntityId id, const std::vector<sim::PartitionId>& homes)
      : id_{id}, homes_{homes}, random_{id.value() + 1} {}

  void schedule_user(Context& context) { schedule(user, 0, 2 * mean_gap, context); }

  void handle(const Event& event, Context& context) override {
    switch (event.kind) {
      case user:
        schedule_user(context);
        return travel(arrival, static_cast<std::uint32_t>(below(homes_.size())),
                      {.started = context.now(), .home = id_.value()}, context);
      case compute:
        return schedule(store, event.data, 1ms, context);
      case store: {
        const Request& request = take(event.data);
        return travel(answer, request.home, request, context);
      }
      case shown:
        return latencies_.record(context.now() - take(event.data).started);
    }
  }

  void receive(const sim::Mail& mail, Context& context) override {
    const std::uint64_t place = put(mail);
    if (mail.event.kind == arrival) return schedule(compute, place, 2ms, context);
    schedule(shown, place, 1ms, context);
  }

  [[nodiscard]] const sim::Histogram& latencies() const { return latencies_; }

 private:
  enum Kind : std::uint16_t { user, arrival, compute, store, answer, shown };

  /// Uniform on the integers below `bound` < 2^32.
  std::uint64_t below(std::uint64_t bound) { return (random_() >> 32) * bound >> 32; }
  Duration delay(Duration longest) {
    return Duration{static_cast<std::int64_t>(below(static_cast<std::uint64_t>(longest.count())))};
  }
  Event next_event(Time time, Kind kind) {
    return {.time = time, .order = sim::Order{id_, count_++}, .target = id_, .kind = kind};
  }

  /// Event of this site after a delay below `longest`.
  void schedule(Kind kind, std::uint64_t place, Duration longest, Context& context) {
    Event event = next_event(context.now() + delay(longest), kind);
    event.data = place;
    context.schedule(event);
  }

  void travel(Kind kind, std::uint32_t to, const Request& request, Context& context) {
    Event event = next_event(context.now() + shortest_journey + delay(40ms), kind);
    event.target = sim::EntityId{to};
    context.send(homes_[to], event, std::as_bytes(std::span{&request, 1}));
  }

  std::uint64_t put(const sim::Mail& mail) {
    if (free_.empty()) {
      free_.push_back(requests_.size());
      requests_.emplace_back();
    }
    const std::uint64_t place = free_.back();
    free_.pop_back();
    std::memcpy(&requests_[place], mail.cargo.data(), sizeof(Request));
    return place;
  }
  const Request& take(std::uint64_t place) {
    free_.push_back(place);
    return requests_[place];
  }

  sim::EntityId id_;
  const std::vector<sim::PartitionId>& homes_;
  sim::SplitMix64 random_;
  std::uint64_t count_ = 0;
  std::vector<Request> requests_;
  std::vector<std::uint64_t> free_;
  sim::Histogram latencies_;
};

struct Outcome {
  double rate;  ///< events a second of processor time, once warm
  sim::Histogram latencies;
};

/// `engine` and the sites it runs for about this many requests in all, from warm-up to the end.
/// Contexts(partition) gives where a site schedules.
template <class Base, class Context, class Engine, class ContextOf>
Outcome measure(Engine& engine, const std::vector<sim::PartitionId>& homes, std::int64_t requests,
                ContextOf context_of) {
  std::vector<std::unique_ptr<Site<Base, Context>>> sites;
  for (std::uint32_t i = 0; i < homes.size(); ++i) {
    sites.push_back(std::make_unique<Site<Base, Context>>(sim::EntityId{i}, homes));
    if constexpr (std::is_same_v<Engine, sim::Engine>)
      engine.add(homes[i], *sites[i]);
    else
      engine.add(*sites[i]);
    sites[i]->schedule_user(context_of(homes[i]));
  }
  const Duration measured = requests * mean_gap / static_cast<std::int64_t>(homes.size());
  engine.run_until(sim::at(200ms));
  const std::uint64_t before = engine.events();
  const double seconds = bench::best_of(1, [&] { engine.run_until(sim::at(200ms + measured)); });
  Outcome outcome{static_cast<double>(engine.events() - before) / seconds, {}};
  for (const auto& site : sites) outcome.latencies.merge(site->latencies());
  return outcome;
}

Outcome in_engine(std::uint32_t sites, std::uint32_t partitions, std::int64_t requests) {
  sim::Engine engine{{.lookahead = shortest_journey}};
  for (std::uint32_t i = 0; i < partitions; ++i) engine.add_partition();
  std::vector<sim::PartitionId> homes;
  for (std::uint32_t i = 0; i < sites; ++i) homes.push_back(sim::PartitionId{i % partitions});
  return measure<sim::Entity, sim::Context>(
      engine, homes, requests, [&](sim::PartitionId home) -> sim::Context& { return engine.context(home); });
}

Outcome in_standard_engine(std::uint32_t sites, std::int64_t requests) {
  bench::StandardEngine engine;
  const std::vector<sim::PartitionId> homes(sites, sim::PartitionId{0});
  return measure<bench::StandardEngine::Entity, bench::StandardEngine>(
      engine, homes, requests, [&](sim::PartitionId) -> bench::StandardEngine& { return engine; });
}

}  // namespace

int main(int count, char** arguments) {
  const bool tiny = bench::effort(count, arguments) == bench::Effort::tiny;
  const std::int64_t requests = tiny ? 1'000 : 1'000'000;
  bench::print_machine();
  std::printf("Requests between sites, 6 events each, million events a second\n\n");
  std::printf("%8s %22s %18s %10s %8s\n", "sites", "std::priority_queue", "one EventQueue", "windows",
              "ratio");
  bool agree = true;
  for (const std::uint32_t sites : {tiny ? 20u : 1'000u, tiny ? 50u : 20'000u}) {
    const Outcome standard = in_standard_engine(sites, requests);
    const Outcome one = in_engine(sites, 1, requests);
    const Outcome windows = in_engine(sites, sites, requests);
    agree = agree && standard.latencies == one.latencies && one.latencies == windows.latencies;
    std::printf("%8u %22.1f %18.1f %10.1f %8.1f\n", sites, standard.rate / 1e6, one.rate / 1e6,
                windows.rate / 1e6, windows.rate / standard.rate);
    std::fflush(stdout);
  }
  const std::uint32_t many = tiny ? 100 : 20'000;
  const double few = in_engine(10, 10, requests).rate, among_many = in_engine(10, many, requests).rate;
  std::printf("\n10 sites: %.1f in 10 partitions, %.1f among %u idle ones\n", few / 1e6, among_many / 1e6,
              many - 10);
  if (!agree) std::printf("the three ways disagree\n");
  return agree ? 0 : 1;
}
