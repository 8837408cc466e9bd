#include "sim/mail.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>

#include "sim/engine.hpp"
#include "sim/hash.hpp"

using namespace std::chrono_literals;
using sim::Event;
using sim::Mail;
using sim::PartitionId;
using sim::detail::DueMail;
using sim::detail::Outbox;
using sim::detail::Rounds;

namespace {

Event event_at(sim::Duration time, std::uint64_t count = 0) {
  return {.time = sim::at(time), .order = sim::Order{sim::EntityId{0}, count}, .target = sim::EntityId{0}};
}

std::vector<std::uint64_t> counts_to(const Outbox& outbox, std::uint32_t partition) {
  std::vector<std::uint64_t> counts;
  outbox.for_each(PartitionId{partition},
                  [&](const Mail& mail) { counts.push_back(mail.event.order.key()); });
  std::sort(counts.begin(), counts.end());
  return counts;
}

}  // namespace

TEST_CASE("Due mail comes by time and then by order, however its times are spread", "[sim][mail]") {
  const auto [letters, spread] = GENERATE(table<int, std::uint64_t>(
      {{0, 1}, {1, 1}, {16, 100}, {17, 1}, {17, 3}, {500, 40}, {500, 5'000'000}, {3000, 1ULL << 50}}));
  sim::SplitMix64 random{7};
  std::deque<Mail> mail;
  DueMail due;
  for (int round = 0; round < 2; ++round) {  // the second finds the memory of the first
    mail.clear();
    for (int i = 0; i < letters; ++i) {
      const auto time = sim::Duration{static_cast<std::int64_t>(random() % spread)};
      mail.emplace_back(event_at(time, random() % 1'000'000), std::span<const std::byte>{});
      due.add(mail.back());
    }
    due.sort();
    std::vector<Event> expected, seen;
    for (const Mail& each : mail) expected.push_back(each.event);
    std::sort(expected.begin(), expected.end(), sim::earlier);
    for (; due.next() != nullptr; due.pop()) seen.push_back(due.next()->event);
    REQUIRE(seen.size() == expected.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
      CHECK(seen[i].time == expected[i].time);
      CHECK(seen[i].order == expected[i].order);
    }
  }
}

TEST_CASE("Rounds begin at multiples of their length, up to the end of time", "[sim][mail]") {
  const Rounds rounds{5ms};
  CHECK(rounds.at(sim::at(0ms)) == 0);
  CHECK(rounds.at(sim::at(5ms - 1ns)) == 0);
  CHECK(rounds.at(sim::at(5ms)) == 1);
  CHECK(rounds.begin(3) == sim::at(15ms));
  // 2^63 - 1 ns hold 1,844,674,407,370 rounds of 5 ms.
  CHECK(rounds.begin(1'844'674'407'370) < sim::time_never);
  CHECK(rounds.begin(1'844'674'407'371) == sim::time_never);
  CHECK(Rounds{sim::Duration::max()}.begin(2) == sim::time_never);
}

TEST_CASE("An outbox gives each partition the mail of the round, later mail with its last box",
          "[sim][mail]") {
  Outbox outbox{Rounds{1ms}};
  for (int i = 0; i < 3; ++i) outbox.add_partition();
  CHECK(outbox.next_round() == sim::time_never);
  // A page holds 42 letters: 100 to one box fill three.
  std::vector<std::uint64_t> many;
  for (std::uint64_t i = 0; i < 100; ++i) {
    outbox.post(PartitionId{1}, event_at(3ms + sim::Duration{static_cast<std::int64_t>(i)}, i), {});
    many.push_back(i);
  }
  outbox.post(PartitionId{0}, event_at(4ms, 500), {});
  outbox.post(PartitionId{2}, event_at(1s, 600), {});  // of seven boxes ahead the last: round 7
  CHECK(outbox.next_round() == sim::at(3ms));

  outbox.enter_round(sim::at(3ms));
  CHECK(outbox.addressed() == std::vector{PartitionId{1}});
  CHECK(counts_to(outbox, 1) == many);
  CHECK(counts_to(outbox, 0).empty());
  outbox.clear();
  CHECK(counts_to(outbox, 1).empty());
  CHECK(outbox.next_round() == sim::at(4ms));

  outbox.enter_round(sim::at(4ms));
  CHECK(counts_to(outbox, 0) == std::vector<std::uint64_t>{500});
  outbox.clear();
  CHECK(outbox.next_round() == sim::at(7ms));
  outbox.enter_round(sim::at(7ms));
  CHECK(counts_to(outbox, 2) == std::vector<std::uint64_t>{600});
}

TEST_CASE("Mail arrives at its time, a nanosecond or an age ahead", "[sim][mail]") {
  struct Receiver final : sim::Entity {
    void handle(const Event&, sim::Context& context) override { seen.push_back(context.now()); }
    std::vector<sim::Time> seen;
  } receiver;
  sim::Engine engine{{.lookahead = 1ms}};
  const auto from = engine.add_partition();
  const auto to = engine.add_partition();
  engine.add(to, receiver);
  std::vector<sim::Time> expected;
  std::uint64_t count = 0;
  for (const sim::Duration time : {sim::Duration{1ms}, sim::Duration{1ms + 1ns}, sim::Duration{7ms},
                                   sim::Duration{8ms}, sim::Duration{3600s}}) {
    engine.context(from).send(to, event_at(time, ++count), {});
    expected.push_back(sim::at(time));
  }
  engine.run_until(sim::at(7ms + 1ns));  // cuts a window short
  engine.run_until(sim::at(7200s));
  CHECK(receiver.seen == expected);
}

TEST_CASE("An event taken ahead counts like one that was scheduled", "[sim][engine]") {
  struct Ticker final : sim::Entity {
    explicit Ticker(bool looks_ahead) : ahead{looks_ahead} {}
    void handle(const Event& event, sim::Context& context) override {
      Event next = event;
      do {
        ++ticks;
        next.time += 100us;
        next.order = sim::Order{sim::EntityId{0}, ++count};
      } while (ahead && context.take_ahead(next));
      context.schedule(next);
    }
    bool ahead;
    std::uint64_t ticks = 0, count = 0;
  };
  const auto run = [](bool ahead, std::uint64_t limit) {
    Ticker ticker{ahead};
    sim::Engine engine{{.lookahead = 1ms, .event_limit = limit}};
    engine.add(engine.add_partition(), ticker);
    engine.context(PartitionId{0}).schedule(event_at(0ms));
    engine.run_until(sim::at(50ms));
    CHECK(ticker.ticks == engine.events());
    return std::pair{engine.events(), engine.fingerprint().value()};
  };
  CHECK(run(true, UINT64_MAX) == run(false, UINT64_MAX));
  CHECK(run(true, UINT64_MAX).first == 500);  // 50 ms, one each 0.1 ms
  CHECK(run(true, 123) == run(false, 123));
  CHECK(run(true, 123).first == 123);
}
