#include <fmt/format.h>

#include <algorithm>

#include "planner/number_text.hpp"
#include "planner/render.hpp"
#include "planner/sections.hpp"
#include "planner/study_view.hpp"

namespace planner {
namespace {

/// Whether a strategy answers enough of the requests within the deadline, by the interval of their share.
enum class Verdict : std::uint8_t { meets, misses, undecided };

constexpr double asked_in_time = 0.99;  ///< share of the requests begun that is to be answered in time
constexpr double told_failures =
    0.001;  ///< share of requests answered less than by the baseline that is told

struct Contender {
  const StrategyResult* result;
  const Slice* slice;
  [[nodiscard]] const Estimate& p99() const { return slice->percentiles[p99_index]; }
};

/// Share of the requests begun that were answered within the deadline: one that fails is not in time either.
Estimate in_time(const Contender& one, double confidence) {
  const auto good = one.result->figures.find(Metric{"ratio", "good", {{"flow", one.slice->flow}}}.key());
  if (good != one.result->figures.end()) return estimate(good->second.sections, confidence, "1");
  const Estimate& late = *one.slice->late;  // of a run that ended early: of what was answered
  return {1 - late.value, 1 - late.high, 1 - late.low, "1"};
}

Verdict verdict(const Contender& one, double confidence) {
  if (one.result->replications < 2) return Verdict::undecided;  // there is no interval
  const Estimate share = in_time(one, confidence);
  if (share.low >= asked_in_time) return Verdict::meets;
  return share.high < asked_in_time ? Verdict::misses : Verdict::undecided;
}

std::vector<Contender> contenders(const Study& study, const std::string& flow) {
  std::vector<Contender> found;
  for (const StrategyResult& result : study.strategies) {
    const Slice* slice = whole_flow(result, flow);
    if (slice && slice->answered > 0) found.push_back({&result, slice});
  }
  return found;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

const Contender& lowest_p99(const std::vector<Contender>& among) {
  return *std::min_element(among.begin(), among.end(), [](const Contender& a, const Contender& b) {
    return a.p99().value < b.p99().value;
  });
}

/// Strategies among which there is no winner.
struct Tie {
  std::vector<std::string> names;  ///< the lowest alone: it is the winner
  enum class Kind : std::uint8_t {
    open,        ///< some may or may not be higher
    equivalent,  ///< all are shown to be within the region of equivalence of the lowest
  } kind = Kind::equivalent;
};

/// How far another strategy is above the lowest, paired where both were simulated as a whole.
Estimate distance(const Study& study, const Contender& other, const Contender& best, double confidence) {
  const std::string key = Metric{"p99", "latency", {{"flow", best.slice->flow}}}.key();
  const auto own = other.result->figures.find(key), lowest = best.result->figures.find(key);
  if (own == other.result->figures.end() || lowest == best.result->figures.end()) {
    return {other.p99().value - best.p99().value, other.p99().low - best.p99().high,
            other.p99().high - best.p99().low, other.p99().unit};
  }
  return estimate(paired(own->second.sections, lowest->second.sections).difference,
                  std::max(confidence, study.look_confidence), other.p99().unit);
}

/// The lowest was picked because it came out lowest, so the error is shared among all comparisons with it
/// (Bonferroni).
Tie tied(const Study& study, const std::vector<Contender>& among) {
  const Contender& best = lowest_p99(among);
  const double region = study.equivalence * best.p99().value;
  const double error = (1 - study.look_confidence) / static_cast<double>(among.size() - 1);
  Tie tie;
  tie.kind = region > 0 ? Tie::Kind::equivalent : Tie::Kind::open;
  for (const Contender& other : among) {
    if (other.result != best.result) {
      const Estimate above = distance(study, other, best, 1 - error);
      const bool shown = other.result->replications > 1;
      if (shown && above.low > region) continue;
      if (!shown || above.high > region) tie.kind = Tie::Kind::open;
    }
    tie.names.push_back(other.result->strategy);
  }
  return tie;
}

std::string tie_sentence(const Study& study, const std::string& flow, const Tie& tie) {
  if (tie.kind == Tie::Kind::equivalent) {
    return fmt::format("p99 of {}: {} are equivalent, within {:g} % of the lowest.", flow, listed(tie.names),
                       100 * study.equivalence);
  }
  return fmt::format("p99 of {}: {} are not told apart at this precision.", flow, listed(tie.names));
}

const Contender& most_in_time(const std::vector<Contender>& among, double confidence) {
  return *std::max_element(among.begin(), among.end(), [&](const Contender& a, const Contender& b) {
    return in_time(a, confidence).value < in_time(b, confidence).value;
  });
}

std::string deadline_sentence(const Study& study, const std::string& flow,
                              const std::vector<Contender>& all) {
  std::vector<std::string> meeting, undecided;
  const Contender* cheapest = nullptr;
  for (const Contender& one : all) {
    if (!one.slice->late) return {};
    const Verdict what = verdict(one, study.look_confidence);
    if (what == Verdict::undecided) undecided.push_back(one.result->strategy);
    if (what != Verdict::meets) continue;
    meeting.push_back(one.result->strategy);
    if (!cheapest || one.result->cost_total.value < cheapest->result->cost_total.value) cheapest = &one;
  }
  const std::string deadline = duration_text(*all.front().slice->deadline);
  std::string text;
  if (meeting.empty()) {
    if (all.size() == 1 && undecided.empty()) {
      return fmt::format("{} does not answer 99 % of {} within {}.", all[0].result->strategy, flow, deadline);
    }
    if (undecided.size() == all.size()) {
      return fmt::format("Whether {} answer{} 99 % of {} within {} is undecided at this precision.",
                         listed(undecided), undecided.size() == 1 ? "s" : "", flow, deadline);
    }
    text = fmt::format("No strategy {} 99 % of {} within {}",
                       undecided.empty() ? "answers" : "is shown to answer", flow, deadline);
    if (undecided.empty())
      text += fmt::format("; {} comes closest", most_in_time(all, study.look_confidence).result->strategy);
  } else {
    text = fmt::format("{} answer{} 99 % of {} within {}", listed(meeting), meeting.size() == 1 ? "s" : "",
                       flow, deadline);
    if (meeting.size() > 1) {
      text += fmt::format("; the cheapest of them is {}, {} USD a month", cheapest->result->strategy,
                          number_text(cheapest->result->cost_total.value));
    }
  }
  if (!undecided.empty()) text += fmt::format("; undecided at this precision: {}", listed(undecided));
  return text + ".";
}

/// The part of the tail that changed most, in the direction of the whole.
std::string reason(const Slice& slice, const Slice& baseline, double direction) {
  std::size_t most = 0;
  double change = 0;
  for (std::size_t i = 0; i < slice.tail_parts.size(); ++i) {
    const double by = (slice.tail_parts[i] - baseline.tail_parts[i]) * (direction < 0 ? -1 : 1);
    if (by <= change) continue;
    change = by;
    most = i;
  }
  if (change <= 0) return {};
  return fmt::format(": above p99, {} is {} ms instead of {} ms", part_label(most),
                     number_text(slice.tail_parts[most]), number_text(baseline.tail_parts[most]));
}

/// A low percentile of the answers is bought dearly where more requests fail.
std::string failures(const Contender& best, const StrategyResult& baseline, const Slice& before) {
  if (best.slice->ok.value >= before.ok.value - told_failures) return {};
  return fmt::format("; but it answers {} of the requests, {} {}", percent_text(best.slice->ok.value),
                     baseline.strategy, percent_text(before.ok.value));
}

std::string best_sentence(const Study& study, const std::string& flow, const std::vector<Contender>& all) {
  if (all.size() < 2) return {};
  const Tie first = tied(study, all);
  const StrategyResult& baseline = baseline_of(study);
  const Contender& best = lowest_p99(all);
  const std::string text = fmt::format("p99 of {}: ", flow);
  if (first.names.size() > 1) return tie_sentence(study, flow, first);
  const Slice* before = whole_flow(baseline, flow);
  if (best.result == &baseline || !before) {
    return text + fmt::format("{} is the lowest, {} ms.", best.result->strategy, with_error(best.p99()));
  }
  const Difference* difference = find_difference(study, best.result->strategy, "p99", flow);
  if (!difference || !difference->significant) {
    return text + fmt::format("{} is the lowest, {} ms.", best.result->strategy, with_error(best.p99()));
  }
  return text + fmt::format("{} is {} ms below {}{}{}.", best.result->strategy,
                            number_text(-difference->delta.value), baseline.strategy,
                            reason(*best.slice, *before, difference->delta.value),
                            failures(best, baseline, *before));
}

}  // namespace

std::vector<std::string> conclusions(const Study& study) {
  std::vector<std::string> sentences;
  std::vector<std::string> impossible;
  for (const StrategyResult& result : study.strategies) {
    if (!result.feasible) impossible.push_back(result.strategy);
  }
  if (!impossible.empty()) {
    sentences.push_back(fmt::format("{} cannot carry the load.", listed(impossible)));
  }
  for (const std::string& flow : flows_of(study)) {
    const std::vector<Contender> all = contenders(study, flow);
    if (all.empty()) {
      sentences.push_back(fmt::format("No request of {} was answered.", flow));
      continue;
    }
    for (std::string sentence : {deadline_sentence(study, flow, all), best_sentence(study, flow, all)}) {
      if (!sentence.empty()) sentences.push_back(std::move(sentence));
    }
  }
  if (sentences.empty() && study.strategies.size() == 1 && study.strategies.front().replications > 0) {
    const StrategyResult& only = study.strategies.front();
    for (const std::string& flow : flows_of(study)) {
      sentences.push_back(fmt::format("p99 of {} is {} ms.", flow,
                                      with_error(whole_flow(only, flow)->percentiles[p99_index])));
    }
  }
  if (sentences.empty()) sentences.push_back("Nothing was simulated.");
  return sentences;
}

}  // namespace planner
