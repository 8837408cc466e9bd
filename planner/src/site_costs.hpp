#pragma once
#include <string>

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

/// Price of `gigabytes` that leave a site in a month: the first at the site's price, what lies above each
/// tier's bound at that tier's. [USD]
[[nodiscard]] double egress_price(const Site& site, double gigabytes);

}  // namespace planner
