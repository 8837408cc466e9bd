#pragma once
#include <cstdint>
#include <string>

#include "planner/document.hpp"
#include "planner/results.hpp"
#include "store/sqlite.hpp"

/// Tables of the result store, and what goes into them. Described for users in docs/results.md.
namespace planner {

inline constexpr std::int64_t store_format = 1;

/// Makes the tables of this format in a file that has none. Safe where several processes do so at once.
void make_tables(sqlite::Database& database);
/// @throws StoreError where the file is no result store, or of a later format
void expect_format(sqlite::Database& database);

/// @param schema  `main` or the name of an attached database
[[nodiscard]] bool has_table(sqlite::Database& database, const std::string& schema, const std::string& name);
/// What the runs of a point were read from, unless that is known. @param bundle  without its sets
void put_origin(sqlite::Database& database, std::int64_t point, const std::string& bundle,
                const std::string& strategy, const std::string& sets);

/// A row of table study, after any older one of the same name. @return its id
std::int64_t replace_study(sqlite::Database& database, const Study& study, const std::string& bundle);
/// @param point  0: unknown
void put_strategy(sqlite::Database& database, std::int64_t study, std::int64_t point,
                  const StrategyResult& result);
void put_differences(sqlite::Database& database, std::int64_t study, const Study& results);

/// Adds from the attached database `other` what `main` has not.
void merge_attached(sqlite::Database& database, const std::string& name);

}  // namespace planner
