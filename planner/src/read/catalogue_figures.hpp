#pragma once
#include <optional>
#include <string_view>

#include "models/catalog.hpp"
#include "planner/scenario.hpp"

/// Figures of the catalogue as the scenario's types take them.
namespace planner {

/// As scenarios and results write it; `unstated` for none.
[[nodiscard]] std::string_view name(Basis basis);
/// @return unstated where `text` names none
[[nodiscard]] Basis basis_named(std::string_view text);

/// A derived figure counts as measured: its note says from which measurements it is computed.
[[nodiscard]] Provenance provenance_of(models::catalog::Basis basis, const std::string& source);

[[nodiscard]] Law law_of(const models::catalog::LawFigure& figure);

/// The figure's value, or `fallback` where the catalogue has none.
[[nodiscard]] double value_of(const std::optional<models::catalog::Figure>& figure, double fallback);

/// Time that each further request of a batch adds, as a share of the time of one, by model: of the measured
/// curve base + n * per_sample.
[[nodiscard]] std::map<std::string, double> added_of(const models::catalog::Device& device);

/// Measured inference times by model.
[[nodiscard]] std::map<std::string, Law> inference_of(const models::catalog::Device& device);

}  // namespace planner
