#include "text/strategy_chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "read/schema_model.hpp"

namespace planner {
namespace {

const Member* extended(const Value& strategies, const Member& strategy) {
  const Value* parent = strategy.value.find("extends");
  return parent == nullptr ? nullptr : strategies.find_member(parent->text);
}

std::vector<std::string> ids_of(const std::vector<StrategyEntry>& entries) {
  std::vector<std::string> ids;
  for (const StrategyEntry& entry : entries) ids.push_back(entry.id);
  return ids;
}

void check_extends(const Value& strategies, const std::vector<StrategyEntry>& entries, Issues& issues) {
  for (const StrategyEntry& entry : entries) {
    const Value* parent = entry.member->value.find("extends");
    if (parent == nullptr) continue;
    if (strategies.find(parent->text) == nullptr || is_remark(parent->text)) {
      Diagnostic& issue = issues.add(Code::unknown_reference, parent->span,
                                     fmt::format("unknown strategy \"{}\"", parent->text));
      propose(issue, parent->text, ids_of(entries));
      continue;
    }
    const Member* ancestor = extended(strategies, *entry.member);
    for (std::size_t steps = 0; ancestor != nullptr && ancestor != entry.member && steps < entries.size();
         ++steps) {
      ancestor = extended(strategies, *ancestor);
    }
    if (ancestor == entry.member) {
      issues.add(Code::extends_cycle, parent->span,
                 fmt::format("strategy \"{}\" extends itself, by way of \"{}\"", entry.id, parent->text));
    }
  }
}

void check_baselines(const std::vector<StrategyEntry>& entries, Issues& issues) {
  const auto is_baseline = [](const StrategyEntry& entry) { return entry.baseline; };
  const auto first = std::ranges::find_if(entries, is_baseline);
  if (first == entries.end()) return;
  for (auto other = std::find_if(first + 1, entries.end(), is_baseline); other != entries.end();
       other = std::find_if(other + 1, entries.end(), is_baseline)) {
    Diagnostic& issue = issues.add(Code::several_baselines, other->member->value.find("baseline")->span,
                                   fmt::format("\"{}\" is a second baseline", other->id));
    const Span span = first->member->key_span;
    issue.related.push_back(
        {span.file->name(), range_of(span).start, fmt::format("\"{}\" is one already", first->id)});
  }
}

}  // namespace

std::vector<StrategyEntry> list_strategies(const Value& base, Issues& issues) {
  std::vector<StrategyEntry> entries;
  const Value* strategies = base.find("strategies");
  if (strategies != nullptr) {
    for (const Member& member : strategies->members) {
      if (is_remark(member.key)) continue;
      const Value* baseline = member.value.find("baseline");
      entries.push_back({member.key, &member, baseline != nullptr && baseline->boolean});
    }
    check_extends(*strategies, entries, issues);
    check_baselines(entries, issues);
  }
  if (entries.empty()) entries.push_back({"base", nullptr, false});
  if (std::ranges::none_of(entries, &StrategyEntry::baseline)) entries.front().baseline = true;
  return entries;
}

std::vector<const Member*> chain_of(const Value& base, const StrategyEntry& strategy) {
  std::vector<const Member*> chain;
  for (const Member* member = strategy.member; member != nullptr;
       member = extended(*base.find("strategies"), *member)) {
    chain.push_back(member);
  }
  std::ranges::reverse(chain);
  return chain;
}

void check_guards(const Member& strategy, const Value& tree, Issues& issues) {
  const Value* guard = strategy.value.find("guard");
  if (guard == nullptr) return;
  for (const Value& test : guard->items) {
    const Value& path = *test.find("path");
    const Value& due = *test.find("value");
    const Value* found = at_pointer(tree, path.text);
    if (found != nullptr && same_value(*found, due)) continue;
    Diagnostic& issue = issues.add(
        Code::guard_failed, due.span,
        fmt::format("the guard of strategy \"{}\" does not hold: {} is {}, not {}", strategy.key, path.text,
                    found == nullptr ? "absent" : to_json(*found).dump(), to_json(due).dump()));
    if (found != nullptr && found->span.file != nullptr) {
      issue.related.push_back({found->span.file->name(), range_of(found->span).start, "the value found"});
    }
  }
}

}  // namespace planner
