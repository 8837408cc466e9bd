#include "progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "files.hpp"

namespace cli {

namespace {

constexpr int line_width = 79;  // one less than 80: some terminals wrap after the last column

}  // namespace

std::string progress_text(const planner::Progress& progress, double elapsed, int width) {
  constexpr int bar_width = 24;
  const double fraction = std::clamp(progress.fraction, 0.0, 1.0);
  const int filled = static_cast<int>(std::floor(fraction * bar_width));
  std::string text = fmt::format("[{:#<{}}{:.<{}}] {:3.0f} %", "", filled, "", bar_width - filled,
                                 std::floor(100 * fraction));
  // What has no room is left out as a whole: half a number is another number.
  const auto add = [&](const std::string& part) {
    if (text.size() + 2 + part.size() <= static_cast<std::size_t>(width)) text += "  " + part;
  };
  // The first moments tell little about the rest.
  constexpr double settled = 0.5;
  if (elapsed >= settled && fraction > 0.01) {
    add(fmt::format("{:.0f} s left", elapsed * (1 - fraction) / fraction));
    add(fmt::format("{:.0f} k req/s", static_cast<double>(progress.requests) / elapsed / 1000));
  }
  add(fmt::format("replication {}/{}", progress.replication, progress.replications));
  add(progress.strategy);
  return text;
}

void ProgressLine::show(const planner::Progress& progress) {
  if (visibility_ == Visibility::hidden) return;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  write_error("\r" + progress_text(progress, elapsed.count(), line_width) + "\x1b[K");
  drawn_ = true;
}

void ProgressLine::clear() {
  if (drawn_) write_error("\r\x1b[K");
  drawn_ = false;
}

}  // namespace cli
