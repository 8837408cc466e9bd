#include "planner/result_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "planner/bundle_text.hpp"
#include "planner/compile.hpp"
#include "planner/render.hpp"
#include "planner/sha256.hpp"
#include "planner/world_archive.hpp"
#include "store/sqlite.hpp"
#include "store/store_schema.hpp"
#include "text/escape.hpp"

namespace planner {

using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

struct ResultStore::State {
  State(const std::string& path, Database::Access access) : database{path, access} {
    if (access == Database::Access::read_write) make_tables(database);
    expect_format(database);
  }

  std::mutex mutex;
  Database database;
  std::uint64_t found = 0, kept = 0;
};

namespace {

/// Signed as SQLite has it; the seed of a scenario may use all 64 bits.
std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

/// Row of `content` in table point, made where it is new.
std::int64_t point_of(Database& database, const std::string& content) {
  Statement{database, "INSERT OR IGNORE INTO point(content_sha256) VALUES (?)"}.with(content).run();
  Statement find{database, "SELECT point_id FROM point WHERE content_sha256 = ?"};
  find.with(content).step();
  return find.integer(0);
}

models::WorldResult intact(const Database& database, const std::string& payload, const std::string& digest) {
  auto result = sha256_hex(payload) == digest ? restore(payload) : std::nullopt;
  if (!result) throw StoreError{database.path() + ": a stored replication is damaged"};
  return std::move(*result);
}

/// A replication, and what tells how to do it again.
struct StoredRun {
  std::string strategy, bundle, sets, digest, content;
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
};

/// @param source  tables that tell strategy, bundle and sets of a point
void add_runs(Database& database, const std::string& source, std::vector<StoredRun>& runs) {
  Statement rows{database,
                 "SELECT strategy, bundle, sets, run.result_sha256, point.content_sha256, run.seed, "
                 "run.replication FROM run JOIN point USING (point_id) JOIN (" +
                     source + ") USING (point_id) GROUP BY run.run_id ORDER BY run.run_id"};
  while (rows.step()) {
    runs.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                    static_cast<std::uint64_t>(rows.integer(5)),
                    static_cast<std::uint32_t>(rows.integer(6))});
  }
}

std::vector<StoredRun> stored_runs(Database& database) {
  std::vector<StoredRun> runs;
  const bool origins = has_table(database, "main", "origin");  // not where an older program wrote the file
  if (origins)
    add_runs(database, "SELECT point_id, strategy, bundle, sets FROM origin JOIN source USING (source_id)",
             runs);
  add_runs(database,
           std::string{"SELECT point_id, strategy, bundle, '[]' AS sets FROM member JOIN study USING "
                       "(study_id)"} +
               (origins ? " WHERE point_id NOT IN (SELECT point_id FROM origin)" : ""),
           runs);
  return runs;
}

Scenario scenario_of(const StoredRun& run) {
  using Json = nlohmann::ordered_json;
  Bundle bundle = bundle_from(Json::parse(run.bundle));
  for (const Json& set : Json::parse(run.sets)) bundle.sets.push_back(set.get<std::string>());
  return Document::open(bundle).resolve(run.strategy).scenario();
}

std::string replayed_digest(const Scenario& scenario, const StoredRun& run) {
  const CompiledScenario compiled = compile(scenario);
  models::World::Options options;
  options.seed = run.seed;
  options.replication = run.replication;
  return sha256_hex(archive(models::World{compiled.world, options}.run()));
}

Statement prepared(Database& database, const std::string& sql) {
  try {
    Statement statement{database, sql};
    if (statement.handle() == nullptr) throw QueryError{database.path() + ": the query is empty"};
    if (sqlite3_stmt_readonly(statement.handle()) == 0)
      throw QueryError{database.path() + ": a query reads, this one would change the file"};
    return statement;
  } catch (const StoreError& error) {
    // What SQLite calls an error is one of the SQL; damage and locks have codes of their own.
    if (sqlite3_errcode(database.handle()) == SQLITE_ERROR) throw QueryError{error.what()};
    throw;
  }
}

QueryResult::Cell cell(sqlite3_stmt* row, int column) {
  switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(row, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(row, column);
    case SQLITE_NULL:
      return std::monostate{};
    default:
      break;
  }
  const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(row, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
  if (sqlite3_column_type(row, column) == SQLITE_TEXT)
    return std::string{reinterpret_cast<const char*>(bytes), size};
  std::string hexadecimal;
  for (std::size_t i = 0; i < size; ++i) hexadecimal += fmt::format("{:02x}", bytes[i]);
  return hexadecimal;
}

}  // namespace

ResultStore::ResultStore(const std::filesystem::path& path, Access access)
    : state_{std::make_unique<State>(path.string(), access == Access::write ? Database::Access::read_write
                                                                            : Database::Access::read_only)} {}

ResultStore::~ResultStore() = default;

std::optional<models::WorldResult> ResultStore::find(const RunAddress& address) {
  const std::scoped_lock lock{state_->mutex};
  Statement row{state_->database,
                "SELECT payload, result_sha256 FROM run JOIN point USING (point_id) WHERE content_sha256 = ? "
                "AND seed = ? AND replication = ?"};
  if (!row.with(address.content, address.seed, address.replication).step()) return std::nullopt;
  ++state_->found;
  return intact(state_->database, row.text(0), row.text(1));
}

void ResultStore::keep(const RunAddress& address, const models::WorldResult& result) {
  const std::string payload = archive(result);
  const std::string digest = sha256_hex(payload);
  const std::scoped_lock lock{state_->mutex};
  Transaction all{state_->database};
  const std::int64_t point = point_of(state_->database, address.content);
  Statement insert{state_->database,
                   "INSERT OR IGNORE INTO run(point_id, seed, replication, requests, events, fingerprint, "
                   "result_sha256, models_sha256, payload) VALUES (?,?,?,?,?,?,?,?,?)"};
  insert.with(point, address.seed, address.replication, number(result.requests), number(result.events),
              fmt::format("{:016x}", result.fingerprint.value()), digest, std::string{models_digest()});
  sqlite3_bind_blob64(insert.handle(), 9, payload.data(), payload.size(), SQLITE_STATIC);
  insert.run();
  all.commit();
  ++state_->kept;
}

void ResultStore::remember(const std::string& content, const Origin& origin) {
  Bundle bundle = *origin.bundle;
  const nlohmann::ordered_json sets = std::exchange(bundle.sets, {});
  const std::scoped_lock lock{state_->mutex};
  Transaction all{state_->database};
  put_origin(state_->database, point_of(state_->database, content), bundle_json(bundle).dump(),
             origin.strategy, sets.dump());
  all.commit();
}

void ResultStore::add(const Study& study, const Bundle& bundle, const std::vector<Scenario>& scenarios) {
  const std::scoped_lock lock{state_->mutex};
  Transaction all{state_->database};
  const std::int64_t id = replace_study(state_->database, study, bundle_json(bundle).dump());
  for (const StrategyResult& result : study.strategies) {
    const auto scenario = std::ranges::find(scenarios, result.strategy, &Scenario::strategy);
    const std::string content = scenario == scenarios.end() ? "" : content_address(*scenario);
    const std::int64_t point = content.empty() ? 0 : point_of(state_->database, content);
    put_strategy(state_->database, id, point, result);
  }
  put_differences(state_->database, id, study);
  all.commit();
}

QueryResult ResultStore::query(const std::string& sql) {
  const std::scoped_lock lock{state_->mutex};
  Statement statement = prepared(state_->database, sql);
  QueryResult result;
  const int columns = sqlite3_column_count(statement.handle());
  for (int i = 0; i < columns; ++i) result.columns.emplace_back(sqlite3_column_name(statement.handle(), i));
  while (statement.step()) {
    auto& row = result.rows.emplace_back();
    for (int i = 0; i < columns; ++i) row.push_back(cell(statement.handle(), i));
  }
  return result;
}

Verification ResultStore::verify(double share) {
  Verification done;
  std::vector<StoredRun> runs;
  {
    const std::scoped_lock lock{state_->mutex};
    runs = stored_runs(state_->database);
    Statement all{state_->database, "SELECT count(*) FROM run"};
    all.step();
    done.untraceable = static_cast<std::uint64_t>(all.integer(0)) - runs.size();
  }
  done.stored = runs.size();
  const auto step = static_cast<std::size_t>(std::max(1.0, 1.0 / std::max(share, 1e-9)));
  for (std::size_t i = 0; i < runs.size(); i += step) {
    const Scenario scenario = scenario_of(runs[i]);
    ++done.replayed;
    if (content_address(scenario) != runs[i].content) ++done.of_other_models;
    const std::string digest = replayed_digest(scenario, runs[i]);
    if (digest == runs[i].digest) continue;
    done.mismatches.push_back(
        {scenario.name, runs[i].strategy, runs[i].seed, runs[i].replication, runs[i].digest, digest});
  }
  return done;
}

void ResultStore::merge(const std::filesystem::path& other) {
  const ResultStore source{other, Access::read};  // it is a store at all
  const std::scoped_lock lock{state_->mutex};
  Statement{state_->database, "ATTACH ? AS other"}.with(other.string()).run();
  merge_attached(state_->database, other.string());
  state_->database.execute("DETACH other");
}

std::uint64_t ResultStore::found() const { return state_->found; }

std::uint64_t ResultStore::kept() const { return state_->kept; }

std::string csv(const QueryResult& result) {
  struct ToText {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return fmt::format("{}", value); }
    std::string operator()(const std::string& value) const { return value; }
  };
  std::string text;
  const auto line = [&](const auto& fields, auto to_text) {
    for (std::size_t i = 0; i < fields.size(); ++i) text += (i > 0 ? "," : "") + csv_cell(to_text(fields[i]));
    text += "\r\n";
  };
  line(result.columns, [](const std::string& name) { return name; });
  for (const auto& row : result.rows)
    line(row, [](const QueryResult::Cell& one) { return std::visit(ToText{}, one); });
  return text;
}

}  // namespace planner
