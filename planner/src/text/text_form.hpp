#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/time.hpp"

/// The forms of text that the schema's `x-format` names, and what they mean.
namespace planner {

/// RFC 1123 label of at most 63 characters.
[[nodiscard]] bool is_id(std::string_view text);
/// The id nearest to a name: lower case, other characters as '-'; empty where nothing is left.
[[nodiscard]] std::string to_id(std::string_view name);

/// `2026-03-02T00:00:00Z` as seconds since 1970 (UTC, without leap seconds); years 1970 to 9999.
[[nodiscard]] std::optional<std::int64_t> parse_instant(std::string_view text);
/// Of a run whose scenario states none, a Monday.
inline constexpr const char* default_start = "2026-01-05T00:00:00Z";

/// A zone of fixed offset, the solar time of a longitude, or a zone of the time-zone database.
struct Zone {
  bool local = false;
  sim::Duration offset{};
  std::string name{};  ///< empty: `offset` or `local` holds
};
/// `local`, `UTC`, `UTC+1`, `UTC-3:30`, up to 14 hours; `Europe/Amsterdam`.
[[nodiscard]] std::optional<Zone> parse_zone(std::string_view text);

/// `p50`, `p99.9` as 0.5, 0.999.
[[nodiscard]] std::optional<double> parse_percentile(std::string_view key);

/// `file.csv#column` split at the first '#'.
struct CsvColumn {
  std::string file, column;
};
[[nodiscard]] std::optional<CsvColumn> parse_csv_column(std::string_view text);

/// Whether `text` has the form that the schema calls `form`.
[[nodiscard]] bool has_form(std::string_view text, std::string_view form);
/// How to describe a form to a reader: "an instant such as 2026-03-02T00:00:00Z".
[[nodiscard]] std::string_view describe_form(std::string_view form);

}  // namespace planner
