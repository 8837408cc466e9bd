#pragma once
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "planner/document.hpp"
#include "planner/results.hpp"
#include "planner/run_store.hpp"

namespace planner {

/// The file cannot be opened, is damaged, or is of another format; the message begins with its path.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The SQL of a query is wrong, or would change something.
class QueryError : public StoreError {
 public:
  using StoreError::StoreError;
};

/// Rows of a query.
struct QueryResult {
  using Cell =
      std::variant<std::monostate, std::int64_t, double, std::string>;  ///< a blob as hexadecimal text
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

/// A replication that does not come out as it is stored.
struct Mismatch {
  std::string scenario, strategy;
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  std::string stored, replayed;  ///< SHA-256 of the results
};

/// What verify() did.
struct Verification {
  std::uint64_t replayed = 0, stored = 0;  ///< runs
  std::uint64_t of_other_models = 0;  ///< stored by another version of the models; a mismatch is possible
  std::uint64_t untraceable = 0;      ///< runs that nothing tells the scenario of; not among `stored`
  std::vector<Mismatch> mismatches;
};

/// Replications and studies in one SQLite file; tables are described in docs/results.md.
///
/// Every replication is a transaction of its own: whenever the process is killed, the file opens again with
/// all replications that were finished. Several processes may use one file.
class ResultStore final : public RunStore {
 public:
  enum class Access : std::uint8_t { read, write };
  /// @throws StoreError; Access::read does not make a file
  ResultStore(const std::filesystem::path& path, Access access);
  ~ResultStore() override;

  [[nodiscard]] std::optional<models::WorldResult> find(const RunAddress& address) override;
  void keep(const RunAddress& address, const models::WorldResult& result) override;
  void remember(const std::string& content, const Origin& origin) override;

  /// Adds a study with its figures, in the place of one of the same scenario, seed and strategies.
  /// @param bundle     what the study was made of
  /// @param scenarios  of the study's strategies
  void add(const Study& study, const Bundle& bundle, const std::vector<Scenario>& scenarios);

  /// One SELECT. @throws QueryError
  [[nodiscard]] QueryResult query(const std::string& sql);

  /// Simulates stored replications anew and compares the results byte by byte.
  /// @param share  of the replications, 0..1, evenly spread over them; at least one
  [[nodiscard]] Verification verify(double share);

  /// Adds what another store has and this one has not. @throws StoreError where both have a replication with
  /// different results
  void merge(const std::filesystem::path& other);

  [[nodiscard]] std::uint64_t found() const;  ///< replications that find() gave
  [[nodiscard]] std::uint64_t kept() const;   ///< replications that keep() got

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Tidy CSV (RFC 4180): one row a line, one head.
[[nodiscard]] std::string csv(const QueryResult& result);

}  // namespace planner
