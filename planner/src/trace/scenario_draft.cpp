#include "planner/scenario_draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "planner/format.hpp"
#include "planner/law_fit.hpp"

namespace planner {
namespace {

using nlohmann::ordered_json;
using Kind = TraceNote::Kind;

constexpr double guessed_service_time = 0.010;  // [s], where the source tells none
constexpr double busy_share = 0.5;              // for which replicas are guessed
constexpr double cores_of_node = 16;

const char* title_of(Kind kind) {
  switch (kind) {
    case Kind::mapped:
      return "mapped";
    case Kind::guessed:
      return "guessed";
    case Kind::dropped:
      return "dropped";
  }
  return "";
}

/// Span of the arrivals of all flows, as long as if one more gap followed the last. [s]
double observed_seconds(const Observations& seen) {
  double end = 0;
  for (const ObservedFlow& flow : seen.flows) {
    const auto n = static_cast<double>(flow.arrivals.size());
    end = std::max(end, sim::to_seconds(flow.arrivals.back()) * (1 + 1 / n));
  }
  return end;
}

class Draft {
 public:
  Draft(const Observations& seen, const DraftOptions& options)
      : seen_{seen}, options_{options}, notes_{seen.notes} {}

  ScenarioDraft make() {
    if (seen_.flows.empty()) throw TraceError{"the traces hold no complete request"};
    // A second at least: one request alone has no rate.
    seconds_ = std::max(observed_seconds(seen_), 1.0);
    const ordered_json services = services_json();
    const ordered_json flows = flows_json();
    const ordered_json workloads = workloads_json();
    const ordered_json placement = placement_json();
    ordered_json scenario{{"isochrone", "1.0"},
                          {"meta", {{"name", options_.name}, {"title", "Draft from traces"}}},
                          {"time", {{"duration", duration_text()}}},
                          {"sites", {{"observed", site_json()}}}};
    guess("everything runs at one site, \"observed\": the traces do not say where and at what price");
    guess("users stand beside the site: the traces begin at the first service");
    scenario["populations"]["users"] = {
        {"site", "observed"}, {"users", 1}, {"access", {{"latency", "0 ms"}}}};
    scenario["services"] = services;
    scenario["flows"] = flows;
    scenario["workloads"] = workloads;
    scenario["placement"] = placement;
    scenario["experiment"] = {{"seed", 1}, {"replications", 5}};
    return {format_scenario(remarks() + scenario.dump(), "draft"), notes_};
  }

 private:
  void guess(std::string text, std::uint64_t count = 0) {
    notes_.push_back({Kind::guessed, std::move(text), count});
  }

  std::string remarks() const {
    std::string text = "// Draft from traces. What follows is measured unless it says assumed.\n";
    for (const TraceNote& note : notes_) {
      std::string line = fmt::format("// {}: ", title_of(note.kind));
      if (note.count > 0) line += fmt::format("{} ", note.count);
      for (const char c : note.text) line += c == '\n' || c == '\r' ? ' ' : c;
      text += line + "\n";
    }
    return text;
  }

  std::string duration_text() const {
    // Rounded up, so that every observed request has its place.
    return fmt::format("{} s", std::ceil(seconds_));
  }

  ordered_json site_json() const {
    const auto nodes = static_cast<std::int64_t>(std::ceil(replicas_ / cores_of_node));
    ordered_json pool{{"nodes", std::max<std::int64_t>(nodes, 1)},
                      {"cpu", fmt::format("{} vCPU", cores_of_node)},
                      {"basis", "assumed"}};
    // Frankfurt, where most clouds have a region.
    return {
        {"tier", "region"}, {"at", {{"lat", 50.1}, {"lon", 8.7}}}, {"pools", {{"hosts", std::move(pool)}}}};
  }

  bool is_called(std::uint32_t service) const {
    return std::ranges::any_of(seen_.flows, [&](const ObservedFlow& flow) {
      return std::ranges::any_of(flow.calls,
                                 [&](const ObservedCall& call) { return call.service == service; });
    });
  }

  /// Law of a service, its mean remembered for the replicas.
  ordered_json law_json(const ObservedService& service) {
    FittedLaw fitted;
    if (!service.self.empty()) fitted = fit_law(service.self);
    if (service.self.empty() && !service.quantiles.empty()) fitted = law_of_quantiles(service.quantiles);
    if (service.self.empty() && service.quantiles.empty()) {
      means_.push_back(guessed_service_time);
      guess(fmt::format("{} takes {}: the source tells no durations", service.id,
                        time_text(guessed_service_time)));
      return {{"dist", "deterministic"}, {"value", time_text(guessed_service_time)}, {"basis", "assumed"}};
    }
    means_.push_back(fitted.law.mean());
    ordered_json text = fitted.text;
    if (text.is_string()) text = {{"dist", "deterministic"}, {"value", text}};
    text["basis"] = "measured";
    text["source"] = service.self.empty()
                         ? "percentiles of the trace"
                         : fmt::format("{} spans, distance {:.3g}", service.self.size(), fitted.distance);
    return text;
  }

  ordered_json services_json() {
    ordered_json services = ordered_json::object();
    for (std::uint32_t i = 0; i < seen_.services.size(); ++i) {
      if (!is_called(i)) {
        means_.push_back(0);
        continue;
      }
      ordered_json service{{"time", law_json(seen_.services[i])}, {"cpu", "1 vCPU"}};
      if (seen_.services[i].memory_mb)
        service["memory"] = fmt::format("{:.6g} MB", *seen_.services[i].memory_mb);
      services[seen_.services[i].id] = std::move(service);
    }
    guess("a visit takes one vCPU; its time includes what it waited for within its service");
    return services;
  }

  static void add_payload(const ObservedCall& call, ordered_json& json) {
    const auto mean = [](double sum, std::uint64_t count) {
      return fmt::format("{:.0f} B", sum / static_cast<double>(count));
    };
    if (call.request_count > 0) json["request"] = mean(call.request_sum, call.request_count);
    if (call.response_count > 0) json["response"] = mean(call.response_sum, call.response_count);
  }

  ordered_json call_json(const ObservedFlow& flow, const ObservedCall& call) const {
    ordered_json json{{"service", seen_.services[call.service].id}};
    if (call.parent == ObservedCall::none) return json;
    const ObservedCall& parent = flow.calls[call.parent];
    if (call.parent != 0) json["from"] = parent.id;
    for (const std::uint32_t earlier : call.after) json["after"].push_back(flow.calls[earlier].id);
    const double probability = static_cast<double>(call.count) / static_cast<double>(parent.count);
    if (probability < 1) json["probability"] = probability;
    add_payload(call, json);
    return json;
  }

  ordered_json flows_json() {
    ordered_json flows = ordered_json::object();
    std::uint64_t untold = 0;
    for (const ObservedFlow& flow : seen_.flows) {
      ordered_json calls = ordered_json::object();
      for (const ObservedCall& call : flow.calls) {
        calls[call.id] = call_json(flow, call);
        untold += call.request_count == 0 ? 1U : 0U;
      }
      flows[flow.id] = {{"entry", flow.calls.front().id}, {"calls", std::move(calls)}, {"transport", "none"}};
      add_payload(flow.calls.front(), flows[flow.id]);
    }
    if (untold > 0) guess("calls without payload: the traces tell none", untold);
    return flows;
  }

  ordered_json arrivals_json(const ObservedFlow& flow) {
    if (!options_.replay_file.empty())
      return {{"process", "trace"}, {"trace", {{"file", options_.replay_file}, {"service", flow.id}}}};
    const double rate = static_cast<double>(flow.arrivals.size()) / seconds_;
    ordered_json json{{"process", "poisson"}, {"rate", fmt::format("{:.6g} req/s", rate)}};
    if (flow.arrivals.size() < 3 || flow.arrivals.front() == flow.arrivals.back()) {
      guess(fmt::format("{} arrives as a Poisson process: too few requests to tell", flow.id));
      return json;
    }
    const FittedArrivals fitted = fit_arrivals(flow.arrivals);
    if (fitted.kind == FittedArrivals::Kind::periodic) json["process"] = "periodic";
    if (fitted.kind == FittedArrivals::Kind::other) {
      guess(fmt::format(
          "{} arrives as a Poisson process, though its gaps do not look exponential (coefficient of "
          "variation {:.3g}): replay it where bursts matter",
          flow.id, fitted.gap_cv));
    }
    return json;
  }

  ordered_json workloads_json() {
    ordered_json workloads = ordered_json::object();
    for (const ObservedFlow& flow : seen_.flows)
      workloads[flow.id] = {{"population", "users"}, {"flow", flow.id}, {"arrivals", arrivals_json(flow)}};
    return workloads;
  }

  ordered_json placement_json() {
    std::vector<double> work(seen_.services.size(), 0.0);  // visits a second times mean
    for (const ObservedFlow& flow : seen_.flows) {
      for (const ObservedCall& call : flow.calls)
        work[call.service] += static_cast<double>(call.count) / seconds_ * means_[call.service];
    }
    ordered_json placement = ordered_json::object();
    for (std::uint32_t i = 0; i < work.size(); ++i) {
      if (!is_called(i)) continue;
      // One more than the load asks for: a single slot would queue where production did not.
      const double replicas = std::ceil(work[i] / busy_share) + 1;
      replicas_ += replicas;
      placement[seen_.services[i].id] = {
          {"observed", {{"pool", "hosts"}, {"replicas", static_cast<std::int64_t>(replicas)}}}};
    }
    guess("replicas keep half of the slots busy, with one to spare");
    return placement;
  }

  const Observations& seen_;
  const DraftOptions& options_;
  std::vector<TraceNote> notes_;
  std::vector<double> means_;  // by service [s]
  double seconds_ = 0, replicas_ = 0;
};

}  // namespace

ScenarioDraft draft_scenario(const Observations& seen, const DraftOptions& options) {
  return Draft{seen, options}.make();
}

std::string arrivals_csv(const Observations& seen) {
  std::vector<std::pair<sim::Duration, const ObservedFlow*>> rows;
  for (const ObservedFlow& flow : seen.flows) {
    for (const sim::Duration arrival : flow.arrivals) rows.emplace_back(arrival, &flow);
  }
  std::ranges::stable_sort(rows, {}, [](const auto& row) { return row.first; });
  std::string text = "time_s,service\n";
  for (const auto& [arrival, flow] : rows) {
    constexpr std::int64_t second = 1'000'000'000;
    text += fmt::format("{}.{:09},{}\n", arrival.count() / second, arrival.count() % second, flow->id);
  }
  return text;
}

std::string render_notes(const std::vector<TraceNote>& notes) {
  std::string text;
  for (const Kind kind : {Kind::mapped, Kind::guessed, Kind::dropped}) {
    for (const TraceNote& note : notes) {
      if (note.kind != kind) continue;
      text += fmt::format("{:8}  ", title_of(kind));
      if (note.count > 0) text += fmt::format("{} ", note.count);
      for (const char c : note.text) text += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? '?' : c;
      text += '\n';
    }
  }
  return text;
}

ordered_json notes_json(const std::vector<TraceNote>& notes) {
  ordered_json list = ordered_json::array();
  for (const TraceNote& note : notes) {
    list.push_back({{"kind", title_of(note.kind)}, {"text", note.text}});
    if (note.count > 0) list.back()["count"] = note.count;
  }
  return list;
}

}  // namespace planner
