#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/sweep_run.hpp"
#include "shard.hpp"
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
  bool list = false;
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

Answer listed(const Sweep& sweep, const std::vector<SweepPoint>& points) {
  Answer answer{.schema = "points/1"};
  answer.document = {{"sweep", sweep.name}, {"strategies", sweep.strategies}};
  answer.document["points"] = nlohmann::ordered_json::array();
  for (const SweepPoint& point : points) {
    answer.text += point_text(sweep, point) + "\n";
    auto entry = nlohmann::ordered_json::object();
    for (const auto& [axis, value] : planner::coordinates(sweep, point)) entry[axis] = value;
    answer.document["points"].push_back(std::move(entry));
  }
  answer.text += fmt::format("{} points, {} strategies each\n", points.size(), sweep.strategies.size());
  return answer;
}

/// Told after the first point, from which the rest is reckoned.
void tell_estimate(const Settings& settings, std::size_t points, double seconds_of_first) {
  if (settings.quiet || points < 2) return;
  write_error(fmt::format("{} points; about {:.0f} s at the pace of the first\n", points,
                          seconds_of_first * static_cast<double>(points)));
}

Answer sweep(const SweepOptions& options, const Settings& settings) {
  const planner::Document document = load_scenario(options.study.scenario);
  const Sweep sweep = asked_sweep(options, document);
  std::vector<SweepPoint> points = planner::points_of(sweep);
  const Shard shard = read_shard(options.shard);
  std::erase_if(points, [&](const SweepPoint& point) {
    return planner::shard_of(sweep, point, shard.count) != shard.index;
  });
  if (!settings.quiet && !shard.origin.empty()) write_error(shard.origin + "\n");
  if (options.list) return listed(sweep, points);
  planner::ResultStore* add_to = nullptr;  // open while it is swept
  planner::SweepRun run{[&](const std::vector<std::string>& sets) {
                          ScenarioOptions file = options.study.scenario;
                          file.sets.insert(file.sets.end(), sets.begin(), sets.end());
                          return load_scenario(file);
                        },
                        sweep,
                        [&](planner::Scenario& scenario) { ask_for_replications(options.study, scenario); },
                        [&](const planner::Study& study, const planner::Document& at, const auto& scenarios) {
                          if (add_to != nullptr) add_to->add(study, at.bundle(), scenarios);
                        }};
  supervised(options.study, settings, [&](const planner::StudyOptions& study, planner::ResultStore* store) {
    add_to = store;
    const auto start = std::chrono::steady_clock::now();
    for (const SweepPoint& point : points) {
      if (study.stop->load()) return;
      run.run(point, study);
      if (&point == &points.front())
        tell_estimate(settings, points.size(),
                      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
  });
  Answer answer{.text = planner::render_sweep(run.rows(), text_options(settings)), .schema = "sweep/1"};
  answer.document = planner::sweep_json(sweep, run.rows());
  const bool partial = std::ranges::any_of(
      run.rows(), [](const SweepRow& row) { return row.status == SweepRow::Status::partial; });
  if (partial) answer.code = ExitCode::limit;
  if (const auto signal = stop_signal()) answer.code = *signal;
  return answer;
}

}  // namespace

void add_sweep(CommandLine& line) {
  auto options = std::make_shared<SweepOptions>();
  CLI::App& command = line.add("sweep", "Simulate", "simulate the scenario in many variants",
                               [options](const Settings& settings) { return sweep(*options, settings); });
  add_study_options(command, options->study);
  command.add_option("NAME", options->name, "which of its sweeps")->type_name("");
  command.add_flag("--list", options->list, "print the points, simulate nothing")->group("Simulation");
  command.add_option("--shard", options->shard, "one part of the points (auto: batch systems)")
      ->type_name("I/N|auto")
      ->group("Simulation");
}

}  // namespace cli
