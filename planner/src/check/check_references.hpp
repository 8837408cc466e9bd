#pragma once
#include <set>
#include <string>

#include "read/fields.hpp"

namespace planner {

/// Ids of a section that some strategy uses, as `section/id`.
using UsedIds = std::set<std::string>;

/// Reports that `id` is not among `known`, the entries of `section`, with a proposal and its definition.
/// @param what  of one entry: "site"
template <class Map>
void report_unknown(Span span, const std::string& id, const Map& known, std::string_view section,
                    std::string_view what, const Fields& root, Issues& issues);

/// Completes the report: label, proposal, where the proposed entry is defined.
void explain_unknown(Diagnostic& issue, const std::string& id, const std::vector<std::string>& known,
                     std::string_view section, const Fields& root);

/// Checks what sections say of each other: references, circles, placement, reachability, capacity of nodes,
/// service times, weights. Adds the ids that this strategy uses to `used`.
/// O(size of the scenario x log).
void check_references(const Fields& root, ReadContext& context, UsedIds& used);

/// Warns of ids in the base document that no strategy uses.
void warn_unused(const Value& base, const UsedIds& used, Issues& issues);

template <class Map>
void report_unknown(Span span, const std::string& id, const Map& known, std::string_view section,
                    std::string_view what, const Fields& root, Issues& issues) {
  std::string message = "unknown " + std::string{what} + " \"" + id + "\"";
  Diagnostic& issue = issues.add(Code::unknown_reference, span, std::move(message));
  if (issues.is_kept(issue)) explain_unknown(issue, id, keys_of(known), section, root);
}

}  // namespace planner
