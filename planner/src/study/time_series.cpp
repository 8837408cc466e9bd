#include "planner/time_series.hpp"

#include <algorithm>
#include <chrono>

namespace planner {

SeriesBy subject_of(const SeriesLine& line) {
  if (!line.service.empty()) return SeriesBy::pool;
  if (!line.site.empty()) return SeriesBy::site;
  if (!line.population.empty()) return SeriesBy::population;
  return line.flow.empty() ? SeriesBy::total : SeriesBy::flow;
}

std::string label_of(const SeriesLine& line) {
  switch (subject_of(line)) {
    case SeriesBy::pool:
      return line.site + "/" + line.service;
    case SeriesBy::site:
      return line.site;
    case SeriesBy::population:
      return line.population;
    case SeriesBy::flow:
      return line.flow;
    case SeriesBy::total:
      break;
  }
  return "all";
}

std::vector<const SeriesLine*> lines_of(const TimeSeries& series, const std::string& metric, SeriesBy by,
                                        const std::string& flow) {
  std::vector<const SeriesLine*> found;
  for (const SeriesLine& line : series.lines) {
    if (line.metric != metric || subject_of(line) != by) continue;
    if (by == SeriesBy::flow || line.flow.empty() || line.flow == flow) found.push_back(&line);
  }
  return found;
}

const SeriesLine* find_line(const TimeSeries& series, const std::string& metric, const std::string& flow,
                            const std::string& population, const std::string& site) {
  const auto found = std::ranges::find_if(series.lines, [&](const SeriesLine& line) {
    return line.metric == metric && line.flow == flow && line.population == population && line.site == site &&
           line.service.empty();
  });
  return found == series.lines.end() ? nullptr : &*found;
}

namespace {

/// The longest round step of which a span has at least so many.
sim::Duration round_step(sim::Duration span, std::int64_t least_slices) {
  using namespace std::chrono_literals;
  const sim::Duration longest = std::max(span / least_slices, sim::Duration{1});
  // Decimal below a minute, then as clocks divide, then days.
  sim::Duration step{1};
  for (sim::Duration decade{1}; decade < 60s; decade *= 10) {
    for (const int factor : {1, 2, 5})
      if (decade * factor <= longest && decade * factor < 60s) step = decade * factor;
  }
  for (const sim::Duration clock :
       {sim::Duration{30s}, sim::Duration{1min}, sim::Duration{2min}, sim::Duration{5min},
        sim::Duration{10min}, sim::Duration{15min}, sim::Duration{30min}, sim::Duration{1h},
        sim::Duration{2h}, sim::Duration{4h}, sim::Duration{6h}, sim::Duration{12h}}) {
    if (clock <= longest) step = std::max(step, clock);
  }
  constexpr sim::Duration day = 24h;
  for (sim::Duration days = day; days <= longest; days *= 2) step = days;
  return step;
}

}  // namespace

sim::Duration natural_step(sim::Duration span) { return round_step(span, 24); }

sim::Duration series_step(std::optional<sim::Duration> asked, sim::Duration span, std::size_t classes) {
  if (span <= sim::Duration{0}) return sim::Duration{0};
  const auto fits = [&](sim::Duration step, std::size_t cells) {
    return static_cast<std::size_t>((span + step - sim::Duration{1}) / step) * classes <= cells;
  };
  if (asked) return *asked > sim::Duration{0} && fits(*asked, most_cells) ? *asked : sim::Duration{0};
  // Of many classes fewer slices rather than none.
  for (const std::int64_t least_slices : {24, 12, 6}) {
    const sim::Duration step = round_step(span, least_slices);
    if (fits(step, most_unasked_cells)) return step;
  }
  return sim::Duration{0};
}

}  // namespace planner
