#include "pipeline_baseline.hpp"

#include <algorithm>
#include <deque>
#include <queue>
#include <string>
#include <vector>

#include "models/request.hpp"
#include "sim/contract.hpp"
#include "sim/histogram.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"

namespace bench {
namespace {

using models::Part;
using models::Step;
using models::StepKind;

/// A request; one object each, found through its event.
struct Traveller {
  models::Request data;
  sim::Time queued_since{};
};

struct Event {
  enum class Kind : std::uint8_t { arrival, step, departure };
  sim::Time time{};
  std::uint64_t order = 0;  ///< of equal times: by source, then by request
  Kind kind = Kind::arrival;
  std::uint32_t server = 0;  ///< departure
  Traveller* traveller = nullptr;
};

struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time != b.time ? a.time > b.time : a.order > b.order;
  }
};

/// One server and who waits for it.
struct Server {
  bool busy = false;
  std::deque<Traveller*> waiting;
};

class Baseline {
 public:
  Baseline(const models::WorldSpec& spec, std::uint64_t seed)
      : spec_{spec},
        streams_{seed, 0},
        servers_(spec.stations.size() + spec.pools.size()),
        classes_(spec.classes),
        sources_(spec.sources.size()) {}

  BaselineResult run() {
    for (std::uint32_t source = 0; source < sources_.size(); ++source) schedule_arrival(source);
    while (!events_.empty()) {
      const Event event = events_.top();
      events_.pop();
      now_ = event.time;
      handle(event);
    }
    BaselineResult result;
    for (const auto& each : classes_) {
      result.answered += each.latency().count();
      result.latency_sum += static_cast<std::int64_t>(each.latency().sum());
    }
    return result;
  }

 private:
  struct Source {
    std::uint32_t number = 0;
    double clock = 0.0;  ///< [s]
  };

  void handle(const Event& event) {
    switch (event.kind) {
      case Event::Kind::arrival:
        return arrive(event.traveller);
      case Event::Kind::step:
        return step(event.traveller);
      case Event::Kind::departure:
        return depart(event.server, event.traveller);
    }
  }

  void schedule(sim::Duration delay, Event::Kind kind, std::uint32_t server, Traveller* traveller) {
    const models::Request& request = traveller->data;
    const std::uint64_t order = (std::uint64_t{request.source} << 32) | request.number;
    events_.push({now_ + delay, order, kind, server, traveller});
  }

  // The draws of models::Arrivals: arrival k is lane k % 2 of element k / 2.
  void schedule_arrival(std::uint32_t index) {
    Source& source = sources_[index];
    const models::SourceSpec& spec = spec_.sources[index];
    const sim::Stream stream = streams_.make("arrivals", spec.name);
    const double u = stream.draw(source.number / 2, source.number % 2).uniform();
    source.clock += sim::math::exponential_quantile(u) / spec.profile.rates[0];
    const sim::Duration at = sim::from_seconds(source.clock);
    if (at >= spec_.duration) return;
    auto* const traveller = new Traveller;
    traveller->data.start = sim::at(at);
    traveller->data.number = source.number++;
    traveller->data.source = index & models::Request::source_mask;
    traveller->data.step = spec.program;
    schedule(at - now_.time_since_epoch(), Event::Kind::arrival, 0, traveller);
  }

  void arrive(Traveller* traveller) {
    schedule_arrival(traveller->data.source);
    schedule({}, Event::Kind::step, 0, traveller);
  }

  void step(Traveller* traveller) {
    models::Request& request = traveller->data;
    const Step& step = spec_.steps[request.step];
    switch (step.kind) {
      case StepKind::delay:
        models::charge(request, step.part, now_, now_ + step.fixed);
        ++request.step;
        return schedule(step.fixed, Event::Kind::step, 0, traveller);
      case StepKind::branch:
        request.step = draw(step, request).uniform() < step.probability ? request.step + 1 : step.target;
        return schedule({}, Event::Kind::step, 0, traveller);
      case StepKind::jump:
        request.step = step.target;
        return schedule({}, Event::Kind::step, 0, traveller);
      case StepKind::station:
      case StepKind::serve:
        return enqueue(traveller);
      case StepKind::finish:
        classes_[step.index].record(now_ - request.start, request.parts);
        delete traveller;
        return;
      default:
        SIM_EXPECT(step.kind == StepKind::delay);  // the pipeline has no other
    }
  }

  [[nodiscard]] std::uint32_t server_of(const Step& step) const {
    const bool is_pool = step.kind == StepKind::serve;
    return step.index + (is_pool ? static_cast<std::uint32_t>(spec_.stations.size()) : 0);
  }

  void enqueue(Traveller* traveller) {
    const std::uint32_t index = server_of(spec_.steps[traveller->data.step]);
    traveller->queued_since = now_;
    if (servers_[index].busy) return servers_[index].waiting.push_back(traveller);
    servers_[index].busy = true;
    serve(index, traveller);
  }

  void serve(std::uint32_t index, Traveller* traveller) {
    models::Request& request = traveller->data;
    const Step& step = spec_.steps[request.step];
    const bool is_pool = step.kind == StepKind::serve;
    const auto service = [&] { return spec_.laws[step.law].sample_duration(draw(step, request)); };
    const sim::Duration time = is_pool ? std::max(service(), sim::Duration{1})
                                       : serialization_delay(step.size, spec_.stations[step.index].rate);
    models::charge(request, is_pool ? Part::pool_queue : Part::network_queue, traveller->queued_since, now_);
    models::charge(request, is_pool ? Part::compute : Part::transmission, now_, now_ + time);
    schedule(time, Event::Kind::departure, index, traveller);
  }

  void depart(std::uint32_t index, Traveller* traveller) {
    ++traveller->data.step;
    schedule({}, Event::Kind::step, 0, traveller);
    Server& server = servers_[index];
    server.busy = !server.waiting.empty();
    if (!server.busy) return;
    Traveller* const next = server.waiting.front();
    server.waiting.pop_front();
    serve(index, next);
  }

  [[nodiscard]] sim::Draw draw(const Step& step, const models::Request& request) const {
    const std::uint64_t name = sim::hash_name(spec_.sources[request.source].name);
    return streams_.make(step.purpose, name).draw(request.number);
  }

  const models::WorldSpec& spec_;
  sim::Streams streams_;
  std::priority_queue<Event, std::vector<Event>, Later> events_;
  std::vector<Server> servers_;  ///< of stations, then of pools
  std::vector<sim::BreakdownHistogram<models::part_count>> classes_;
  std::vector<Source> sources_;
  sim::Time now_ = sim::time_zero;
};

}  // namespace

BaselineResult run_baseline(const models::WorldSpec& spec, std::uint64_t seed) {
  return Baseline{spec, seed}.run();
}

}  // namespace bench
