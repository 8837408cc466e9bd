#include "planner/transient.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "planner/number_text.hpp"
#include "planner/sections.hpp"
#include "sim/warmup.hpp"

namespace planner {
namespace {

/// Fewer slices tell no transient from chance.
constexpr std::size_t least_slices = 10;
constexpr std::size_t least_replications = 2;
/// Where replications hardly differ, intervals are narrow enough to be left by what nobody minds.
constexpr double least_share = 0.01;

std::optional<std::vector<double>> whole(const std::vector<std::optional<double>>& values) {
  std::vector<double> known;
  for (const std::optional<double>& value : values) {
    if (!value) return std::nullopt;
    known.push_back(*value);
  }
  return known;
}

double mean(const std::vector<double>& values, std::size_t from) {
  double sum = 0;
  for (std::size_t slice = from; slice < values.size(); ++slice) sum += values[slice];
  return sum / static_cast<double>(values.size() - from);
}

/// Mean over the slices from the first kept one, of one replication; nothing where it misses a slice.
std::optional<double> own_mean(const Course& course, std::size_t replication, std::size_t from) {
  double sum = 0;
  for (std::size_t slice = from; slice < course.own.size(); ++slice) {
    const auto& own = course.own[slice];
    if (replication >= own.size() || !own[replication]) return std::nullopt;
    sum += *own[replication];
  }
  return sum / static_cast<double>(course.own.size() - from);
}

}  // namespace

bool is_stationary(const Scenario& scenario) {
  const auto changes = [](const auto& entry) {
    const Workload& workload = entry.second;
    return workload.process == Workload::Process::trace || !workload.profile.empty() || workload.bursts;
  };
  const auto provisioned_by_hour = [](const auto& service) {
    return std::ranges::any_of(service.second,
                               [](const auto& site) { return !site.second.provisions.empty(); });
  };
  return std::ranges::none_of(scenario.workloads, changes) &&
         std::ranges::none_of(scenario.placement, provisioned_by_hour);
}

std::optional<Transient> transient_of(const Course& course, double confidence) {
  const std::optional<std::vector<double>> values = whole(course.overall);
  if (!values || values->size() < least_slices) return std::nullopt;
  const sim::WarmUp cut = sim::mser(*values, 1);
  if (cut.observations == 0) return std::nullopt;
  Sections kept{mean(*values, cut.observations), {}};
  for (std::size_t replication = 0; replication < course.own.front().size(); ++replication) {
    kept.own.push_back(own_mean(course, replication, cut.observations));
    if (!kept.own.back()) return std::nullopt;
  }
  if (kept.own.size() < least_replications) return std::nullopt;
  const Estimate interval = estimate(kept, confidence, {});
  const double all = mean(*values, 0);
  const bool within = all >= interval.low && all <= interval.high;
  if (within || std::abs(all - kept.overall) <= least_share * kept.overall) return std::nullopt;
  return Transient{cut.observations, !cut.at_limit};
}

std::vector<std::string> transient_notes(const std::vector<Course>& courses, sim::Duration step,
                                         sim::Duration warmup, double confidence) {
  const char* const advice = warmup > sim::Duration{0} ? "lengthen" : "state";
  std::vector<std::string> notes;
  for (const Course& course : courses) {
    const std::optional<Transient> found = transient_of(course, confidence);
    if (!found) continue;
    notes.push_back(
        found->settled
            ? fmt::format(
                  "the first {} of the recorded span look like a transient of flow {} (MSER): {} \"warmup\"",
                  duration_text(static_cast<std::int64_t>(found->slices) * step), course.flow, advice)
            : fmt::format("flow {} has not settled within the recorded span (MSER)", course.flow));
  }
  return notes;
}

}  // namespace planner
