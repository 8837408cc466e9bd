#include "document/typed_check.hpp"

#include <algorithm>

#include "document/problem_text.hpp"

namespace gui {

void TypedCheck::ask(Draft draft, std::vector<planner::Diagnostic> before, const QString& typed) {
  worker_.request([this, typed, draft = std::move(draft), before = std::move(before)] {
    const auto is_new = [&](const planner::Diagnostic& issue) {
      return std::ranges::none_of(before, [&](const planner::Diagnostic& old) {
        return old.code == issue.code && old.pointer == issue.pointer && old.message == issue.message;
      });
    };
    const std::shared_ptr<const Checked> checked = check(draft);
    const auto found = std::ranges::find_if(checked->diagnostics, is_new);
    const QString problem = found == checked->diagnostics.end() ? QString{} : short_text(*found);
    return [this, problem, typed] { Q_EMIT answered(problem, typed); };
  });
}

}  // namespace gui
