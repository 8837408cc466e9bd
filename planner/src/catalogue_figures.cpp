#include "catalogue_figures.hpp"

namespace planner {

Provenance provenance_of(models::catalog::Basis basis, const std::string& source) {
  using From = models::catalog::Basis;
  const Basis known = [&] {
    switch (basis) {
      case From::measured:
      case From::derived:
        return Basis::measured;
      case From::vendor:
        return Basis::vendor;
      case From::calibrated:
        return Basis::calibrated;
      case From::assumed:
        return Basis::assumed;
    }
    return Basis::assumed;
  }();
  return {known, source.empty() ? "catalogue" : "catalogue: " + source};
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
