#include "study_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <limits>

#include "event_log.hpp"
#include "failure.hpp"
#include "github.hpp"
#include "planner/process_memory.hpp"
#include "planner/quantity.hpp"
#include "planner/render.hpp"
#include "planner/render_ci.hpp"
#include "progress.hpp"
#include "signals.hpp"

namespace cli {

namespace {

struct ReplicationRange {
  std::uint32_t least = 0, most = 0;
};

/// `5` or `5..60`.
ReplicationRange parse_replications(const std::string& text) {
  const auto number = [&](std::string_view part) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc{} || end != part.data() + part.size() || value == 0) {
      throw UsageError{"--reps: \"" + text + "\" is no number of replications",
                       "such as --reps 10 or --reps 5..60"};
    }
    return value;
  };
  const std::size_t dots = text.find("..");
  const std::string_view view = text;
  if (dots == std::string::npos) return {number(view), number(view)};
  const ReplicationRange range{number(view.substr(0, dots)), number(view.substr(dots + 2))};
  if (range.least > range.most) throw UsageError{"--reps: \"" + text + "\" begins above its end"};
  return range;
}

double parse_option(const std::string& option, const std::string& text, planner::Dimension dimension,
                    Bounds bounds = Bounds::above_zero) {
  const auto parsed = planner::parse_quantity(text, dimension);
  if (const auto* error = std::get_if<planner::QuantityError>(&parsed)) {
    throw UsageError{option + ": " + error->message,
                     error->proposals.empty() ? "" : "did you mean \"" + error->proposals.front() + "\"?"};
  }
  const double value = std::get<planner::ParsedQuantity>(parsed).value;
  if (!(value > 0) && (bounds == Bounds::above_zero || value < 0))
    throw UsageError{option + ": \"" + text + "\" is not above zero"};
  return value;
}

/// `results/` of `--store results/runs.db`; a longer path that is missing is a slip, which opening it tells.
void create_folder_of(const std::string& store) {
  std::error_code ignored;
  const std::filesystem::path folder = std::filesystem::path{store}.parent_path();
  if (!folder.empty()) std::filesystem::create_directory(folder, ignored);
}

planner::StudyOptions study_options(const StudyRequest& request) {
  planner::StudyOptions options;
  options.seed = request.seed;
  options.confidence = request.confidence;
  if (!request.equivalence.empty())
    options.equivalence = parse_share("--rope", request.equivalence, Bounds::with_zero);
  if (!request.half_width.empty())
    options.half_width = parse_share("--precision", request.half_width, Bounds::above_zero);
  if (!request.time_limit.empty()) {
    options.time_limit_seconds = parse_option("--time-limit", request.time_limit, planner::Dimension::time);
  }
  if (request.until == "decided") {
    options.until = planner::StudyOptions::Until::decided;
  } else if (!request.until.empty()) {
    options.metric_text = request.until;
  }
  if (request.event_limit) options.event_limit = *request.event_limit;
  options.threads = request.jobs;
  return options;
}

std::vector<planner::Scenario> chosen_scenarios(const StudyRequest& request,
                                                const planner::Document& document,
                                                const std::vector<std::string>& strategies,
                                                const std::string& baseline, StudyOutcome& outcome) {
  std::vector<planner::Scenario> scenarios;
  for (const std::string& name : strategies) {
    const planner::Resolution resolution = document.resolve(name);
    outcome.warnings.insert(outcome.warnings.end(), resolution.warnings().begin(),
                            resolution.warnings().end());
    planner::Scenario& scenario = scenarios.emplace_back(resolution.scenario());
    scenario.baseline = name == baseline;
    if (name == request.companion) scenario.assertions.clear();
    ask_for_replications(request, scenario);
  }
  return scenarios;
}

ExitCode exit_code_of(const planner::Study& study, Undecided undecided) {
  if (study.interrupted) {
    if (const std::optional<ExitCode> signal = stop_signal()) return *signal;
  }
  const auto infeasible = [](const planner::StrategyResult& result) { return !result.feasible; };
  if (std::ranges::all_of(study.strategies, infeasible)) return ExitCode::infeasible;
  // Whether or not a limit cut a replication in two: not all that was asked for was simulated.
  const bool limited =
      study.interrupted || std::ranges::any_of(study.strategies, &planner::StrategyResult::partial);
  return worse(limited ? ExitCode::limit : ExitCode::ok, verdict_code(study, undecided));
}

std::string study_text(const planner::Study& study, StudyView view, const Settings& settings) {
  const planner::TextOptions options = text_options(settings);
  return view == StudyView::detail ? planner::render_detail(study, options)
                                   : planner::render_comparison(study, options);
}

std::string effort_text(const StudyOutcome& outcome) {
  std::uint64_t requests = 0, events = 0;
  for (const planner::StrategyResult& result : outcome.study.strategies) {
    requests += result.requests;
    events += result.events;
  }
  std::string text =
      fmt::format("simulated {} requests by {} events in {:.2f} s\n", requests, events, outcome.wall_seconds);
  if (outcome.recalled > 0) text += fmt::format("{} replications were in the store\n", outcome.recalled);
  return text;
}

/// What `--on-inconclusive warn` says.
std::string undecided_text(const StudyOutcome& outcome) {
  std::string text;
  if (!outcome.warn_undecided) return text;
  if (outcome.regression && outcome.regression->undecided())
    text += "warning: whether anything is worse than " + outcome.regression->before + " is undecided\n";
  for (const planner::StrategyResult& result : outcome.study.strategies) {
    for (const planner::Verdict& verdict : result.verdicts) {
      if (verdict.outcome != planner::Verdict::Outcome::inconclusive) continue;
      text += fmt::format("warning: {}: {} is undecided\n", result.strategy, verdict.id);
    }
  }
  return text;
}

}  // namespace

double parse_share(const std::string& option, const std::string& text, Bounds bounds) {
  double plain = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), plain);
  const bool is_plain = error == std::errc{} && end == text.data() + text.size();
  const double value = is_plain ? plain : parse_option(option, text, planner::Dimension::ratio, bounds);
  const bool low = bounds == Bounds::with_zero ? value < 0 : !(value > 0);
  if (low || !(value < 1)) throw UsageError{option + ": \"" + text + "\" is not between 0 and 100 %"};
  return value;
}

planner::Expression parse_metric(const std::string& option, const std::string& text,
                                 const planner::Scenario& scenario) {
  const auto refuse = [&](const planner::ExpressionError& error) {
    return UsageError{option + ": " + error.message,
                      fmt::format("{}\n{:{}}{:^<{}}", text, "", error.begin, "", error.end - error.begin)};
  };
  auto parsed = planner::parse_expression(text);
  if (const auto* error = std::get_if<planner::ExpressionError>(&parsed)) throw refuse(*error);
  planner::Expression expression = std::get<planner::Expression>(std::move(parsed));
  if (const auto error = planner::bind(expression, planner::known_ids(scenario))) throw refuse(*error);
  return expression;
}

void ask_for_replications(const StudyRequest& request, planner::Scenario& scenario) {
  if (request.replications.empty()) return;
  const ReplicationRange range = parse_replications(request.replications);
  scenario.experiment.min_replications = range.least;
  scenario.experiment.max_replications = range.most;
}

ExitCode verdict_code(const planner::Study& study, Undecided undecided) {
  switch (planner::verdict_of(study)) {
    case planner::Verdict::Outcome::fail:
      return ExitCode::assertion_failed;
    case planner::Verdict::Outcome::inconclusive:
      return undecided == Undecided::fail ? ExitCode::inconclusive : ExitCode::ok;
    case planner::Verdict::Outcome::pass:
      break;
  }
  return ExitCode::ok;
}

std::vector<Format> study_formats() {
  return {Format::jsonl, Format::junit, Format::markdown, Format::github, Format::csv};
}

void add_undecided_option(CLI::App& command, Undecided& undecided) {
  const std::map<std::string, Undecided> known{
      {"fail", Undecided::fail}, {"warn", Undecided::warn}, {"pass", Undecided::pass}};
  command.add_option("--on-inconclusive", undecided, "what an undecided assertion amounts to")
      ->transform(CLI::CheckedTransformer(known).description(""))
      ->type_name("fail|warn|pass")
      ->group("Simulation");
}

void add_study_options(CLI::App& command, StudyRequest& request) {
  add_scenario_options(command, request.scenario);
  const auto option = [&](const std::string& name, auto& target, const std::string& type,
                          const std::string& what) {
    return command.add_option(name, target, what)->type_name(type)->group("Simulation");
  };
  option("--strategy", request.strategies, "NAME", "only this one (repeatable)")
      ->expected(1)
      ->take_all()
      ->group("Scenario");
  option("--seed", request.seed, "N", "of the random numbers");
  option("--reps", request.replications, "N|MIN..MAX", "replications of each strategy");
  option("--precision", request.half_width, "3%", "until p99 is that precise, within --reps");
  option("--until", request.until, "decided|EXPR", "until assertions are, or whose precision");
  option("--confidence", request.confidence, "0.95", "of the intervals")
      ->check(CLI::Range(0.5, 0.9999).description(""));
  option("--rope", request.equivalence, "2%", "differences that do not matter: `≈`");
  add_undecided_option(command, request.undecided);
  option("--time-limit", request.time_limit, "5min", "end with what is done by then");
  option("--store", request.store, "FILE", "run only what is missing there, and add it");
  option("--events", request.events, "FILE", "tell what happens, a JSON object a line")->group("Output");
  option("--event-limit", request.event_limit, "N", "end with what is done by then");
  option("--mem-limit", request.mem_limit, "4GiB", "end with what is done by then");
  option("--jobs", request.jobs, "N", "threads (default: one a processor)")
      ->check(CLI::Range(1U, 1024U).description(""));
}

planner::TextOptions text_options(const Settings& settings) {
  const bool to_file = !settings.output.empty();
  return {.width = to_file ? 80 : text_width(),
          .color = to_file ? planner::Color::off : color_for(settings, Stream::output)};
}

planner::Scenario scenario_of(const StudyRequest& request, const planner::Document& document,
                              const std::string& strategy) {
  StudyOutcome warnings_unused;
  return chosen_scenarios(request, document, {strategy}, strategy, warnings_unused).front();
}

void supervised(const StudyRequest& request, const Settings& settings,
                const std::function<void(const planner::StudyOptions&, planner::ResultStore*)>& work) {
  planner::StudyOptions options = study_options(request);
  std::optional<planner::ResultStore> store;
  if (!request.store.empty()) create_folder_of(request.store);
  if (!request.store.empty()) store.emplace(request.store, planner::ResultStore::Access::write);
  options.store = store ? &*store : nullptr;
  options.executor = settings.executor;
  if (settings.executor != nullptr) settings.executor->configure(request.jobs, settings.spread);
  ProgressLine line{!settings.quiet && is_terminal(Stream::error) ? ProgressLine::Visibility::shown
                                                                  : ProgressLine::Visibility::hidden};
  const GracefulStop stop;
  options.stop = stop.flag();
  constexpr double infinite = std::numeric_limits<double>::infinity();
  const double most_memory = request.mem_limit.empty()
                                 ? infinite
                                 : parse_option("--mem-limit", request.mem_limit, planner::Dimension::data);
  options.progress = [&](const planner::Progress& progress) {
    line.show(progress);
    // Where memory runs out, what is done is a partial result, and the system need not end the program.
    if (most_memory < infinite && planner::resident_bytes() > most_memory) stop.request();
  };
  work(options, store ? &*store : nullptr);
}

StudyOutcome simulate(const StudyRequest& request, const planner::Document& document,
                      const std::vector<std::string>& strategies, const std::string& baseline,
                      const Settings& settings) {
  StudyOutcome outcome;
  const std::vector<planner::Scenario> scenarios =
      chosen_scenarios(request, document, strategies, baseline, outcome);
  const auto start = std::chrono::steady_clock::now();
  EventLog events{request.events};
  events.started(scenarios.front().name, scenarios.size());
  supervised(request, settings, [&](planner::StudyOptions options, planner::ResultStore* store) {
    if (!options.metric_text.empty())
      options.metric = parse_metric("--until", options.metric_text, scenarios.front());
    const auto show = std::move(options.progress);
    options.progress = [&](const planner::Progress& progress) {
      show(progress);
      events.progress(progress);
    };
    if (options.executor != nullptr || store != nullptr)
      options.origins = planner::origins_of(document, scenarios);
    outcome.study = planner::run_study(scenarios, options);
    events.finished(outcome.study);
    if (store == nullptr) return;
    store->add(outcome.study, document.bundle(), scenarios);
    outcome.recalled = store->found();
  });
  outcome.warn_undecided = request.undecided == Undecided::warn;
  outcome.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  outcome.code = exit_code_of(outcome.study, request.undecided);
  return outcome;
}

namespace {

/// The study in a format other than text and json.
std::string rendered(const StudyOutcome& outcome, Format format) {
  const planner::Regression* regression = outcome.regression ? &*outcome.regression : nullptr;
  switch (format) {
    case Format::jsonl:
      return planner::render_json_lines(outcome.study, exit_json(outcome.code));
    case Format::junit:
      return planner::render_junit(outcome.study);
    case Format::markdown:
      return planner::render_markdown(outcome.study, regression);
    case Format::github:
      return planner::render_annotations(outcome.study);
    case Format::csv:
      return planner::render_csv(outcome.study);
    default:
      return {};
  }
}

void add_remarks(Answer& answer, const StudyOutcome& outcome, const Settings& settings) {
  if (!outcome.warnings.empty())
    answer.message = planner::render_text(outcome.warnings, color_for(settings, Stream::error));
  answer.message += undecided_text(outcome);
  if (runs_in_github_actions() && settings.format != Format::github) {
    answer.message += planner::render_annotations(outcome.study);
    answer.message += write_step_summary(
        planner::render_markdown(outcome.study, outcome.regression ? &*outcome.regression : nullptr));
  }
}

}  // namespace

Answer study_answer(const StudyOutcome& outcome, StudyView view, const Settings& settings) {
  Answer answer{.code = outcome.code, .rendered = rendered(outcome, settings.format)};
  if (settings.format == Format::json) {
    answer.schema = "result/1";
    answer.document = planner::result_json(outcome.study);
    for (const std::string& remark : outcome.remarks) answer.document["conclusions"].push_back(remark);
    if (outcome.regression) answer.document["regression"] = planner::regression_json(*outcome.regression);
  } else if (settings.format == Format::text) {
    answer.text = study_text(outcome.study, view, settings);
    for (const std::string& remark : outcome.remarks) answer.text += hanging("", 0, remark);
    if (outcome.regression)
      answer.text += "\n" + planner::render_regression(*outcome.regression, text_options(settings));
    if (runs_in_github_actions()) answer.text = without_commands(answer.text);
  }
  add_remarks(answer, outcome, settings);
  if (settings.verbose) answer.message += effort_text(outcome);
  return answer;
}

Answer verdict_answer(const StudyOutcome& outcome, const Settings& settings) {
  Answer answer{.code = outcome.code, .rendered = rendered(outcome, settings.format), .schema = "verdicts/1"};
  answer.text = planner::render_verdicts(outcome.study, text_options(settings));
  answer.document = planner::verdicts_json(outcome.study);
  add_remarks(answer, outcome, settings);
  return answer;
}

}  // namespace cli
