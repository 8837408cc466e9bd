#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/station.hpp"
#include "sim/statistics.hpp"

namespace theory {

/// Where a job goes when it leaves the network.
inline constexpr std::size_t outside = SIZE_MAX;

/// How a job's visit to a node ended.
enum class Outcome : std::uint8_t { served, lost };

/// Where a job goes next and what it asks for there.
struct Hop {
  std::size_t node = outside;
  sim::Duration service{};
  std::optional<std::uint32_t> job_class{};  ///< that it becomes a job of; none: the one that it is of
  std::uint32_t weight = 1;
};

/// Stations of the simulator connected by a routing rule: open (Poisson arrivals), closed (a fixed set of
/// jobs), or both. Measures visits and, of jobs that leave, the time since they came.
class StationNetwork final : public sim::Entity {
 public:
  /// `from` is `outside` for a job that comes.
  using Route = std::function<Hop(const sim::Job& job, std::size_t from, Outcome outcome)>;

  explicit StationNetwork(std::uint32_t replication);
  /// @return nodes count from 0
  std::size_t add_queue(std::uint32_t servers = 1, std::size_t capacity = SIZE_MAX) {
    return add<sim::QueueStation>({.servers = servers, .capacity = capacity});
  }
  std::size_t add_sharing(std::uint32_t cores = 1) { return add<sim::SharingStation>({.cores = cores}); }
  template <class Station>
  std::size_t add(typename Station::Spec spec);
  /// Serves all present at once, each at full speed.
  std::size_t add_delay();
  void set_route(Route route) { route_ = std::move(route); }

  void add_poisson(std::uint32_t job_class, double rate);
  /// A job that comes at time 0, for closed networks.
  void add_job(std::uint32_t job_class);
  void add_arrival(sim::Time time, std::uint32_t job_class);
  /// Runs and forgets `warm_up`, then runs and records `span`. [s] To be called once.
  void run(double warm_up, double span);

  /// A draw of this replication.
  [[nodiscard]] double uniform() { return stream_.draw(draws_++).uniform(); }
  [[nodiscard]] sim::Duration exponential(double mean);

  [[nodiscard]] std::size_t present(std::size_t node) const;
  [[nodiscard]] sim::Stream draws(std::string_view name) const;
  /// That add() made.
  template <class Station>
  [[nodiscard]] Station& station(std::size_t node) {
    return dynamic_cast<Station&>(*nodes_[node].station);
  }
  [[nodiscard]] double mean_present(std::size_t node);
  [[nodiscard]] double mean_busy(std::size_t node);
  /// Times from arrival at the node to the end of service there, of jobs served in the span. [s]
  [[nodiscard]] const sim::Moments& visits(std::size_t node, std::uint32_t job_class = 0);
  /// Of these visits the times until service began. [s]
  [[nodiscard]] const sim::Moments& waits(std::size_t node);
  /// Mean number of a class, by the visits that ended in the span (Little's law).
  [[nodiscard]] double mean_visiting(std::size_t node, std::uint32_t job_class);
  /// Times in the network of the jobs that left in the span, rising. [s]
  [[nodiscard]] std::vector<double> responses(std::uint32_t job_class = 0) const;
  [[nodiscard]] double span() const { return span_; }
  /// Of the run.
  [[nodiscard]] sim::Time end() const { return record_from_ + sim::from_seconds(span_); }

  void handle(const sim::Event& event, sim::Context& context) override;

 private:
  struct Port final : sim::JobSink {
    Port(StationNetwork& owner, std::size_t index) : network{owner}, node{index} {}
    void served(const sim::Job& job, sim::Context& context) override;
    void lost(const sim::Job& job, sim::Context& context) override;
    StationNetwork& network;
    std::size_t node;
  };
  struct Node {
    std::unique_ptr<Port> port;
    std::unique_ptr<sim::Entity> station{};  ///< none: a delay
    std::function<void(const sim::Job&, sim::Context&)> arrive{};
    sim::StationClock* clock = nullptr;
    sim::StationClock* server_clock = nullptr;  ///< of stations whose servers come and go
    std::function<std::size_t()> present{};
    sim::StationClock delay_clock{};
    std::size_t delayed = 0;
    std::vector<sim::Moments> visits{};
    sim::Moments waits{};
  };
  struct Arrivals {
    std::uint32_t job_class;
    double mean_gap;
  };

  [[nodiscard]] static sim::StationClock& clock(Node& node);
  Node& new_node();
  void move(sim::Job job, std::size_t from, Outcome outcome, sim::Context& context);
  void schedule(sim::Time time, std::uint16_t kind, std::uint64_t data, sim::Context& context);
  void enter(std::uint32_t job_class, sim::Context& context);
  void delay(Node& node, std::size_t index, sim::Job job, sim::Context& context);
  void end_delay(std::size_t slot, sim::Context& context);

  struct Delayed {
    sim::Job job;
    std::size_t node;
  };

  sim::Engine engine_;
  sim::PartitionId partition_;
  sim::EntityId self_;
  sim::Stream stream_;
  std::uint32_t draws_ = 0;
  std::uint64_t events_ = 0, jobs_ = 0;
  Route route_;
  std::deque<Node> nodes_;
  std::vector<Arrivals> arrivals_;
  std::vector<Delayed> delayed_;
  std::vector<std::size_t> free_slots_;
  std::vector<std::vector<double>> responses_;
  sim::Time record_from_{};
  double span_ = 0;
  std::uint32_t replication_;
};

template <class Station>
std::size_t StationNetwork::add(typename Station::Spec spec) {
  Node& node = new_node();
  auto made = std::make_unique<Station>(std::move(spec), *node.port);
  Station& station = *made;
  node.station = std::move(made);
  node.arrive = [&station](const sim::Job& job, sim::Context& context) { station.arrive(job, context); };
  node.clock = &station.clock();
  node.present = [&station] { return station.present(); };
  if constexpr (requires { station.server_clock(); }) node.server_clock = &station.server_clock();
  station.bind(engine_.add(partition_, station));
  if constexpr (requires { station.begin(engine_.context(partition_)); })
    station.begin(engine_.context(partition_));
  return nodes_.size() - 1;
}

}  // namespace theory
