#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/number_text.hpp"
#include "planner/store_care.hpp"

namespace cli {

namespace {

/// The store that is named, or else the configured one.
std::string store_of(const CommandLine& line, const std::string& given) {
  if (!given.empty()) return given;
  const auto configured = line.configuration().values().find("store");
  if (configured != line.configuration().values().end()) return configured->second.text;
  throw UsageError{"which store? none is configured",
                   "name it, or set \"store\" in .isochrone.json: isochrone cache ls results.db"};
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 10'000) return fmt::format("{} B", bytes);
  if (bytes < 10'000'000) return fmt::format("{} kB", planner::count_text(bytes / 1'000));
  return fmt::format("{} MB", planner::count_text(bytes / 1'000'000));
}

Answer list(const std::string& store) {
  const planner::StoreContent content = planner::content_of_store(store);
  Answer answer{.schema = "cache/1"};
  answer.document = {{"store", store},
                     {"bytes", content.bytes},
                     {"studies", content.studies},
                     {"runs", nlohmann::ordered_json::array()}};
  std::uint64_t all = 0, stale = 0;
  for (const planner::StoredRuns& runs : content.runs) {
    const bool current = runs.models == planner::StoredRuns::Models::current;
    all += runs.replications;
    if (!current) stale += runs.replications;
    answer.document["runs"].push_back({{"scenario", runs.scenario},
                                       {"strategy", runs.strategy},
                                       {"seed", runs.seed},
                                       {"replications", runs.replications},
                                       {"bytes", runs.bytes},
                                       {"current", current}});
    const std::string what =
        runs.scenario.empty() ? "(nothing tells of what)" : runs.scenario + " " + runs.strategy;
    answer.text += hanging("  " + what, 44,
                           fmt::format("seed {}, {} x, {}{}", runs.seed, runs.replications,
                                       bytes_text(runs.bytes), current ? "" : ", other models"));
  }
  answer.text = fmt::format("{}: {} replications, {} studies, {}\n", store, all, content.studies,
                            bytes_text(content.bytes)) +
                answer.text;
  if (stale > 0) {
    answer.message = fmt::format("{} are of other models and are never found again: isochrone cache gc {}\n",
                                 stale, store);
  }
  return answer;
}

Answer collect(const std::string& store) {
  const planner::StoreCleaning done = planner::clean_store(store);
  Answer answer{.schema = "cache-gc/1"};
  answer.text = fmt::format("removed {} replications of other models and {} scenarios: {} instead of {}\n",
                            done.replications, done.sources, bytes_text(done.bytes_after),
                            bytes_text(done.bytes_before));
  answer.document = {{"store", store},
                     {"replications", done.replications},
                     {"sources", done.sources},
                     {"bytes_before", done.bytes_before},
                     {"bytes_after", done.bytes_after}};
  return answer;
}

Answer path(const std::string& store) {
  const std::string absolute = std::filesystem::absolute(store).lexically_normal().string();
  return {.text = absolute + "\n", .document = {{"store", absolute}}, .schema = "cache-path/1"};
}

}  // namespace

void add_cache(CommandLine& line) {
  auto store = std::make_shared<std::string>();
  const auto action = [&line, store](Answer (*work)(const std::string&)) {
    return [&line, store, work](const Settings&) { return work(store_of(line, *store)); };
  };
  CLI::App& command = line.add("cache", "Results", "look after a store of results", action(list));
  command.require_subcommand(0, 1);
  add_examples(command, {"isochrone cache ls results.db", "isochrone cache gc results.db"});
  const auto below = [&](const char* name, const char* what, Answer (*work)(const std::string&)) {
    CLI::App& one = line.add_below(command, name, what, action(work));
    one.add_option("STORE", *store, "written by --store; the configured one by default")->type_name("");
  };
  below("ls", "what it holds, and what is never found again", list);
  below("gc", "remove what other models made, give its room back", collect);
  below("path", "where the configured store lies", path);
}

}  // namespace cli
