#include "read/fields.hpp"

#include <algorithm>
#include <tuple>

#include "read/catalogue_figures.hpp"
#include "read/schema_model.hpp"

namespace planner {

void ReadContext::assume(Span where, std::string text, const Provenance& provenance) {
  if (provenance.basis != Basis::unstated && provenance.basis != Basis::assumed) return;
  const auto before = [](Span a, Span b) { return std::tie(a.file, a.begin) < std::tie(b.file, b.begin); };
  const auto at = std::lower_bound(assumed_.begin(), assumed_.end(), where, before);
  if (at != assumed_.end() && !before(where, *at)) return;
  assumed_.insert(at, where);
  scenario.assumptions.push_back({issues.pointer_of(where), std::move(text), provenance});
}

double quantity_of(const Value& value, Dimension dimension) {
  if (value.is_number()) return value.number;
  const auto parsed = parse_quantity(value.text, dimension);
  const auto* quantity = std::get_if<ParsedQuantity>(&parsed);
  return quantity == nullptr ? 0 : quantity->value;
}

std::string Fields::text(std::string_view key, std::string fallback) const {
  const Value* value = get(key);
  return value == nullptr ? fallback : value->text;
}

double Fields::number(std::string_view key, double fallback) const {
  const Value* value = get(key);
  return value == nullptr ? fallback : value->number;
}

std::uint32_t Fields::count(std::string_view key, std::uint32_t fallback) const {
  const Value* value = get(key);
  return value == nullptr ? fallback : static_cast<std::uint32_t>(std::clamp(value->number, 0., 4294967295.));
}

bool Fields::flag(std::string_view key, bool fallback) const {
  const Value* value = get(key);
  return value == nullptr ? fallback : value->boolean;
}

std::optional<double> Fields::quantity(std::string_view key, Dimension dimension) const {
  const Value* value = get(key);
  if (value == nullptr) return std::nullopt;
  return quantity_of(*value, dimension);
}

double Fields::quantity(std::string_view key, Dimension dimension, double fallback) const {
  return quantity(key, dimension).value_or(fallback);
}

std::optional<sim::Duration> Fields::duration(std::string_view key) const {
  const auto seconds = quantity(key, Dimension::time);
  if (!seconds) return std::nullopt;
  constexpr double longest = 9e9;  // what sim::Duration holds, a little less
  return sim::from_seconds(std::min(*seconds, longest));
}

sim::Bytes Fields::bytes(std::string_view key) const { return sim::Bytes{quantity(key, Dimension::data, 0)}; }

std::optional<sim::BitRate> Fields::bit_rate(std::string_view key) const {
  const auto rate = quantity(key, Dimension::bit_rate);
  if (!rate) return std::nullopt;
  return sim::BitRate{*rate};
}

Provenance Fields::provenance() const { return {basis_named(text("basis")), text("source")}; }

std::vector<const Member*> Fields::entries() const {
  std::vector<const Member*> found;
  if (object_ == nullptr) return found;
  for (const Member& member : object_->members) {
    if (!is_remark(member.key)) found.push_back(&member);
  }
  return found;
}

std::vector<std::string> keys_of(const std::vector<const Member*>& members) {
  std::vector<std::string> keys;
  for (const Member* member : members) keys.push_back(member->key);
  return keys;
}

}  // namespace planner
