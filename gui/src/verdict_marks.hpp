#pragma once
#include <QColor>
#include <QString>
#include <vector>

#include "planner/assertion.hpp"
#include "theme.hpp"

/// How verdicts look: a sign of its own shape and a word, colour comes on top.
namespace gui {

/// `✓ pass`, `✗ fail`, `! warn` (a failed one of level warn), `? inconclusive`.
[[nodiscard]] QString verdict_label(const planner::Verdict& verdict);
/// Of a strategy's verdicts how many there are of each kind, the worst first: `✗ 1 fail · ✓ 3 pass`; empty
/// without any.
[[nodiscard]] QString verdict_summary(const std::vector<planner::Verdict>& verdicts);
/// The sign of the worst of them. @pre not empty
[[nodiscard]] QString overall_sign(const std::vector<planner::Verdict>& verdicts);
[[nodiscard]] QColor verdict_color(const planner::Verdict& verdict, Appearance appearance);

}  // namespace gui
