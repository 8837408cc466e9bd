#include "document/problem_text.hpp"

namespace gui {

QString code_text(const planner::Diagnostic& issue) {
  const bool is_error = issue.severity == planner::Severity::error;
  return QStringLiteral("%1 %2%3")
      .arg(is_error ? QChar{0x2717} : QChar{u'!'})
      .arg(is_error ? QChar{u'E'} : QChar{u'W'})
      .arg(static_cast<int>(issue.code));
}

QString message_text(const planner::Diagnostic& issue) {
  QString text = QString::fromStdString(issue.message);
  for (const planner::Suggestion& suggestion : issue.suggestions) {
    text += QStringLiteral("; ") + QString::fromStdString(suggestion.text);
  }
  return text;
}

QString short_text(const planner::Diagnostic& issue) {
  return code_text(issue) + QStringLiteral(": ") + message_text(issue);
}

}  // namespace gui
