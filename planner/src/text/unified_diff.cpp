#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "planner/format.hpp"

namespace planner {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

enum class Kind : char { same = ' ', removed = '-', added = '+' };

struct Line {
  Kind kind;
  std::string_view text;
};

/// Longest common subsequence of the lines, by dynamic programming; where that would take too long,
/// everything between the common ends counts as replaced.
class LineDiff {
 public:
  LineDiff(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after)
      : before_{before}, after_{after} {}

  std::vector<Line> lines() {
    std::size_t start = 0, before_end = before_.size(), after_end = after_.size();
    while (start < before_end && start < after_end && before_[start] == after_[start]) ++start;
    while (before_end > start && after_end > start && before_[before_end - 1] == after_[after_end - 1]) {
      --before_end;
      --after_end;
    }
    for (std::size_t i = 0; i < start; ++i) script_.push_back({Kind::same, before_[i]});
    middle(start, before_end, after_end);
    for (std::size_t i = before_end; i < before_.size(); ++i) script_.push_back({Kind::same, before_[i]});
    return std::move(script_);
  }

 private:
  void middle(std::size_t start, std::size_t before_end, std::size_t after_end) {
    const std::size_t rows = before_end - start, columns = after_end - start;
    constexpr std::size_t affordable = 4'000'000;
    const bool search = rows * columns <= affordable;
    std::vector<std::uint32_t> longest(search ? (rows + 1) * (columns + 1) : 0);
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
      return longest[i * (columns + 1) + j];
    };
    for (std::size_t i = rows; search && i-- > 0;) {
      for (std::size_t j = columns; j-- > 0;) {
        at(i, j) = before_[start + i] == after_[start + j] ? at(i + 1, j + 1) + 1
                                                           : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
    std::size_t i = 0, j = 0;
    while (i < rows || j < columns) {
      if (search && i < rows && j < columns && before_[start + i] == after_[start + j]) {
        script_.push_back({Kind::same, before_[start + i]});
        ++i, ++j;
      } else if (i < rows && (!search || j == columns || at(i + 1, j) >= at(i, j + 1))) {
        script_.push_back({Kind::removed, before_[start + i++]});
      } else {
        script_.push_back({Kind::added, after_[start + j++]});
      }
    }
  }

  const std::vector<std::string_view>& before_;
  const std::vector<std::string_view>& after_;
  std::vector<Line> script_;
};

constexpr std::size_t context = 3;

bool is_change(const Line& line) { return line.kind != Kind::same; }

/// Lines [begin, end) of the script that are shown together.
struct Hunk {
  std::size_t begin = 0, end = 0;
};

/// Changes with their context; changes whose contexts touch share a hunk.
std::vector<Hunk> hunks_of(const std::vector<Line>& script) {
  std::vector<Hunk> hunks;
  for (std::size_t i = 0; i < script.size(); ++i) {
    if (!is_change(script[i])) continue;
    const std::size_t begin = i - std::min(i, context), end = std::min(i + 1 + context, script.size());
    if (!hunks.empty() && begin <= hunks.back().end)
      hunks.back().end = end;
    else
      hunks.push_back({begin, end});
  }
  return hunks;
}

/// `12,4`: first line and number of lines; an empty side names the line before it.
std::string extent(std::size_t lines_before, std::size_t count) {
  return fmt::format("{},{}", count == 0 ? lines_before : lines_before + 1, count);
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view name,
                         std::string_view what) {
  if (before == after) return {};
  const auto old_lines = lines_of(before), new_lines = lines_of(after);
  const auto script = LineDiff{old_lines, new_lines}.lines();
  std::string out = fmt::format("--- {0}\n+++ {0} ({1})\n", name, what);
  std::size_t at = 0, old_at = 0, new_at = 0;
  for (const Hunk& hunk : hunks_of(script)) {
    old_at += hunk.begin - at;
    new_at += hunk.begin - at;
    const std::size_t old_first = old_at, new_first = new_at;
    std::string body;
    for (at = hunk.begin; at < hunk.end; ++at) {
      if (script[at].kind != Kind::added) ++old_at;
      if (script[at].kind != Kind::removed) ++new_at;
      body += fmt::format("{}{}\n", static_cast<char>(script[at].kind), script[at].text);
    }
    out += fmt::format("@@ -{} +{} @@\n{}", extent(old_first, old_at - old_first),
                       extent(new_first, new_at - new_first), body);
  }
  return out;
}

}  // namespace planner
