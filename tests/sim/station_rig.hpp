#pragma once
#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "sim/station.hpp"

namespace test_support {

/// Lets a list of jobs arrive at a station, each at its `created`, and notes what becomes of it.
template <class Station>
class Rig final : public sim::Entity, public sim::JobSink {
 public:
  explicit Rig(typename Station::Spec spec) : station_{std::move(spec), *this} {
    const auto home = engine_.add_partition();
    self_ = engine_.add(home, *this);
    station_.bind(engine_.add(home, station_));
    if constexpr (requires { station_.begin(engine_.context(home)); }) station_.begin(engine_.context(home));
  }

  /// Jobs are numbered from 0. @param jobs  in order of arrival
  Rig& run(std::vector<sim::Job> jobs) {
    jobs_ = std::move(jobs);
    ends_.assign(jobs_.size(), -1.0);
    starts_ = losses_ = ends_;
    sim::Context& context = engine_.context(sim::PartitionId{0});
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      jobs_[i].id = i;
      context.schedule({jobs_[i].created, sim::Order{self_, i}, self_, 0, 0, i});
    }
    REQUIRE(engine_.run_until(sim::at(std::chrono::hours{1})) == sim::Engine::Status::reached_end);
    CHECK(station_.present() == 0);
    return *this;
  }

  void handle(const sim::Event& event, sim::Context& context) override {
    station_.arrive(jobs_[event.data], context);
  }
  void served(const sim::Job& job, sim::Context& context) override {
    ends_[job.id] = sim::to_seconds(context.now() - sim::time_zero);
    starts_[job.id] = sim::to_seconds(job.started - sim::time_zero);
    CHECK(job.service == jobs_[job.id].service);
    CHECK(job.arrived == jobs_[job.id].created);
  }
  void lost(const sim::Job& job, sim::Context& context) override {
    losses_[job.id] = sim::to_seconds(context.now() - sim::time_zero);
  }

  /// Instants [s] by number of the job, -1 where it did not happen.
  [[nodiscard]] const std::vector<double>& ends() const { return ends_; }
  [[nodiscard]] const std::vector<double>& starts() const { return starts_; }
  [[nodiscard]] const std::vector<double>& losses() const { return losses_; }
  [[nodiscard]] Station& station() { return station_; }

 private:
  sim::Engine engine_;
  sim::EntityId self_{};
  Station station_;
  std::vector<sim::Job> jobs_;
  std::vector<double> starts_, ends_, losses_;
};

inline sim::Job job(double arrival, double service, std::uint32_t job_class = 0) {
  sim::Job result;
  result.created = sim::at(sim::from_seconds(arrival));
  result.service = sim::from_seconds(service);
  result.job_class = job_class;
  return result;
}

inline sim::Job weighted(double arrival, double service, std::uint32_t weight) {
  sim::Job result = job(arrival, service);
  result.weight = weight;
  return result;
}

}  // namespace test_support
