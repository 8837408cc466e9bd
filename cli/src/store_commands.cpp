#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/quantity.hpp"
#include "planner/result_store.hpp"

namespace cli {

namespace {

using nlohmann::ordered_json;
using planner::ResultStore;

struct StoreOptions {
  std::string store, sql, share = "100 %";
  std::vector<std::string> parts;
};

ordered_json cell_json(const planner::QueryResult::Cell& cell) {
  return std::visit(
      [](const auto& value) -> ordered_json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
          return nullptr;
        } else {
          return value;
        }
      },
      cell);
}

/// A store to read; SQLite says only that it cannot open what is not there.
ResultStore opened(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) throw IoError{path + ": no such file"};
  return {path, ResultStore::Access::read};
}

planner::QueryResult asked(const StoreOptions& options) {
  ResultStore store = opened(options.store);
  try {
    return store.query(options.sql);
  } catch (const planner::QueryError& error) {
    throw UsageError{error.what(), "the tables are in docs/results.md"};
  }
}

Answer query(const StoreOptions& options) {
  const planner::QueryResult result = asked(options);
  Answer answer{.text = planner::csv(result), .schema = "query/1"};
  answer.document = {{"columns", result.columns}, {"rows", ordered_json::array()}};
  for (const auto& row : result.rows) {
    ordered_json cells = ordered_json::array();
    for (const auto& cell : row) cells.push_back(cell_json(cell));
    answer.document["rows"].push_back(std::move(cells));
  }
  return answer;
}

Answer verify(const StoreOptions& options) {
  const auto parsed = planner::parse_quantity(options.share, planner::Dimension::ratio);
  const auto* share = std::get_if<planner::ParsedQuantity>(&parsed);
  if (share == nullptr || !(share->value > 0 && share->value <= 1))
    throw UsageError{"--sample: \"" + options.share + "\" is not a share above 0 and up to 100 %"};
  const planner::Verification done = opened(options.store).verify(share->value);
  Answer answer{.code = done.mismatches.empty() ? ExitCode::ok : ExitCode::different, .schema = "verify/1"};
  answer.document = {{"stored", done.stored},
                     {"replayed", done.replayed},
                     {"of_other_models", done.of_other_models},
                     {"untraceable", done.untraceable},
                     {"mismatches", ordered_json::array()}};
  for (const planner::Mismatch& one : done.mismatches) {
    answer.document["mismatches"].push_back({{"scenario", one.scenario},
                                             {"strategy", one.strategy},
                                             {"seed", one.seed},
                                             {"replication", one.replication},
                                             {"stored", one.stored},
                                             {"replayed", one.replayed}});
    answer.text += fmt::format("different: {} {} seed {} replication {}\n", one.scenario, one.strategy,
                               one.seed, one.replication);
  }
  answer.text += fmt::format("{} of {} replications replayed, {} different\n", done.replayed, done.stored,
                             done.mismatches.size());
  if (done.of_other_models > 0)
    answer.text += fmt::format("{} were stored by another version of the models\n", done.of_other_models);
  if (done.untraceable > 0)
    answer.text +=
        fmt::format("{} more cannot be replayed: nothing tells their scenario\n", done.untraceable);
  return answer;
}

Answer merge(const StoreOptions& options) {
  for (const std::string& part : options.parts) {
    std::error_code ignored;
    if (std::filesystem::equivalent(part, options.store, ignored))
      throw UsageError{"\"" + part + "\" is what is merged into"};
    // Before the other one is made, which would be left behind empty.
    static_cast<void>(opened(part));
  }
  ResultStore into{options.store, ResultStore::Access::write};
  for (const std::string& part : options.parts) into.merge(part);
  const planner::QueryResult count = into.query("SELECT count(*) FROM run");
  const auto runs = std::get<std::int64_t>(count.rows.front().front());
  Answer answer{.text = fmt::format("{} replications in {}\n", runs, options.store), .schema = "merge/1"};
  answer.document = {{"store", options.store}, {"merged", options.parts}, {"replications", runs}};
  return answer;
}

}  // namespace

void add_query(CommandLine& line) {
  auto options = std::make_shared<StoreOptions>();
  CLI::App& command = line.add("query", "Results", "ask a store of results in SQL; the answer is CSV",
                               [options](const Settings&) { return query(*options); });
  command.add_option("STORE", options->store, "written by --store")->type_name("")->required();
  command.add_option("SQL", options->sql, "a SELECT (tables: docs/results.md)")->type_name("")->required();
}

void add_verify(CommandLine& line) {
  auto options = std::make_shared<StoreOptions>();
  CLI::App& command = line.add("verify", "Results", "simulate stored results anew and compare them",
                               [options](const Settings&) { return verify(*options); });
  command.add_option("STORE", options->store, "written by --store")->type_name("")->required();
  command.add_option("--sample", options->share, "share of the replications")->type_name("5%");
}

void add_merge(CommandLine& line) {
  auto options = std::make_shared<StoreOptions>();
  CLI::App& command = line.add("merge", "Results", "add the replications of stores to another one",
                               [options](const Settings&) { return merge(*options); });
  command.add_option("PART", options->parts, "stores to read")->type_name("")->required();
  command.add_option("--into", options->store, "store to add them to; made if need be")
      ->type_name("FILE")
      ->required();
}

}  // namespace cli
