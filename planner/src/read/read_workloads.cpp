#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "planner/demand.hpp"
#include "read/demand_shape.hpp"
#include "read/read_law.hpp"
#include "read/read_sections.hpp"
#include "text/csv_table.hpp"
#include "text/text_form.hpp"
#include "trace/trace_arrivals.hpp"

namespace planner {
namespace {

/// An assumed day of consumer demand by hour of local solar time: lowest from 04:00, highest from 20:00, a
/// slow rise and a fast fall. The highest hour has four times the demand of the lowest.
constexpr std::array<double, 24> diurnal{0.70, 0.57, 0.47, 0.42, 0.40, 0.41, 0.45, 0.50,
                                         0.58, 0.67, 0.77, 0.88, 1.00, 1.12, 1.23, 1.33,
                                         1.42, 1.50, 1.55, 1.59, 1.60, 1.50, 1.30, 1.00};

struct Shape {
  std::vector<double> hours;
  Zone zone;
};

/// The column of a profile; nothing after an issue.
std::vector<double> csv_hours(const Value& value, ReadContext& context) {
  const CsvColumn source = parse_csv_column(value.text).value();
  auto text = context.folder.read(source.file, value.span, context.issues);
  if (!text) return {};
  TraceSink place{TraceLimits{}};
  place.begin_file(source.file);
  std::istringstream stream{std::move(*text)};
  try {
    CsvTable table{stream, place};
    const auto column = table.column(source.column);
    if (!column) {
      Diagnostic& issue =
          context.issues.add(Code::bad_profile, value.span,
                             fmt::format("\"{}\" has no column \"{}\"", source.file, source.column));
      propose(issue, source.column, table.header());
      return {};
    }
    std::vector<double> hours;
    while (table.next()) {
      hours.push_back(table.number(*column));
      if (hours.back() < 0) place.fail(table.where(), fmt::format("\"{}\" is negative", table.cell(*column)));
    }
    return hours;
  } catch (const TraceError& error) {
    context.issues.add(Code::bad_profile, value.span, error.what());
    return {};
  }
}

/// Hours of a profile given as `diurnal`, CSV column or object; empty after an issue.
Shape read_shape(const Value& profile, Zone default_zone, ReadContext& context) {
  Shape shape{.hours = {}, .zone = default_zone};
  if (profile.is_string() && profile.text == "diurnal") {
    context.assume(profile.span, "demand profile: diurnal, an assumed day", {Basis::assumed, {}});
    return {{diurnal.begin(), diurnal.end()}, Zone{.local = true}};
  }
  if (profile.is_string()) {
    shape.hours = csv_hours(profile, context);
    return shape;
  }
  const Fields fields{profile};
  if (const Value* zone = fields.get("zone")) shape.zone = parse_zone(zone->text).value_or(Zone{});
  context.assume(profile.span, "demand profile", fields.provenance());
  if (fields.has("hourly") == fields.has("csv")) {
    context.issues.add(Code::conflicting_keys, profile.span, "a profile has either \"hourly\" or \"csv\"");
  } else if (const Value* csv = fields.get("csv")) {
    shape.hours = csv_hours(*csv, context);
  } else {
    for (const Value& hour : fields.get("hourly")->items) shape.hours.push_back(hour.number);
  }
  return shape;
}

/// Where a population lives: at its own position, else at that of the site that it hangs on.
std::optional<Place> place_of(const Population* population, const Scenario& scenario) {
  if (population == nullptr || population->at) return population == nullptr ? std::nullopt : population->at;
  const auto site = scenario.sites.find(population->site);
  return site == scenario.sites.end() ? std::nullopt : site->second.at;
}

/// Whose hours a profile tells.
std::vector<ClockShift> clock_of(const Zone& zone, const Population* population, const Scenario& scenario) {
  if (!zone.name.empty())
    return zone_clock(zone.name, scenario.start_unix, scenario.warmup + scenario.duration);
  if (!zone.local) return {{{}, zone.offset}};
  const std::optional<Place> place = place_of(population, scenario);
  const double longitude = place ? place->longitude : 0;
  constexpr double seconds_per_degree = 240;
  return {{{}, sim::from_seconds(longitude * seconds_per_degree)}};
}

/// The hours with mean 1; empty after an issue.
std::vector<double> normalised(const Value& value, std::vector<double> hours, ReadContext& context) {
  double sum = 0;
  for (const double hour : hours) sum += hour;
  const std::size_t count = hours.size();
  if ((count != 24 && count != 168) || !(sum > 0)) {
    context.issues.add(Code::bad_profile, value.span,
                       count != 24 && count != 168
                           ? fmt::format("a profile has 24 or 168 hours, this one has {}", count)
                           : "a profile of zeros has no mean to scale");
    return {};
  }
  for (double& hour : hours) hour *= static_cast<double>(count) / sum;
  return hours;
}

std::vector<Surge> read_surges(const Fields& arrivals) {
  std::vector<Surge> surges;
  for (const Member* member : arrivals.object("surges").entries()) {
    const Fields fields{member->value};
    const auto duration = [&](std::string_view key) {
      return fields.duration(key).value_or(sim::Duration{});
    };
    surges.push_back(
        {duration("at"), duration("rise"), duration("hold"), duration("fall"), fields.number("factor", 1)});
  }
  return surges;
}

void read_bursts(const Fields& arrivals, Workload& workload, ReadContext& context) {
  const Value* value = arrivals.get("bursts");
  if (value == nullptr) return;
  const Fields fields{*value};
  const Workload::Bursts bursts{fields.number("factor", 1),
                                fields.duration("length").value_or(sim::Duration{}),
                                fields.duration("every").value_or(sim::Duration{})};
  if (workload.process != Workload::Process::poisson) {
    context.issues.add(Code::conflicting_keys, value->span, "only a Poisson process has bursts");
  } else if (bursts.length <= sim::Duration{} || bursts.length >= bursts.every) {
    context.issues.add(
        Code::out_of_range, value->span,
        "a burst must be longer than 0 and shorter than \"every\", the time from one to the next");
  } else {
    workload.bursts = bursts;
  }
}

/// Exact replay: the instants are the demand, nothing else may say how much there is.
void read_replay(const Member& member, const Fields& arrivals, TraceArrivals& traces, Workload& workload,
                 ReadContext& context) {
  workload.process = Workload::Process::trace;
  for (const std::string_view key : {"rate", "per_user", "profile", "bursts", "surges"}) {
    if (const Value* value = arrivals.get(key))
      context.issues.add(Code::conflicting_keys, value->span,
                         fmt::format("a trace says how many requests there are, \"{}\" cannot", key));
  }
  const Value* trace = arrivals.get("trace");
  if (trace == nullptr) {
    context.issues.add(
        Code::conflicting_keys, arrivals.span(),
        fmt::format("workload \"{}\" replays a trace and needs \"trace\" with its file", member.key));
    return;
  }
  if (const auto read = traces.read(*trace)) {
    workload.times = read->times;
    workload.durations = read->durations;
    workload.requests = read->requests;
    workload.responses = read->responses;
    workload.call_sizes = read->call_sizes;
  }
  const sim::Duration run = context.scenario.warmup + context.scenario.duration;
  if (!workload.times || run <= sim::Duration{}) return;
  workload.rate = mean_rate(workload, sim::Duration{}, run);
  // A trace of n requests tells of about n/(n-1) of the time between its first and last.
  const double end =
      sim::to_seconds(workload.times->back()) * (1 + 1 / static_cast<double>(workload.times->size()));
  if (end < 0.95 * sim::to_seconds(run)) {
    context.issues.add(
        Code::short_trace, trace->span,
        fmt::format("the last request of the trace comes after {:.6g} s, the run lasts {:.6g} s",
                    sim::to_seconds(workload.times->back()), sim::to_seconds(run)));
  }
}

/// Users who wait for their answers: how many, and how long they think, say how much demand there is.
void read_closed(const Member& member, const Fields& arrivals, const Population* population,
                 Workload& workload, ReadContext& context) {
  workload.process = Workload::Process::closed;
  for (const std::string_view key : {"rate", "per_user", "profile", "bursts", "surges", "trace"}) {
    if (const Value* value = arrivals.get(key))
      context.issues.add(Code::conflicting_keys, value->span,
                         fmt::format("closed users ask when they have thought, \"{}\" cannot say when", key));
  }
  const std::size_t errors = context.issues.errors();
  workload.think = read_law(arrivals, "think", "think time of " + member.key, context);
  if (context.issues.errors() > errors) return;  // what cannot be read has no mean to judge
  if (!workload.think) {
    context.issues.add(Code::missing_key, arrivals.span(),
                       fmt::format("the closed users of workload \"{}\" need \"think\"", member.key));
    return;
  }
  const double mean = workload.think->law.mean();
  if (!(mean > 0) || !std::isfinite(mean)) {
    context.issues.add(Code::bad_law, arrivals.get("think")->span, "users need a mean time to think above 0");
    return;
  }
  constexpr double most = 1e7;
  const double all = population == nullptr ? 1.0 : std::round(population->users);
  if (!arrivals.has("users") && all > most) {
    context.issues.add(
        Code::out_of_range, arrivals.span(),
        fmt::format("{:.0f} closed users are more than the {:.0f} that are followed one by one", all, most));
    return;
  }
  workload.users = arrivals.count("users", static_cast<std::uint32_t>(std::clamp(all, 0.0, most)));
  workload.rate = workload.users / mean;
}

void read_arrivals(const Member& member, const Population* population, Zone zone, TraceArrivals& traces,
                   Workload& workload, ReadContext& context) {
  const Fields arrivals = Fields{member.value}.object("arrivals");
  if (arrivals.text("process") == "trace") return read_replay(member, arrivals, traces, workload, context);
  if (arrivals.text("process") == "closed")
    return read_closed(member, arrivals, population, workload, context);
  for (const std::string_view key : {"think", "users"}) {
    if (const Value* value = arrivals.get(key))
      context.issues.add(Code::conflicting_keys, value->span,
                         fmt::format("\"{}\" needs the process \"closed\"", key));
  }
  if (const Value* trace = arrivals.get("trace"))
    context.issues.add(Code::conflicting_keys, trace->span, "\"trace\" needs the process \"trace\"");
  if (arrivals.text("process") == "periodic") workload.process = Workload::Process::periodic;
  if (arrivals.has("rate") == arrivals.has("per_user")) {
    context.issues.add(Code::conflicting_keys, arrivals.span(),
                       fmt::format("workload \"{}\" needs either \"rate\" or \"per_user\"", member.key));
  }
  workload.rate = arrivals.quantity("rate", Dimension::request_rate, 0);
  if (const auto each = arrivals.quantity("per_user", Dimension::request_rate);
      each && population != nullptr) {
    workload.rate = *each * population->users;
  }
  read_bursts(arrivals, workload, context);
  DemandShape shape{
      .hours = {}, .start = context.scenario.start_unix, .clock = {}, .surges = read_surges(arrivals)};
  if (const Value* profile = arrivals.get("profile")) {
    Shape read = read_shape(*profile, zone, context);
    if (!read.hours.empty()) shape.hours = normalised(*profile, std::move(read.hours), context);
    if (!shape.hours.empty()) shape.clock = clock_of(read.zone, population, context.scenario);
  }
  set_profile(shape, context.scenario.warmup + context.scenario.duration, workload);
}

}  // namespace

void read_workloads(const Fields& root, ReadContext& context) {
  const Zone zone = parse_zone(root.object("time").text("zone", "UTC")).value_or(Zone{});
  TraceArrivals traces{context};
  for (const Member* member : root.object("workloads").entries()) {
    const Fields fields{member->value};
    Workload workload;
    workload.population = fields.text("population");
    workload.flow = fields.text("flow");
    const auto population = context.scenario.populations.find(workload.population);
    read_arrivals(*member, population == context.scenario.populations.end() ? nullptr : &population->second,
                  zone, traces, workload, context);
    if (!context.scenario.workloads.emplace(member->key, std::move(workload)).second) {
      context.issues.add(Code::conflicting_keys, member->key_span,
                         fmt::format("two workloads come out as \"{}\"", member->key));
    }
  }
}

}  // namespace planner
