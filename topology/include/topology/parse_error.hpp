#pragma once
#include <stdexcept>
#include <string>

namespace topology {

/// A file that cannot be read, with the place of the problem.
class ParseError : public std::runtime_error {
 public:
  /// what() is `file:line:column: problem`, or `file: problem` when line is 0.
  ParseError(const std::string& file, int line, int column, const std::string& problem);

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] int line() const { return line_; }      ///< from 1; 0: the file as a whole
  [[nodiscard]] int column() const { return column_; }  ///< in bytes, from 1; 0 with line 0
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  std::string file_;
  int line_;
  int column_;
  std::string problem_;
};

}  // namespace topology
