#include "trace/trace_sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/hash.hpp"
#include "text/text_form.hpp"

namespace planner {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint64_t> hexadecimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// `Z`, `+01:00`, `+0100` or nothing.
std::optional<sim::Duration> zone_offset(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z") return sim::Duration{};
  if (text.size() != 5 && text.size() != 6) return std::nullopt;
  std::string digits{text.substr(1)};
  std::erase(digits, ':');
  if (digits.size() != 4 || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  const int number = std::stoi(digits);
  const sim::Duration offset = std::chrono::hours{number / 100} + std::chrono::minutes{number % 100};
  if (text[0] == '+') return offset;
  return text[0] == '-' ? std::optional{-offset} : std::nullopt;
}

std::optional<sim::Duration> rounded_time(std::string_view text, sim::Duration unit) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const double seconds = number * sim::to_seconds(unit);
  if (error != std::errc{} || end != text.data() + text.size() || !(std::abs(seconds) < 9e9))
    return std::nullopt;
  return sim::from_seconds(seconds);
}

}  // namespace

TraceSpan& TraceSink::add(TraceSpan span) {
  if (data.spans.size() >= limits.spans)
    fail("", fmt::format("more than the limit of {} requests", limits.spans));
  return data.spans.emplace_back(std::move(span));
}

void TraceSink::note(TraceNote::Kind kind, const std::string& text, std::uint64_t count) {
  const auto [known, added] = notes_.try_emplace({kind, text}, data.notes.size());
  if (added) data.notes.push_back({kind, text, 0});
  data.notes[known->second].count += count;
}

void TraceSink::fail(const std::string& where, const std::string& what) const {
  throw TraceError{fmt::format("{}: {}{}{}", file_, where, where.empty() ? "" : ": ", what)};
}

std::uint32_t TraceSink::number(const std::string& name, Numbers& known, std::vector<std::string>& names) {
  const auto [found, added] = known.try_emplace(name, static_cast<std::uint32_t>(names.size()));
  if (added) names.push_back(name);
  return found->second;
}

std::optional<sim::Duration> parse_decimal_time(std::string_view text, sim::Duration unit) {
  text = without_blanks(text);
  // An exponent means that a program wrote a double, so nothing is lost by reading one.
  if (text.find_first_of("eE") != std::string_view::npos) return rounded_time(text, unit);
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::string_view whole = text.substr(0, text.find('.'));
  const std::string_view fraction = whole.size() == text.size() ? "" : text.substr(whole.size() + 1);
  if (whole.empty() || !std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(fraction, is_digit)) {
    return std::nullopt;
  }
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), count);
  if (error != std::errc{} || count >= sim::Duration::max() / unit) return std::nullopt;
  sim::Duration result = unit * count;
  std::int64_t place = unit.count();
  for (const char digit : fraction) {
    place /= 10;  // what is below a nanosecond is cut off
    result += sim::Duration{(digit - '0') * place};
  }
  return negative ? -result : result;
}

std::optional<sim::Duration> parse_timestamp(std::string_view text) {
  text = without_blanks(text);
  constexpr std::size_t to_seconds = 19;  // 2023-11-16 18:17:03
  if (text.size() < to_seconds) return std::nullopt;
  std::string plain{text.substr(0, to_seconds)};
  if (plain[10] == ' ') plain[10] = 'T';
  const auto instant = parse_instant(plain + "Z");
  if (!instant) return std::nullopt;
  text.remove_prefix(to_seconds);
  sim::Duration fraction{};
  if (text.starts_with('.')) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    const auto parsed = parse_decimal_time("0" + std::string{text.substr(0, end)}, std::chrono::seconds{1});
    if (!parsed || end == 1) return std::nullopt;
    fraction = *parsed;
    text.remove_prefix(end);
  }
  const auto offset = zone_offset(text);
  constexpr std::int64_t last_second = 9'000'000'000;  // in the year 2255; nanoseconds overflow in 2262
  if (!offset || *instant > last_second) return std::nullopt;
  return std::chrono::seconds{*instant} + fraction - *offset;
}

TraceId parse_trace_id(std::string_view text) {
  if (text.size() <= 32) {
    const std::size_t split = text.size() > 16 ? text.size() - 16 : 0;
    const auto high = split == 0 ? std::optional<std::uint64_t>{0} : hexadecimal(text.substr(0, split));
    const auto low = hexadecimal(text.substr(split));
    if (high && low) return {*high, *low};
  }
  return {sim::hash_name(text), text.size()};
}

std::uint64_t parse_span_id(std::string_view text) {
  if (text.empty()) return 0;
  if (text.size() <= 16) {
    if (const auto id = hexadecimal(text)) return *id;
  }
  return std::max<std::uint64_t>(sim::hash_name(text), 1);
}

}  // namespace planner
