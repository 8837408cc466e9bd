#pragma once
#include <string_view>

#include "planner/study.hpp"

namespace cli {

/// One line on standard error that tells how far a study has come, removed when it ends.
class ProgressLine {
 public:
  enum class Visibility { hidden, shown };
  explicit ProgressLine(Visibility visibility) : visibility_{visibility} {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() { clear(); }
  void show(const planner::Progress& progress);
  void clear();

 private:
  Visibility visibility_;
  bool drawn_ = false;
};

/// Text of the line, at most `width` columns: `edge-first  rep 3/5  [#####.....]  42 %`.
[[nodiscard]] std::string progress_text(const planner::Progress& progress, int width);

}  // namespace cli
