#include "planner/result_store.hpp"

#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "planner/fail.hpp"
#include "planner/optimize.hpp"
#include "planner/render.hpp"
#include "planner/sensitivity.hpp"
#include "planner/store_care.hpp"
#include "planner/study.hpp"
#include "small_scenario.hpp"
#include "support/process.hpp"

using planner::Document;
using planner::ResultStore;
using planner::Scenario;
using test_support::document;
using test_support::small_scenario;
using test_support::with;

namespace {

/// A flow with every kind of pool, a queue, cells and a link: all that a result can hold.
const std::string rich =
    with(with(with(small_scenario, R"("access": { "latency": "9 ms" })",
                   R"("access": { "latency": "9 ms", "cell_uplink": "50 Mbit/s", "users_per_cell": 500 })"),
              R"("duration": "10 min")", R"("duration": "1 min")"),
         R"("calls": { "in")", R"("deadline": "40 ms", "request": "20 kB", "calls": { "in")");

std::vector<Scenario> scenarios_of(const Document& document) {
  std::vector<Scenario> scenarios;
  for (const auto& resolution : document.resolve_all()) scenarios.push_back(resolution.scenario());
  return scenarios;
}

planner::Study study_of(const Document& document, planner::RunStore* store, std::uint32_t replications = 3) {
  planner::StudyOptions options;
  options.replications = replications;
  options.store = store;
  return planner::run_study(scenarios_of(document), options);
}

/// As the command line does it: the store is told where the strategies come from.
planner::Study kept_study(const Document& document, ResultStore& store) {
  planner::StudyOptions options;
  options.replications = 3;
  options.store = &store;
  const auto bundle = std::make_shared<const planner::Bundle>(document.bundle());
  for (const planner::Scenario& strategy : scenarios_of(document))
    options.origins.push_back({bundle, strategy.strategy});
  planner::Study study = planner::run_study(scenarios_of(document), options);
  store.add(study, *bundle, scenarios_of(document));
  return study;
}

std::int64_t count(ResultStore& store, const std::string& sql) {
  return std::get<std::int64_t>(store.query(sql).rows.at(0).at(0));
}

/// Does as no user may: writes into a store.
void tamper(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

}  // namespace

TEST_CASE("A study from the store is the study that was simulated", "[planner][store]") {
  const test_support::TemporaryFolder folder;
  const Document original = document(rich);
  const planner::Study plain = study_of(original, nullptr);
  ResultStore store{folder.path() / "r.db", ResultStore::Access::write};
  CHECK(planner::result_json(study_of(original, &store)) == planner::result_json(plain));
  // Three strategies of three replications.
  CHECK(store.kept() == 9);
  CHECK(store.found() == 0);
  CHECK(planner::result_json(study_of(original, &store)) == planner::result_json(plain));
  CHECK(store.kept() == 9);
  CHECK(store.found() == 9);
}

TEST_CASE("Only what is missing is simulated, and what a change does not reach is not", "[planner][store]") {
  const test_support::TemporaryFolder folder;
  ResultStore store{folder.path() / "r.db", ResultStore::Access::write};
  (void)study_of(document(rich), &store, 2);
  CHECK(store.kept() == 6);
  (void)study_of(document(rich), &store, 3);  // one more of each strategy
  CHECK(store.kept() == 9);
  // A title is not simulated; it is another study of the same replications.
  (void)study_of(document(with(rich, R"("name": "small")", R"("name": "small", "title": "New")")), &store, 3);
  CHECK(store.kept() == 9);
  // The edge's replicas are no part of strategy "cloud": two of three strategies change.
  (void)study_of(document(with(rich, R"("edge": { "replicas": 2 })", R"("edge": { "replicas": 3 })")), &store,
                 3);
  CHECK(store.kept() == 15);
  (void)study_of(document(with(rich, R"("time": "5 ms")", R"("time": "6 ms")")), &store, 3);
  CHECK(store.kept() == 24);
}

TEST_CASE("A store opens again with all it had and answers SQL", "[planner][store]") {
  const test_support::TemporaryFolder folder;
  const Document original = document(rich);
  planner::Study study;
  {
    ResultStore store{folder.path() / "r.db", ResultStore::Access::write};
    study = study_of(original, &store);
    store.add(study, original.bundle(), scenarios_of(original));
    store.add(study, original.bundle(), scenarios_of(original));  // takes the place of the first
  }
  ResultStore store{folder.path() / "r.db", ResultStore::Access::read};
  CHECK(count(store, "SELECT count(*) FROM study") == 1);
  CHECK(count(store, "SELECT count(*) FROM member WHERE status = 'ok'") == 3);
  const auto p99 = store.query(
      "SELECT value FROM figure WHERE strategy = 'both' AND metric = 'p99' AND entity = 'flow=page'");
  CHECK(std::get<double>(p99.rows.at(0).at(0)) == study.strategies.at(1).slices.at(0).percentiles[3].value);
  // The buckets of a flow hold all its answers.
  CHECK(count(store, "SELECT sum(count) FROM bucket WHERE strategy = 'both' AND entity = 'flow=page'") ==
        static_cast<std::int64_t>(study.strategies.at(1).slices.at(0).answered));
  CHECK_THROWS_AS(store.query("DELETE FROM run"), planner::StoreError);
  CHECK_THROWS_AS(store.query("SELECT no_such_column FROM run"), planner::StoreError);
  CHECK_THROWS_AS(store.query(""), planner::StoreError);
  CHECK(count(store, "SELECT count(*) FROM run") == 9);
}

TEST_CASE("A store has the verdicts of a study", "[planner][store]") {
  const test_support::TemporaryFolder folder;
  const Document judged = document(
      with(rich, R"("strategies": {)",
           R"("assert": { "fast": { "expr": "p99(latency{flow=page}) <= 500 ms" } }, "strategies": {)"));
  ResultStore store{folder.path() / "r.db", ResultStore::Access::write};
  store.add(study_of(judged, &store), judged.bundle(), scenarios_of(judged));
  CHECK(count(store, "SELECT count(*) FROM verdict WHERE assertion = 'fast' AND outcome = 'pass'") == 3);
}

TEST_CASE("What losses, inputs and plans are simulated with is stored, found again and replayed",
          "[planner][store][fail][sensitivity][optimize]") {
  const test_support::TemporaryFolder folder;
  const Document original = document(rich);
  const planner::Scenario base = original.resolve("both").scenario();
  const planner::LoadWith load = [bundle = original.bundle()](const std::vector<std::string>& sets) {
    return Document::open(bundle, {.patches = {}, .sets = sets});
  };
  ResultStore store{folder.path() / "r.db", ResultStore::Access::write};
  const auto lose = [&](planner::RunStore* with) {
    planner::FailOptions options;
    options.study.replications = 2;
    options.study.store = with;
    options.load = load;
    return planner::losses_json(planner::find_losses(base, options));
  };
  const auto vary = [&](planner::RunStore* with) {
    planner::SensitivityOptions options;
    options.strategy = "both";
    options.study.replications = 2;
    options.study.store = with;
    return planner::sensitivity_json(planner::find_sensitivity(load, options));
  };
  const auto search = [&](planner::RunStore* with) {
    planner::OptimizeOptions options;
    options.requirements.push_back(std::get<planner::Requirement>(
        planner::parse_requirement("p95(latency{flow=page}) <= 150 ms", base)));
    options.replications = 5;
    options.effort = 20;
    options.store = with;
    options.load = load;
    return planner::optimum_json(base, planner::optimize(base, options));
  };
  // Each asks for something that the one before has not simulated, and for nothing twice.
  CHECK(lose(&store) == lose(nullptr));
  const std::uint64_t losses = store.kept();
  CHECK(losses > 0);
  CHECK(vary(&store) == vary(nullptr));
  const std::uint64_t inputs = store.kept();
  CHECK(inputs > losses);
  CHECK(search(&store) == search(nullptr));
  const std::uint64_t all = store.kept();
  CHECK(all > inputs);
  CHECK(lose(&store) == lose(nullptr));
  CHECK(vary(&store) == vary(nullptr));
  CHECK(search(&store) == search(nullptr));
  CHECK(store.kept() == all);

  const auto replayed = store.verify(1.0);
  CHECK(replayed.stored == all);
  CHECK(replayed.mismatches.empty());
  CHECK(replayed.of_other_models == 0);
  CHECK(replayed.untraceable == 0);
  // Merging takes along what the replications are made of.
  ResultStore other{folder.path() / "other.db", ResultStore::Access::write};
  other.merge(folder.path() / "r.db");
  CHECK(other.verify(0.1).stored == all);
  // Without it a replication can be used, but not done again.
  tamper(folder.path() / "r.db", "DELETE FROM origin");
  CHECK(store.verify(1.0).untraceable == all);
}

TEST_CASE("Verification replays stored replications and finds the one that differs", "[planner][store]") {
  const test_support::TemporaryFolder folder;
  const std::string path = folder.path() / "r.db";
  const Document original = document(rich);
  {
    ResultStore store{path, ResultStore::Access::write};
    store.add(study_of(original, &store), original.bundle(), scenarios_of(original));
    const auto all = store.verify(1.0);
    CHECK(all.stored == 9);
    CHECK(all.replayed == 9);
    CHECK(all.of_other_models == 0);
    CHECK(all.mismatches.empty());
    CHECK(store.verify(0.34).replayed == 5);  // every second
  }
  tamper(path, "UPDATE run SET result_sha256 = 'x' WHERE run_id = 5");
  ResultStore store{path, ResultStore::Access::write};
  const auto found = store.verify(1.0);
  REQUIRE(found.mismatches.size() == 1);
  CHECK(found.mismatches[0].stored == "x");
  // And what does not fit its digest is never taken for a result.
  CHECK_THROWS_AS(study_of(original, &store), planner::StoreError);
}

TEST_CASE("Stores merge to one that has everything once", "[planner][store]") {
  const test_support::TemporaryFolder folder;
  const Document original = document(rich);
  {
    ResultStore a{folder.path() / "a.db", ResultStore::Access::write};
    ResultStore b{folder.path() / "b.db", ResultStore::Access::write};
    (void)study_of(original, &a, 2);
    (void)study_of(original, &b, 3);
  }
  ResultStore all{folder.path() / "all.db", ResultStore::Access::write};
  all.merge(folder.path() / "a.db");
  all.merge(folder.path() / "b.db");
  all.merge(folder.path() / "b.db");
  CHECK(count(all, "SELECT count(*) FROM run") == 9);
  const planner::Study merged = study_of(original, &all, 3);
  CHECK(all.kept() == 0);
  CHECK(planner::result_json(merged) == planner::result_json(study_of(original, nullptr, 3)));
  tamper(folder.path() / "b.db", "UPDATE run SET result_sha256 = 'x' WHERE run_id = 5");
  CHECK_THROWS_WITH(all.merge(folder.path() / "b.db"), Catch::Contains("1 replications differ"));
}

TEST_CASE("What is no store is refused and left alone", "[planner][store]") {
  const test_support::TemporaryFolder folder;
  const std::string text =
      folder.write("text.db", "This is no database, however long it may be. " + std::string(2000, '.'));
  CHECK_THROWS_AS(ResultStore(text, ResultStore::Access::write), planner::StoreError);
  CHECK_THROWS_AS(ResultStore(folder.path() / "none.db", ResultStore::Access::read), planner::StoreError);
  tamper(folder.path() / "other.db", "CREATE TABLE mine(x)");
  CHECK_THROWS_WITH(ResultStore(folder.path() / "other.db", ResultStore::Access::write),
                    Catch::Contains("no result store"));
  { const ResultStore store{folder.path() / "later.db", ResultStore::Access::write}; }
  tamper(folder.path() / "later.db", "PRAGMA user_version = 99");
  CHECK_THROWS_WITH(ResultStore(folder.path() / "later.db", ResultStore::Access::write),
                    Catch::Contains("format 99"));
}

TEST_CASE("CSV quotes what needs it", "[planner][store]") {
  planner::QueryResult result{{"a", "b,c"},
                              {{std::int64_t{1}, std::string{"say \"so\""}}, {0.5, std::monostate{}}}};
  CHECK(planner::csv(result) == "a,\"b,c\"\r\n1,\"say \"\"so\"\"\"\r\n0.5,\r\n");
}

TEST_CASE("Cleaning removes what other models made, and keeps the rest and its studies", "[planner][store]") {
  const test_support::TemporaryFolder folder;
  const std::string path = folder.path() / "r.db";
  const Document original = document(rich);
  {
    ResultStore store{path, ResultStore::Access::write};
    (void)kept_study(original, store);
  }
  CHECK(planner::clean_store(path).replications == 0);
  tamper(path, "UPDATE run SET models_sha256 = 'older' WHERE replication = 1");
  const planner::StoreContent before = planner::content_of_store(path);
  // Three strategies, each with 2 replications of these models and 1 of others.
  REQUIRE(before.runs.size() == 6);
  std::uint64_t current = 0, other = 0;
  for (const planner::StoredRuns& runs : before.runs)
    (runs.models == planner::StoredRuns::Models::current ? current : other) += runs.replications;
  CHECK(current == 6);
  CHECK(other == 3);
  const planner::StoreCleaning cleaned = planner::clean_store(path);
  CHECK(cleaned.replications == 3);
  CHECK(cleaned.sources == 0);
  CHECK(cleaned.bytes_after < cleaned.bytes_before);
  ResultStore kept{path, ResultStore::Access::write};
  CHECK(count(kept, "SELECT count(*) FROM run") == 6);
  CHECK(count(kept, "SELECT count(*) FROM study") == 1);
  CHECK(planner::result_json(study_of(original, &kept)) == planner::result_json(study_of(original, nullptr)));
  CHECK(kept.found() == 6);
}

TEST_CASE("A store of which nothing is found again becomes small, its figures stay", "[planner][store]") {
  const test_support::TemporaryFolder folder;
  const std::string path = folder.path() / "r.db";
  const Document original = document(rich);
  {
    ResultStore store{path, ResultStore::Access::write};
    (void)kept_study(original, store);
  }
  tamper(path, "UPDATE run SET models_sha256 = 'older'");
  CHECK(planner::clean_store(path).sources == 1);
  ResultStore left{path, ResultStore::Access::read};
  for (const char* table : {"run", "point", "origin", "source"})
    CHECK(count(left, std::string{"SELECT count(*) FROM "} + table) == 0);
  CHECK(count(left, "SELECT count(*) FROM figure") > 100);
}
