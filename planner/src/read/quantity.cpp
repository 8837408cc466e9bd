#include "planner/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "sim/contract.hpp"

namespace planner {
namespace {

using Exponents = UnitPowers;
using Unit = UnitInfo;

enum class Prefixes : std::uint8_t { none, small, large, both, binary };

struct Symbol {
  std::string_view spelling, canonical;
  double numerator, denominator;  // whole, so that conversion rounds as little as possible
  Exponents exponents;
  Prefixes prefixes;
};

constexpr Exponents second{1}, byte{0, 1}, joule{0, 0, 1}, watt{-1, 0, 1}, dollar{0, 0, 0, 1},
    request{0, 0, 0, 0, 1}, processor{0, 0, 0, 0, 0, 1}, carbon{0, 0, 0, 0, 0, 0, 1},
    metre{0, 0, 0, 0, 0, 0, 0, 1}, hertz{-1}, pure{};

constexpr std::array symbols{
    Symbol{"s", "s", 1, 1, second, Prefixes::small},
    Symbol{"sec", "s", 1, 1, second, Prefixes::none},
    Symbol{"min", "min", 60, 1, second, Prefixes::none},
    Symbol{"h", "h", 3600, 1, second, Prefixes::none},
    Symbol{"hour", "h", 3600, 1, second, Prefixes::none},
    Symbol{"d", "d", 86400, 1, second, Prefixes::none},
    Symbol{"day", "d", 86400, 1, second, Prefixes::none},
    Symbol{"week", "week", 604800, 1, second, Prefixes::none},
    Symbol{"month", "month", 730 * 3600, 1, second, Prefixes::none},
    Symbol{"B", "B", 1, 1, byte, Prefixes::binary},
    Symbol{"byte", "B", 1, 1, byte, Prefixes::none},
    Symbol{"bytes", "B", 1, 1, byte, Prefixes::none},
    Symbol{"bit", "bit", 1, 8, byte, Prefixes::binary},
    Symbol{"J", "J", 1, 1, joule, Prefixes::both},
    Symbol{"Wh", "Wh", 3600, 1, joule, Prefixes::both},
    Symbol{"W", "W", 1, 1, watt, Prefixes::both},
    Symbol{"USD", "USD", 1, 1, dollar, Prefixes::none},
    Symbol{"req", "req", 1, 1, request, Prefixes::large},
    Symbol{"request", "req", 1, 1, request, Prefixes::none},
    Symbol{"requests", "req", 1, 1, request, Prefixes::none},
    Symbol{"vCPU", "vCPU", 1, 1, processor, Prefixes::none},
    Symbol{"core", "vCPU", 1, 1, processor, Prefixes::none},
    Symbol{"cores", "vCPU", 1, 1, processor, Prefixes::none},
    Symbol{"gCO2e", "gCO2e", 1, 1, carbon, Prefixes::large},
    Symbol{"m", "m", 1, 1, metre, Prefixes::both},
    Symbol{"Hz", "Hz", 1, 1, hertz, Prefixes::large},
    Symbol{"%", "%", 1, 100, pure, Prefixes::none},
};

struct Prefix {
  std::string_view spelling, canonical;
  double numerator, denominator;
  Prefixes kind;  // small, large or binary
};

constexpr std::array prefixes{
    Prefix{"", "", 1, 1, Prefixes::none},
    Prefix{"n", "n", 1, 1e9, Prefixes::small},
    Prefix{"u", "u", 1, 1e6, Prefixes::small},
    Prefix{"\xC2\xB5", "u", 1, 1e6, Prefixes::small},
    Prefix{"m", "m", 1, 1e3, Prefixes::small},
    Prefix{"k", "k", 1e3, 1, Prefixes::large},
    Prefix{"M", "M", 1e6, 1, Prefixes::large},
    Prefix{"G", "G", 1e9, 1, Prefixes::large},
    Prefix{"T", "T", 1e12, 1, Prefixes::large},
    Prefix{"P", "P", 1e15, 1, Prefixes::large},
    Prefix{"Ki", "Ki", 1024., 1, Prefixes::binary},
    Prefix{"Mi", "Mi", 1048576., 1, Prefixes::binary},
    Prefix{"Gi", "Gi", 1073741824., 1, Prefixes::binary},
    Prefix{"Ti", "Ti", 1099511627776., 1, Prefixes::binary},
};

bool takes(Prefixes allowed, Prefixes kind) {
  if (kind == Prefixes::none || allowed == kind) return true;
  if (allowed == Prefixes::both) return kind == Prefixes::small || kind == Prefixes::large;
  return allowed == Prefixes::binary && kind == Prefixes::large;
}

/// Multiplies `unit` by the symbol `token` to the power `sign`.
bool multiply(Unit& unit, std::string_view token, int sign) {
  for (const Symbol& symbol : symbols) {
    if (!token.ends_with(symbol.spelling)) continue;
    const std::string_view rest = token.substr(0, token.size() - symbol.spelling.size());
    const auto prefix = std::ranges::find(prefixes, rest, &Prefix::spelling);
    if (prefix == prefixes.end() || !takes(symbol.prefixes, prefix->kind)) continue;
    const double up = symbol.numerator * prefix->numerator;
    const double down = symbol.denominator * prefix->denominator;
    unit.numerator *= sign > 0 ? up : down;
    unit.denominator *= sign > 0 ? down : up;
    for (std::size_t i = 0; i < unit.powers.size(); ++i) unit.powers[i] += sign * symbol.exponents[i];
    unit.canonical += std::string{prefix->canonical} + std::string{symbol.canonical};
    return true;
  }
  return false;
}

std::string without_abbreviation(std::string_view text) {
  const auto ends_rate = [&](std::string_view end) { return text.ends_with(end); };
  if (ends_rate("bps")) return std::string{text.substr(0, text.size() - 3)} + "bit/s";
  if (ends_rate("Bps")) return std::string{text.substr(0, text.size() - 3)} + "B/s";
  if (ends_rate("rps")) return std::string{text.substr(0, text.size() - 3)} + "req/s";
  return std::string{text};
}

/// Symbols joined by '-' (product) and '/': all after the first '/' divide.
std::optional<Unit> parse_unit(std::string_view written) {
  const std::string text = without_abbreviation(written);
  Unit unit;
  int sign = 1;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("/-", at), text.size());
    if (!multiply(unit, std::string_view{text}.substr(at, end - at), sign)) return std::nullopt;
    if (end == text.size()) return unit;
    if (text[end] == '/') sign = -1;
    unit.canonical += text[end];
    at = end + 1;
  }
  return std::nullopt;
}

const std::vector<DimensionInfo>& dimensions() {
  using enum Dimension;
  static const std::vector<DimensionInfo> table{
      {time, "time", "a time", "s", {"ms", "s"}},
      {data, "data", "an amount of data", "B", {"kB", "KiB"}},
      {bit_rate, "bit-rate", "a data rate", "bit/s", {"Mbit/s", "MB/s"}},
      {request_rate, "request-rate", "a request rate", "req/s", {"req/s", "req/h"}},
      {cpu, "cpu", "a number of processors", "vCPU", {"vCPU"}},
      {power, "power", "a power", "W", {"W", "kW"}},
      {energy_per_data, "energy-per-data", "an energy per data", "J/GB", {"kWh/GB", "J/GB"}},
      {energy_per_data_time, "energy-per-data-time", "an energy per memory and time", "J/GB-s", {"J/GB-s"}},
      {price_per_time, "price-per-time", "a price per time", "USD/h", {"USD/h", "USD/month"}},
      {price_per_data, "price-per-data", "a price per data", "USD/GB", {"USD/GB"}},
      {price_per_request, "price-per-request", "a price per request", "USD/req", {"USD/Mreq", "USD/req"}},
      {price_per_data_time, "price-per-data-time", "a price per memory and time", "USD/GB-s", {"USD/GB-s"}},
      {price_per_cpu_time, "price-per-cpu-time", "a price per processor time", "USD/vCPU-s", {"USD/vCPU-s"}},
      {carbon_intensity, "carbon-intensity", "a carbon intensity", "gCO2e/kWh", {"gCO2e/kWh"}},
      {carbon_mass, "carbon-mass", "an amount of carbon", "gCO2e", {"kgCO2e", "gCO2e"}},
      {money, "money", "an amount of money", "USD", {"USD"}},
      {price_per_energy, "price-per-energy", "a price per energy", "USD/kWh", {"USD/kWh", "USD/kW-month"}},
      {frequency, "frequency", "a frequency", "Hz", {"MHz", "GHz"}},
      {length, "length", "a length", "m", {"m", "km"}},
      {speed, "speed", "a speed", "m/s", {"km/h", "m/s"}},
      {ratio, "ratio", "a share", "", {"%"}},
  };
  return table;
}

Unit unit_of(const DimensionInfo& dimension) {
  return dimension.unit.empty() ? Unit{} : parse_unit(dimension.unit).value();
}

/// Length of the JSON number that `text` starts with, 0 if it starts with none.
std::size_t number_length(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t first = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - first;
  };
  if (digits() == 0) return 0;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return 0;
  }
  // An `e` may start a unit as well; it is an exponent only with digits behind it.
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t mantissa = at++;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) at = mantissa;
  }
  return at;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

double converted(double number, const Unit& from, const Unit& to) {
  const double up = from.numerator * to.denominator;
  const double down = from.denominator * to.numerator;
  if (std::fmod(up, down) == 0) return number * (up / down);
  if (std::fmod(down, up) == 0) return number / (down / up);
  return number * up / down;
}

std::vector<std::string> proposals(std::string_view number, const DimensionInfo& dimension) {
  std::vector<std::string> list;
  for (const std::string_view unit : dimension.proposals) list.push_back(fmt::format("{} {}", number, unit));
  return list;
}

QuantityError unknown_unit(std::string_view number, std::string_view unit, const DimensionInfo& dimension) {
  QuantityError error{QuantityError::Kind::unknown_unit, fmt::format("unknown unit \"{}\"", unit), {}};
  // The commonest slips are of case: "KB", "MS", "gbit/s".
  const auto lower = [](std::string_view text) {
    std::string out{text};
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
  };
  for (const Symbol& symbol : symbols) {
    for (const Prefix& prefix : prefixes) {
      if (!takes(symbol.prefixes, prefix.kind)) continue;
      const std::string spelled = std::string{prefix.spelling} + std::string{symbol.spelling};
      for (const std::string& candidate : {spelled, spelled + "/s"}) {
        if (lower(candidate) != lower(unit)) continue;
        if (parse_unit(candidate)->powers != unit_of(dimension).powers) continue;
        error.proposals.push_back(fmt::format("{} {}", number, candidate));
      }
    }
  }
  if (error.proposals.empty()) error.proposals = proposals(number, dimension);
  return error;
}

QuantityError wrong_dimension(std::string_view number, const Unit& unit, const DimensionInfo& due) {
  std::string_view given = "something else";
  for (const DimensionInfo& candidate : dimensions()) {
    if (unit_of(candidate).powers == unit.powers) given = candidate.title;
  }
  QuantityError error{
      QuantityError::Kind::wrong_dimension,
      fmt::format("\"{} {}\" is {}, but {} is due here", number, unit.canonical, given, due.title),
      {}};
  // A forgotten "per time" or "per data" is the likeliest slip: the unit as given, divided by what is
  // missing.
  for (const std::string_view proposal : due.proposals) {
    if (proposal.starts_with(unit.canonical + "/"))
      error.proposals.push_back(fmt::format("{} {}", number, proposal));
  }
  const std::optional<Unit> per_second = parse_unit(unit.canonical + "/s");
  if (error.proposals.empty() && per_second && per_second->powers == unit_of(due).powers) {
    error.proposals.push_back(fmt::format("{} {}/s", number, unit.canonical));
  }
  if (error.proposals.empty()) error.proposals = proposals(number, due);
  return error;
}

}  // namespace

std::optional<UnitInfo> find_unit(std::string_view text) { return parse_unit(text); }

std::string title_of(const UnitPowers& powers) {
  for (const DimensionInfo& candidate : dimensions()) {
    if (unit_of(candidate).powers == powers) return std::string{candidate.title};
  }
  constexpr std::array names{"s", "B", "J", "USD", "req", "vCPU", "gCO2e", "m"};
  std::string text = "a quantity in";
  for (std::size_t i = 0; i < powers.size(); ++i) {
    if (powers[i] != 0)
      text += fmt::format(" {}{}", names[i], powers[i] == 1 ? "" : fmt::format("^{}", powers[i]));
  }
  return text;
}

std::span<const DimensionInfo> all_dimensions() { return dimensions(); }

const DimensionInfo& info(Dimension dimension) {
  const auto found = std::ranges::find(dimensions(), dimension, &DimensionInfo::dimension);
  SIM_EXPECT(found != dimensions().end());
  return *found;
}

std::optional<Dimension> find_dimension(std::string_view name) {
  const auto found = std::ranges::find(dimensions(), name, &DimensionInfo::name);
  if (found == dimensions().end()) return std::nullopt;
  return found->dimension;
}

std::variant<ParsedQuantity, QuantityError> parse_quantity(std::string_view text, Dimension dimension) {
  const DimensionInfo& due = info(dimension);
  const std::string_view whole = trimmed(text);
  const std::string_view number = whole.substr(0, number_length(whole));
  const std::string_view unit_text = trimmed(whole.substr(number.size()));
  double value = 0;
  const auto error = std::from_chars(number.data(), number.data() + number.size(), value).ec;
  if (number.empty() || error != std::errc{}) {
    return QuantityError{QuantityError::Kind::malformed,
                         fmt::format("\"{}\" is not a quantity ({} is due, such as \"50 {}\")", text,
                                     due.title, due.proposals.front()),
                         {}};
  }
  if (unit_text.empty()) {
    return QuantityError{QuantityError::Kind::missing_unit,
                         fmt::format("\"{}\" has no unit ({} is due)", number, due.title),
                         proposals(number, due)};
  }
  const std::optional<Unit> unit = parse_unit(unit_text);
  if (!unit) return unknown_unit(number, unit_text, due);
  const Unit target = unit_of(due);
  if (unit->powers != target.powers) return wrong_dimension(number, *unit, due);
  // Far beyond anything physical; products of two such numbers still fit a double.
  constexpr double largest = 1e100;
  if (!(std::abs(converted(value, *unit, target)) <= largest)) {
    return QuantityError{
        QuantityError::Kind::malformed, fmt::format("\"{}\" is too large a number", text), {}};
  }
  return ParsedQuantity{converted(value, *unit, target), fmt::format("{} {}", number, unit->canonical)};
}

}  // namespace planner
