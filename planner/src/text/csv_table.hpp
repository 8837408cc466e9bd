#pragma once
#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/trace_sink.hpp"

namespace planner {

/// Cells of one CSV line (RFC 4180 quoting; a quoted line break is not supported).
/// @param storage  holds what had to be unquoted; the cells point into it and into `line`
/// @return none where a quote is not closed
[[nodiscard]] std::optional<std::vector<std::string_view>> csv_cells(std::string_view line,
                                                                     std::vector<std::string>& storage);

/// A CSV file with a header line, read row by row.
class CsvTable {
 public:
  /// Reads the header. @throws TraceError where there is none
  CsvTable(std::istream& stream, const TraceSink& sink);

  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  /// @throws TraceError naming the columns there are
  [[nodiscard]] std::size_t need(std::string_view name) const;

  /// Goes to the next row that is not empty. @return false at the end
  /// @throws TraceError for a row with too few cells, a line that is too long
  bool next();
  [[nodiscard]] std::string_view cell(std::size_t column) const { return cells_[column]; }
  [[nodiscard]] std::string where() const;
  /// @throws TraceError where the cell is no such thing
  [[nodiscard]] sim::Duration time(std::size_t column, sim::Duration unit) const;
  [[nodiscard]] double number(std::size_t column) const;

 private:
  bool read_line();

  std::istream& stream_;
  const TraceSink& sink_;
  std::vector<std::string> header_;
  std::string line_;
  std::vector<std::string> storage_;
  std::vector<std::string_view> cells_;
  std::size_t line_number_ = 0;
};

}  // namespace planner
