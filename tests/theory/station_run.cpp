#include "station_run.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>

namespace theory {

void Observer::begin(std::vector<sim::Job> jobs) {
  jobs_ = std::move(jobs);
  for (std::size_t i = 0; i < jobs_.size(); ++i) jobs_[i].id = i;
  passages_.assign(jobs_.size(), Passage{});
  next_ = 0;
}

void Observer::schedule_next(sim::Context& context) {
  if (next_ < jobs_.size()) context.schedule({jobs_[next_].created, sim::Order{self_, next_}, self_});
}

void Observer::handle(const sim::Event&, sim::Context& context) {
  const sim::Job& job = jobs_[next_++];
  schedule_next(context);
  arrive_(job, context);
}

void Observer::note(const sim::Job& job, sim::Time now, bool is_lost) {
  passages_[job.id] = {job, sim::to_seconds((is_lost ? now : job.started) - job.arrived),
                       sim::to_seconds(now - job.arrived), is_lost};
}

Traffic renewal(sim::Distribution interval, sim::Distribution service, std::size_t jobs) {
  return [=](const sim::Streams& streams) {
    const sim::Stream draws = streams.make("arrivals", "source");
    std::vector<sim::Job> list(jobs);
    sim::Time now = sim::time_zero;
    for (std::uint32_t i = 0; i < jobs; ++i) {
      const auto [gap, work] = draws.pair(i);
      now += interval.sample_duration(gap);
      list[i].created = now;
      list[i].service = service.sample_duration(work);
    }
    return list;
  };
}

Traffic poisson(double rate, sim::Distribution service, std::size_t jobs) {
  return renewal(sim::Distribution::exponential(1.0 / rate), std::move(service), jobs);
}

// Superposed Poisson streams: each arrival is of a class with the probability of its share of the rates.
Traffic poisson_classes(std::vector<JobClass> classes, std::size_t jobs) {
  double rate = 0.0;
  for (const JobClass& each : classes) rate += each.rate;
  const Traffic merged = poisson(rate, sim::Distribution{}, jobs);
  return [=](const sim::Streams& streams) {
    const sim::Stream draws = streams.make("classes", "source");
    std::vector<sim::Job> list = merged(streams);
    for (std::uint32_t i = 0; i < jobs; ++i) {
      const auto [choice, work] = draws.pair(i);
      double left = choice.uniform() * rate;
      std::uint32_t of = 0;
      while (of + 1 < classes.size() && left >= classes[of].rate) left -= classes[of++].rate;
      list[i].job_class = of;
      list[i].weight = classes[of].weight;
      list[i].service = classes[of].service.sample_duration(work);
    }
    return list;
  };
}

Traffic modulated(std::array<double, 2> rates, std::array<double, 2> leave, sim::Distribution service,
                  std::size_t jobs) {
  return [=](const sim::Streams& streams) {
    const sim::Stream steps = streams.make("arrivals", "source"), works = streams.make("service", "source");
    std::vector<sim::Job> list;
    double now = 0.0;
    std::size_t state = 0;
    for (std::uint32_t step = 0; list.size() < jobs; ++step) {
      const auto [gap, choice] = steps.pair(step);
      const double rate = rates[state] + leave[state];
      now += sim::Distribution::exponential(1.0 / rate).sample(gap);
      if (choice.uniform() * rate >= rates[state]) {
        state = 1 - state;
        continue;
      }
      sim::Job job;
      job.created = sim::at(sim::from_seconds(now));
      job.service = service.sample_duration(works.draw(static_cast<std::uint32_t>(list.size())));
      list.push_back(job);
    }
    return list;
  };
}

namespace {

/// Which jobs a quantity is about: NAME_cl1 means class 0.
struct Selection {
  std::string name;
  std::optional<std::uint32_t> job_class;
};

Selection selection_of(const std::string& quantity) {
  const std::size_t suffix = quantity.rfind("_cl");
  if (suffix == std::string::npos) return {quantity, {}};
  return {quantity.substr(0, suffix),
          static_cast<std::uint32_t>(std::stoul(quantity.substr(suffix + 3))) - 1};
}

enum class Among { served, admitted, all };  // admitted: served, or out of patience later

bool is_among(const Passage& passage, Among among) {
  return !passage.is_lost || among == Among::all || (among == Among::admitted && passage.wait > 0);
}

template <class Value>
double mean_of(const Replication& replication, const Selection& selection, const Value& value, Among among) {
  sim::Moments moments;
  for (const Passage& passage : replication.passages)
    if (is_among(passage, among) &&
        selection.job_class.value_or(passage.job.job_class) == passage.job.job_class)
      moments.add(value(passage));
  return moments.mean();
}

// Jobs that start together are a batch.
double mean_batch(const Replication& replication) {
  double batches = 0;
  sim::Time last = sim::time_never;
  for (const Passage& passage : replication.passages) {
    batches += passage.job.started != last ? 1 : 0;
    last = passage.job.started;
  }
  return static_cast<double>(replication.passages.size()) / batches;
}

std::optional<double> value_of(const Replication& replication, const Selection& selection, double servers,
                               const Record& record) {
  const auto of_served = [&](auto value) { return mean_of(replication, selection, value, Among::served); };
  const auto of_all = [&](auto value) { return mean_of(replication, selection, value, Among::all); };
  const auto of_admitted = [&](auto value) {
    return mean_of(replication, selection, value, Among::admitted);
  };
  // A variance about the known mean: unbiased, and so is its average over replications.
  const auto spread = [&](const char* mean, auto value) {
    const double center = expected(record, mean);
    return of_served([&](const Passage& p) { return (value(p) - center) * (value(p) - center); });
  };
  const auto wait = [](const Passage& p) { return p.wait; };
  const auto response = [](const Passage& p) { return p.response; };
  const auto lost = [](const Passage& p) { return p.is_lost ? 1.0 : 0.0; };
  const std::string& name = selection.name;
  if (name == "mean_wait") return of_served(wait);
  if (name == "mean_response") return of_served(response);
  if (name == "mean_wait2") return of_served([](const Passage& p) { return p.wait * p.wait; });
  if (name == "mean_response2") return of_served([](const Passage& p) { return p.response * p.response; });
  if (name == "var_wait") return spread("mean_wait", wait);
  if (name == "var_response") return spread("mean_response", response);
  if (name == "p_wait") return of_admitted([](const Passage& p) { return p.wait > 0 ? 1.0 : 0.0; });
  if (name == "mean_slowdown")
    return of_served([](const Passage& p) { return p.response / sim::to_seconds(p.job.service); });
  if (name == "loss_probability" || name == "p_abandon" || name == "blocking") return of_all(lost);
  if (name == "mean_time_in_queue_all") return of_admitted(wait);
  if (name == "throughput")
    return (1 - of_all(lost)) * static_cast<double>(replication.passages.size()) / replication.seconds;
  if (name == "arrival_rate") return static_cast<double>(replication.passages.size()) / replication.seconds;
  if (name == "mean_number_in_system") return replication.mean_present;
  if (name == "mean_queue_length") return replication.mean_present - replication.mean_busy;
  if (name == "mean_service")
    return of_served([](const Passage& p) { return sim::to_seconds(p.job.service); });
  if (name == "mean_batch") return mean_batch(replication);
  if (name == "mean_units_in_use") return replication.mean_busy;
  if (name == "utilization") return replication.mean_busy / servers;
  return {};
}

// The percentage in wait_p99.9 and response_p50.
std::optional<double> percentage_of(const std::string& name) {
  for (const std::string prefix : {"wait_p", "response_p"})
    if (name.rfind(prefix, 0) == 0) return std::stod(name.substr(prefix.size()));
  return {};
}

void add_fractions(const Record& record, const std::string& name, const Replication& replication,
                   Fractions& fractions) {
  const double at = expected(record, name);
  const bool is_wait = name.front() == 'w';
  const auto fraction = [&](auto counts) {
    const auto value = [&](const Passage& p) { return counts(is_wait ? p.wait : p.response) ? 1.0 : 0.0; };
    return mean_of(replication, {}, value, Among::served);
  };
  auto& [below, at_most] = fractions[name];
  below.add(fraction([&](double x) { return x < at; }));
  at_most.add(fraction([&](double x) { return x <= at; }));
}

}  // namespace

void observe(const Record& record, const Replication& replication, double servers, Estimates& estimates,
             const std::vector<std::string>& left_out, Fractions& fractions) {
  for (const auto& [name, wanted] : record.at("expected").items()) {
    if (std::find(left_out.begin(), left_out.end(), name) != left_out.end()) continue;
    if (percentage_of(name)) {
      add_fractions(record, name, replication, fractions);
    } else if (const auto value = value_of(replication, selection_of(name), servers, record)) {
      estimates.add(name, *value);
    }
  }
}

void check_percentiles(const Fractions& fractions) {
  for (const auto& [name, around] : fractions) {
    const double p = percentage_of(name).value() / 100;
    const auto& [below, at_most] = around;
    CAPTURE(name, p, below.mean(), at_most.mean(), at_most.standard_error());
    CHECK(below.mean() - 4 * below.standard_error() <= p);
    CHECK(p <= at_most.mean() + 4 * at_most.standard_error());
  }
}

void check_queue(const std::string& id, const sim::QueueStation::Spec& spec, const Traffic& traffic,
                 const std::vector<std::string>& left_out) {
  const auto with_draws = [&](const sim::Streams& streams) {
    sim::QueueStation::Spec own = spec;
    own.draws = streams.make("queue", "station");
    return own;
  };
  check_station<sim::QueueStation>(id, with_draws, spec.servers, traffic, left_out);
}

void check_sharing(const std::string& id, std::uint32_t cores, const Traffic& traffic,
                   const std::vector<std::string>& left_out) {
  const auto spec = [&](const sim::Streams&) { return sim::SharingStation::Spec{cores}; };
  check_station<sim::SharingStation>(id, spec, cores, traffic, left_out);
}

}  // namespace theory
