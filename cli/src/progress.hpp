#pragma once
#include <chrono>
#include <string_view>

#include "planner/study.hpp"

namespace cli {

/// One line on standard error that tells how far a study has come, removed when it ends.
class ProgressLine {
 public:
  enum class Visibility { hidden, shown };
  explicit ProgressLine(Visibility visibility)
      : visibility_{visibility}, start_{std::chrono::steady_clock::now()} {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() { clear(); }
  void show(const planner::Progress& progress);
  void clear();

 private:
  Visibility visibility_;
  std::chrono::steady_clock::time_point start_;
  bool drawn_ = false;
};

/// Text of the line, at most `width` columns:
/// `[#####.....]  42 %  edge-first  replication 3/5  310 k req/s  12 s left`.
/// @param elapsed  [s] since the study began
[[nodiscard]] std::string progress_text(const planner::Progress& progress, double elapsed, int width);

}  // namespace cli
