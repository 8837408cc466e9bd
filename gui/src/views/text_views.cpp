#include "views/text_views.hpp"

#include <QFontDatabase>
#include <QScrollBar>
#include <QTextBlock>

#include "planner/render.hpp"
#include "theme.hpp"

namespace gui {
namespace {

constexpr int report_width = 110;  // [columns]

}  // namespace

void prepare_report(QPlainTextEdit& view) {
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  font.setPointSizeF(view.font().pointSizeF());
  view.setFont(font);
  view.setReadOnly(true);
  view.setLineWrapMode(QPlainTextEdit::NoWrap);
  view.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

SourceView::SourceView(Session& session, QWidget* parent) : QPlainTextEdit{parent}, session_{session} {
  prepare_report(*this);
  setAccessibleName(tr("Source of the scenario"));
  connect(&session_.document(), &DocumentModel::text_changed, this, &SourceView::refresh);
}

void SourceView::showEvent(QShowEvent* event) {
  refresh();
  QPlainTextEdit::showEvent(event);
}

void SourceView::refresh() {
  if (!isVisible() || shown_ == session_.document().revision()) return;
  shown_ = session_.document().revision();
  const int place = verticalScrollBar()->value();
  setPlainText(QString::fromStdString(session_.document().text()));
  verticalScrollBar()->setValue(place);
}

void SourceView::show_place(const planner::Diagnostic& issue) {
  const auto position = [this](const planner::Position& at) {
    const QTextBlock block = document()->findBlockByNumber(static_cast<int>(at.line) - 1);
    return block.position() + std::min(static_cast<int>(at.column) - 1, block.length() - 1);
  };
  QTextCursor cursor{document()};
  cursor.setPosition(position(issue.range.start));
  cursor.setPosition(position(issue.range.end), QTextCursor::KeepAnchor);
  QTextEdit::ExtraSelection mark;
  mark.cursor = cursor;
  mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
  mark.format.setUnderlineColor(colors_of(*this).bad);
  mark.format.setBackground(colors_of(*this).raised);
  setExtraSelections({mark});
  cursor.setPosition(position(issue.range.start));
  setTextCursor(cursor);
  centerCursor();
}

ReportView::ReportView(Session& session, QWidget* parent) : QPlainTextEdit{parent}, session_{session} {
  prepare_report(*this);
  setAccessibleName(tr("Report"));
  setPlaceholderText(tr("Press F5: what the command line prints of the comparison stands here."));
  connect(&session_, &Session::outcome_changed, this, &ReportView::refresh);
}

void ReportView::refresh() {
  const auto& outcome = session_.outcome();
  const planner::TextOptions options{.width = report_width, .color = planner::Color::off};
  setPlainText(outcome ? QString::fromStdString(planner::render_comparison(outcome->study, options))
                       : QString{});
}

}  // namespace gui
