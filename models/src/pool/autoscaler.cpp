#include "models/autoscaler.hpp"

#include <algorithm>
#include <cmath>

#include "sim/contract.hpp"

namespace models {
namespace {

constexpr double most_instances = 1e9;

std::uint32_t whole(double instances) {
  return static_cast<std::uint32_t>(std::clamp(instances, 0.0, most_instances));
}

/// Keeps the last instance until none has been wanted for `grace`.
std::uint32_t with_grace(std::uint32_t wanted, sim::Time now, sim::Duration grace, sim::Time& none_since) {
  if (wanted > 0) {
    none_since = sim::time_never;
    return wanted;
  }
  if (none_since == sim::time_never) none_since = now;
  return now - none_since >= grace ? 0 : 1;
}

}  // namespace

double KnativeScaler::mean(sim::Duration window) const {
  const auto ticks =
      std::clamp<std::size_t>(static_cast<std::size_t>(window / spec_.tick), 1, samples_.size());
  double sum = 0;
  for (std::size_t i = 0; i < ticks; ++i) sum += samples_[i];
  return sum / static_cast<double>(ticks);
}

std::uint32_t KnativeScaler::wanted(const ScalerSample& sample) {
  samples_.push_front(sample.in_flight);
  const auto kept = std::max<std::size_t>(static_cast<std::size_t>(spec_.stable_window / spec_.tick), 1);
  if (samples_.size() > kept) samples_.pop_back();

  const double ready = std::max(sample.ready, 1U);
  const double most = std::ceil(spec_.most_up * ready), least = std::floor(ready / spec_.most_down);
  const double stable = std::ceil(mean(spec_.stable_window) / spec_.target);
  const double panic = std::ceil(mean(spec_.panic_window) / spec_.target);
  std::uint32_t instances = whole(std::clamp(stable, least, most));
  if (panic / ready >= spec_.panic_threshold) {
    panic_since_ = sample.now;
  } else if (panics() && panic_since_ + spec_.stable_window < sample.now) {
    panic_since_ = sim::time_never;
    most_in_panic_ = 0;
  }
  if (panics()) {
    most_in_panic_ = std::max({most_in_panic_, instances, whole(std::clamp(panic, least, most))});
    instances = most_in_panic_;
  }
  return with_grace(instances, sample.now, spec_.zero_grace, none_since_);
}

std::uint32_t PodAutoscaler::desired(std::uint32_t ready, double metric, double target, double tolerance) {
  SIM_EXPECT(ready > 0 && target > 0);
  const double ratio = metric / target;
  if (std::abs(ratio - 1.0) <= tolerance) return ready;
  // A product that is whole but for its last bit must not become one more.
  constexpr double rounding = 1e-9;
  return whole(std::ceil(ratio * ready - rounding));
}

std::uint32_t PodAutoscaler::recommended(const ScalerSample& sample) {
  const std::uint32_t ready = std::max(sample.ready, 1U);
  const double busy = sample.busy_processors.value_or(sample.busy_slots / sample.slots);
  const double metric = (spec_.metric == Metric::utilisation ? busy : sample.in_flight) / ready;
  const std::uint32_t instances = desired(ready, metric, spec_.target, spec_.tolerance);
  if (sample.in_flight > 0) {
    none_since_ = sim::time_never;
    return std::max(instances, 1U);
  }
  return std::max(instances, with_grace(0, sample.now, spec_.zero_grace, none_since_));
}

std::uint32_t PodAutoscaler::wanted(const ScalerSample& sample) {
  const std::uint32_t now = recommended(sample);
  while (!recommended_.empty() && recommended_.front().time + spec_.down_window < sample.now)
    recommended_.pop_front();
  recommended_.push_back({sample.now, now});
  std::uint32_t highest = 0;
  for (const Past& past : recommended_) highest = std::max(highest, past.instances);
  // Down to the highest recommendation of the window, up at once.
  const std::uint32_t stabilised = std::max(now, std::min(highest, std::max(sample.ready, now)));
  return limited(sample, stabilised);
}

std::uint32_t PodAutoscaler::limited(const ScalerSample& sample, std::uint32_t recommendation) {
  while (!ready_.empty() && ready_.front().time + spec_.growth_period < sample.now) ready_.pop_front();
  ready_.push_back({sample.now, sample.ready});
  constexpr std::uint32_t always = 4;
  const std::uint32_t before = ready_.front().instances;
  return std::min(recommendation, std::max(2 * before, before + always));
}

std::uint32_t CloudRunScaler::wanted(const ScalerSample& sample) {
  uses_.push_front({sample.in_flight, sample.busy_processors.value_or(0)});
  const auto kept = std::max<std::size_t>(static_cast<std::size_t>(spec_.window / spec_.tick), 1);
  if (uses_.size() > kept) uses_.pop_back();
  Use sum;
  for (const Use& use : uses_) {
    sum.in_flight += use.in_flight;
    sum.processors += use.processors;
  }
  const auto samples = static_cast<double>(uses_.size());
  const double steady = std::max(std::ceil(sum.in_flight / samples / (spec_.utilisation * sample.slots)),
                                 std::ceil(sum.processors / samples / spec_.processors));
  const double at_once = std::ceil(sample.in_flight / sample.slots);
  while (!recommended_.empty() && recommended_.front().time + spec_.idle < sample.now)
    recommended_.pop_front();
  recommended_.push_back({sample.now, whole(std::max(steady, at_once))});
  std::uint32_t highest = 0;
  for (const Past& past : recommended_) highest = std::max(highest, past.instances);
  return highest;
}

Autoscaler make_autoscaler(const ScalerSpec& spec) {
  if (const auto* knative = std::get_if<KnativeScaler::Spec>(&spec)) return KnativeScaler{*knative};
  if (const auto* cloud_run = std::get_if<CloudRunScaler::Spec>(&spec)) return CloudRunScaler{*cloud_run};
  return PodAutoscaler{std::get<PodAutoscaler::Spec>(spec)};
}

}  // namespace models
