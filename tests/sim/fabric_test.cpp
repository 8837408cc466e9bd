#include "sim/fabric.hpp"

#include <catch2/catch.hpp>
#include <mutex>

#include "support/meeting.hpp"
#include "tokens.hpp"

using namespace std::chrono_literals;
using sim::Engine;

namespace {

/// What a run came to, all members together; a station's state is that of the member that has it.
struct Outcome {
  std::uint64_t events = 0, fingerprint = 0;
  std::vector<std::uint64_t> states;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

constexpr std::uint32_t stations = 42;

void add(Outcome& all, tokens::Model& model, std::uint32_t partitions) {
  all.events += model.engine().events();
  sim::Fingerprint sum = sim::Fingerprint::of(all.fingerprint);
  sum.merge(model.engine().fingerprint());
  all.fingerprint = sum.value();
  all.states.resize(stations);
  const std::vector<std::uint64_t> states = model.states();
  for (std::uint32_t s = 0; s < stations; ++s)
    if (model.engine().is_own(sim::PartitionId{s * 7 % partitions})) all.states[s] = states[s];
}

Outcome alone(std::uint32_t partitions, sim::Duration duration) {
  tokens::Model model{{.partitions = partitions}};
  model.engine().run_until(sim::at(duration));
  Outcome all;
  add(all, model, partitions);
  return all;
}

Outcome together(test_support::Meeting& meeting, std::uint32_t partitions, sim::Duration duration,
                 sim::Duration slice, unsigned threads = 1) {
  Outcome all;
  std::mutex mutex;
  meeting.run([&](sim::Fabric& fabric) {
    tokens::Model model{
        {.partitions = partitions,
         .options = {
             .lookahead = tokens::lookahead, .threads = threads, .share_from = 0, .fabric = &fabric}}};
    for (sim::Duration end = slice; end <= duration; end += slice) model.engine().run_until(sim::at(end));
    const std::scoped_lock lock{mutex};
    add(all, model, partitions);
  });
  return all;
}

}  // namespace

TEST_CASE("Engines that share the partitions give the run of one engine", "[sim][fabric][threads]") {
  const std::uint32_t partitions = GENERATE(1u, 5u, 41u);
  const Outcome one = alone(partitions, 200ms);
  CHECK(one.events > 20'000);
  for (const unsigned members : {1U, 2U, 3U, 8U}) {
    INFO(partitions << " partitions, " << members << " members");
    test_support::Meeting meeting{members};
    CHECK(together(meeting, partitions, 200ms, 200ms) == one);
    CHECK((meeting.delivered() > 0) == (members > 1 && partitions > 1));
  }
}

TEST_CASE("So they do in slices, and with threads each", "[sim][fabric][threads]") {
  const Outcome one = alone(41, 100ms);
  test_support::Meeting meeting{3};
  // A slice of 6.25 ms ends within a window, with mail under way.
  CHECK(together(meeting, 41, 100ms, 6250us, 2) == one);
}

TEST_CASE("All members stop where one of them is told to", "[sim][fabric][threads]") {
  std::atomic<bool> stop = true;
  std::atomic<int> stopped = 0;
  test_support::Meeting meeting{3};
  meeting.run([&](sim::Fabric& fabric) {
    tokens::Model model{{.partitions = 5,
                         .options = {.lookahead = tokens::lookahead,
                                     .stop = fabric.member() == 1 ? &stop : nullptr,
                                     .fabric = &fabric}}};
    const bool at_once = model.engine().run_until(sim::at(1s)) == Engine::Status::stopped;
    stopped += at_once && model.engine().events() == 0;
  });
  CHECK(stopped == 3);
}
