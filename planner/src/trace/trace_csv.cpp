#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "text/csv_table.hpp"

/// Request logs as tables: plain CSV, the traces of Azure and of Huawei.
namespace planner {
namespace {

constexpr std::string_view rate_only = "the source tells no durations: service times must be given";

TraceSpan request_at(sim::Duration start, std::uint32_t service, TraceSink& sink) {
  TraceSpan span;
  span.trace = sink.next_trace();
  span.id = 1;
  span.start = start;
  span.service = service;
  span.operation = sink.operation("request");
  return span;
}

/// A column's name without its unit, and the unit.
struct Titled {
  std::string_view name;
  sim::Duration unit;
};

Titled unit_of(std::string_view column) {
  static constexpr std::array<std::pair<std::string_view, sim::Duration>, 4> units{
      {{"_s", std::chrono::seconds{1}},
       {"_ms", std::chrono::milliseconds{1}},
       {"_us", std::chrono::microseconds{1}},
       {"_ns", std::chrono::nanoseconds{1}}}};
  for (const auto& [suffix, unit] : units) {
    if (column.ends_with(suffix)) return {column.substr(0, column.size() - suffix.size()), unit};
  }
  return {column, std::chrono::seconds{1}};
}

std::optional<std::size_t> find_column(const CsvTable& table, const std::string& asked,
                                       std::initializer_list<std::string_view> usual) {
  if (!asked.empty()) return table.need(asked);
  for (const std::string_view name : usual) {
    const auto found = std::ranges::find_if(table.header(), [&](const std::string& column) {
      return column == name || unit_of(column).name == name;
    });
    if (found != table.header().end()) return static_cast<std::size_t>(found - table.header().begin());
  }
  return std::nullopt;
}

sim::Duration unit_of(const CsvTable& table, std::size_t column) {
  return unit_of(table.header()[column]).unit;
}

/// Spreads the requests that a source only counts over their interval, evenly: the middle of equal parts.
void spread(std::uint64_t count, sim::Duration begin, sim::Duration length, std::uint32_t service,
            TraceSink& sink) {
  for (std::uint64_t i = 0; i < count; ++i) {
    const double part = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    sink.add(request_at(begin + sim::from_seconds(sim::to_seconds(length) * part), service, sink));
  }
}

std::uint64_t count_in(const CsvTable& table, std::size_t column, const TraceSink& sink) {
  if (table.cell(column).empty()) return 0;
  const double count = table.number(column);
  if (!(count >= 0) || count > 1e9)
    sink.fail(table.where(), fmt::format("\"{}\" is no count of requests", table.cell(column)));
  return static_cast<std::uint64_t>(count + 0.5);
}

/// Functions of the public traces are called by hashes of 64 digits; twelve tell them apart.
std::string short_name(std::string_view hash) { return "f-" + std::string{hash.substr(0, 12)}; }

void read_azure_quantiles(CsvTable& table, std::uint32_t service, TraceSink& sink) {
  constexpr std::string_view prefix = "percentile_Average_";
  std::vector<std::pair<double, double>> quantiles;
  for (std::size_t i = 0; i < table.header().size(); ++i) {
    const std::string_view column = table.header()[i];
    if (!column.starts_with(prefix)) continue;
    const auto percent = parse_decimal_time(column.substr(prefix.size()), std::chrono::seconds{1});
    const double milliseconds = table.number(i);
    if (!percent || !(milliseconds >= 0))
      sink.fail(table.where(), "a percentile is not a number of 0 or more");
    quantiles.emplace_back(sim::to_seconds(*percent) / 100, milliseconds / 1000);
  }
  std::ranges::sort(quantiles);
  const bool rises = std::ranges::is_sorted(quantiles, {}, &std::pair<double, double>::second);
  if (!rises || quantiles.empty() || quantiles.front().first != 0 || quantiles.back().first != 1)
    sink.fail(table.where(), "the percentiles of a function must rise from 0 to 100");
  sink.data.quantiles[service] = std::move(quantiles);
  sink.note(TraceNote::Kind::mapped, "functions with percentiles of their durations");
}

void read_azure_counts(CsvTable& table, TraceSink& sink) {
  const std::size_t function = table.need("HashFunction");
  constexpr std::size_t minutes_in_day = 1440;
  std::vector<std::pair<std::size_t, std::size_t>> columns;  // minute, column
  for (std::size_t minute = 1; minute <= minutes_in_day; ++minute) {
    if (const auto column = table.column(fmt::format("{}", minute))) columns.emplace_back(minute, *column);
  }
  while (table.next()) {
    const std::uint32_t service = sink.service(short_name(table.cell(function)));
    for (const auto& [minute, column] : columns)
      spread(count_in(table, column, sink), std::chrono::minutes{minute - 1}, std::chrono::minutes{1},
             service, sink);
  }
  sink.guessed("the source counts requests a minute: they are spread evenly within it");
}

/// Rows of a time [s] and a count for each function, whose number heads its column.
void read_huawei_counts(CsvTable& table, std::size_t time, TraceSink& sink) {
  std::vector<std::pair<std::size_t, std::uint32_t>> functions;
  for (std::size_t i = 0; i < table.header().size(); ++i) {
    if (i == time || table.header()[i] == "day") continue;
    functions.emplace_back(i, sink.service("f-" + table.header()[i]));
  }
  // The interval of a row ends where the next begins; of the last row as long as the one before.
  std::optional<sim::Duration> begin;
  sim::Duration length = std::chrono::minutes{1};
  std::vector<std::uint64_t> counts(functions.size(), 0);
  const auto flush = [&] {
    for (std::size_t i = 0; begin && i < functions.size(); ++i)
      spread(counts[i], *begin, length, functions[i].second, sink);
  };
  while (table.next()) {
    const sim::Duration now = table.time(time, std::chrono::seconds{1});
    if (begin && now <= *begin) sink.fail(table.where(), "the times do not rise");
    if (begin) length = now - *begin;
    flush();
    begin = now;
    for (std::size_t i = 0; i < functions.size(); ++i) counts[i] = count_in(table, functions[i].first, sink);
  }
  flush();
  sink.guessed("the source counts requests an interval: they are spread evenly within it");
  sink.dropped(std::string{rate_only}, 0);
}

void read_huawei_requests(CsvTable& table, std::size_t time, TraceSink& sink) {
  const std::size_t function = table.need("funcName");
  const std::size_t worker = table.need("totalCost_worker");
  const auto size = table.column("requestBodySize");
  while (table.next()) {
    const sim::Duration duration = table.time(worker, std::chrono::seconds{1});
    TraceSpan span = request_at(table.time(time, std::chrono::seconds{1}) - duration,
                                sink.service("f-" + std::string{table.cell(function)}), sink);
    if (duration < sim::Duration{}) {
      sink.dropped("requests of negative duration");
      continue;
    }
    span.duration = duration;
    if (size && !table.cell(*size).empty())
      span.request = static_cast<std::int64_t>(count_in(table, *size, sink));
    sink.add(span);
  }
  sink.guessed("the time stamps of the worker are taken for the end of a request");
}

}  // namespace

void read_csv_trace(std::istream& stream, const TraceColumns& columns, TraceSink& sink) {
  CsvTable table{stream, sink};
  const auto time = find_column(table, columns.time, {"time", "timestamp", "start", "t"});
  if (!time) {
    sink.fail(table.where(),
              fmt::format("no column of times (time, timestamp, start or t, with _s, _ms, _us or _ns), "
                          "there are: {}",
                          fmt::join(table.header(), ", ")));
  }
  const auto duration = find_column(table, columns.duration, {"duration", "elapsed", "latency"});
  const auto service = find_column(table, columns.service, {"service", "function", "func", "flow"});
  const auto request = table.column("request_bytes"), response = table.column("response_bytes");
  const auto bytes = [&](const std::optional<std::size_t>& column) {
    return column && !table.cell(*column).empty() ? static_cast<std::int64_t>(count_in(table, *column, sink))
                                                  : std::int64_t{-1};
  };
  while (table.next()) {
    TraceSpan span = request_at(table.time(*time, unit_of(table, *time)),
                                sink.service(service ? std::string{table.cell(*service)} : "service"), sink);
    if (duration) span.duration = table.time(*duration, unit_of(table, *duration));
    if (span.duration && *span.duration < sim::Duration{})
      sink.fail(table.where(), fmt::format("the duration \"{}\" is negative", table.cell(*duration)));
    span.request = bytes(request);
    span.response = bytes(response);
    sink.add(span);
  }
  if (!duration) sink.dropped(std::string{rate_only}, 0);
}

void read_azure_2019(std::istream& stream, TraceSink& sink) {
  CsvTable table{stream, sink};
  if (table.column("1")) return read_azure_counts(table, sink);
  const std::size_t function = table.need("HashFunction");
  const auto memory = table.column("AverageAllocatedMb");
  while (table.next()) {
    const std::uint32_t service = sink.service(short_name(table.cell(function)));
    if (memory) {
      sink.data.memory_mb[service] = table.number(*memory);
      sink.note(TraceNote::Kind::mapped, "functions with their mean memory");
    } else {
      read_azure_quantiles(table, service, sink);
    }
  }
}

void read_azure_2021(std::istream& stream, TraceSink& sink) {
  CsvTable table{stream, sink};
  const std::size_t function = table.need("func"), end = table.need("end_timestamp"),
                    duration = table.need("duration");
  while (table.next()) {
    const sim::Duration length = table.time(duration, std::chrono::seconds{1});
    if (length < sim::Duration{}) {
      sink.dropped("invocations of negative duration");
      continue;
    }
    TraceSpan span = request_at(table.time(end, std::chrono::seconds{1}) - length,
                                sink.service(short_name(table.cell(function))), sink);
    span.duration = length;
    sink.add(span);
  }
}

void read_azure_llm(std::istream& stream, TraceSink& sink) {
  CsvTable table{stream, sink};
  const std::size_t time = table.need("TIMESTAMP"), context = table.need("ContextTokens"),
                    generated = table.need("GeneratedTokens");
  constexpr std::uint64_t bytes_a_token = 4;
  while (table.next()) {
    TraceSpan span = request_at(table.time(time, std::chrono::seconds{1}), sink.service("llm"), sink);
    span.request = static_cast<std::int64_t>(bytes_a_token * count_in(table, context, sink));
    span.response = static_cast<std::int64_t>(bytes_a_token * count_in(table, generated, sink));
    sink.add(span);
  }
  sink.guessed("a token is 4 bytes of payload");
  sink.dropped(std::string{rate_only}, 0);
}

void read_huawei(std::istream& stream, TraceSink& sink) {
  CsvTable table{stream, sink};
  if (const auto worker = table.column("time_worker")) return read_huawei_requests(table, *worker, sink);
  read_huawei_counts(table, table.need("time"), sink);
}

}  // namespace planner
