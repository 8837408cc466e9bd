#include "link/fair_link.hpp"

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

}  // namespace

double FairLink::Tenant::cap() const {
  return spec->cap ? bytes_per_nanosecond(*spec->cap) : sim::math::infinity;
}

double FairLink::Tenant::weight() const {
  if (transfers.empty()) return 0.0;
  return spec->weighed == TenantSpec::Weighed::tenant ? spec->weight : spec->weight * count();
}

bool FairLink::Tenant::has_ended_one() const {
  return transfers.front().finish - served <= resolution * rate;
}

FairLink::FairLink(const StationSpec& spec, RecordedSpan span)
    : rate_{bytes_per_nanosecond(spec.rate)}, span_{span}, order_(spec.tenants.size()) {
  SIM_EXPECT(!spec.tenants.empty() && rate_ > 0);
  for (const TenantSpec& tenant : spec.tenants) {
    SIM_EXPECT(tenant.weight > 0 && (!tenant.cap || tenant.cap->value() > 0));
    tenants_.push_back({&tenant, 0, 0, {}});
  }
  std::iota(order_.begin(), order_.end(), 0U);
  std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return spec.tenants[a].level < spec.tenants[b].level;
  });
}

bool FairLink::later(const Transfer& a, const Transfer& b) {
  return a.finish != b.finish ? a.finish > b.finish : a.number > b.number;
}

void FairLink::join(sim::Time now, std::uint32_t tenant, double bytes, const Ticket& ticket) {
  advance(now);
  Tenant& home = tenants_[tenant];
  // Served bytes only count against each other, so small numbers keep them exact.
  if (home.transfers.empty()) home.served = 0;
  home.transfers.push_back({home.served + bytes, transfers_++, ticket});
  std::push_heap(home.transfers.begin(), home.transfers.end(), later);
  if (span_.contains(now)) {
    ++passed_;
    bytes_ += bytes;
  }
  share_out();
}

sim::Time FairLink::next_end() const {
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

std::optional<FairLink::Ticket> FairLink::take_ended(sim::Time now) {
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

StationResult FairLink::result() const {
  return {passed_, bytes_, sim::Duration{static_cast<std::int64_t>(carried_ / rate_ + 0.5)}};
}

void FairLink::advance(sim::Time now) {
  SIM_EXPECT(now >= last_);
  if (now == last_) return;
  const double passed = nanoseconds(now - last_);
  for (Tenant& tenant : tenants_) tenant.served += tenant.rate * passed;
  carried_ += given_ * nanoseconds(span_.overlap(last_, now));
  last_ = now;
}

void FairLink::share_out() {
  double left = rate_;
  for (std::size_t first = 0, last = 0; first < order_.size(); first = last) {
    const std::uint32_t level = tenants_[order_[first]].spec->level;
    while (last < order_.size() && tenants_[order_[last]].spec->level == level) ++last;
    left = fill(first, last, left);
  }
  given_ = rate_ - left;
}

// Who cannot use its part is given its cap, and the rest is shared anew, until nobody is in the way.
double FairLink::fill(std::size_t first, std::size_t last, double rate) {
  double weights = 0;
  for (std::size_t i = first; i < last; ++i) {
    tenants_[order_[i]].rate = -1;  // open
    weights += tenants_[order_[i]].weight();
  }
  for (bool settled = false; !settled;) {
    settled = true;
    for (std::size_t i = first; i < last; ++i) {
      Tenant& tenant = tenants_[order_[i]];
      const double weight = tenant.weight();
      if (tenant.rate >= 0 || weight <= 0) continue;
      const double all = tenant.cap() * tenant.count();
      if (rate * weight / weights < all) continue;
      tenant.rate = tenant.cap();
      rate = std::max(rate - all, 0.0);
      weights -= weight;
      settled = false;
    }
  }
  double used = 0;
  for (std::size_t i = first; i < last; ++i) {
    Tenant& tenant = tenants_[order_[i]];
    if (tenant.rate >= 0) continue;
    const double weight = tenant.weight();
    const double all = weight > 0 ? rate * weight / weights : 0.0;
    tenant.rate = weight > 0 ? all / tenant.count() : 0.0;
    used += all;
  }
  return std::max(rate - used, 0.0);
}

}  // namespace models
