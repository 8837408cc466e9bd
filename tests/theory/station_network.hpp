#pragma once
#include <cstdint>
#include <functional>
#include <memory>
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
};

/// Stations of the simulator connected by a routing rule: open (Poisson arrivals), closed (a fixed set of
/// jobs), or both. Measures visits and, of jobs that leave, the time since they came.
class StationNetwork final : public sim::Entity {
 public:
  /// `from` is `outside` for a job that comes.
  using Route = std::function<Hop(const sim::Job& job, std::size_t from, Outcome outcome)>;

  explicit StationNetwork(std::uint32_t replication);
  /// @return nodes count from 0
  std::size_t add_queue(std::uint32_t servers = 1, std::size_t capacity = SIZE_MAX);
  std::size_t add_sharing();
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
  [[nodiscard]] double mean_present(std::size_t node);
  [[nodiscard]] double mean_busy(std::size_t node);
  /// Times from arrival at the node to the end of service there, of jobs served in the span. [s]
  [[nodiscard]] const sim::Moments& visits(std::size_t node, std::uint32_t job_class = 0);
  /// Times in the network of the jobs that left in the span, rising. [s]
  [[nodiscard]] std::vector<double> responses(std::uint32_t job_class = 0) const;
  [[nodiscard]] double span() const { return span_; }

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
    std::unique_ptr<sim::QueueStation> queue{};
    std::unique_ptr<sim::SharingStation> sharing{};
    sim::StationClock delay_clock{};
    std::size_t delayed = 0;
    std::vector<sim::Moments> visits{};
  };
  struct Arrivals {
    std::uint32_t job_class;
    double mean_gap;
  };

  [[nodiscard]] sim::StationClock& clock(Node& node);
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
  std::vector<Node> nodes_;
  std::vector<Arrivals> arrivals_;
  std::vector<Delayed> delayed_;
  std::vector<std::size_t> free_slots_;
  std::vector<std::vector<double>> responses_;
  sim::Time record_from_{};
  double span_ = 0;
};

}  // namespace theory
