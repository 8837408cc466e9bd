#include "verdict_marks.hpp"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>

#include "sim/contract.hpp"

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Verdict)
};

enum class Kind : std::uint8_t { fail, inconclusive, warn, pass };
constexpr std::array kinds{Kind::fail, Kind::inconclusive, Kind::warn, Kind::pass};

Kind kind_of(const planner::Verdict& verdict) {
  switch (verdict.outcome) {
    case planner::Verdict::Outcome::pass:
      return Kind::pass;
    case planner::Verdict::Outcome::fail:
      return verdict.level == planner::Assertion::Level::warn ? Kind::warn : Kind::fail;
    case planner::Verdict::Outcome::inconclusive:
      break;
  }
  return Kind::inconclusive;
}

QString glyph(Kind kind) {
  static constexpr std::array glyphs{u'✗', u'?', u'!', u'✓'};
  return QChar{glyphs[static_cast<std::size_t>(kind)]};
}

QString word(Kind kind) {
  switch (kind) {
    case Kind::fail:
      return Words::tr("fail");
    case Kind::inconclusive:
      return Words::tr("inconclusive");
    case Kind::warn:
      return Words::tr("warn");
    case Kind::pass:
      break;
  }
  return Words::tr("pass");
}

}  // namespace

QString verdict_label(const planner::Verdict& verdict) {
  const Kind kind = kind_of(verdict);
  return glyph(kind) + u' ' + word(kind);
}

QString verdict_summary(const std::vector<planner::Verdict>& verdicts) {
  QStringList parts;
  for (const Kind kind : kinds) {
    const auto count = std::ranges::count(verdicts, kind, kind_of);
    if (count > 0) parts << QStringLiteral("%1 %2 %3").arg(glyph(kind)).arg(count).arg(word(kind));
  }
  return parts.join(QStringLiteral(" · "));
}

QString overall_sign(const std::vector<planner::Verdict>& verdicts) {
  SIM_EXPECT(!verdicts.empty());
  return glyph(kind_of(*std::ranges::min_element(verdicts, {}, kind_of)));
}

QColor verdict_color(const planner::Verdict& verdict, Appearance appearance) {
  const Colors& c = colors(appearance);
  switch (kind_of(verdict)) {
    case Kind::fail:
      return c.bad;
    case Kind::pass:
      return c.good;
    default:
      return c.caution;
  }
}

}  // namespace gui
