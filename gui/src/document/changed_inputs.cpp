#include "document/changed_inputs.hpp"

#include <algorithm>
#include <string_view>

namespace gui {
namespace {

/// Finds the members of an object in about the order in which they stand in it, each in a constant time; else
/// it searches an index.
class Finder {
 public:
  explicit Finder(const planner::Value& object) : members_{object.members} {}

  [[nodiscard]] const planner::Value* find(std::string_view key) {
    if (next_ < members_.size() && members_[next_].key == key) return &members_[next_++].value;
    if (index_.empty()) make_index();
    const auto found = std::ranges::lower_bound(index_, key, {}, &planner::Member::key);
    if (found == index_.end() || (*found)->key != key) return nullptr;
    next_ = static_cast<std::size_t>(*found - members_.data()) + 1;
    return &(*found)->value;
  }

 private:
  void make_index() {
    for (const planner::Member& member : members_) index_.push_back(&member);
    std::ranges::sort(index_, {}, &planner::Member::key);
  }

  const std::vector<planner::Member>& members_;
  std::vector<const planner::Member*> index_;  // by key; empty: not needed yet
  std::size_t next_ = 0;
};

void collect(const planner::Value& before, const planner::Value& after, const std::string& pointer,
             std::vector<std::string>& changed) {
  if (!before.is_object() || !after.is_object()) {
    if (!planner::same_value(before, after)) changed.push_back(pointer);
    return;
  }
  Finder old_members{before}, new_members{after};
  for (const planner::Member& member : after.members) {
    const std::string inner = pointer + "/" + planner::escape_token(member.key);
    if (const planner::Value* old = old_members.find(member.key)) {
      collect(*old, member.value, inner, changed);
    } else {
      changed.push_back(inner);
    }
  }
  for (const planner::Member& member : before.members) {
    if (new_members.find(member.key) == nullptr)
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
