#include "planner/best.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/selection.hpp"

namespace planner {
namespace {

constexpr std::size_t first_stage = 5, least = 3;

struct Contender {
  std::string strategy;
  std::vector<double> values;  ///< by replication
};

std::vector<Contender> contenders(const Study& study, const Expression& metric, std::string& reason) {
  std::vector<Contender> all;
  for (const StrategyResult& result : study.strategies) {
    if (!result.feasible) continue;
    const auto value = evaluate(metric, result.figures, nullptr);
    if (const auto* none = std::get_if<NoValue>(&value)) {
      reason = result.strategy + ": " + none->reason;
      return {};
    }
    Contender contender{result.strategy, {}};
    for (const auto& own : std::get<Sections>(value).own) {
      if (!own) break;
      contender.values.push_back(*own);
    }
    all.push_back(std::move(contender));
  }
  return all;
}

}  // namespace

BestChoice choose_best(const Study& study, const Expression& metric, const std::string& metric_text,
                       double indifference) {
  BestChoice choice{metric_text, indifference, study.confidence, {}, {}, {}};
  const std::vector<Contender> all = contenders(study, metric, choice.reason);
  if (!choice.reason.empty()) return choice;
  for (const Contender& contender : all) choice.remaining.push_back(contender.strategy);
  if (all.size() < 2) {
    if (!all.empty()) choice.best = all.front().strategy;
    return choice;
  }
  if (study.confidence * static_cast<double>(all.size()) <= 1) {
    choice.reason =
        fmt::format("a confidence of {:g} % is that of a guess among {}", 100 * study.confidence, all.size());
    return choice;
  }
  const std::size_t replications = std::ranges::min_element(all, {}, [](const Contender& contender) {
                                     return contender.values.size();
                                   })->values.size();
  if (replications < least) {
    choice.reason = fmt::format("{} replications are too few, at least {} are needed", replications, least);
    return choice;
  }
  sim::BestSelection selection{{static_cast<std::uint32_t>(all.size()),
                                static_cast<std::uint32_t>(std::min(first_stage, replications)), indifference,
                                study.confidence}};
  for (std::size_t r = 0; r < replications && !selection.best(); ++r) {
    std::vector<double> values;
    for (const Contender& contender : all) values.push_back(contender.values[r]);
    selection.add(values);
    selection.screen();
  }
  choice.remaining.clear();
  for (const std::uint32_t which : selection.remaining()) choice.remaining.push_back(all[which].strategy);
  if (const auto best = selection.best()) choice.best = all[*best].strategy;
  return choice;
}

std::string best_sentence(const BestChoice& choice, const std::string& indifference) {
  if (!choice.reason.empty())
    return fmt::format("The lowest {} cannot be told: {}.", choice.metric, choice.reason);
  if (choice.best) {
    return fmt::format("{} has the lowest {}, or is within {} of it, with {:g} % confidence.", *choice.best,
                       choice.metric, indifference, 100 * choice.confidence);
  }
  return fmt::format("The lowest {} is not told apart within {} yet: {}. More replications (--reps) will.",
                     choice.metric, indifference, fmt::join(choice.remaining, ", "));
}

}  // namespace planner
