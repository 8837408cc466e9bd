#pragma once
#include "read/fields.hpp"

/// Readers of the scenario's sections, one source file a group. Each fills its part of context.scenario from
/// the merged, expanded tree, and reports what the schema cannot say about that section alone; references
/// between sections are checked afterwards (check_references.hpp).
namespace planner {

void read_sites(const Fields& root, ReadContext& context);
void read_links(const Fields& root, ReadContext& context);
void read_network(const Fields& root, ReadContext& context);
void read_populations(const Fields& root, ReadContext& context);
void read_services(const Fields& root, ReadContext& context);
void read_flows(const Fields& root, ReadContext& context);
/// @pre read_populations(): rates per user and local time need them
void read_workloads(const Fields& root, ReadContext& context);
/// @pre read_sites(): the pool may be left out where a site has one
void read_placement(const Fields& root, ReadContext& context);
void read_routing(const Fields& root, ReadContext& context);
void read_time(const Fields& root, ReadContext& context);
/// @pre read_sites(), read_populations(), read_services(), read_flows(): expressions name them
void read_experiment(const Fields& root, ReadContext& context);
void read_faults(const Fields& root, ReadContext& context);
/// @pre as read_experiment()
void read_assertions(const Fields& root, ReadContext& context);
/// The member `until` of `replications`.
void read_until(const Fields& until, ReadContext& context);

/// Pool of a site: in full, or from the catalogue with overrides.
[[nodiscard]] PoolType read_pool(const Member& pool, ReadContext& context);

/// Position given by one of `at`, `city`, `region`, `pop`; none where nothing is given.
struct ReadPlace {
  std::optional<Place> at;
  std::string provider_region;  ///< `aws:eu-central-1`, empty without
};
[[nodiscard]] ReadPlace read_place(const Member& owner, ReadContext& context);

}  // namespace planner
