#include <array>
#include <charconv>
#include <cmath>

#include "distribution_tables.hpp"
#include "sim/distribution.hpp"

namespace sim {
namespace {

/// Six significant digits, the same in every locale.
std::string text_of(double value) {
  std::array<char, 32> text;
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 6);
  return {text.data(), end.ptr};
}

}  // namespace

const char* Distribution::name() const {
  switch (kind_) {
    case Kind::deterministic:
      return "deterministic";
    case Kind::uniform:
      return "uniform";
    case Kind::exponential:
      return "exponential";
    case Kind::lognormal:
      return "lognormal";
    case Kind::normal:
    case Kind::mirrored_normal:
      return "normal";
    case Kind::gamma:
      return "gamma";
    case Kind::weibull:
      return "weibull";
    case Kind::pareto:
      return "pareto";
    case Kind::empirical:
      return "empirical";
    case Kind::discrete:
      return "discrete";
    case Kind::mixture:
      return "mixture";
  }
  return "";
}

std::vector<Distribution::Parameter> Distribution::parameters() const {
  switch (kind_) {
    case Kind::deterministic:
      return {{"value", offset_}};
    case Kind::uniform:
      return {{"low", offset_}, {"high", offset_ + factor_}};
    case Kind::exponential:
      return {{"mean", factor_}};
    case Kind::lognormal:
      return {{"mu", math::log(factor_)}, {"sigma", a_}};
    case Kind::normal:
    case Kind::mirrored_normal:
      return {{"mean", offset_},
              {"sd", factor_},
              {"low", offset_ + factor_ * tables_->standard_low},
              {"high", offset_ + factor_ * tables_->standard_high}};
    case Kind::gamma:
      return {{"shape", a_}, {"scale", factor_}};
    case Kind::weibull:
      return {{"shape", 1.0 / a_}, {"scale", factor_}};
    case Kind::pareto:
      return {{"shape", 1.0 / a_}, {"minimum", factor_}};
    case Kind::empirical:
    case Kind::discrete:
      return {{"points", static_cast<double>(tables_->values.size())}, {"low", low_}, {"high", high_}};
    case Kind::mixture:
      return {{"parts", static_cast<double>(tables_->parts.size())}};
  }
  return {};
}

std::vector<Distribution::Part> Distribution::parts() const {
  std::vector<Part> result;
  if (kind_ != Kind::mixture) return result;
  for (std::size_t i = 0; i < tables_->parts.size(); ++i)
    result.push_back({tables_->cumulative.weight(i), tables_->parts[i]});
  return result;
}

std::string Distribution::describe() const {
  std::string arguments;
  const auto add = [&arguments](const std::string& text) {
    if (!arguments.empty()) arguments += ", ";
    arguments += text;
  };
  if (kind_ == Kind::mixture)
    for (const auto& [weight, law] : parts()) add(text_of(weight) + ": " + law.describe());
  else
    for (const auto& [label, value] : parameters()) add(label + "=" + text_of(value));
  std::string text = std::string{name()} + "(" + arguments + ")";
  const bool offset_is_parameter =
      kind_ <= Kind::uniform || kind_ == Kind::normal || kind_ == Kind::mirrored_normal;
  if (!offset_is_parameter && offset_ != 0)
    text += (offset_ < 0 ? " - " : " + ") + text_of(std::abs(offset_));
  if (is_cut_) text += ", at least " + text_of(low_);
  return text;
}

}  // namespace sim
