#include "text/text_form.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "models/nr_latency.hpp"
#include "read/time_zone.hpp"
#include "sim/contract.hpp"

namespace planner {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_id_character(char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); }

/// A whole number that is all of `text`.
std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || !is_digit(text[0]) || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar, none for a day that does not exist.
std::optional<std::int64_t> days_since_1970(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

}  // namespace

bool is_id(std::string_view text) {
  constexpr std::size_t longest = 63;
  return !text.empty() && text.size() <= longest && is_id_character(text.front()) &&
         is_id_character(text.back()) &&
         std::ranges::all_of(text, [](char c) { return is_id_character(c) || c == '-'; });
}

std::string to_id(std::string_view name) {
  std::string id;
  for (const char c : name) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_id_character(lower))
      id += lower;
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  id.resize(std::min<std::size_t>(id.size(), 63));
  while (id.ends_with('-')) id.pop_back();
  return id;
}

std::optional<std::int64_t> parse_instant(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00Z";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == '0' ? !is_digit(text[i]) : text[i] != shape[i]) return std::nullopt;
  }
  const auto field = [&](std::size_t at, std::size_t length) {
    return whole(text.substr(at, length)).value_or(-1);
  };
  const int year = field(0, 4), hour = field(11, 2), minute = field(14, 2), second = field(17, 2);
  const auto days = days_since_1970(year, field(5, 2), field(8, 2));
  if (!days || year < 1970 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return *days * 86400 + hour * 3600 + minute * 60 + second;
}

std::optional<Zone> parse_zone(std::string_view text) {
  if (text == "local") return Zone{.local = true};
  if (is_time_zone(text)) return Zone{.name = std::string{text}};
  if (!text.starts_with("UTC")) return std::nullopt;
  text.remove_prefix(3);
  if (text.empty()) return Zone{};
  const int sign = text[0] == '-' ? -1 : 1;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  text.remove_prefix(1);
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto hours = whole(text.substr(0, colon));
  const auto minutes = colon == text.size() ? std::optional{0} : whole(text.substr(colon + 1));
  if (!hours || !minutes || *hours > 14 || *minutes > 59 || colon > 2) return std::nullopt;
  if (colon != text.size() && text.size() - colon != 3) return std::nullopt;
  return Zone{.offset = sign * (std::chrono::hours{*hours} + std::chrono::minutes{*minutes})};
}

std::optional<double> parse_percentile(std::string_view key) {
  if (!key.starts_with('p') || key.size() < 2 || !is_digit(key[1])) return std::nullopt;
  double percent = 0;
  const auto [end, error] =
      std::from_chars(key.data() + 1, key.data() + key.size(), percent, std::chars_format::fixed);
  if (error != std::errc{} || end != key.data() + key.size() || percent > 100) return std::nullopt;
  return percent / 100;
}

std::optional<CsvColumn> parse_csv_column(std::string_view text) {
  const std::size_t hash = text.find('#');
  if (hash == std::string_view::npos || hash + 1 == text.size()) return std::nullopt;
  CsvColumn parsed{std::string{text.substr(0, hash)}, std::string{text.substr(hash + 1)}};
  if (!parsed.file.ends_with(".csv")) return std::nullopt;
  return parsed;
}

namespace {

struct Form {
  std::string_view name, description;
  bool (*matches)(std::string_view);
};

bool is_lower_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

constexpr std::array forms{
    Form{"id", "an id: lower-case letters, digits and '-', at most 63", is_id},
    Form{"percentile", "a percentile from p0 to p100, such as p99.9",
         [](std::string_view text) { return parse_percentile(text).has_value(); }},
    Form{"date", "a day such as 2026-03-01",
         [](std::string_view text) { return parse_instant(std::string{text} + "T00:00:00Z").has_value(); }},
    Form{"instant", "an instant such as 2026-03-02T00:00:00Z",
         [](std::string_view text) { return parse_instant(text).has_value(); }},
    Form{"zone", "UTC, UTC+1, UTC-3:30, local, or a name such as Europe/Amsterdam",
         [](std::string_view text) { return parse_zone(text).has_value(); }},
    Form{"sha256", "64 lower-case hexadecimal digits",
         [](std::string_view text) { return text.size() == 64 && std::ranges::all_of(text, is_lower_hex); }},
    Form{"country", "a country as two capital letters, such as NL",
         [](std::string_view text) { return text.size() == 2 && std::ranges::all_of(text, is_upper); }},
    Form{"csv-column", "a CSV file and a column, such as profiles/weekday.csv#NL",
         [](std::string_view text) { return parse_csv_column(text).has_value(); }},
    Form{"profile", "diurnal, or a CSV file and a column, such as profiles/weekday.csv#NL",
         [](std::string_view text) { return text == "diurnal" || parse_csv_column(text).has_value(); }},
    Form{"time-of-day", "a time of day from 00:00 to 23:59",
         [](std::string_view text) {
           return text.size() == 5 && text[2] == ':' && is_digit(text[0]) && is_digit(text[1]) &&
                  is_digit(text[3]) && is_digit(text[4]) && text.substr(0, 2) < "24" && text[3] < '6';
         }},
    Form{"slot-pattern", "FDD, or at least one D or S and one U of at most 40 slots, such as DDDSU",
         [](std::string_view text) { return text == "FDD" || models::is_slot_pattern(std::string{text}); }},
    Form{"pointer", "a JSON Pointer such as /sites/ams-edge/pools/gpu/nodes",
         [](std::string_view text) { return text.empty() || text.starts_with('/'); }},
};

const Form& form_called(std::string_view name) {
  const auto found = std::ranges::find(forms, name, &Form::name);
  SIM_EXPECT(found != forms.end());
  return *found;
}

}  // namespace

bool has_form(std::string_view text, std::string_view form) { return form_called(form).matches(text); }

std::string_view describe_form(std::string_view form) { return form_called(form).description; }

}  // namespace planner
