#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "request/program.hpp"

namespace models {

/// Builds one Program; its functions run once each, in the order of run().
class Lowering {
 public:
  /// @param spec, streams  kept by reference
  Lowering(const WorldSpec& spec, Partitioning partitioning, const sim::Streams& streams);

  Program run(Path path);

 private:
  // Where each thing lives (lowering_places.cpp).
  void place_stations();
  /// Groups the stations of routes that meet.
  void place_networks();
  [[nodiscard]] std::vector<std::uint32_t> stations_by_network() const;
  void place_pools();
  /// Numbers things within their partitions, in their order.
  template <class Spec>
  [[nodiscard]] std::vector<std::uint32_t> places_of(const std::vector<Spec>& specs) const;
  void place_callers();
  void place_stores();
  void place_machines();

  void lower_steps();
  std::uint32_t quantity_of(const Step& step);
  std::uint32_t strands(std::uint32_t count);
  void expand_held_serves();
  void describe_sources();
  [[nodiscard]] std::uint32_t class_from(std::uint32_t index) const;

  // What a step refers to (lowering_resolve.cpp).
  void resolve(Op& op, const Step& step);
  void resolve_pool(Op& op, const Step& step) const;
  void resolve_station(Op& op, const Step& step);
  void resolve_share(Op& op, const Step& step);
  void resolve_route(Op& op, const Step& step);
  void resolve_split(Op& op, const Step& step);
  void resolve_race(Op& op, const Step& step);
  void resolve_guard(Op& op, const Step& step) const;
  void resolve_queue(Op& op, const Step& step);
  void resolve_balancer(Op& op, const Step& step) const;
  void resolve_store(Op& op, const Step& step, StoreSpec::Kind kind) const;

  const WorldSpec& spec_;
  const sim::Streams& streams_;
  std::map<Quantity, std::uint32_t> quantities_;
  Program program_;
  std::vector<std::uint32_t> shared_;  // by partition: fair stations and networks so far
  std::vector<ShareShape> routes_;     // by WorldSpec::routes
  std::uint32_t next_strand_ = 1;      // 0 is the request before any split
};

[[nodiscard]] inline bool is_fair(const StationSpec& station) { return station.sharing == Sharing::fair; }

}  // namespace models
