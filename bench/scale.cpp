// How cost grows: with the requests of a world, with its sites, and with the length of a day. Each row is
// built and run once, in a process of its own, so that its memory is its own.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

#include "models/world.hpp"
#include "pipeline_model.hpp"
#include "support/measure.hpp"

namespace {

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Most memory that this process has had [byte].
double peak_bytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return 1024.0 * static_cast<double>(used.ru_maxrss);
}

/// Runs `work` in a process of its own and waits for it.
template <class Work>
void apart(Work work) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    work();
    std::fflush(stdout);
    _exit(0);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
    std::printf("a row could not be measured\n");
    std::exit(1);
  }
}

void print_row(const models::WorldSpec& spec, unsigned threads) {
  const double empty = peak_bytes(), begin = wall_seconds();
  models::World world{spec, {.threads = threads}};
  const double built = wall_seconds(), cpu = bench::cpu_seconds();
  const models::WorldResult result = world.run();
  const double run = wall_seconds() - built, run_cpu = bench::cpu_seconds() - cpu;
  const auto requests = static_cast<double>(result.requests);
  std::printf("%8u %12.0f %8u %9.2f %8.2f %8.0f %9.1f %10.0f\n", spec.partitions, requests, threads,
              built - begin, run, (threads == 1 ? run_cpu : run) / requests * 1e9,
              (peak_bytes() - empty) / spec.partitions / 1024, peak_bytes() / 1e6);
}

/// A day of as many users as make 1e8 requests, most of them in the evening.
models::WorldSpec day(double requests) {
  constexpr std::uint32_t sites = 1'000;
  constexpr double seconds = 86'400;
  models::WorldSpec spec = bench::pipeline({.sites = sites,
                                            .coupling = bench::Coupling::coupled,
                                            .rate = requests / sites / seconds,
                                            .requests_per_site = requests / sites});
  // The hours of a day at rates of 0.25 to 1.75 of the mean; a straight line up to the evening and down
  // again.
  constexpr std::size_t hours = 24, evening = 20;
  for (models::SourceSpec& source : spec.sources) {
    const double mean = source.profile.rates.front();
    source.profile = {.step = sim::from_seconds(3'600), .rates = std::vector<double>(hours)};
    for (std::size_t hour = 0; hour < hours; ++hour) {
      const std::size_t off = (hour + hours - evening) % hours;
      const auto away = static_cast<double>(std::min(off, hours - off)) / (hours / 2);
      source.profile.rates[hour] = mean * (1.75 - 1.5 * away);
    }
  }
  return spec;
}

models::WorldSpec coupled(std::uint32_t sites, double requests) {
  return bench::pipeline(
      {.sites = sites, .coupling = bench::Coupling::coupled, .requests_per_site = requests / sites});
}

void print_head(const char* title) {
  std::printf("\n%s\n%8s %12s %8s %9s %8s %8s %9s %10s\n", title, "sites", "requests", "threads", "build s",
              "run s", "ns", "KiB/site", "MB in all");
}

}  // namespace

/// Without arguments the tables, in under a minute; `day` and `large` are rows of 1e8 requests.
int main(int count, char** arguments) {
  const std::string_view what = count > 1 ? arguments[1] : "";
  const bool tiny = bench::effort(count, arguments) == bench::Effort::tiny;
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  bench::print_machine();
  if (what == "day" || what == "large") {
    print_head(what == "day" ? "24 hours of 1,000 sites, demand of 0.25 to 1.75 of its mean"
                             : "1e8 requests over 10,000 sites");
    for (const unsigned threads : {1U, std::min(2U, cores)})
      apart([&] { print_row(what == "day" ? day(1e8) : coupled(10'000, 1e8), threads); });
    return 0;
  }
  if (tiny) {
    print_head("Tiny");
    apart([] { print_row(coupled(30, 3'000), 1); });
    apart([] { print_row(day(3'000), 1); });
    return 0;
  }
  print_head("Requests");
  for (const double requests : {1e4, 1e5, 1e6, 1e7}) apart([&] { print_row(coupled(1'000, requests), 1); });
  print_head("Sites, 50 requests each");
  for (const std::uint32_t sites : {100U, 1'000U, 10'000U, 100'000U})
    apart([&] { print_row(coupled(sites, 50.0 * sites), 1); });
}
