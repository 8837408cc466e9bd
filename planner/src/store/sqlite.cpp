#include "store/sqlite.hpp"

#include <cmath>

#include "planner/result_store.hpp"

namespace planner::sqlite {
namespace {

constexpr int patience_milliseconds = 60'000;  ///< while another process writes to the same file

}  // namespace

Database::Database(const std::string& path, Access access) : path_{path} {
  sqlite3* raw = nullptr;
  const int flags =
      access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(raw);
  if (code != SQLITE_OK) fail();
  sqlite3_busy_timeout(raw, patience_milliseconds);
}

void Database::fail() const {
  throw StoreError{path_ + ": " + (handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory")};
}

void Database::execute(const char* statements) {
  if (sqlite3_exec(handle(), statements, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

Statement::Statement(Database& database, std::string_view sql) : database_{database} {
  sqlite3_stmt* raw = nullptr;
  const int code =
      sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  handle_.reset(raw);
  if (code != SQLITE_OK) database.fail();
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE) database_.fail();
  return code == SQLITE_ROW;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

std::string Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return bytes == nullptr ? std::string{} : std::string{bytes, size};
}

void Statement::bind(int place, double value) {
  if (std::isfinite(value)) {
    sqlite3_bind_double(handle_.get(), place, value);
  } else {
    sqlite3_bind_null(handle_.get(), place);
  }
}

void Statement::bind(int place, const std::string& value) {
  sqlite3_bind_text(handle_.get(), place, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
}

}  // namespace planner::sqlite
