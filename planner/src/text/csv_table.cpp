#include "text/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace planner {
namespace {

/// The cell that begins at `from`, unquoted into `storage`. @return where it ends, npos for an open quote
std::size_t quoted_cell(std::string_view line, std::size_t from, std::string& storage) {
  for (std::size_t at = from + 1; at < line.size(); ++at) {
    if (line[at] != '"') {
      storage += line[at];
    } else if (at + 1 < line.size() && line[at + 1] == '"') {
      storage += '"';
      ++at;
    } else {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<std::vector<std::string_view>> csv_cells(std::string_view line,
                                                       std::vector<std::string>& storage) {
  storage.clear();
  // Cells point into it, so it must not grow.
  storage.reserve(static_cast<std::size_t>(std::ranges::count(line, '"')));
  std::vector<std::string_view> cells;
  for (std::size_t at = 0;; ++at) {
    if (at < line.size() && line[at] == '"') {
      const std::size_t end = quoted_cell(line, at, storage.emplace_back());
      if (end == std::string_view::npos || (end < line.size() && line[end] != ',')) return std::nullopt;
      cells.push_back(storage.back());
      at = end;
    } else {
      const std::size_t end = std::min(line.find(',', at), line.size());
      cells.push_back(line.substr(at, end - at));
      at = end;
    }
    if (at >= line.size()) return cells;
  }
}

CsvTable::CsvTable(std::istream& stream, const TraceSink& sink) : stream_{stream}, sink_{sink} {
  if (!read_line()) sink_.fail("", "the file is empty");
  const std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (line_.starts_with(byte_order_mark)) line_.erase(0, byte_order_mark.size());
  const auto cells = csv_cells(line_, storage_);
  if (!cells) sink_.fail(where(), "a quote is not closed");
  header_.assign(cells->begin(), cells->end());
}

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::ranges::find(header_, name);
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

std::size_t CsvTable::need(std::string_view name) const {
  if (const auto found = column(name)) return *found;
  sink_.fail(where(), fmt::format("no column \"{}\", there are: {}", name, fmt::join(header_, ", ")));
}

bool CsvTable::read_line() {
  line_.clear();
  // By hand instead of getline: a line without end must not fill the memory.
  std::streambuf& buffer = *stream_.rdbuf();
  int next = buffer.sbumpc();
  if (next == std::char_traits<char>::eof()) return false;
  ++line_number_;
  for (; next != std::char_traits<char>::eof(); next = buffer.sbumpc()) {
    const char c = static_cast<char>(next);
    if (c == '\n') break;
    if (line_.size() >= sink_.limits.line_bytes)
      sink_.fail(where(), fmt::format("longer than the limit of {} bytes", sink_.limits.line_bytes));
    line_ += c;
  }
  if (line_.ends_with('\r')) line_.pop_back();
  return true;
}

bool CsvTable::next() {
  do {
    if (!read_line()) return false;
  } while (line_.empty());
  auto cells = csv_cells(line_, storage_);
  if (!cells) sink_.fail(where(), "a quote is not closed");
  cells_ = std::move(*cells);
  if (cells_.size() < header_.size())
    sink_.fail(where(), fmt::format("{} cells, the header has {}", cells_.size(), header_.size()));
  return true;
}

std::string CsvTable::where() const { return fmt::format("line {}", line_number_); }

sim::Duration CsvTable::time(std::size_t column, sim::Duration unit) const {
  if (const auto plain = parse_decimal_time(cells_[column], unit)) return *plain;
  if (const auto date = parse_timestamp(cells_[column])) return *date;
  sink_.fail(where(), fmt::format("\"{}\" in column \"{}\" is no time", cells_[column], header_[column]));
}

double CsvTable::number(std::size_t column) const {
  std::string_view cell = cells_[column];
  while (cell.starts_with(' ')) cell.remove_prefix(1);
  while (cell.ends_with(' ')) cell.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  const bool plain =
      error == std::errc{} && end == cell.data() + cell.size() && value > -1e300 && value < 1e300;
  if (!plain) sink_.fail(where(), fmt::format("\"{}\" in column \"{}\" is no number", cell, header_[column]));
  return value;
}

}  // namespace planner
