#include "document/changed_inputs.hpp"

namespace gui {
namespace {

void collect(const planner::Value& before, const planner::Value& after, const std::string& pointer,
             std::vector<std::string>& changed) {
  if (!before.is_object() || !after.is_object()) {
    if (!planner::same_value(before, after)) changed.push_back(pointer);
    return;
  }
  for (const planner::Member& member : after.members) {
    const std::string inner = pointer + "/" + planner::escape_token(member.key);
    if (const planner::Value* old = before.find(member.key)) {
      collect(*old, member.value, inner, changed);
    } else {
      changed.push_back(inner);
    }
  }
  for (const planner::Member& member : before.members) {
    if (after.find(member.key) == nullptr)
      changed.push_back(pointer + "/" + planner::escape_token(member.key));
  }
}

}  // namespace

std::vector<std::string> changed_inputs(const planner::Value& before, const planner::Value& after) {
  std::vector<std::string> changed;
  collect(before, after, {}, changed);
  return changed;
}

}  // namespace gui
