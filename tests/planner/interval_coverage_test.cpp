#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <optional>

#include "planner/assertion.hpp"
#include "planner/sections.hpp"
#include "sim/look_schedule.hpp"
#include "sim/math.hpp"

/// Do the intervals cover what they claim? Queues by their recursions, 1,000 studies each.
namespace {

using planner::Sections;

constexpr int studies = 1000;
constexpr std::size_t replications = 10;
/// A replication: 40 above p99. With a quarter of that, p99 by replication is not near enough to normal: 92 %
/// are covered, and its parts in the overall p99 are taken instead.
constexpr std::size_t customers = 4000;

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): the tests need hundreds of millions of draws.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed} {}
  double uniform() {
    std::uint64_t bits = state_ += 0x9e3779b97f4a7c15ULL;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
    return (static_cast<double>((bits ^ (bits >> 31)) >> 11) + 0.5) * 0x1p-53;
  }
  double exponential(double rate) { return -sim::math::log_positive(uniform()) / rate; }

 private:
  std::uint64_t state_;
};

using Times = std::vector<double>;

/// Sojourn times of an M/M/1 queue that starts in its steady state.
Times one_server(double arrivals, double service, std::size_t count, std::uint64_t seed) {
  Random random{seed * 0x2545f4914f6cdd1dULL}, work{~seed};
  const double busy = arrivals / service;
  double wait = random.uniform() < busy ? random.exponential(service - arrivals) : 0.0;
  Times times(count);
  for (double& time : times) {
    time = wait + work.exponential(service);
    wait = std::max(0.0, time - random.exponential(arrivals));
  }
  return times;
}

/// M/M/4, first come first served; a server that was idle starts anew, which takes exponential time.
Times with_set_up(double arrivals, double service, double set_up, std::size_t count, std::uint64_t seed) {
  constexpr std::size_t warm_up = 100;
  Random random{seed * 0x2545f4914f6cdd1dULL};
  std::array<double, 4> free{};
  Times times;
  double now = 0;
  for (std::size_t i = 0; i < warm_up + count; ++i) {
    now += random.exponential(arrivals);
    double& first = *std::min_element(free.begin(), free.end());
    const double begin = first >= now ? first : now + random.exponential(set_up);
    first = begin + random.exponential(service);
    if (i >= warm_up) times.push_back(first - now);
  }
  return times;
}

/// Two M/M/1 queues that every job visits at once; its time is the longer of the two.
Times fork_join(double arrivals, double service, std::size_t jobs, std::uint64_t seed) {
  constexpr std::size_t warm_up = 100;
  Random random{seed * 0x2545f4914f6cdd1dULL};
  std::array<double, 2> wait{};
  Times times;
  for (std::size_t i = 0; i < warm_up + jobs; ++i) {
    const double gap = random.exponential(arrivals);
    double longest = 0;
    for (double& own : wait) {
      const double time = own + random.exponential(service);
      longest = std::max(longest, time);
      own = std::max(0.0, time - gap);
    }
    if (i >= warm_up) times.push_back(longest);
  }
  return times;
}

double mean(const Times& times) {
  double sum = 0;
  for (const double time : times) sum += time;
  return sum / static_cast<double>(times.size());
}

/// The nearest-rank percentile.
double percentile(Times& times, double p) {
  const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(times.size()))) - 1;
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(rank), times.end());
  return times[rank];
}

/// Mean, median and p99.
std::array<double, 3> figures(Times& times) {
  return {mean(times), percentile(times, 0.5), percentile(times, 0.99)};
}

/// The figures of one study, as a strategy's figures hold them.
template <class Simulate>
std::array<Sections, 3> study(Simulate simulate, std::uint64_t number) {
  std::array<Sections, 3> sections;
  Times all;
  for (std::size_t r = 0; r < replications; ++r) {
    Times own = simulate(number * 1000 + r);
    all.insert(all.end(), own.begin(), own.end());
    const auto values = figures(own);
    for (std::size_t i = 0; i < values.size(); ++i) sections[i].own.emplace_back(values[i]);
  }
  const auto values = figures(all);
  for (std::size_t i = 0; i < values.size(); ++i) sections[i].overall = values[i];
  return sections;
}

/// p99 of one study, by each replication's part in it.
template <class Simulate>
Sections p99_by_parts(Simulate simulate, std::uint64_t number) {
  std::vector<Times> own;
  Times all;
  for (std::size_t r = 0; r < replications; ++r) {
    own.push_back(simulate(number * 1000 + r));
    all.insert(all.end(), own.back().begin(), own.back().end());
  }
  const auto quantile = [&](double p) { return percentile(all, std::max(p, 1e-9)); };
  const double p99 = quantile(0.99);
  std::vector<std::optional<double>> at_most;
  for (const Times& times : own) {
    const auto below = std::count_if(times.begin(), times.end(), [&](double time) { return time <= p99; });
    at_most.emplace_back(static_cast<double>(below) / static_cast<double>(times.size()));
  }
  return planner::quantile_sections(0.99, quantile, at_most);
}

bool covers(const Sections& sections, double truth) {
  const planner::Estimate interval = planner::estimate(sections, 0.95, "s");
  return interval.low <= truth && truth <= interval.high;
}

/// Shares of the studies whose 95 % intervals hold the truth.
template <class Simulate>
std::array<double, 3> coverage(Simulate simulate, const std::array<double, 3>& truth) {
  std::array<double, 3> share{};
  for (int i = 0; i < studies; ++i) {
    const auto sections = study(simulate, 1 + static_cast<std::uint64_t>(i));
    for (std::size_t k = 0; k < share.size(); ++k)
      share[k] += covers(sections[k], truth[k]) ? 1.0 / studies : 0.0;
  }
  return share;
}

void expect_nominal(const std::array<double, 3>& share) {
  for (const double covered : share) {
    CHECK(covered >= 0.93);
    CHECK(covered <= 0.97);
  }
}

/// Sojourn times of M/M/1 are exponential with rate service - arrivals.
std::array<double, 3> one_server_truth(double arrivals, double service) {
  const double rate = service - arrivals;
  return {1 / rate, std::log(2.0) / rate, std::log(100.0) / rate};
}

}  // namespace

TEST_CASE("95 % intervals cover mean, median and p99 of M/M/1", "[planner][coverage]") {
  expect_nominal(coverage([](std::uint64_t seed) { return one_server(0.5, 1, customers, seed); },
                          one_server_truth(0.5, 1)));
}

TEST_CASE("95 % intervals cover mean, median and p99 of M/M/4 with set-up", "[planner][coverage]") {
  // No closed form for this discipline's percentiles: one run of 16 million customers, whose own error is a
  // twentieth of a study's.
  Times reference = with_set_up(2, 1, 2, 16'000'000, 99);
  expect_nominal(
      coverage([](std::uint64_t seed) { return with_set_up(2, 1, 2, customers, seed); }, figures(reference)));
}

TEST_CASE("95 % intervals cover mean, median and p99 of a fork-join", "[planner][coverage]") {
  // Mean of two queues: (12 - busy) / 8 / (service - arrivals) = 11.5 / 8 / 0.5 (Flatto and Hahn 1984; Nelson
  // and Tantawi 1988); percentiles from one long run.
  Times reference = fork_join(0.5, 1, 16'000'000, 99);
  std::array<double, 3> truth = figures(reference);
  CHECK(truth[0] == Approx(2.875).epsilon(0.01));
  truth[0] = 2.875;
  expect_nominal(coverage([](std::uint64_t seed) { return fork_join(0.5, 1, customers, seed); }, truth));
}

TEST_CASE("95 % intervals cover paired differences on common random numbers", "[planner][coverage]") {
  // The same arrivals and the same work, served 10 % faster.
  const auto slow = one_server_truth(0.5, 1), fast = one_server_truth(0.5, 1.1);
  std::array<double, 3> share{};
  double reduction = 0;
  for (int i = 0; i < studies; ++i) {
    const auto number = 1 + static_cast<std::uint64_t>(i);
    const auto x = study([](std::uint64_t seed) { return one_server(0.5, 1.1, customers, seed); }, number);
    const auto y = study([](std::uint64_t seed) { return one_server(0.5, 1, customers, seed); }, number);
    for (std::size_t k = 0; k < share.size(); ++k) {
      const planner::PairedSections pair = planner::paired(x[k], y[k]);
      share[k] += covers(pair.difference, fast[k] - slow[k]) ? 1.0 / studies : 0.0;
      reduction += pair.variance_reduction / studies / 3;
    }
  }
  expect_nominal(share);
  CHECK(reduction > 5);
}

TEST_CASE("95 % intervals cover p99 where only ten requests a replication are above it",
          "[planner][coverage]") {
  constexpr std::size_t few = 1000;
  const auto queue = [](double service) {
    return [service](std::uint64_t seed) { return one_server(0.5, service, few, seed); };
  };
  const double slow = one_server_truth(0.5, 1)[2], fast = one_server_truth(0.5, 1.1)[2];
  double single = 0, difference = 0;
  for (int i = 0; i < studies; ++i) {
    const auto number = 1 + static_cast<std::uint64_t>(i);
    const Sections x = p99_by_parts(queue(1.1), number), y = p99_by_parts(queue(1), number);
    single += covers(y, slow) ? 1.0 / studies : 0.0;
    difference += covers(planner::paired(x, y).difference, fast - slow) ? 1.0 / studies : 0.0;
  }
  CHECK(single >= 0.93);
  CHECK(single <= 0.97);
  CHECK(difference >= 0.93);
  CHECK(difference <= 0.97);
}

namespace {

/// Judges studies on M/M/1 at each look of a schedule until they are decided.
/// @return shares of the studies that passed and failed
std::array<double, 2> decided(const std::string& text) {
  planner::Assertion assertion;
  assertion.comparison = std::get<planner::Comparison>(planner::parse_comparison(text));
  const sim::LookSchedule schedule{5, 20, 0.95};
  std::array<double, 2> share{};
  for (int i = 0; i < studies; ++i) {
    Sections sections;
    Times all;
    for (std::size_t look = 0; look < schedule.looks(); ++look) {
      while (sections.own.size() < schedule.replications(look)) {
        Times own =
            one_server(0.5, 1, customers, static_cast<std::uint64_t>(i + 1) * 1000 + sections.own.size());
        all.insert(all.end(), own.begin(), own.end());
        sections.own.emplace_back(percentile(own, 0.95));
      }
      sections.overall = percentile(all, 0.95);
      const planner::FigureTable table{{"p95(latency{flow=q})", {"s", sections, {}}}};
      const auto outcome = judge(assertion, table, nullptr, schedule.confidence(look)).outcome;
      if (outcome == planner::Verdict::Outcome::inconclusive) continue;
      share[outcome == planner::Verdict::Outcome::pass ? 0 : 1] += 1.0 / studies;
      break;
    }
  }
  return share;
}

}  // namespace

TEST_CASE("Deciding as soon as possible is wrong no more often than stated", "[planner][coverage]") {
  // p95 is ln(20) / 0.5 = 5.99146 s. Where the requirement is met with nothing to spare, each fail is wrong;
  // where it is missed by nothing, each pass. Stated: 5 % each; 1,000 studies.
  const auto met = decided("p95(latency{flow=q}) <= 5.9914645472 s");
  CHECK(met[1] <= 0.05);
  const auto missed = decided("p95(latency{flow=q}) < 5.9914645470 s");
  CHECK(missed[0] <= 0.05);
  // And it does decide what is clear.
  CHECK(decided("p95(latency{flow=q}) <= 8 s")[0] > 0.99);
  CHECK(decided("p95(latency{flow=q}) <= 4 s")[1] > 0.99);
}
