#pragma once
#include <cstddef>
#include <functional>
#include <istream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace planner {

/// Reads large JSON texts piece by piece: hands out the values at given paths and forgets the rest.
///
/// Memory is that of one such value. A stream may hold several documents, one after another (JSON Lines).
class JsonRecords {
 public:
  struct Limits {
    std::size_t depth = 64;
    std::size_t record_values = 100'000;  ///< in one handed-out value
  };
  explicit JsonRecords(Limits limits) : limits_{limits} {}

  /// Calls `use` with every value at `path`: keys separated by '/', `*` for an element of an array.
  void on_value(std::string_view path, std::function<void(nlohmann::json&)> use);
  /// Calls `use` where the object or array at `path` ends.
  void on_end(std::string_view path, std::function<void()> use);

  /// @return empty, else what is wrong and where: `document 3, byte 117: ...`
  [[nodiscard]] std::string read(std::istream& stream);

 private:
  class Walker;
  using Path = std::vector<std::string>;
  struct Wanted {
    Path path;
    std::function<void(nlohmann::json&)> use;  // none: only the end counts
    std::function<void()> end;
  };

  Limits limits_;
  std::vector<Wanted> wanted_;
};

}  // namespace planner
