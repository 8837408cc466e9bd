#pragma once
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "planner/document.hpp"
#include "planner/run_store.hpp"

namespace planner {

/// Of strategies that go by their ids in the document. To be called once they are resolved.
[[nodiscard]] std::vector<Origin> origins_of(const Document& document,
                                             const std::vector<Scenario>& scenarios);

/// Gives a document with further `--set` overlays on top of its own.
using LoadWith = std::function<Document(const std::vector<std::string>& sets)>;

/// A strategy with something laid over it, as a reader of its files would get it.
struct Variant {
  Scenario scenario;
  Origin origin;
};

/// @param patch  merge patch (RFC 7396) over the strategy
/// @return nothing where the reader refuses the patched strategy
[[nodiscard]] std::optional<Variant> read_variant(const LoadWith& load, const std::string& strategy,
                                                  const nlohmann::ordered_json& patch);

}  // namespace planner
