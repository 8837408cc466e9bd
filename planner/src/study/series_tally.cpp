#include "study/series_tally.hpp"

#include <algorithm>
#include <array>

#include "money/pool_share.hpp"
#include "planner/accounting.hpp"
#include "sim/special_functions.hpp"
#include "study/slices.hpp"

namespace planner {

/// Student quantiles by number of replications, each computed once: intervals are many here, and the quantile
/// is most of the work of one.
class StudentQuantiles {
 public:
  explicit StudentQuantiles(double confidence) : confidence_{confidence} {}
  /// By how many standard errors an interval reaches to either side. @param count  >= 2
  [[nodiscard]] double operator()(int count) {
    const auto [place, is_new] = known_.try_emplace(count, 0.0);
    if (is_new) place->second = sim::math::student_t_quantile(0.5 + confidence_ / 2, count - 1);
    return place->second;
  }

 private:
  double confidence_;
  std::map<int, double> known_;
};

namespace {

using Own = std::vector<std::optional<double>>;

std::optional<SeriesPoint> point(const std::optional<double>& overall, Own own, StudentQuantiles& quantiles) {
  if (!overall) return std::nullopt;
  const Spread known = spread({*overall, std::move(own)});
  const double half_width = known.replications < 2 ? 0.0 : known.error * quantiles(known.replications);
  return SeriesPoint{*overall, *overall - half_width, *overall + half_width};
}

std::optional<double> mean_of(const Own& own) {
  double sum = 0;
  std::size_t count = 0;
  for (const std::optional<double>& value : own) {
    if (!value) continue;
    sum += *value;
    ++count;
  }
  return count > 0 ? std::optional{sum / static_cast<double>(count)} : std::nullopt;
}

}  // namespace

SeriesTally::SeriesTally(const CompiledScenario& compiled) {
  const models::WorldSpec& world = compiled.world;
  if (world.series_step <= sim::Duration{0}) return;
  const sim::Duration rest = sim::Duration{1};
  seconds_.resize(static_cast<std::size_t>((world.duration + world.series_step - rest) / world.series_step));
  std::map<std::array<std::string, 3>, Requests> lines;
  const auto line = [&](const std::string& flow, const std::string& population,
                        const std::string& site) -> Requests& {
    return lines
        .try_emplace({population.empty() ? site.empty() ? "0" : "2" : "1", flow, population + site},
                     Requests{flow, population, site, {}, {}, {}, {}})
        .first->second;
  };
  for (std::uint32_t i = 0; i < compiled.classes.size(); ++i) {
    const ClassLabel& label = compiled.classes[i];
    line(label.flow, {}, {}).classes.push_back(i);
    line(label.flow, label.population, {}).classes.push_back(i);
    line(label.flow, {}, label.site).classes.push_back(i);
  }
  for (std::uint32_t i = 0; i < compiled.sources.size(); ++i) {
    const SourceLabel& label = compiled.sources[i];
    line(label.flow, {}, {}).sources.push_back(i);
    line(label.flow, label.population, {}).sources.push_back(i);
  }
  for (auto& [key, requests] : lines) {
    requests.slices.resize(slices());
    requests.own.resize(slices());
    requests_.push_back(std::move(requests));
  }
  pools_.resize(compiled.pools.size());
  for (Pool& pool : pools_) {
    pool.slices.resize(slices());
    pool.busy.resize(slices());
    pool.cold.resize(slices());
  }
}

void SeriesTally::Tally::merge(const Tally& other) {
  started += other.started;
  failed += other.failed;
  latency.merge(other.latency);
}

SeriesTally::Figures SeriesTally::Tally::figures(double seconds) const {
  Figures found;
  if (seconds > 0) found.requests = static_cast<double>(started) / seconds;
  if (started > 0) found.ok = static_cast<double>(latency.count()) / static_cast<double>(started);
  if (latency.empty()) return found;
  const std::vector<sim::Histogram::Bucket> buckets = latency.buckets();
  found.p50 = quantile_ms(latency, buckets, 0.5);
  found.p95 = quantile_ms(latency, buckets, 0.95);
  found.p99 = quantile_ms(latency, buckets, 0.99);
  return found;
}

void SeriesTally::add(const models::WorldResult& result, const Of& of) {
  for (std::size_t slice = 0; slice < std::min(slices(), result.series.size()); ++slice) {
    const models::WorldPiece& piece = result.series[slice];
    seconds_[slice] += sim::to_seconds(piece.length);
    for (Requests& line : requests_) add_requests(line, piece, slice);
    add_pools(piece, slice, of);
    add_bill(piece, slice, of);
  }
}

void SeriesTally::add_requests(Requests& line, const models::WorldPiece& piece, std::size_t slice) const {
  Tally tally;
  for (const std::uint32_t index : line.classes) {
    tally.failed += piece.classes[index].failed;
    tally.latency.merge(piece.classes[index].latency);
  }
  for (const std::uint32_t index : line.sources) tally.started += piece.started[index];
  if (line.sources.empty()) tally.started = tally.latency.count() + tally.failed;
  line.own[slice].push_back(tally.figures(sim::to_seconds(piece.length)));
  line.slices[slice].merge(tally);
}

void SeriesTally::add_pools(const models::WorldPiece& piece, std::size_t slice, const Of& of) {
  const double seconds = sim::to_seconds(piece.length);
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const models::PoolResult& more = piece.pools[i];
    pools_[i].slices[slice] += more;
    pools_[i].busy[slice].push_back(
        busy_share(of.compiled.world.pools[i], of.compiled.pools[i], more, seconds));
    pools_[i].cold[slice].push_back(cold_share(more));
  }
}

// A slice is priced as a month that goes on as the slice does, and told by the hour.
void SeriesTally::add_bill(const models::WorldPiece& piece, std::size_t slice, const Of& of) {
  models::WorldResult alone;
  alone.simulated = piece.length;
  alone.pools = piece.pools;
  for (const sim::TotalTime awake : piece.awake) alone.stores.push_back({.awake = awake});
  alone.meters = piece.meters;
  const sim::Duration begin =
      of.compiled.world.warmup + static_cast<std::int64_t>(slice) * of.compiled.world.series_step;
  const Bill bill =
      account(of.scenario, of.compiled, of.load, alone, Demand::as_met, Attribution::none, begin);
  std::map<Payer, double> sums;
  const auto charge = [&](const char* metric, const std::string& where, double amount) {
    const std::string id = where.substr(0, where.find('/'));
    sums[{metric, {}, {}}] += amount;
    if (of.scenario.sites.contains(id)) sums[{metric, {}, id}] += amount;
    if (of.scenario.populations.contains(id)) sums[{metric, id, {}}] += amount;
  };
  for (const BillRow& row : bill.cost) charge("cost", row.where, row.amount);
  for (const EnergyUse& row : bill.energy) {
    charge("energy", row.where, row.amount);
    charge("carbon", row.where, row.carbon);
  }
  for (const auto& [payer, amount] : sums) {
    auto& own = bills_[payer];
    own.resize(slices());
    own[slice].push_back(piece.length > sim::Duration{0} ? std::optional{amount / hours_per_month}
                                                         : std::nullopt);
  }
}

TimeSeries SeriesTally::series(const CompiledScenario& compiled, double confidence) const {
  TimeSeries series;
  if (seconds_.empty() || std::ranges::max(seconds_) <= 0) return series;
  series.begin = compiled.world.warmup;
  series.step = compiled.world.series_step;
  series.slices = slices();
  StudentQuantiles quantiles{confidence};
  put_requests(series, quantiles);
  put_pools(series, compiled, quantiles);
  put_bills(series, quantiles);
  return series;
}

std::vector<Course> SeriesTally::medians() const {
  std::vector<Course> courses;
  for (const Requests& line : requests_) {
    if (!line.population.empty() || !line.site.empty()) continue;
    Course& course = courses.emplace_back(Course{line.flow, {}, {}});
    for (std::size_t slice = 0; slice < slices() && seconds_[slice] >= seconds_.front(); ++slice) {
      course.overall.push_back(line.slices[slice].figures(seconds_[slice]).p50);
      auto& own = course.own.emplace_back();
      for (const Figures& figures : line.own[slice]) own.push_back(figures.p50);
    }
  }
  return courses;
}

void SeriesTally::put_requests(TimeSeries& series, StudentQuantiles& quantiles) const {
  struct Shown {
    const char *name, *unit;
    std::optional<double> Figures::*figure;
  };
  for (const Requests& of : requests_) {
    for (const auto& [name, unit, figure] :
         {Shown{"requests", "1/s", &Figures::requests}, Shown{"ok", "1", &Figures::ok},
          Shown{"p50", "ms", &Figures::p50}, Shown{"p95", "ms", &Figures::p95},
          Shown{"p99", "ms", &Figures::p99}}) {
      SeriesLine line{name, of.flow, of.population, {}, of.site, unit, {}};
      for (std::size_t slice = 0; slice < slices(); ++slice) {
        Own own;
        for (const Figures& each : of.own[slice]) own.push_back(each.*figure);
        const Figures all = of.slices[slice].figures(seconds_[slice]);
        line.points.push_back(point(all.*figure, std::move(own), quantiles));
      }
      series.lines.push_back(std::move(line));
    }
  }
}

void SeriesTally::put_pools(TimeSeries& series, const CompiledScenario& compiled,
                            StudentQuantiles& quantiles) const {
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const PoolLabel& label = compiled.pools[i];
    SeriesLine busy{"utilisation", {}, {}, label.service, label.site, "1", {}};
    SeriesLine cold{"cold", {}, {}, label.service, label.site, "1", {}};
    for (std::size_t slice = 0; slice < slices(); ++slice) {
      const models::PoolResult& sum = pools_[i].slices[slice];
      busy.points.push_back(
          point(busy_share(compiled.world.pools[i], compiled.pools[i], sum, seconds_[slice]),
                pools_[i].busy[slice], quantiles));
      cold.points.push_back(point(cold_share(sum), pools_[i].cold[slice], quantiles));
    }
    series.lines.push_back(std::move(busy));
    series.lines.push_back(std::move(cold));
  }
}

void SeriesTally::put_bills(TimeSeries& series, StudentQuantiles& quantiles) const {
  const std::map<std::string, const char*> units{{"cost", "USD/h"}, {"energy", "kW"}, {"carbon", "kgCO2e/h"}};
  for (const auto& [payer, own] : bills_) {
    SeriesLine line{payer.metric, {}, payer.population, {}, payer.site, units.at(payer.metric), {}};
    for (const Own& slice : own) line.points.push_back(point(mean_of(slice), slice, quantiles));
    series.lines.push_back(std::move(line));
  }
}

}  // namespace planner
