#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Quantities of scenario files: a number, a space, a unit, such as "10 Gbit/s".
namespace planner {

enum class Dimension : std::uint8_t {
  time,
  data,
  bit_rate,
  request_rate,
  cpu,
  power,
  energy_per_data,
  energy_per_data_time,
  price_per_time,
  price_per_data,
  price_per_request,
  price_per_data_time,
  price_per_cpu_time,
  carbon_intensity,
  carbon_mass,
  money,
  price_per_energy,
  frequency,
  length,
  speed,
  ratio,
};

struct DimensionInfo {
  Dimension dimension{};
  std::string_view name;                    ///< as the schema's x-dimension says
  std::string_view title;                   ///< for messages: "a time"
  std::string_view unit;                    ///< the unit that parse_quantity returns
  std::vector<std::string_view> proposals;  ///< units to propose for a bare number, likeliest first
};

[[nodiscard]] std::span<const DimensionInfo> all_dimensions();
[[nodiscard]] const DimensionInfo& info(Dimension dimension);
[[nodiscard]] std::optional<Dimension> find_dimension(std::string_view name);

struct ParsedQuantity {
  double value = 0;       ///< in the dimension's unit
  std::string canonical;  ///< the same quantity, spelled canonically
};

struct QuantityError {
  enum class Kind : std::uint8_t { malformed, missing_unit, unknown_unit, wrong_dimension };
  Kind kind{};
  std::string message;
  std::vector<std::string> proposals;  ///< whole quantities
};

/// Reads `text` as a quantity of `dimension`, independent of the locale.
///
/// Decimal (k, M, G, ...) and binary (Ki, Mi, ...) prefixes; `b` alone is no unit: bits are `bit`, bytes
/// `B`, and `Mbps`, `MBps`, `GB/s` mean what they say. The value is correctly rounded but for at most one
/// multiplication and one division by powers of the unit. A sign is allowed: range is the caller's matter.
[[nodiscard]] std::variant<ParsedQuantity, QuantityError> parse_quantity(std::string_view text,
                                                                         Dimension dimension);

/// Powers of: second, byte, joule, USD, request, vCPU, gCO2e, metre.
using UnitPowers = std::array<int, 8>;

/// A unit: numerator / denominator of the product of base units that `powers` says.
struct UnitInfo {
  double numerator = 1, denominator = 1;
  UnitPowers powers{};
  std::string canonical;
};

/// The unit that `text` spells (`ms`, `USD/month`, `%`); none if there is no such unit.
[[nodiscard]] std::optional<UnitInfo> find_unit(std::string_view text);

/// What has such powers, for messages: "a time", else the powers themselves.
[[nodiscard]] std::string title_of(const UnitPowers& powers);

}  // namespace planner
