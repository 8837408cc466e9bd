#include "planner/store_care.hpp"

#include <nlohmann/json.hpp>

#include "planner/result_store.hpp"
#include "planner/run_store.hpp"
#include "store/sqlite.hpp"
#include "store/store_schema.hpp"

namespace planner {

namespace fs = std::filesystem;
using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

namespace {

/// Of the file with its log, which holds what was written last.
std::uint64_t size_of(const fs::path& path) {
  std::uint64_t bytes = 0;
  for (const char* suffix : {"", "-wal"}) {
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(path.string() + suffix, missing);
    if (!missing) bytes += size;
  }
  return bytes;
}

Database opened(const fs::path& path, Database::Access access) {
  // To look after a store that is not there would make an empty one.
  std::error_code ignored;
  if (!fs::exists(path, ignored)) throw StoreError{path.string() + ": no such file"};
  Database database{path.string(), access};
  expect_format(database);
  return database;
}

/// What a bundle calls its scenario; the text is JSON with comments.
std::string name_in(const std::string& bundle) {
  const auto json = nlohmann::json::parse(bundle, nullptr, false);
  if (json.is_discarded() || !json.contains("scenario")) return {};
  const auto& scenario = json.at("scenario");
  const auto text = nlohmann::json::parse(scenario.value("text", ""), nullptr, false, true);
  const nlohmann::json::json_pointer name{"/meta/name"};
  if (!text.is_discarded() && text.contains(name) && text.at(name).is_string()) return text.at(name);
  return scenario.value("name", "");
}

/// Rows that the last statement changed.
std::uint64_t changes(const Database& database) {
  return static_cast<std::uint64_t>(sqlite3_changes(database.handle()));
}

}  // namespace

StoreContent content_of_store(const fs::path& path) {
  Database database = opened(path, Database::Access::read_only);
  StoreContent content;
  content.bytes = size_of(path);
  if (has_table(database, "main", "study")) {
    Statement studies{database, "SELECT count(*) FROM study"};
    studies.step();
    content.studies = static_cast<std::uint64_t>(studies.integer(0));
  }
  Statement runs{database,
                 "SELECT coalesce(bundle, ''), coalesce(strategy, ''), seed, count(*), "
                 "sum(length(payload)), models_sha256 = ? AS current FROM run "
                 "LEFT JOIN origin USING (point_id) LEFT JOIN source USING (source_id) "
                 "GROUP BY source_id, strategy, seed, current ORDER BY min(run_id)"};
  runs.with(std::string{models_digest()});
  while (runs.step()) {
    using Models = StoredRuns::Models;
    content.runs.push_back({.scenario = name_in(runs.text(0)),
                            .strategy = runs.text(1),
                            .seed = static_cast<std::uint64_t>(runs.integer(2)),
                            .replications = static_cast<std::uint64_t>(runs.integer(3)),
                            .bytes = static_cast<std::uint64_t>(runs.integer(4)),
                            .models = runs.integer(5) != 0 ? Models::current : Models::other});
  }
  return content;
}

StoreCleaning clean_store(const fs::path& path) {
  Database database = opened(path, Database::Access::read_write);
  StoreCleaning done;
  done.bytes_before = size_of(path);
  {
    Transaction transaction{database};
    Statement{database, "DELETE FROM run WHERE models_sha256 <> ?"}.with(std::string{models_digest()}).run();
    done.replications = changes(database);
    database.execute(
        "DELETE FROM origin WHERE point_id NOT IN (SELECT point_id FROM run);"
        "UPDATE member SET point_id = NULL WHERE point_id NOT IN (SELECT point_id FROM run);"
        "DELETE FROM point WHERE point_id NOT IN (SELECT point_id FROM run);"
        "DELETE FROM source WHERE source_id NOT IN (SELECT source_id FROM origin)");
    done.sources = changes(database);
    transaction.commit();
  }
  database.execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  done.bytes_after = size_of(path);
  return done;
}

}  // namespace planner
