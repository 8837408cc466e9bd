#include "check/check_calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "planner/call_tree.hpp"
#include "read/fields.hpp"

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
    if (!references_known()) return;
    if (check_circles()) check_guards();
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

  /// @return whether the calls form a tree
  bool check_circles() {
    bool tree = true;
    for (const Member* call : calls_.entries()) {
      if (!leads_to_entry(call->key)) {
        tree = false;
        issues_.add(Code::call_cycle, call->value.find("from")->span,
                    fmt::format("\"from\" leads from \"{}\" back to itself, not to the entry", call->key));
      }
    }
    for (const Member* call : calls_.entries()) {
      if (!call->value.find("after") || !waits_for_itself(call->key)) continue;
      tree = false;
      issues_.add(Code::call_cycle, call->value.find("after")->span,
                  fmt::format("call \"{}\" waits for itself by \"after\"", call->key));
    }
    return tree;
  }

  void check_guards() {
    for (const Member* call : calls_.entries()) {
      check_quorum(*call);
      check_copies(*call);
    }
  }

  void check_quorum(const Member& member) {
    const std::uint32_t quorum = flow_.calls.at(member.key).quorum;
    if (quorum == 0) return;
    const CallBlock calls = calls_made_by(flow_, member.key);
    const auto problem = [&](const std::string& text) {
      issues_.add(Code::bad_quorum, member.value.find("quorum")->span, text);
    };
    if (calls.kind != CallBlock::Kind::parallel)
      return problem(
          fmt::format("a \"quorum\" needs calls that are made at once; those of \"{}\" are not", member.key));
    if (quorum > calls.blocks.size())
      return problem(fmt::format("\"{}\" makes {} calls at once and cannot wait for {}", member.key,
                                 calls.blocks.size(), quorum));
    for (const CallBlock& block : calls.blocks)
      if (block.kind == CallBlock::Kind::call && flow_.calls.at(block.name).asynchronous)
        problem(fmt::format("\"{}\" is \"async\": nobody waits for it, so it cannot be one of a quorum",
                            block.name));
  }

  /// Every attempt of a call repeats all attempts of the calls below it.
  void check_copies(const Member& member) {
    constexpr std::uint64_t most = 64;
    std::uint64_t copies = 1;
    for (std::string at = member.key; !at.empty(); at = caller(at)) {
      const Call& call = flow_.calls.at(at);
      copies *= std::uint64_t{call.retry.attempts} * (call.hedge_after ? 2 : 1);
    }
    if (!is_guarded(flow_.calls.at(member.key)) || copies <= most) return;
    issues_.add(
        Code::too_many_attempts, member.key_span,
        fmt::format("one request may make call \"{}\" {} times: retries and hedged copies of the calls "
                    "above it multiply (at most {})",
                    member.key, copies, most));
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
