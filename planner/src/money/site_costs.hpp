#pragma once
#include <optional>
#include <string>
#include <vector>

#include "planner/accounting.hpp"

namespace planner {

/// What the nodes of a site come to in a month.
struct SiteUse {
  double rated_watts = 0;  ///< greatest power of the nodes that are paid for, without PUE
  double joules = 0;       ///< drawn in the month, PUE included
};

/// Adds the rows of what a site costs besides its machines: rent, capital written off, colocation, visits
/// (item `site`), and electricity. A site at which nothing is placed costs nothing.
void charge_site(const std::string& id, const Site& site, const SiteUse& use, Bill& bill);

/// Price of a month's `volume`: the first part at `first`, what lies above each tier's bound at that tier's.
[[nodiscard]] double tiered_price(double volume, sim::Money first, const std::vector<PriceTier>& tiers);

/// Price of `gigabytes` that leave a site in a month: the first at the site's price, what lies above each
/// tier's bound at that tier's. [USD]
[[nodiscard]] double egress_price(const Site& site, double gigabytes);

/// List price of a gigabyte from one cloud region to another; none where a site states its own price or the
/// list has no such pair. [USD/GB]
[[nodiscard]] std::optional<sim::Money> region_egress(const Site& from, const Site& to);

}  // namespace planner
