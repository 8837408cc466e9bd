#include "document/problems_model.hpp"

#include <algorithm>

#include "document/problem_text.hpp"

namespace gui {
namespace {

QString place_text(const planner::Diagnostic& issue) {
  if (issue.file.empty()) return {};
  const QString file = QString::fromStdString(issue.file);
  return QStringLiteral("%1:%2:%3")
      .arg(file.section(u'/', -1))
      .arg(issue.range.start.line)
      .arg(issue.range.start.column);
}

}  // namespace

void ProblemsModel::show(const std::shared_ptr<const Checked>& checked) {
  beginResetModel();
  issues_ = checked->diagnostics;
  const auto is_error = [](const planner::Diagnostic& d) { return d.severity == planner::Severity::error; };
  std::stable_partition(issues_.begin(), issues_.end(), is_error);
  errors_ = static_cast<int>(std::ranges::count_if(issues_, is_error));
  endResetModel();
}

int ProblemsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(issues_.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant ProblemsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const planner::Diagnostic& issue = at(index.row());
  if (role == Qt::ToolTipRole) {
    return QString::fromStdString(planner::render_text(std::span{&issue, 1}));
  }
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case code:
      return code_text(issue);
    case message:
      return message_text(issue);
    default:
      return place_text(issue);
  }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  switch (section) {
    case code:
      return tr("Code");
    case message:
      return tr("Problem");
    default:
      return tr("Place");
  }
}

}  // namespace gui
