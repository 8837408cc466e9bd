#include "sim/station.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "station_rig.hpp"

using sim::Discipline;
using namespace std::chrono_literals;
using test_support::job;
using test_support::Rig;
using test_support::weighted;

namespace {

Rig<sim::QueueStation> queue(Discipline discipline, std::uint32_t servers = 1) {
  return Rig<sim::QueueStation>{{.servers = servers, .discipline = discipline}};
}

using Times = std::vector<double>;

}  // namespace

TEST_CASE("Last come, first served: the newest waits least, and running jobs finish", "[sim][station]") {
  // Job 0 runs 0-3; of those waiting, 2 came last: 3-4, then 1: 4-5.
  CHECK(queue(Discipline::last_come).run({job(0, 3), job(1, 1), job(2, 1)}).ends() == Times{3, 5, 4});
}

TEST_CASE("Last come with preemption resumes interrupted work where it stopped", "[sim][station]") {
  // Job 1 runs 1-3 but for job 2 in 2-2.5; job 0 has 3 - 1 = 2 s left from 3.5 s on.
  auto rig = queue(Discipline::last_come_preempt);
  rig.run({job(0, 3), job(1, 2), job(2, 0.5)});
  CHECK(rig.ends() == Times{5.5, 3.5, 2.5});
  CHECK(rig.starts() == Times{0, 1, 2});  // the first moment of service, not the last resumption
}

TEST_CASE("The shortest job goes next, and equal ones in order of arrival", "[sim][station]") {
  // 0: 0-2; then 3 (1 s), then 1 and 2 (2 s each) as they came.
  CHECK(queue(Discipline::shortest_job).run({job(0, 2), job(0.5, 2), job(1, 2), job(1.5, 1)}).ends() ==
        Times{2, 5, 7, 3});
}

TEST_CASE("The shortest remaining work is what is left, not what was asked", "[sim][station]") {
  // At 3 s job 0 has 1 s left, less than job 1's 2 s, so it goes on to 4 s.
  CHECK(queue(Discipline::shortest_remaining).run({job(0, 4), job(3, 2)}).ends() == Times{4, 6});
  // At 1 s it has 3 s left, more than 2 s: interrupted until 3 s.
  CHECK(queue(Discipline::shortest_remaining).run({job(0, 4), job(1, 2)}).ends() == Times{6, 3});
}

TEST_CASE("Preemption takes the server whose job ranks last", "[sim][station]") {
  // Two servers with remaining 5 s and 9 s at 1 s: the second job makes way for job 2 in 1-2.
  CHECK(queue(Discipline::shortest_remaining, 2).run({job(0, 6), job(0, 10), job(1, 1)}).ends() ==
        Times{6, 11, 2});
}

TEST_CASE("Smaller classes go first; only preemptive priority interrupts", "[sim][station]") {
  const std::vector<sim::Job> jobs{job(0, 2, 1), job(0.5, 1, 1), job(1, 1, 0)};
  CHECK(queue(Discipline::priority).run(jobs).ends() == Times{2, 4, 3});
  // Job 2 runs 1-2; job 0 has 1 s left and came before job 1 of its class: 2-3, then 3-4.
  CHECK(queue(Discipline::priority_preempt).run(jobs).ends() == Times{3, 4, 2});
}

TEST_CASE("Random order serves everybody once, without leaving the server idle", "[sim][station]") {
  std::vector<sim::Job> jobs;
  for (int i = 0; i < 20; ++i) jobs.push_back(job(0, 1));
  auto rig = queue(Discipline::random_order);
  Times ends = rig.run(jobs).ends();
  CHECK_FALSE(std::is_sorted(ends.begin(), ends.end()));
  std::sort(ends.begin(), ends.end());
  for (int i = 0; i < 20; ++i) CHECK(ends[i] == Approx(i + 1.0));
}

TEST_CASE("A full station loses arrivals, jobs in service counted", "[sim][station]") {
  Rig<sim::QueueStation> rig{{.servers = 1, .capacity = 2}};
  rig.run({job(0, 2), job(0.5, 1), job(1, 1), job(2, 1)});
  CHECK(rig.losses() == Times{-1, -1, 1, 2});  // the arrival at 2 s was scheduled before the departure then
  CHECK(rig.ends() == Times{2, 3, -1, -1});
}

TEST_CASE("Jobs lose patience while they wait, never in service", "[sim][station]") {
  Rig<sim::QueueStation> rig{{.servers = 1, .patience = sim::Distribution::deterministic(1.5)}};
  rig.run({job(0, 3), job(1, 1), job(2, 3), job(3, 1)});
  CHECK(rig.losses() == Times{-1, 2.5, -1, 4.5});
  CHECK(rig.ends() == Times{3, -1, 6, -1});
}

TEST_CASE("Clocks integrate numbers over time", "[sim][station]") {
  auto rig = queue(Discipline::first_come);
  rig.run({job(0, 2), job(1, 2)});
  // Present: 1 in 0-1, 2 in 1-2, 1 in 2-4: 5 job seconds; busy 4 s.
  CHECK(rig.station().clock().mean_present(sim::at(10s)) == Approx(0.5));
  CHECK(rig.station().clock().mean_busy(sim::at(10s)) == Approx(0.4));
  rig.station().clock().reset(sim::at(10s));
  CHECK(rig.station().clock().mean_present(sim::at(20s)) == 0.0);
}

TEST_CASE("Processor sharing slows everybody down alike", "[sim][station]") {
  // Alone 0-1, together at half speed from 1 s: 1 s of work each lasts until 3 s.
  Rig<sim::SharingStation> one{{.cores = 1}};
  CHECK(one.run({job(0, 2), job(1, 1)}).ends() == Times{3, 3});
  // Two cores: nobody is slowed until three are present, and then to 2/3.
  Rig<sim::SharingStation> two{{.cores = 2}};
  CHECK(two.run({job(0, 2), job(0, 2), job(0, 2)}).ends() == Times{3, 3, 3});
  Rig<sim::SharingStation> idle{{.cores = 2}};
  CHECK(idle.run({job(0, 2), job(1, 2)}).ends() == Times{2, 3});
}

TEST_CASE("Weights divide one core in their ratio", "[sim][station]") {
  // 3 : 1. Job 0 needs 3 s at 3/4: ends at 4 s; job 1 got 1 s by then and has 1 s left alone.
  Rig<sim::SharingStation> rig{{.cores = 1}};
  CHECK(rig.run({weighted(0, 3, 3), weighted(0, 2, 1)}).ends() == Times{4, 5});
}

TEST_CASE("A batch takes all that wait, up to its limit", "[sim][station]") {
  Rig<sim::BatchStation> rig{{.max_batch = 2, .per_batch = 1s, .per_job = 500ms}};
  // {0}: 0-1.5; {1, 2}: 1.5-3.5; {3}: 3.5-5.
  CHECK(rig.run({job(0, 0), job(0.5, 0), job(1, 0), job(1.2, 0)}).ends() == Times{1.5, 3.5, 3.5, 5});
  CHECK(rig.starts() == Times{0, 1.5, 1.5, 3.5});
  CHECK(rig.station().batches() == 3);
}

TEST_CASE("A batch with a time-out waits for company, but not longer", "[sim][station]") {
  Rig<sim::BatchStation> rig{{.max_batch = 2, .per_batch = 1s, .time_out = 3s}};
  // {0, 1} is full at 1 s; 2 waits in vain from 5 s to 8 s.
  CHECK(rig.run({job(0, 0), job(1, 0), job(5, 0)}).ends() == Times{2, 2, 9});
}

TEST_CASE("The recursion gives what the station of the same servers does", "[sim][station]") {
  const sim::Stream draws{1, 2};
  const auto servers = GENERATE(1U, 2U, 3U, 8U);
  std::vector<sim::Job> jobs;
  double now = 0;
  for (std::uint32_t i = 0; i < 500; ++i) {
    now += sim::Distribution::exponential(1.0 / servers).sample(draws.draw(i, 0));
    jobs.push_back(job(now, sim::Distribution::exponential(0.9).sample(draws.draw(i, 1))));
  }
  auto rig = queue(Discipline::first_come, servers);
  rig.run(jobs);
  sim::FifoRecursion recursion{servers};
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const auto [start, end] = recursion.pass(jobs[i].created, jobs[i].service);
    CHECK(rig.starts()[i] == sim::to_seconds(start - sim::time_zero));
    CHECK(rig.ends()[i] == sim::to_seconds(end - sim::time_zero));
  }
}
