#include "selection.hpp"

#include <algorithm>

#include "planner/value.hpp"

namespace gui {
namespace {

bool is_within(const std::string& inner, const std::string& outer) {
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
}

}  // namespace

std::string pointer_to(const std::string& section, const std::string& id) {
  return "/" + section + "/" + planner::escape_token(id);
}

bool concerns(const std::string& selected, const std::string& subject) {
  if (std::ranges::count(selected, '/') < 2 || std::ranges::count(subject, '/') < 2) return false;
  return is_within(selected, subject) || is_within(subject, selected);
}

bool concerns(const Selection& selected, const std::vector<std::string>& subjects) {
  return std::ranges::any_of(subjects, [&](const std::string& subject) {
    return std::ranges::any_of(selected, [&](const std::string& one) { return concerns(one, subject); });
  });
}

}  // namespace gui
