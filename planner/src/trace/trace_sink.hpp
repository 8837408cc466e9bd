#pragma once
#include <istream>
#include <map>
#include <string>
#include <string_view>

#include "planner/trace.hpp"

namespace planner {

/// Takes what a reader finds, gives names numbers, keeps the counts of what was guessed and dropped.
class TraceSink {
 public:
  explicit TraceSink(const TraceLimits& allowed) : limits{allowed} {}

  const TraceLimits limits;

  void begin_file(std::string file) { file_ = std::move(file); }
  [[nodiscard]] std::uint32_t service(const std::string& name) {
    return number(name, services_, data.services);
  }
  [[nodiscard]] std::uint32_t operation(const std::string& name) {
    return number(name, operations_, data.operations);
  }
  /// @throws TraceError beyond the limit
  TraceSpan& add(TraceSpan span);
  void note(TraceNote::Kind kind, const std::string& text, std::uint64_t count = 1);
  void dropped(const std::string& text, std::uint64_t count = 1) {
    note(TraceNote::Kind::dropped, text, count);
  }
  void guessed(const std::string& text, std::uint64_t count = 0) {
    note(TraceNote::Kind::guessed, text, count);
  }
  [[noreturn]] void fail(const std::string& where, const std::string& what) const;
  /// An id of its own for a request of a log.
  [[nodiscard]] TraceId next_trace() { return {UINT64_MAX, data.spans.size() + 1}; }

  TraceData data;

 private:
  using Numbers = std::map<std::string, std::uint32_t, std::less<>>;
  static std::uint32_t number(const std::string& name, Numbers& known, std::vector<std::string>& names);

  std::string file_;
  Numbers services_, operations_;
  std::map<std::pair<TraceNote::Kind, std::string>, std::size_t> notes_;
};

/// Nanoseconds of a whole or decimal number of `unit`s, exact to the nanosecond; none for other texts and
/// beyond 292 years.
[[nodiscard]] std::optional<sim::Duration> parse_decimal_time(std::string_view text, sim::Duration unit);
/// `2023-11-16 18:17:03.9799600`, `2024-01-02T03:04:05.123+01:00`, ...: since 1970; without zone UTC.
[[nodiscard]] std::optional<sim::Duration> parse_timestamp(std::string_view text);
/// Hexadecimal id of up to 32 digits; of other texts a hash.
[[nodiscard]] TraceId parse_trace_id(std::string_view text);
/// The same with up to 16 digits; never 0 but for an empty text.
[[nodiscard]] std::uint64_t parse_span_id(std::string_view text);

void read_otlp(std::istream& stream, TraceSink& sink);
void read_jaeger(std::istream& stream, TraceSink& sink);
void read_har(std::istream& stream, TraceSink& sink);
void read_csv_trace(std::istream& stream, const TraceColumns& columns, TraceSink& sink);
void read_azure_2019(std::istream& stream, TraceSink& sink);
void read_azure_2021(std::istream& stream, TraceSink& sink);
void read_azure_llm(std::istream& stream, TraceSink& sink);
void read_huawei(std::istream& stream, TraceSink& sink);

}  // namespace planner
