#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/sweep_run.hpp"
#include "shard.hpp"
#include "side_by_side.hpp"
#include "signals.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

using planner::Sweep;
using planner::SweepPoint;
using planner::SweepRow;

struct SweepOptions {
  StudyRequest study;
  std::string name, shard;
  bool list = false, stored = false;
};

Sweep asked_sweep(const SweepOptions& options, const planner::Document& document) {
  const std::vector<std::string> names = planner::sweep_names(document);
  if (names.empty()) throw UsageError{"the scenario has no section \"sweeps\""};
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  if (options.name.empty() && names.size() > 1) throw UsageError{"which sweep?", "the scenario has " + all};
  const std::string name = options.name.empty() ? names.front() : options.name;
  if (std::ranges::find(names, name) == names.end())
    throw UsageError{"unknown sweep \"" + name + "\"", did_you_mean(name, names, "the scenario has " + all)};
  Sweep sweep = planner::read_sweep(document, name);
  if (!options.study.strategies.empty()) {
    for (const std::string& one : options.study.strategies) expect_strategy(document, one);
    sweep.strategies = options.study.strategies;
  }
  return sweep;
}

std::string point_text(const Sweep& sweep, const SweepPoint& point) {
  std::string text;
  for (const auto& [axis, value] : planner::coordinates(sweep, point))
    text += (text.empty() ? "" : "  ") + axis + "=" + value;
  return text;
}

/// The points of a sweep, as the request has them.
/// @param add_to  store of the studies, while it is open; may point to null
planner::SweepRun sweep_run(const SweepOptions& options, const Sweep& sweep,
                            planner::ResultStore* const* add_to) {
  return {loader_of(options.study.scenario), sweep,
          [&options](planner::Scenario& scenario) { ask_for_replications(options.study, scenario); },
          [add_to](const planner::Study& study, const planner::Document& at, const auto& scenarios) {
            if (*add_to != nullptr) (*add_to)->add(study, at.bundle(), scenarios);
          }};
}

/// How long a sweep takes, from a replication of its first and its last point.
struct Forecast {
  double least = 0, most = 0;  ///< [s]; they differ where the number of replications is open
  std::size_t pilots = 0;      ///< points that were tried
};

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// @param study  as the sweep will run
Forecast forecast(const SweepOptions& options, const planner::Document& document, const Sweep& sweep,
                  const std::vector<SweepPoint>& points, const planner::StudyOptions& study) {
  constexpr double longest_pilot = 20;  // [s]
  planner::StudyOptions one = study;
  one.replications = 1;
  one.threads = 1;
  one.store = nullptr;
  one.progress = {};
  one.time_limit_seconds = longest_pilot;
  planner::ResultStore* const nowhere = nullptr;
  planner::SweepRun run = sweep_run(options, sweep, &nowhere);
  Forecast result;
  double seconds = 0;
  const std::size_t corners = std::min<std::size_t>(points.size(), 2);
  for (std::size_t i = 0; i < corners && seconds < longest_pilot && !study.stop->load(); ++i) {
    const auto start = Clock::now();
    run.run(i == 0 ? points.front() : points.back(), one);
    seconds += seconds_since(start);
    ++result.pilots;
  }
  if (result.pilots == 0) return result;
  const planner::Scenario scenario = scenario_of(options.study, document, sweep.strategies.front());
  const planner::Experiment& experiment = scenario.experiment;
  const unsigned threads = study.executor != nullptr ? study.executor->places()
                           : study.threads > 0       ? study.threads
                                                     : std::max(std::thread::hardware_concurrency(), 1U);
  const auto total = [&](std::uint32_t replications) {
    const double jobs = static_cast<double>(replications * sweep.strategies.size());
    return seconds / static_cast<double>(result.pilots) * static_cast<double>(points.size()) * replications /
           std::min(static_cast<double>(threads), jobs);
  };
  result.least = total(experiment.min_replications);
  result.most = total(std::max(experiment.min_replications, experiment.max_replications));
  return result;
}

std::string time_text(double seconds) {
  if (seconds < 1) return "less than 1 s";
  if (seconds < 120) return fmt::format("about {:.0f} s", seconds);
  return seconds < 7200 ? fmt::format("about {:.0f} min", seconds / 60)
                        : fmt::format("about {:.1f} h", seconds / 3600);
}

std::string counted(std::size_t count, const char* one, const char* several) {
  return fmt::format("{} {}", count, count == 1 ? one : several);
}

std::string forecast_text(const Sweep& sweep, const std::vector<SweepPoint>& points,
                          const Forecast& forecast) {
  const std::string size = counted(points.size(), "point", "points") + ", " +
                           counted(sweep.strategies.size(), "strategy", "strategies") + " each";
  if (forecast.pilots == 0) return size + "\n";
  std::string time = time_text(forecast.least);
  if (const std::string most = time_text(forecast.most); most != time) time += " to " + most;
  return hanging("", 0,
                 fmt::format("{}: {}, by a replication of {} of them; what is stored takes none", size, time,
                             forecast.pilots));
}

Answer listed(const Sweep& sweep, const std::vector<SweepPoint>& points, const Forecast& forecast) {
  Answer answer{.schema = "points/1"};
  answer.document = {{"sweep", sweep.name}, {"strategies", sweep.strategies}};
  if (forecast.pilots > 0) {
    answer.document["estimate"] = {
        {"least", forecast.least}, {"most", forecast.most}, {"unit", "s"}, {"pilots", forecast.pilots}};
  }
  answer.document["points"] = nlohmann::ordered_json::array();
  for (const SweepPoint& point : points) {
    answer.text += point_text(sweep, point) + "\n";
    auto entry = nlohmann::ordered_json::object();
    for (const auto& [axis, value] : planner::coordinates(sweep, point)) entry[axis] = value;
    answer.document["points"].push_back(std::move(entry));
  }
  answer.text += forecast_text(sweep, points, forecast);
  return answer;
}

/// What the points gave: in their order, in whichever order they were done.
struct Outcome {
  std::vector<SweepRow> rows;
  std::size_t done = 0;  ///< points
};

/// Runs the points until a limit is met; several at a time where other processes simulate.
Outcome run_points(const planner::SweepRun& run, const std::vector<SweepPoint>& points,
                   planner::StudyOptions study) {
  std::mutex telling;
  study.progress = [&telling, tell = std::move(study.progress)](const planner::Progress& progress) {
    const std::scoped_lock lock{telling};
    tell(progress);
  };
  const auto start = Clock::now();
  std::vector<std::vector<SweepRow>> rows(points.size());
  std::atomic<std::size_t> done = 0;
  side_by_side(points.size(), run.points_at_once(study), [&](std::size_t i) {
    planner::StudyOptions own = study;
    if (study.time_limit_seconds) own.time_limit_seconds = *study.time_limit_seconds - seconds_since(start);
    if (study.stop->load() || (own.time_limit_seconds && *own.time_limit_seconds <= 0)) return;
    rows[i] = run.rows_at(points[i], own);
    ++done;
  });
  Outcome outcome{{}, done};
  for (const auto& of_point : rows) outcome.rows.insert(outcome.rows.end(), of_point.begin(), of_point.end());
  return outcome;
}

ExitCode code_of(const std::vector<SweepRow>& rows, std::size_t done, std::size_t points) {
  const auto any = [&](SweepRow::Status status) {
    return std::ranges::count(rows, status, &SweepRow::status) > 0;
  };
  if (const auto signal = stop_signal()) return *signal;
  if (any(SweepRow::Status::missing)) return ExitCode::partial;
  return any(SweepRow::Status::partial) || done < points ? ExitCode::limit : ExitCode::ok;
}

Answer swept(const Sweep& sweep, const std::vector<SweepRow>& rows, std::size_t done, std::size_t points,
             const Settings& settings) {
  Answer answer{.code = code_of(rows, done, points), .schema = "sweep/1"};
  answer.text = planner::render_sweep(rows, text_options(settings));
  if (done < points) answer.text += fmt::format("partial: {} of {} points were run\n", done, points);
  answer.document = planner::sweep_json(sweep, rows);
  answer.document["points"] = {{"run", done}, {"of", points}};
  answer.rendered = planner::sweep_csv(sweep, rows);
  return answer;
}

void expect_store(const SweepOptions& options) {
  if (options.stored && options.study.store.empty())
    throw UsageError{"--stored needs a --store to read from"};
}

Answer sweep(const SweepOptions& options, const Settings& settings) {
  expect_store(options);
  const planner::Document document = load_scenario(options.study.scenario);
  const Sweep sweep = asked_sweep(options, document);
  std::vector<SweepPoint> points = planner::points_of(sweep);
  const Shard shard = read_shard(options.shard);
  std::erase_if(points, [&](const SweepPoint& point) {
    return planner::shard_of(sweep, point, shard.count) != shard.index;
  });
  if (!settings.quiet && !shard.origin.empty()) write_error(shard.origin + "\n");
  planner::ResultStore* add_to = nullptr;  // open while it is swept
  const planner::SweepRun run = sweep_run(options, sweep, &add_to);
  Forecast expected;
  Outcome outcome;
  supervised(options.study, settings, [&](planner::StudyOptions study, planner::ResultStore* store) {
    if (options.stored) {
      study.event_limit = 0;
    } else if (options.list || (!settings.quiet && points.size() > 1)) {
      expected = forecast(options, document, sweep, points, study);
      if (!options.list) write_error(forecast_text(sweep, points, expected));
    }
    if (options.list) return;
    add_to = options.stored ? nullptr : store;
    outcome = run_points(run, points, study);
  });
  if (options.list) return listed(sweep, points, expected);
  return swept(sweep, options.stored ? with_missing(outcome.rows) : outcome.rows, outcome.done, points.size(),
               settings);
}

}  // namespace

void add_sweep(CommandLine& line) {
  auto options = std::make_shared<SweepOptions>();
  CLI::App& command = line.add("sweep", "Simulate", "simulate the scenario in many variants",
                               [options](const Settings& settings) { return sweep(*options, settings); });
  add_study_options(command, options->study);
  command.add_option("NAME", options->name, "which of its sweeps")->type_name("");
  command.add_flag("--list", options->list, "print the points and how long they take")->group("Simulation");
  command.add_flag("--stored", options->stored, "take all from --store, simulate nothing")
      ->group("Simulation");
  line.offer(command, {Format::csv});
  command.add_option("--shard", options->shard, "one part of the points (auto: batch systems)")
      ->type_name("I/N|auto")
      ->group("Simulation");
}

}  // namespace cli
