#include "store/store_schema.hpp"

#include <fmt/format.h>

#include <cmath>

#include "planner/render_series.hpp"
#include "planner/result_store.hpp"
#include "planner/sha256.hpp"
#include "planner/study_view.hpp"
#include "study/metrics.hpp"

namespace planner {

using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

namespace {

constexpr std::int64_t application_id = 0x49736f31;  // "Iso1"

constexpr const char* tables = R"(
CREATE TABLE IF NOT EXISTS study(
  study_id INTEGER PRIMARY KEY, study_sha256 TEXT NOT NULL UNIQUE, scenario TEXT NOT NULL, title TEXT NOT NULL,
  scenario_sha256 TEXT NOT NULL, seed INTEGER NOT NULL, confidence REAL NOT NULL, tool TEXT NOT NULL,
  models_sha256 TEXT NOT NULL, bundle TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS point(point_id INTEGER PRIMARY KEY, content_sha256 TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS source(
  source_id INTEGER PRIMARY KEY, source_sha256 TEXT NOT NULL UNIQUE, bundle TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS origin(
  point_id INTEGER PRIMARY KEY REFERENCES point, source_id INTEGER NOT NULL REFERENCES source,
  strategy TEXT NOT NULL, sets TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS run(
  run_id INTEGER PRIMARY KEY, point_id INTEGER NOT NULL REFERENCES point, seed INTEGER NOT NULL,
  replication INTEGER NOT NULL, requests INTEGER NOT NULL, events INTEGER NOT NULL, fingerprint TEXT NOT NULL,
  result_sha256 TEXT NOT NULL, models_sha256 TEXT NOT NULL, payload BLOB NOT NULL,
  UNIQUE(point_id, seed, replication));
CREATE TABLE IF NOT EXISTS member(
  study_id INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, strategy TEXT NOT NULL,
  point_id INTEGER REFERENCES point, title TEXT NOT NULL, baseline INTEGER NOT NULL,
  status TEXT NOT NULL CHECK(status IN ('ok','partial','infeasible')), reason TEXT NOT NULL,
  replications INTEGER NOT NULL, PRIMARY KEY(study_id, strategy)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS figure(
  study_id INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, strategy TEXT NOT NULL, metric TEXT NOT NULL,
  entity TEXT NOT NULL, unit TEXT NOT NULL, value REAL, low REAL, high REAL,
  kind TEXT NOT NULL CHECK(kind IN ('finite','nan','+inf','-inf')),
  PRIMARY KEY(study_id, strategy, metric, entity)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS scalar(
  study_id INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, strategy TEXT NOT NULL,
  replication INTEGER NOT NULL, metric TEXT NOT NULL, entity TEXT NOT NULL, unit TEXT NOT NULL, value REAL,
  kind TEXT NOT NULL CHECK(kind IN ('finite','nan','+inf','-inf')),
  PRIMARY KEY(study_id, strategy, replication, metric, entity)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS difference(
  study_id INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, strategy TEXT NOT NULL, metric TEXT NOT NULL,
  entity TEXT NOT NULL, unit TEXT NOT NULL, baseline REAL, value REAL, delta REAL, low REAL, high REAL,
  variance_reduction REAL, significant INTEGER NOT NULL,
  PRIMARY KEY(study_id, strategy, metric, entity)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS verdict(
  study_id INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, strategy TEXT NOT NULL, assertion TEXT NOT NULL,
  expression TEXT NOT NULL, level TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK(outcome IN ('pass','fail','inconclusive')), unit TEXT NOT NULL,
  value REAL, low REAL, high REAL, confidence REAL, PRIMARY KEY(study_id, strategy, assertion)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bucket(
  study_id INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, strategy TEXT NOT NULL, entity TEXT NOT NULL,
  low_ns INTEGER NOT NULL, high_ns INTEGER NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY(study_id, strategy, entity, low_ns)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS series(
  study_id INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, strategy TEXT NOT NULL, metric TEXT NOT NULL,
  entity TEXT NOT NULL, slice INTEGER NOT NULL, begin_ns INTEGER NOT NULL, step_ns INTEGER NOT NULL,
  unit TEXT NOT NULL, value REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
  PRIMARY KEY(study_id, strategy, metric, entity, slice)) WITHOUT ROWID;
)";

std::int64_t pragma(Database& database, const char* name) {
  Statement value{database, std::string{"PRAGMA "} + name};
  value.step();
  return value.integer(0);
}

const char* kind_of(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "+inf" : "-inf";
  return "finite";
}

/// `flow=page population=town`; what is empty is left out.
std::string entity_of(const Slice& slice) {
  std::string text = "flow=" + slice.flow;
  if (!slice.population.empty()) text += " population=" + slice.population;
  if (!slice.site.empty()) text += " site=" + slice.site;
  return text;
}

/// Puts the figures of a strategy into table figure.
class Figures {
 public:
  Figures(Database& database, std::int64_t study, std::string strategy)
      : insert_{database, "INSERT INTO figure VALUES (?,?,?,?,?,?,?,?,?)"},
        study_{study},
        strategy_{std::move(strategy)} {}

  void put(const std::string& metric, const std::string& entity, const Estimate& estimate) {
    insert_.with(study_, strategy_, metric, entity, estimate.unit, estimate.value, estimate.low,
                 estimate.high, std::string{kind_of(estimate.value)});
    insert_.run();
  }
  void put(const std::string& metric, const std::string& entity, double value, const std::string& unit) {
    put(metric, entity, Estimate{value, value, value, unit});
  }

 private:
  Statement insert_;
  std::int64_t study_;
  std::string strategy_;
};

void put_slice(Figures& figures, const Slice& slice) {
  const std::string entity = entity_of(slice);
  figures.put("mean", entity, slice.mean);
  for (std::size_t i = 0; i < ladder.size(); ++i) figures.put(ladder_names[i], entity, slice.percentiles[i]);
  figures.put("ok", entity, slice.ok);
  if (slice.late) figures.put("late", entity, *slice.late);
  const auto count = [](std::uint64_t value) { return static_cast<double>(value); };
  figures.put("started", entity, count(slice.started), "1");
  figures.put("answered", entity, count(slice.answered), "1");
  figures.put("failed", entity, count(slice.failed), "1");
  for (std::size_t i = 0; i < models::part_count; ++i) {
    const std::string part{models::name(static_cast<models::Part>(i))};
    figures.put("part." + part, entity, slice.parts[i], "ms");
    figures.put("tail." + part, entity, slice.tail_parts[i], "ms");
  }
}

void put_buckets(Database& database, std::int64_t study, const std::string& strategy, const Slice& slice) {
  Statement insert{database, "INSERT INTO bucket VALUES (?,?,?,?,?,?)"};
  for (const sim::Histogram::Bucket& bucket : slice.latency.buckets()) {
    insert.with(study, strategy, entity_of(slice), bucket.low.count(), bucket.high.count(), bucket.count);
    insert.run();
  }
}

void put_figures(Database& database, std::int64_t study, const StrategyResult& result) {
  Figures figures{database, study, result.strategy};
  for (const Slice& slice : result.slices) {
    put_slice(figures, slice);
    put_buckets(database, study, result.strategy, slice);
  }
  for (const CostRow& row : result.cost) figures.put("cost." + row.item, row.where, row.per_month);
  figures.put("cost", "", result.cost_total);
  figures.put("cost.idle_share", "", result.idle_share, "1");
  for (const EnergyRow& row : result.energy) figures.put("energy." + row.item, row.where, row.per_month);
  figures.put("energy", "", result.energy_total);
  figures.put("carbon", "", result.carbon_total);
  for (const PoolUse& pool : result.pools) {
    const std::string entity = fmt::format("service={} site={}", pool.service, pool.site);
    figures.put("pool.busy", entity, pool.utilisation, "1");
    figures.put("pool.cold", entity, pool.cold_share);
  }
  for (const QueueUse& queue : result.queues) {
    const std::string entity = fmt::format("service={} site={}", queue.service, queue.site);
    const models::QueueResult& counts = queue.counts;
    const auto put = [&](const char* metric, std::uint64_t value) {
      figures.put(metric, entity, static_cast<double>(value), "1");
    };
    put("queue.accepted", counts.accepted);
    put("queue.dead_letters", counts.dead_letters);
    put("queue.lost", counts.dropped + counts.refused);
    figures.put("queue.mean_length", entity, queue.mean_length, "1");
  }
}

std::string entity_of(const SeriesLine& line) {
  std::string text;
  for (const auto& [key, id] : {std::pair{"flow=", &line.flow}, std::pair{"population=", &line.population},
                                std::pair{"service=", &line.service}, std::pair{"site=", &line.site}}) {
    if (!id->empty()) text += (text.empty() ? "" : " ") + (key + *id);
  }
  return text;
}

/// Each replication's own values.
void put_scalars(Database& database, std::int64_t study, const StrategyResult& result) {
  Statement insert{database, "INSERT INTO scalar VALUES (?,?,?,?,?,?,?,?)"};
  const std::set<std::string> told = figures_told(result);
  for (const auto& [key, figure] : result.figures) {
    if (!told.contains(key)) continue;
    const auto [metric, entity] = metric_and_entity(key);
    for (std::size_t i = 0; i < figure.sections.own.size(); ++i) {
      const std::optional<double>& own = figure.sections.own[i];
      if (!own) continue;
      insert.with(study, result.strategy, i + 1, metric, entity, figure.unit, *own,
                  std::string{kind_of(*own)});
      insert.run();
    }
  }
}

void put_series(Database& database, std::int64_t study, const StrategyResult& result) {
  Statement insert{database, "INSERT INTO series VALUES (?,?,?,?,?,?,?,?,?,?,?)"};
  for (const SeriesLine* each : told_lines(result.series)) {
    const SeriesLine& line = *each;
    for (std::size_t slice = 0; slice < line.points.size(); ++slice) {
      if (!line.points[slice]) continue;
      const SeriesPoint& point = *line.points[slice];
      insert.with(study, result.strategy, line.metric, entity_of(line), std::uint64_t{slice},
                  result.series.begin_of(slice).count(), result.series.step.count(), line.unit, point.value,
                  point.low, point.high);
      insert.run();
    }
  }
}

void put_verdicts(Database& database, std::int64_t study, const StrategyResult& result) {
  Statement insert{database, "INSERT INTO verdict VALUES (?,?,?,?,?,?,?,?,?,?,?)"};
  for (const Verdict& one : result.verdicts) {
    insert.with(study, result.strategy, one.id, one.text, std::string{name(one.level)},
                std::string{name(one.outcome)}, one.unit, one.value, one.low, one.high, one.confidence);
    insert.run();
  }
}

}  // namespace

void make_tables(Database& database) {
  const auto ours = [&] { return pragma(database, "application_id") == application_id; };
  Statement objects{database, "SELECT count(*) FROM sqlite_schema"};
  objects.step();
  const bool empty = objects.integer(0) == 0 && pragma(database, "application_id") == 0;
  if (!empty && !ours()) throw StoreError{database.path() + ": a database, but no result store"};
  objects.reset();
  database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
  if (ours()) return database.execute(tables);  // those that an older program did not make
  Transaction all{database};
  database.execute(tables);  // a store of an earlier version gets the tables that it lacks
  database.execute(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id, store_format)
          .c_str());
  all.commit();
}

void expect_format(Database& database) {
  if (pragma(database, "application_id") != application_id)
    throw StoreError{database.path() + ": no result store"};
  const std::int64_t format = pragma(database, "user_version");
  if (format != store_format) {
    throw StoreError{fmt::format("{}: a result store of format {}, this program has format {}",
                                 database.path(), format, store_format)};
  }
}

bool has_table(Database& database, const std::string& schema, const std::string& name) {
  Statement tables_named{database, "SELECT count(*) FROM " + schema + ".sqlite_schema WHERE name = ?"};
  tables_named.with(name).step();
  return tables_named.integer(0) > 0;
}

void put_origin(Database& database, std::int64_t point, const std::string& bundle,
                const std::string& strategy, const std::string& sets) {
  const std::string digest = sha256_hex(bundle);
  Statement{database, "INSERT OR IGNORE INTO source(source_sha256, bundle) VALUES (?,?)"}
      .with(digest, bundle)
      .run();
  Statement{database,
            "INSERT OR IGNORE INTO origin SELECT ?1, source_id, ?3, ?4 FROM source WHERE source_sha256 = ?2"}
      .with(point, digest, strategy, sets)
      .run();
}

std::int64_t replace_study(Database& database, const Study& study, const std::string& bundle) {
  std::string name = fmt::format("{} {} {}", sha256_hex(bundle), study.seed, models_digest());
  for (const StrategyResult& result : study.strategies)
    name += fmt::format(" {} {} {}", result.strategy, result.baseline, result.replications);
  const std::string digest = sha256_hex(name);
  Statement{database, "DELETE FROM study WHERE study_sha256 = ?"}.with(digest).run();
  Statement{database, "INSERT INTO study VALUES (NULL,?,?,?,?,?,?,?,?,?)"}
      .with(digest, study.scenario, study.title, study.sha256, study.seed, study.confidence, study.tool,
            std::string{models_digest()}, bundle)
      .run();
  return sqlite3_last_insert_rowid(database.handle());
}

void put_strategy(Database& database, std::int64_t study, std::int64_t point, const StrategyResult& result) {
  const std::string status = !result.feasible ? "infeasible" : result.partial ? "partial" : "ok";
  Statement{database, "INSERT INTO member VALUES (?,?,NULLIF(?,0),?,?,?,?,?)"}
      .with(study, result.strategy, point, result.title, result.baseline, status, result.infeasible_reason,
            result.replications)
      .run();
  if (result.replications > 0) put_figures(database, study, result);
  put_series(database, study, result);
  put_scalars(database, study, result);
  put_verdicts(database, study, result);
}

void put_differences(Database& database, std::int64_t study, const Study& results) {
  Statement insert{database, "INSERT INTO difference VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"};
  for (const Difference& one : results.differences) {
    const std::string entity = one.flow.empty() ? "" : "flow=" + one.flow;
    insert.with(study, one.strategy, one.metric, entity, one.delta.unit, one.baseline.value, one.value.value,
                one.delta.value, one.delta.low, one.delta.high, one.variance_reduction, one.significant);
    insert.run();
  }
}

void merge_attached(Database& database, const std::string& name) {
  Transaction all{database};
  constexpr const char* pairs =
      "FROM other.run o JOIN other.point op USING (point_id) JOIN main.point p USING (content_sha256) ";
  Statement clash{database, std::string{"SELECT count(*) "} + pairs +
                                "JOIN main.run r ON r.point_id = p.point_id AND r.seed = o.seed AND "
                                "r.replication = o.replication WHERE r.result_sha256 <> o.result_sha256"};
  clash.step();
  if (const std::int64_t count = clash.integer(0); count > 0)
    throw StoreError{fmt::format("{}: {} replications differ from those of the same address", name, count)};
  database.execute("INSERT OR IGNORE INTO main.point(content_sha256) SELECT content_sha256 FROM other.point");
  database.execute(
      (std::string{"INSERT OR IGNORE INTO main.run(point_id, seed, replication, requests, events, "
                   "fingerprint, result_sha256, models_sha256, payload) SELECT p.point_id, o.seed, "
                   "o.replication, o.requests, o.events, o.fingerprint, o.result_sha256, "
                   "o.models_sha256, o.payload "} +
       pairs + "ORDER BY p.point_id, o.seed, o.replication")
          .c_str());
  if (has_table(database, "other", "origin")) {
    database.execute(
        "INSERT OR IGNORE INTO main.source(source_sha256, bundle) "
        "SELECT source_sha256, bundle FROM other.source ORDER BY source_id;"
        "INSERT OR IGNORE INTO main.origin SELECT p.point_id, s.source_id, o.strategy, o.sets "
        "FROM other.origin o JOIN other.point op ON op.point_id = o.point_id "
        "JOIN main.point p ON p.content_sha256 = op.content_sha256 "
        "JOIN other.source os ON os.source_id = o.source_id "
        "JOIN main.source s ON s.source_sha256 = os.source_sha256 ORDER BY p.point_id");
  }
  all.commit();
}

}  // namespace planner
