#include "station_network.hpp"

#include <algorithm>

#include "theory.hpp"

namespace theory {
namespace {

enum Kind : std::uint16_t { poisson_arrival, single_arrival, delay_ends };

template <class T>
T& at(std::vector<T>& items, std::size_t index) {
  if (items.size() <= index) items.resize(index + 1);
  return items[index];
}

}  // namespace

StationNetwork::StationNetwork(std::uint32_t replication)
    : partition_{engine_.add_partition()},
      self_{engine_.add(partition_, *this)},
      stream_{sim::Streams{seed, replication}.make("draws", "network")},
      replication_{replication} {}

sim::Stream StationNetwork::draws(std::string_view name) const {
  return sim::Streams{seed, replication_}.make(name, "station");
}

StationNetwork::Node& StationNetwork::new_node() {
  nodes_.push_back({.port = std::make_unique<Port>(*this, nodes_.size())});
  return nodes_.back();
}

std::size_t StationNetwork::add_delay() {
  new_node();
  return nodes_.size() - 1;
}

void StationNetwork::add_poisson(std::uint32_t job_class, double rate) {
  arrivals_.push_back({job_class, 1 / rate});
  schedule(sim::time_zero + exponential(1 / rate), poisson_arrival, arrivals_.size() - 1,
           engine_.context(partition_));
}

void StationNetwork::add_job(std::uint32_t job_class) { add_arrival(sim::time_zero, job_class); }

void StationNetwork::add_arrival(sim::Time time, std::uint32_t job_class) {
  schedule(time, single_arrival, job_class, engine_.context(partition_));
}

void StationNetwork::run(double warm_up, double span) {
  record_from_ = sim::at(sim::from_seconds(warm_up));
  span_ = span;
  engine_.run_until(record_from_);
  for (Node& node : nodes_) {
    clock(node).reset(record_from_);
    if (node.server_clock) node.server_clock->reset(record_from_);
  }
  engine_.run_until(record_from_ + sim::from_seconds(span));
}

sim::Duration StationNetwork::exponential(double mean) {
  return sim::Distribution::exponential(mean).sample_duration(stream_.draw(draws_++));
}

std::size_t StationNetwork::present(std::size_t node) const {
  const Node& at_node = nodes_[node];
  return at_node.station ? at_node.present() : at_node.delayed;
}

double StationNetwork::mean_present(std::size_t node) {
  return clock(nodes_[node]).mean_present(record_from_ + sim::from_seconds(span_));
}

double StationNetwork::mean_busy(std::size_t node) {
  return clock(nodes_[node]).mean_busy(record_from_ + sim::from_seconds(span_));
}

const sim::Moments& StationNetwork::visits(std::size_t node, std::uint32_t job_class) {
  return at(nodes_[node].visits, job_class);
}

std::vector<double> StationNetwork::responses(std::uint32_t job_class) const {
  std::vector<double> sorted = responses_.at(job_class);
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

const sim::Moments& StationNetwork::waits(std::size_t node) { return nodes_[node].waits; }

double StationNetwork::mean_visiting(std::size_t node, std::uint32_t job_class) {
  const sim::Moments& times = visits(node, job_class);
  return times.mean() * static_cast<double>(times.count()) / span_;
}

sim::StationClock& StationNetwork::clock(Node& node) { return node.station ? *node.clock : node.delay_clock; }

void StationNetwork::schedule(sim::Time time, std::uint16_t kind, std::uint64_t data, sim::Context& context) {
  context.schedule({time, sim::Order{self_, events_++}, self_, kind, 0, data});
}

void StationNetwork::handle(const sim::Event& event, sim::Context& context) {
  if (event.kind == delay_ends) return end_delay(event.data, context);
  if (event.kind == single_arrival) return enter(static_cast<std::uint32_t>(event.data), context);
  const Arrivals& arrivals = arrivals_[event.data];
  schedule(context.now() + exponential(arrivals.mean_gap), poisson_arrival, event.data, context);
  enter(arrivals.job_class, context);
}

void StationNetwork::enter(std::uint32_t job_class, sim::Context& context) {
  move({.id = jobs_++, .created = context.now(), .job_class = job_class}, outside, Outcome::served, context);
}

void StationNetwork::move(sim::Job job, std::size_t from, Outcome outcome, sim::Context& context) {
  const bool recorded = context.now() >= record_from_;
  if (recorded && from != outside && outcome == Outcome::served) {
    at(nodes_[from].visits, job.job_class).add(sim::to_seconds(context.now() - job.arrived));
    nodes_[from].waits.add(sim::to_seconds(job.started - job.arrived));
  }
  const Hop hop = route_(job, from, outcome);
  if (hop.node == outside) {
    if (recorded) at(responses_, job.job_class).push_back(sim::to_seconds(context.now() - job.created));
    return;
  }
  job.service = hop.service;
  job.job_class = hop.job_class.value_or(job.job_class);
  job.weight = hop.weight;
  Node& node = nodes_[hop.node];
  if (node.station) return node.arrive(job, context);
  delay(node, hop.node, job, context);
}

void StationNetwork::delay(Node& node, std::size_t index, sim::Job job, sim::Context& context) {
  job.arrived = job.started = context.now();
  if (free_slots_.empty()) {
    free_slots_.push_back(delayed_.size());
    delayed_.emplace_back();
  }
  const std::size_t slot = free_slots_.back();
  free_slots_.pop_back();
  delayed_[slot] = {job, index};
  ++node.delayed;
  node.delay_clock.change(context.now(), node.delayed, node.delayed);
  schedule(context.now() + job.service, delay_ends, slot, context);
}

void StationNetwork::end_delay(std::size_t slot, sim::Context& context) {
  const auto [job, index] = delayed_[slot];
  free_slots_.push_back(slot);
  Node& node = nodes_[index];
  --node.delayed;
  node.delay_clock.change(context.now(), node.delayed, node.delayed);
  move(job, index, Outcome::served, context);
}

void StationNetwork::Port::served(const sim::Job& job, sim::Context& context) {
  network.move(job, node, Outcome::served, context);
}

void StationNetwork::Port::lost(const sim::Job& job, sim::Context& context) {
  network.move(job, node, Outcome::lost, context);
}

}  // namespace theory
