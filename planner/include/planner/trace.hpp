#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/time.hpp"

/// What was observed in production: spans of distributed traces, or requests of a log.
namespace planner {

/// Formats that can be read; each is recognised by its content.
enum class TraceFormat : std::uint8_t {
  otlp,        ///< OTLP JSON: one document, or one a line (OpenTelemetry)
  jaeger,      ///< Jaeger JSON: of its query service, one trace, or a bare array of spans
  har,         ///< HTTP Archive of a browser
  csv,         ///< one request a row
  azure_2019,  ///< Azure Functions 2019: invocations a minute, durations, memory
  azure_2021,  ///< Azure Functions 2021: one invocation a row
  azure_llm,   ///< Azure LLM inference 2023: one request a row, with tokens
  huawei,      ///< Huawei Cloud: requests a minute or second (2023), or one request a row (2025)
};
inline constexpr std::array<std::string_view, 8> trace_formats{
    "otlp", "jaeger", "har", "csv", "azure-2019", "azure-2021", "azure-llm", "huawei"};

[[nodiscard]] inline std::string_view name(TraceFormat format) {
  return trace_formats[static_cast<std::size_t>(format)];
}
[[nodiscard]] std::optional<TraceFormat> find_trace_format(std::string_view name);

/// 128 bits, as OpenTelemetry has it; of other texts a hash.
struct TraceId {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const TraceId&) const = default;
};

/// One timed operation. A row of a request log is a span without parent.
struct TraceSpan {
  enum class Kind : std::uint8_t { internal, server, client, asynchronous };
  TraceId trace;
  std::uint64_t id = 0;
  std::uint64_t parent = 0;                  ///< 0: a root
  sim::Duration start{};                     ///< since 1970, or since the beginning of the log
  std::optional<sim::Duration> duration;     ///< none: the source does not tell
  std::uint32_t service = 0, operation = 0;  ///< index into TraceData::services, operations
  std::uint32_t peer = UINT32_MAX;           ///< client: service called, where the span names it
  std::int64_t request = -1, response = -1;  ///< payload [byte]; -1: not told
  Kind kind = Kind::server;
};

/// What became of the input, for the reader of a result.
struct TraceNote {
  enum class Kind : std::uint8_t { mapped, guessed, dropped };
  Kind kind = Kind::mapped;
  std::string text;
  std::uint64_t count = 0;  ///< of what the text tells; 0: it has no number
};

struct TraceData {
  std::vector<std::string> services, operations;
  std::vector<TraceSpan> spans;  ///< in the order of the files
  /// Durations that the source gives as quantiles: probability and [s], by service, both rising.
  std::map<std::uint32_t, std::vector<std::pair<double, double>>> quantiles;
  std::map<std::uint32_t, double> memory_mb;  ///< mean allocated, by service [MB]
  std::vector<TraceNote> notes;               ///< in the order of first occurrence
};

/// What a hostile or huge file may cost.
struct TraceLimits {
  std::uint64_t bytes = std::uint64_t{8} << 30;   ///< of a file
  std::size_t depth = 64;                         ///< nested arrays and objects
  std::size_t line_bytes = std::size_t{1} << 20;  ///< of a CSV line
  std::size_t record_values = 100'000;            ///< JSON values in one record
  std::size_t spans = 20'000'000;                 ///< 110 bytes each
};

/// Columns of a plain CSV by name; an empty one is looked for by its usual names. A name that ends in
/// `_s`, `_ms`, `_us` or `_ns` tells the unit; seconds otherwise. A time may also be written as a date.
struct TraceColumns {
  std::string time;      ///< start of the request; usual: time, timestamp, start, t
  std::string duration;  ///< optional; usual: duration, elapsed, latency
  std::string service;   ///< optional; usual: service, function, func, flow
};

struct TraceOptions {
  std::optional<TraceFormat> format;  ///< none: recognised by content, each file by itself
  TraceColumns columns;
  TraceLimits limits;
};

/// A trace that cannot be read; the message names the file and the line, document or byte.
class TraceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Reads all files into one set. The files are streamed: memory is that of the spans.
/// @throws TraceError
[[nodiscard]] TraceData read_traces(const std::vector<std::filesystem::path>& files,
                                    const TraceOptions& options = {});
/// The same for a text that is at hand. @param name  how messages call it
[[nodiscard]] TraceData read_trace(std::string text, const std::string& name,
                                   const TraceOptions& options = {});

}  // namespace planner
