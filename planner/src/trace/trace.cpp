#include "planner/trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "trace/trace_sink.hpp"

namespace planner {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t head_bytes = 65536;

std::string first_line(const std::string& head) {
  return head.substr(0, std::min(head.find_first_of("\r\n"), head.size()));
}

TraceFormat format_of_json(const std::string& head, const TraceSink& sink) {
  const auto has = [&](std::string_view text) { return head.find(text) != std::string::npos; };
  if (has("\"resourceSpans\"")) return TraceFormat::otlp;
  if (has("\"traceID\"") || has("\"spanID\"")) return TraceFormat::jaeger;
  if (has("\"log\"") && (has("\"entries\"") || has("\"creator\""))) return TraceFormat::har;
  sink.fail("", "neither OTLP nor Jaeger JSON nor HAR");
}

TraceFormat format_of_table(const std::string& header) {
  const auto has = [&](std::string_view text) { return header.find(text) != std::string::npos; };
  if (has("HashFunction")) return TraceFormat::azure_2019;
  if (has("func,end_timestamp")) return TraceFormat::azure_2021;
  if (has("ContextTokens")) return TraceFormat::azure_llm;
  if (has("time_worker") || header.starts_with("day,time,")) return TraceFormat::huawei;
  return TraceFormat::csv;
}

TraceFormat recognise(std::istream& stream, const TraceSink& sink) {
  std::string head(head_bytes, '\0');
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  stream.clear();
  stream.seekg(0);
  if (head.find('\0') != std::string::npos) sink.fail("", "not a text file");
  const std::size_t begin = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (begin == std::string::npos) sink.fail("", "the file is empty");
  const bool json = head[begin] == '{' || head[begin] == '[';
  return json ? format_of_json(head, sink) : format_of_table(first_line(head));
}

void read_as(TraceFormat format, std::istream& stream, const TraceColumns& columns, TraceSink& sink) {
  switch (format) {
    case TraceFormat::otlp:
      return read_otlp(stream, sink);
    case TraceFormat::jaeger:
      return read_jaeger(stream, sink);
    case TraceFormat::har:
      return read_har(stream, sink);
    case TraceFormat::csv:
      return read_csv_trace(stream, columns, sink);
    case TraceFormat::azure_2019:
      return read_azure_2019(stream, sink);
    case TraceFormat::azure_2021:
      return read_azure_2021(stream, sink);
    case TraceFormat::azure_llm:
      return read_azure_llm(stream, sink);
    case TraceFormat::huawei:
      return read_huawei(stream, sink);
  }
}

void read_stream(std::istream& stream, const std::string& file, const TraceOptions& options,
                 TraceSink& sink) {
  const TraceFormat format = options.format ? *options.format : recognise(stream, sink);
  const std::size_t before = sink.data.spans.size();
  read_as(format, stream, options.columns, sink);
  if (stream.bad()) sink.fail("", "cannot be read to its end");
  const std::size_t found = sink.data.spans.size() - before;
  if (found > 0)
    sink.note(TraceNote::Kind::mapped, fmt::format("requests or spans from {} ({})", file, name(format)),
              found);
}

void read_one(const fs::path& file, const TraceOptions& options, TraceSink& sink) {
  std::error_code error;
  if (!fs::exists(file, error)) sink.fail("", "no such file");
  if (!fs::is_regular_file(file, error)) sink.fail("", "not a file");
  if (const std::uintmax_t size = fs::file_size(file, error); !error && size > options.limits.bytes)
    sink.fail("", fmt::format("{} bytes, more than the limit of {}", size, options.limits.bytes));
  std::ifstream stream{file, std::ios::binary};
  if (!stream) sink.fail("", "cannot be read");
  read_stream(stream, file.filename().string(), options, sink);
}

}  // namespace

std::optional<TraceFormat> find_trace_format(std::string_view name) {
  const auto* const found = std::ranges::find(trace_formats, name);
  if (found == trace_formats.end()) return std::nullopt;
  return static_cast<TraceFormat>(found - trace_formats.begin());
}

TraceData read_traces(const std::vector<std::filesystem::path>& files, const TraceOptions& options) {
  TraceSink sink{options.limits};
  for (const fs::path& file : files) {
    sink.begin_file(file.string());
    read_one(file, options, sink);
  }
  return std::move(sink.data);
}

TraceData read_trace(std::string text, const std::string& name, const TraceOptions& options) {
  TraceSink sink{options.limits};
  sink.begin_file(name);
  std::istringstream stream{std::move(text)};
  read_stream(stream, name, options, sink);
  return std::move(sink.data);
}

}  // namespace planner
