#include "link/fair_network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/contract.hpp"
#include "sim/math.hpp"

namespace models {
namespace {

double bytes_per_nanosecond(sim::BitRate rate) { return rate.value() / 8e9; }
double nanoseconds(sim::Duration span) { return static_cast<double>(span.count()); }

/// Work below what passes in this time is rounding, not work. [ns]
constexpr double resolution = 0.01;

/// In place of a rate that is not known yet.
constexpr double rising = -1;

}  // namespace

double FairNetwork::Tenant::cap() const {
  return way.tenant.cap ? bytes_per_nanosecond(*way.tenant.cap) : sim::math::infinity;
}

double FairNetwork::Tenant::weight() const {
  if (transfers.empty()) return 0.0;
  return way.tenant.weighed == TenantSpec::Weighed::tenant ? way.tenant.weight : way.tenant.weight * count();
}

bool FairNetwork::Tenant::has_ended_one() const {
  return transfers.front().finish - served <= resolution * rate;
}

FairNetwork::FairNetwork(std::span<const sim::BitRate> rates, std::vector<Way> ways, RecordedSpan span)
    : span_{span}, order_(ways.size()) {
  SIM_EXPECT(!rates.empty() && !ways.empty());
  for (const sim::BitRate rate : rates) {
    SIM_EXPECT(rate.value() > 0);
    links_.push_back({.rate = bytes_per_nanosecond(rate)});
  }
  for (Way& way : ways) {
    SIM_EXPECT(way.tenant.weight > 0 && (!way.tenant.cap || way.tenant.cap->value() > 0));
    SIM_EXPECT(!way.links.empty());
    for (const std::uint32_t link : way.links) SIM_EXPECT(link < links_.size());
    tenants_.push_back({.way = std::move(way)});
  }
  std::iota(order_.begin(), order_.end(), 0U);
  std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return tenants_[a].way.tenant.level < tenants_[b].way.tenant.level;
  });
}

bool FairNetwork::later(const Transfer& a, const Transfer& b) {
  return a.finish != b.finish ? a.finish > b.finish : a.number > b.number;
}

void FairNetwork::join(sim::Time now, std::uint32_t tenant, double bytes, const Ticket& ticket) {
  advance(now);
  Tenant& home = tenants_[tenant];
  // Served bytes only count against each other, so small numbers keep them exact.
  if (home.transfers.empty()) home.served = 0;
  home.transfers.push_back({home.served + bytes, transfers_++, ticket});
  std::push_heap(home.transfers.begin(), home.transfers.end(), later);
  if (span_.contains(now)) {
    for (const std::uint32_t link : home.way.links) {
      ++links_[link].passed;
      links_[link].bytes += bytes;
    }
  }
  share_out();
}

sim::Time FairNetwork::next_end() const {
  double soonest = sim::math::infinity;  // [ns] from the last change
  for (const Tenant& tenant : tenants_) {
    if (tenant.transfers.empty()) continue;
    if (tenant.has_ended_one()) {
      soonest = 0;
    } else if (tenant.rate > 0) {
      const double left = (tenant.transfers.front().finish - tenant.served) / tenant.rate;
      soonest = std::min(soonest, std::max(std::ceil(left), 1.0));
    }
  }
  if (soonest >= nanoseconds(longest_delay - last_.time_since_epoch())) return sim::time_never;
  return last_ + sim::Duration{static_cast<std::int64_t>(soonest)};
}

std::optional<FairNetwork::Ticket> FairNetwork::take_ended(sim::Time now) {
  advance(now);
  Tenant* first = nullptr;
  for (Tenant& tenant : tenants_) {
    if (tenant.transfers.empty()) continue;
    const Transfer& next = tenant.transfers.front();
    if (tenant.has_ended_one() && (first == nullptr || next.number < first->transfers.front().number))
      first = &tenant;
  }
  if (first == nullptr) return std::nullopt;
  const Ticket ticket = first->transfers.front().ticket;
  std::pop_heap(first->transfers.begin(), first->transfers.end(), later);
  first->transfers.pop_back();
  share_out();
  return ticket;
}

StationResult FairNetwork::result(std::uint32_t link) const {
  const Link& of = links_[link];
  return {of.passed, of.bytes, sim::Duration{static_cast<std::int64_t>(of.carried / of.rate + 0.5)}};
}

void FairNetwork::advance(sim::Time now) {
  SIM_EXPECT(now >= last_);
  if (now == last_) return;
  const double passed = nanoseconds(now - last_);
  for (Tenant& tenant : tenants_) tenant.served += tenant.rate * passed;
  const double recorded = nanoseconds(span_.overlap(last_, now));
  for (Link& link : links_) link.carried += link.given * recorded;
  last_ = now;
}

void FairNetwork::share_out() {
  for (Link& link : links_) link.left = link.rate;
  for (std::size_t first = 0, last = 0; first < order_.size(); first = last) {
    const std::uint32_t level = tenants_[order_[first]].way.tenant.level;
    while (last < order_.size() && tenants_[order_[last]].way.tenant.level == level) ++last;
    fill(first, last);
  }
  for (Link& link : links_) link.given = link.rate - link.left;
}

// Progressive filling: who reaches his cap stops, then those on the link that is full first, until nobody is
// left whose rate could rise. A link's level only rises when others stop below it, so a cap below the level
// of a tenant's links is reached for certain.
void FairNetwork::fill(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    Tenant& tenant = tenants_[order_[i]];
    tenant.rate = tenant.transfers.empty() ? 0.0 : rising;
  }
  weigh(first, last);
  const auto level = [](const Link& link) { return link.left / link.weights; };
  for (;;) {
    settle_capped(first, last);
    const Link* fullest = nullptr;
    for (const Link& link : links_) {
      if (link.weights > 0 && (fullest == nullptr || level(link) < level(*fullest))) fullest = &link;
    }
    if (fullest == nullptr) return;
    settle_at(static_cast<std::uint32_t>(fullest - links_.data()), first, last);
  }
}

// Anew after each change: what is left after subtracting might be rounding.
void FairNetwork::weigh(std::size_t first, std::size_t last) {
  for (Link& link : links_) link.weights = 0;
  for (std::size_t i = first; i < last; ++i) {
    const Tenant& tenant = tenants_[order_[i]];
    if (tenant.rate != rising) continue;
    for (const std::uint32_t link : tenant.way.links) links_[link].weights += tenant.weight();
  }
}

double FairNetwork::share_of(const Tenant& tenant) const {
  double share = sim::math::infinity;
  for (const std::uint32_t link : tenant.way.links)
    share = std::min(share, links_[link].left * tenant.weight() / links_[link].weights);
  return share;
}

// Who stops leaves more for the others, of whom another may reach his cap by that.
void FairNetwork::settle_capped(std::size_t first, std::size_t last) {
  for (bool settled = false; !settled;) {
    settled = true;
    for (std::size_t i = first; i < last; ++i) {
      Tenant& tenant = tenants_[order_[i]];
      if (tenant.rate != rising) continue;
      const double all = tenant.cap() * tenant.count();
      if (share_of(tenant) < all) continue;
      tenant.rate = tenant.cap();
      for (const std::uint32_t link : tenant.way.links)
        links_[link].left = std::max(links_[link].left - all, 0.0);
      weigh(first, last);
      settled = false;
    }
  }
}

// All who pass a full link get their part of it by the same division, so that equals stay equal.
void FairNetwork::settle_at(std::uint32_t full, std::size_t first, std::size_t last) {
  const double left = links_[full].left, weights = links_[full].weights;
  for (Link& link : links_) link.taken = 0;
  for (std::size_t i = first; i < last; ++i) {
    Tenant& tenant = tenants_[order_[i]];
    const auto& links = tenant.way.links;
    if (tenant.rate != rising || std::find(links.begin(), links.end(), full) == links.end()) continue;
    const double all = left * tenant.weight() / weights;
    tenant.rate = all / tenant.count();
    for (const std::uint32_t link : links) links_[link].taken += all;
  }
  for (Link& link : links_) link.left = std::max(link.left - link.taken, 0.0);
  weigh(first, last);
}

}  // namespace models
