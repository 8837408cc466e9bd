#include "check_calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "fields.hpp"

namespace planner {
namespace {

class Calls {
 public:
  Calls(const Member& member, const Flow& flow, Issues& issues)
      : member_{member}, calls_{Fields{member.value}.object("calls")}, flow_{flow}, issues_{issues} {}

  void check() {
    if (flow_.calls.empty()) {
      issues_.add(Code::flow_without_calls, member_.key_span,
                  fmt::format("flow \"{}\" has no calls", member_.key));
      return;
    }
    if (!flow_.calls.contains(flow_.entry)) {
      const Value& entry = *member_.value.find("entry");
      Diagnostic& issue = issues_.add(Code::unknown_reference, entry.span,
                                      fmt::format("the entry \"{}\" is not among the calls", flow_.entry));
      propose(issue, flow_.entry, keys_of(flow_.calls));
      return;
    }
    if (references_known()) check_circles();
  }

 private:
  bool references_known() {
    bool known = true;
    const auto refer = [&](const Value& id) {
      if (flow_.calls.contains(id.text)) return;
      Diagnostic& issue =
          issues_.add(Code::unknown_reference, id.span, fmt::format("unknown call \"{}\"", id.text));
      propose(issue, id.text, keys_of(flow_.calls));
      known = false;
    };
    for (const Member* call : calls_.entries()) {
      if (const Value* from = call->value.find("from")) refer(*from);
      const Value* after = call->value.find("after");
      if (after == nullptr) continue;
      for (const Value& id : after->items) refer(id);
    }
    return known;
  }

  /// The call that makes `call`; empty for the entry.
  [[nodiscard]] std::string caller(const std::string& call) const {
    if (call == flow_.entry) return {};
    const std::string& from = flow_.calls.at(call).from;
    return from.empty() ? flow_.entry : from;
  }

  void check_circles() {
    for (const Member* call : calls_.entries()) {
      if (!leads_to_entry(call->key)) {
        issues_.add(Code::call_cycle, call->value.find("from")->span,
                    fmt::format("\"from\" leads from \"{}\" back to itself, not to the entry", call->key));
      }
    }
    for (const Member* call : calls_.entries()) {
      if (!call->value.find("after") || !waits_for_itself(call->key)) continue;
      issues_.add(Code::call_cycle, call->value.find("after")->span,
                  fmt::format("call \"{}\" waits for itself by \"after\"", call->key));
    }
  }

  [[nodiscard]] bool leads_to_entry(const std::string& call) const {
    std::string at = call;
    for (std::size_t steps = 0; steps <= flow_.calls.size(); ++steps) {
      if (at == flow_.entry) return true;
      at = caller(at);
    }
    return false;
  }

  /// Whether `call` is reached again from what it waits for. A caller that is named is over the moment its
  /// service calls, so it is not waited for.
  [[nodiscard]] bool waits_for_itself(const std::string& call) const {
    std::set<std::string> seen;
    std::vector<std::string> open{call};
    while (!open.empty()) {
      const std::string at = open.back();
      open.pop_back();
      for (const std::string& before : flow_.calls.at(at).after) {
        if (before == caller(at)) continue;
        if (before == call) return true;
        if (seen.insert(before).second) open.push_back(before);
      }
    }
    return false;
  }

  const Member& member_;
  Fields calls_;
  const Flow& flow_;
  Issues& issues_;
};

}  // namespace

void check_calls(const Member& member, const Flow& flow, Issues& issues) {
  Calls{member, flow, issues}.check();
}

}  // namespace planner
