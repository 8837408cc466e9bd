#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// SQLite for the result store: errors are exceptions, handles are owned.
namespace planner::sqlite {

class Database {
 public:
  enum class Access : std::uint8_t { read_only, read_write };
  /// @throws StoreError where it cannot be opened; read_write makes the file if there is none
  Database(const std::string& path, Access access);

  /// Statements without result. @throws StoreError
  void execute(const char* statements);
  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// @throws StoreError with the path and what SQLite says last
  [[noreturn]] void fail() const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

/// A prepared statement; values are bound in order, columns count from 0.
class Statement {
 public:
  /// @throws StoreError where the SQL is wrong
  Statement(Database& database, std::string_view sql);

  template <class... Values>
  Statement& with(const Values&... values) {
    int place = 0;
    (bind(++place, values), ...);
    return *this;
  }
  /// The next row. @return false at the end. @throws StoreError
  bool step();
  /// Runs it to its end and makes it ready for other values.
  void run();
  void reset() { sqlite3_reset(handle_.get()); }

  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  [[nodiscard]] std::string text(int column) const;  ///< or the bytes of a blob
  [[nodiscard]] sqlite3_stmt* handle() const { return handle_.get(); }

 private:
  void bind(int place, std::int64_t value) { sqlite3_bind_int64(handle_.get(), place, value); }
  void bind(int place, std::uint64_t value) { bind(place, static_cast<std::int64_t>(value)); }
  void bind(int place, std::uint32_t value) { bind(place, static_cast<std::int64_t>(value)); }
  void bind(int place, bool value) { bind(place, std::int64_t{value ? 1 : 0}); }
  /// Not a finite number: NULL, and kind says what it was.
  void bind(int place, double value);
  void bind(int place, const std::string& value);
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// All or nothing: rolled back unless commit() was reached.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_{database} { database_.execute("BEGIN IMMEDIATE"); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!done_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  void commit() {
    database_.execute("COMMIT");
    done_ = true;
  }

 private:
  Database& database_;
  bool done_ = false;
};

}  // namespace planner::sqlite
