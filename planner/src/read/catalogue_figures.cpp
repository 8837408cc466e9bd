#include "read/catalogue_figures.hpp"

#include <array>
#include <utility>

namespace planner {

namespace {

using Stated = models::catalog::Basis;

/// The catalogue's word for each of a scenario's; derived figures are the catalogue's own.
constexpr std::array<std::pair<Basis, Stated>, 4> bases{{{Basis::measured, Stated::measured},
                                                         {Basis::vendor, Stated::vendor},
                                                         {Basis::assumed, Stated::assumed},
                                                         {Basis::calibrated, Stated::calibrated}}};

}  // namespace

std::string_view name(Basis basis) {
  for (const auto& [own, stated] : bases)
    if (own == basis) return models::catalog::name(stated);
  return "unstated";
}

Basis basis_named(std::string_view text) {
  for (const auto& [own, stated] : bases)
    if (models::catalog::name(stated) == text) return own;
  return Basis::unstated;
}

Provenance provenance_of(Stated basis, const std::string& source) {
  const Basis own = basis == Stated::derived ? Basis::measured : basis_named(models::catalog::name(basis));
  return {own, source.empty() ? "catalogue" : "catalogue: " + source};
}

Law law_of(const models::catalog::LawFigure& figure) {
  return {figure.law, provenance_of(figure.basis, figure.source)};
}

double value_of(const std::optional<models::catalog::Figure>& figure, double fallback) {
  return figure ? figure->value : fallback;
}

std::map<std::string, double> added_of(const models::catalog::Device& device) {
  std::map<std::string, double> added;
  for (const auto& [model, curve] : device.batch)
    added.emplace(model, curve.per_sample.value / (curve.base.value + curve.per_sample.value));
  return added;
}

std::map<std::string, Law> inference_of(const models::catalog::Device& device) {
  std::map<std::string, Law> times;
  for (const auto& [model, figure] : device.inference) times.emplace(model, law_of(figure));
  return times;
}

}  // namespace planner
