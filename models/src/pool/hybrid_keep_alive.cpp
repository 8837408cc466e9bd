#include "models/hybrid_keep_alive.hpp"

#include <cmath>

namespace models {
namespace {

sim::Duration scaled(sim::Duration time, double factor) {
  return sim::from_seconds(sim::to_seconds(time) * factor);
}

}  // namespace

void HybridKeepAlive::observe(sim::Duration idle) {
  known_ = false;
  const auto bin = static_cast<std::uint64_t>(idle / spec_.bin);
  if (bin >= spec_.bins) {
    ++beyond_;
    return;
  }
  ++within_;
  squares_ += 2.0 * static_cast<double>(counts_[bin]++) + 1.0;
}

bool HybridKeepAlive::is_representative() const {
  if (within_ == 0) return false;
  const auto total = static_cast<double>(within_ + beyond_);
  if (static_cast<double>(beyond_) > spec_.most_beyond * total) return false;
  const double mean = static_cast<double>(within_) / spec_.bins;
  const double variance = squares_ / spec_.bins - mean * mean;
  return variance >= spec_.least_variation * spec_.least_variation * mean * mean;
}

std::uint32_t HybridKeepAlive::bin_of_share(double share) const {
  const double wanted = share * static_cast<double>(within_);
  std::uint64_t sum = 0;
  for (std::uint32_t bin = 0; bin < spec_.bins; ++bin) {
    sum += counts_[bin];
    if (static_cast<double>(sum) >= wanted) return bin;
  }
  return spec_.bins - 1;
}

HybridKeepAlive::Windows HybridKeepAlive::windows() {
  if (known_) return windows_;
  known_ = true;
  windows_ = {{}, spec_.bin * static_cast<std::int64_t>(spec_.bins)};
  if (!is_representative()) return windows_;
  // The head's bin counts from its beginning, the tail's to its end.
  const sim::Duration head = spec_.bin * static_cast<std::int64_t>(bin_of_share(spec_.head));
  const sim::Duration tail = spec_.bin * static_cast<std::int64_t>(bin_of_share(spec_.tail) + 1);
  windows_.unloaded = scaled(head, 1 - spec_.margin);
  windows_.kept = scaled(tail, 1 + spec_.margin) - windows_.unloaded;
  return windows_;
}

}  // namespace models
