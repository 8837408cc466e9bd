#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/distribution.hpp"
#include "sim/station.hpp"
#include "theory.hpp"

// Records that ask for instants, short runs or busy periods: met by the FIFO recursion.

using sim::Distribution;
using theory::Estimates;
using theory::record;

namespace {

std::string entry(const std::string& name, std::size_t i) { return name + "[" + std::to_string(i) + "]"; }

sim::Time instant(double seconds) { return sim::at(sim::from_seconds(seconds)); }

/// Poisson customers with exponential service at c servers that start empty.
class Customers {
 public:
  Customers(double rate, double mean_service, std::uint32_t servers, sim::Stream draws)
      : interval_{Distribution::exponential(1 / rate)},
        service_{Distribution::exponential(mean_service)},
        recursion_{servers},
        draws_{draws} {}

  struct Customer {
    sim::Time arrival, start, end;
  };
  Customer next() {
    const auto [gap, work] = draws_.pair(number_++);
    now_ += interval_.sample_duration(gap);
    const auto [start, end] = recursion_.pass(now_, service_.sample_duration(work));
    return {now_, start, end};
  }

 private:
  Distribution interval_, service_;
  sim::FifoRecursion recursion_;
  sim::Stream draws_;
  sim::Time now_ = sim::time_zero;
  std::uint32_t number_ = 0;
};

/// The stream of one of many short runs within a replication.
sim::Stream stream_of(std::uint32_t replication, std::uint32_t run) {
  return sim::Streams{theory::seed, replication}.make(sim::hash_name("customers"), run);
}

}  // namespace

TEST_CASE("theory: mm1-transient-rho0.8") {
  constexpr std::uint32_t runs = 2'000;
  const std::vector<double> times{1, 5, 10, 50, 100};
  Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    std::vector<double> present(times.size()), empty(times.size());
    for (std::uint32_t run = 0; run < runs; ++run) {
      Customers customers{0.8, 1, 1, stream_of(replication, run)};
      std::vector<int> number(times.size());
      for (auto each = customers.next(); each.arrival <= instant(100); each = customers.next())
        for (std::size_t i = 0; i < times.size(); ++i)
          if (each.arrival <= instant(times[i]) && each.end > instant(times[i])) ++number[i];
      for (std::size_t i = 0; i < times.size(); ++i) {
        present[i] += number[i];
        empty[i] += number[i] == 0 ? 1 : 0;
      }
    }
    for (std::size_t i = 0; i < times.size(); ++i) {
      estimates.add(entry("mean_number_at_times", i), present[i] / runs);
      estimates.add(entry("p_empty_at_times", i), empty[i] / runs);
    }
  }
  check_simulated(record("mm1-transient-rho0.8"), estimates);
}

TEST_CASE("theory: mm1-nth-customer-rho0.9") {
  constexpr std::uint32_t runs = 250;
  const std::vector<std::uint32_t> ranks{2, 10, 100, 1000};
  Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    std::vector<double> of_nth(ranks.size()), of_first(ranks.size());
    for (std::uint32_t run = 0; run < runs; ++run) {
      Customers customers{0.9, 1, 1, stream_of(replication, run)};
      double sum = 0;
      std::size_t i = 0;
      for (std::uint32_t n = 1; n <= ranks.back(); ++n) {
        const auto customer = customers.next();
        const double wait = sim::to_seconds(customer.start - customer.arrival);
        sum += wait;
        if (n != ranks[i]) continue;
        of_nth[i] += wait;
        of_first[i] += sum / n;
        ++i;
      }
    }
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      estimates.add(entry("mean_wait_of_nth", i), of_nth[i] / runs);
      estimates.add(entry("mean_of_average_wait_of_first_n", i), of_first[i] / runs);
    }
  }
  check_simulated(record("mm1-nth-customer-rho0.9"), estimates);
}

TEST_CASE("theory: mm1-busy-period-rho0.8") {
  constexpr std::uint32_t periods = 20'000;
  const theory::Record& wanted = record("mm1-busy-period-rho0.8");
  const double mean_length = theory::expected(wanted, "mean_busy_period");
  const double mean_served = theory::expected(wanted, "mean_customers_served");
  Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    Customers customers{0.8, 1, 1, stream_of(replication, 0)};
    sim::Moments length, served, length_spread, served_spread;
    auto next = customers.next();
    for (std::uint32_t period = 0; period < periods; ++period) {
      const sim::Time begin = next.arrival;
      sim::Time end = next.end;
      double count = 1;
      for (next = customers.next(); next.arrival < end; next = customers.next()) {
        end = next.end;
        ++count;
      }
      const double lasted = sim::to_seconds(end - begin);
      length.add(lasted);
      served.add(count);
      length_spread.add((lasted - mean_length) * (lasted - mean_length));
      served_spread.add((count - mean_served) * (count - mean_served));
    }
    estimates.add("mean_busy_period", length.mean());
    estimates.add("var_busy_period", length_spread.mean());
    estimates.add("mean_customers_served", served.mean());
    estimates.add("var_customers_served", served_spread.mean());
  }
  check_simulated(wanted, estimates);
}

TEST_CASE("theory: mginf") {
  // As many servers as are never all in use: P(more than 60 present) < 1e-30 at a mean of 6.
  constexpr std::uint32_t servers = 60, looks = 8'000, first = 10;
  Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    Customers customers{12, 0.5, servers, stream_of(replication, 0)};
    std::vector<int> present(looks);  // looked at every 2 s
    for (auto each = customers.next(); each.arrival < instant(2.0 * looks); each = customers.next())
      for (auto k = static_cast<std::size_t>(sim::to_seconds(each.arrival - sim::time_zero) / 2) + 1;
           k < looks && instant(2.0 * static_cast<double>(k)) < each.end; ++k)
        ++present[k];
    sim::Moments number, spread, empty, crowded;
    for (std::size_t k = first; k < looks; ++k) {
      number.add(present[k]);
      spread.add((present[k] - 6.0) * (present[k] - 6.0));
      empty.add(present[k] == 0 ? 1 : 0);
      crowded.add(present[k] > 10 ? 1 : 0);
    }
    estimates.add("mean_number", number.mean());
    estimates.add("var_number", spread.mean());
    estimates.add("p_empty", empty.mean());
    estimates.add("p_more_than_10", crowded.mean());
  }
  check_simulated(record("mginf"), estimates, {"occupancy_p99"});
}

TEST_CASE("theory: ndd1-N20") {
  constexpr std::uint32_t runs = 2'000, sources = 20;
  const std::vector<double> levels{1.0, 2.5, 4.0};
  Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    std::vector<double> above(levels.size());
    for (std::uint32_t run = 0; run < runs; ++run) {
      const sim::Stream draws = stream_of(replication, run);
      std::vector<double> phases(sources);
      for (std::uint32_t i = 0; i < sources; ++i) phases[i] = 25 * draws.draw(i).uniform();
      std::sort(phases.begin(), phases.end());
      sim::FifoRecursion recursion;
      // The first period fills the queue, the second repeats for ever.
      for (const double period : {0.0, 25.0})
        for (const double phase : phases) {
          const sim::Time arrival = instant(period + phase);
          const double wait = sim::to_seconds(recursion.pass(arrival, sim::from_seconds(1)).start - arrival);
          for (std::size_t i = 0; i < levels.size(); ++i)
            if (period > 0 && wait > levels[i]) above[i] += 1;
        }
    }
    for (std::size_t i = 0; i < levels.size(); ++i)
      estimates.add(entry("p_wait_greater_than_x", i), above[i] / (runs * sources));
  }
  check_simulated(record("ndd1-N20"), estimates);
}
