#include "planner/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "planner/law_fit.hpp"

namespace planner {
namespace {

using nlohmann::ordered_json;
using Kind = TraceNote::Kind;

constexpr std::array quantiles{0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999};

/// Applies the fits to the scenario and writes the same as a patch.
class Fitter {
 public:
  Fitter(const Scenario& scenario, const Observations& seen) : seen_{seen}, after_{scenario} {
    out_.notes = seen.notes;
  }

  void fit() {
    for (const ObservedService& service : seen_.services) fit_service(service);
    for (const ObservedFlow& flow : seen_.flows) fit_flow(flow);
    if (fitted_services_ == 0)
      throw TraceError{"no service of the traces has the id of one in the scenario: nothing to calibrate"};
    for (const auto& [id, service] : after_.services) {
      if (!out_.patch["services"].contains(id))
        note(Kind::dropped,
             fmt::format("service {} keeps its time: not in the traces, or stated otherwise", id));
    }
  }

  /// The flow of the scenario that an observed one is, empty for none.
  [[nodiscard]] std::string scenario_flow(const ObservedFlow& observed) const {
    const std::string& service = seen_.services[observed.calls.front().service].id;
    for (const auto& [id, flow] : after_.flows) {
      if (flow.calls.at(flow.entry).service == service) return id;
    }
    return {};
  }

  [[nodiscard]] const Scenario& after() const { return after_; }
  [[nodiscard]] Calibration take() { return std::move(out_); }
  void note(Kind kind, std::string text, std::uint64_t count = 0) {
    out_.notes.push_back({kind, std::move(text), count});
  }

 private:
  void fit_service(const ObservedService& observed) {
    const auto known = after_.services.find(observed.id);
    if (known == after_.services.end()) {
      if (!observed.self.empty())
        note(Kind::dropped, fmt::format("spans of {}, which the scenario does not have", observed.id),
             observed.self.size());
      return;
    }
    if (observed.self.empty() && observed.quantiles.empty()) return;
    Service& service = known->second;
    if (!service.time_on.empty() || !service.inference.empty()) {
      note(Kind::dropped, fmt::format("spans of {}: its time depends on where it runs", observed.id),
           observed.self.size());
      return;
    }
    const FittedLaw fitted =
        observed.self.empty() ? law_of_quantiles(observed.quantiles) : fit_law(observed.self);
    service.time = Law{fitted.law, {Basis::calibrated, {}}};
    ordered_json text = fitted.text;
    if (text.is_string()) text = {{"dist", "deterministic"}, {"value", text}};
    text["basis"] = "calibrated";
    text["source"] = observed.self.empty()
                         ? "percentiles of the traces"
                         : fmt::format("{} spans, distance {:.3g}", observed.self.size(), fitted.distance);
    // A merge patch would keep the parameters of another law: take the old one away member by member.
    for (const char* key : {"median", "p99", "mean", "cv", "mu", "sigma", "sd", "low", "high", "shape",
                            "scale", "minimum", "value", "quantiles", "parts", "shift"}) {
      if (!text.contains(key)) text[key] = nullptr;
    }
    out_.patch["services"][observed.id]["time"] = std::move(text);
    ++fitted_services_;
    note(Kind::mapped, fmt::format("spans of {} give its law", observed.id), observed.self.size());
  }

  void fit_flow(const ObservedFlow& observed) {
    const std::string flow = scenario_flow(observed);
    if (flow.empty()) {
      note(Kind::dropped,
           fmt::format("requests of {}: no flow of the scenario begins with their service", observed.id),
           observed.arrivals.size());
      return;
    }
    std::vector<std::string> users;
    for (const auto& [id, workload] : after_.workloads) {
      if (workload.flow == flow) users.push_back(id);
    }
    const bool enough = observed.arrivals.size() > 2 && observed.arrivals.back() > observed.arrivals.front();
    if (users.size() != 1 || after_.workloads.at(users.front()).process == Workload::Process::trace ||
        !enough) {
      note(Kind::dropped,
           fmt::format("the rate of {}: it has {} workloads, or replays, or too few requests were seen", flow,
                       users.size()));
      return;
    }
    const FittedArrivals fitted = fit_arrivals(observed.arrivals);
    after_.workloads.at(users.front()).rate = fitted.rate;
    out_.patch["workloads"][users.front()]["arrivals"] = {{"rate", fmt::format("{:.6g} req/s", fitted.rate)},
                                                          {"per_user", nullptr}};
    note(Kind::mapped, fmt::format("requests give the rate of {}", users.front()), observed.arrivals.size());
  }

  const Observations& seen_;
  Scenario after_;
  Calibration out_;
  std::size_t fitted_services_ = 0;
};

/// Moves every population to the site where the entry of its flow is served, with nothing in between.
std::vector<std::string> see_from_server(Scenario& scenario) {
  std::vector<std::string> kept;
  for (const auto& [id, workload] : scenario.workloads) {
    Flow& flow = scenario.flows.at(workload.flow);
    const auto& places = scenario.placement.at(flow.calls.at(flow.entry).service);
    Population& users = scenario.populations.at(workload.population);
    if (places.size() != 1 || places.begin()->first == user_device) {
      kept.push_back(id);
      continue;
    }
    users.at.reset();
    users.site = places.begin()->first;
    users.access = Access{};
    flow.transport = "none";
  }
  return kept;
}

const Slice* slice_of(const StrategyResult& result, const std::string& flow) {
  const auto found = std::ranges::find_if(result.slices, [&](const Slice& slice) {
    return slice.flow == flow && slice.population.empty() && slice.site.empty();
  });
  return found == result.slices.end() || found->latency.count() == 0 ? nullptr : &*found;
}

/// Order statistics that hold the quantile with 95 %, by the normal limit of the binomial law.
std::pair<double, double> interval_of(const std::vector<double>& sorted, double p) {
  const auto n = static_cast<double>(sorted.size());
  const double half = 1.96 * std::sqrt(n * p * (1 - p));
  const auto at = [&](double rank) { return sorted[static_cast<std::size_t>(std::clamp(rank, 0.0, n - 1))]; };
  return {at(std::floor(n * p - half)), at(std::ceil(n * p + half))};
}

FlowFit compare(const std::string& flow, const std::vector<double>& observed, const Slice& before,
                const Slice& after) {
  FlowFit fit{.flow = flow, .observed = observed.size(), .quantiles = {}};
  for (const double value : observed) fit.observed_mean += value / static_cast<double>(observed.size());
  fit.before_mean = before.mean.value * 1e-3;
  fit.after_mean = after.mean.value * 1e-3;
  for (const double p : quantiles) {
    // With fewer requests than this the quantile is the extreme one seen, or nearly.
    if (std::min(p, 1 - p) * static_cast<double>(observed.size()) < 1) continue;
    const auto [low, high] = interval_of(observed, p);
    const QuantilePair pair{p,
                            sample_quantile(observed, p),
                            low,
                            high,
                            sim::to_seconds(before.latency.quantile(p)),
                            sim::to_seconds(after.latency.quantile(p))};
    if (p >= 0.05 && p <= 0.99) fit.worst_error = std::max(fit.worst_error, std::abs(pair.error()));
    fit.quantiles.push_back(pair);
  }
  return fit;
}

std::string milliseconds(double seconds) { return fmt::format("{:.4g}", seconds * 1e3); }

}  // namespace

Calibration calibrate(const Scenario& scenario, const Observations& seen, const StudyOptions& options) {
  Fitter fitter{scenario, seen};
  fitter.fit();
  Scenario before = scenario, after = fitter.after();
  before.strategy = "before";
  after.strategy = "after";
  before.baseline = true;
  after.baseline = false;
  for (Scenario* changed : {&before, &after}) changed->content_sha256.clear();  // not what the loader read
  see_from_server(before);
  for (const std::string& kept : see_from_server(after))
    fitter.note(Kind::guessed,
                fmt::format("{} is compared with its network: its entry does not stand at one site", kept));
  const Study study = run_study({before, after}, options);
  for (const StrategyResult& result : study.strategies) {
    if (!result.feasible)
      throw TraceError{fmt::format("the scenario cannot run {} calibration: {}", result.strategy,
                                   result.infeasible_reason)};
  }
  Calibration calibration = fitter.take();
  for (const ObservedFlow& observed : seen.flows) {
    const std::string flow = fitter.scenario_flow(observed);
    if (flow.empty() || observed.latency.empty()) continue;
    const Slice* const old = slice_of(study.strategies.at(0), flow);
    const Slice* const fitted = slice_of(study.strategies.at(1), flow);
    if (old != nullptr && fitted != nullptr)
      calibration.flows.push_back(compare(flow, observed.latency, *old, *fitted));
  }
  return calibration;
}

std::string render_calibration(const Calibration& calibration) {
  std::string text;
  for (const FlowFit& fit : calibration.flows) {
    text += fmt::format("{}: {} requests observed, latency at the entry service [ms]\n\n", fit.flow,
                        fit.observed);
    text += fmt::format("  {:>6}  {:>9}  {:>19}  {:>9}  {:>10}  {:>7}\n", "", "observed", "95 % interval",
                        "before", "calibrated", "error");
    text += fmt::format("  {:>6}  {:>9}  {:>19}  {:>9}  {:>10}  {:>+6.1f}%\n", "mean",
                        milliseconds(fit.observed_mean), "", milliseconds(fit.before_mean),
                        milliseconds(fit.after_mean), 100 * (fit.after_mean / fit.observed_mean - 1));
    for (const QuantilePair& pair : fit.quantiles) {
      text +=
          fmt::format("  {:>6}  {:>9}  {:>19}  {:>9}  {:>10}  {:>+6.1f}%{}\n",
                      fmt::format("p{:g}", pair.p * 100), milliseconds(pair.observed),
                      milliseconds(pair.observed_low) + " .. " + milliseconds(pair.observed_high),
                      milliseconds(pair.before), milliseconds(pair.after), 100 * pair.error(),
                      pair.after < pair.observed_low || pair.after > pair.observed_high ? "  outside" : "");
    }
    text += fmt::format("\n  model error: at most {:.1f} % from p5 to p99\n\n", 100 * fit.worst_error);
  }
  return text;
}

ordered_json calibration_json(const Calibration& calibration) {
  ordered_json flows = ordered_json::object();
  for (const FlowFit& fit : calibration.flows) {
    ordered_json& flow = flows[fit.flow];
    flow = {
        {"observed", fit.observed},
        {"unit", "s"},
        {"worst_error", fit.worst_error},
        {"mean", {{"observed", fit.observed_mean}, {"before", fit.before_mean}, {"after", fit.after_mean}}}};
    for (const QuantilePair& pair : fit.quantiles) {
      flow["quantiles"][fmt::format("p{:g}", pair.p * 100)] = {
          {"observed", pair.observed}, {"low", pair.observed_low}, {"high", pair.observed_high},
          {"before", pair.before},     {"after", pair.after},      {"error", pair.error()}};
    }
  }
  return {{"patch", calibration.patch}, {"flows", std::move(flows)}};
}

}  // namespace planner
