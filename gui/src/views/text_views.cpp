#include "views/text_views.hpp"

#include <QFontDatabase>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTimer>
#include <algorithm>
#include <utility>

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
  setUndoRedoEnabled(false);
  setAccessibleName(tr("Source of the scenario"));
  connect(&session_.document(), &DocumentModel::text_changed, this, &SourceView::refresh);
  connect(&session_.document(), &DocumentModel::parsed_changed, this, &SourceView::refresh_marks);
  connect(&session_, &Session::selection_changed, this, &SourceView::follow_selection);
  connect(&session_, &Session::strategy_changed, this, &SourceView::refresh_marks);
}

void SourceView::showEvent(QShowEvent* event) {
  look_ = Look::at_selection;
  refresh();
  if (is_whole()) finish_text();
  QPlainTextEdit::showEvent(event);
}

void SourceView::refresh() {
  if (!isVisible() || shown_ == session_.document().revision()) return;
  shown_ = session_.document().revision();
  problem_.reset();
  setExtraSelections({});
  wanted_ = QString::fromStdString(session_.document().text());
  show_piece();
}

void SourceView::show_piece() {
  constexpr qsizetype piece = 200'000;                     // [character]
  if (text_.contains(u'\r') || wanted_.contains(u'\r')) {  // such line breaks become others
    setPlainText(wanted_);
    text_ = wanted_;
  } else {
    const int place = verticalScrollBar()->value();
    const qsizetype shorter = std::min(text_.size(), wanted_.size());
    const auto begin =
        std::mismatch(text_.begin(), text_.begin() + shorter, wanted_.begin()).first - text_.begin();
    const auto tail =
        std::mismatch(text_.rbegin(), text_.rbegin() + (shorter - begin), wanted_.rbegin()).first -
        text_.rbegin();
    const QString more = wanted_.mid(begin, std::min(piece, wanted_.size() - tail - begin));
    QTextCursor cursor{document()};
    cursor.setPosition(static_cast<int>(begin));
    cursor.setPosition(static_cast<int>(text_.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(more);
    text_.replace(begin, text_.size() - tail - begin, more);
    verticalScrollBar()->setValue(place);
  }
  if (is_whole()) {
    finish_text();
  } else {
    QTimer::singleShot(0, this, &SourceView::show_piece);
  }
}

bool SourceView::is_whole() const { return shown_ == session_.document().revision() && text_ == wanted_; }

void SourceView::finish_text() {
  refresh_marks();
  const Look look = std::exchange(look_, Look::here);
  if (look == Look::at_problem) {
    look_at(cursor_over(*problem_));
  } else if (look == Look::at_selection) {
    follow_selection();
  }
}

QTextCursor SourceView::cursor_over(const planner::Range& range) const {
  const auto position = [this](const planner::Position& at) {
    const QTextBlock block = document()->findBlockByNumber(static_cast<int>(at.line) - 1);
    return block.position() + std::min(static_cast<int>(at.column) - 1, block.length() - 1);
  };
  QTextCursor cursor{document()};
  cursor.setPosition(position(range.start));
  cursor.setPosition(position(range.end), QTextCursor::KeepAnchor);
  return cursor;
}

std::vector<planner::Span> SourceView::selected_spans() const {
  std::vector<planner::Span> spans;
  const DocumentModel& document = session_.document();
  const std::string& base = session_.pointer();
  if (!document.is_open() || base.empty()) return spans;
  for (const std::string& place : {base, Layer{session_.strategy()}.place_of(base)}) {
    const planner::Value& root = document.parsed().root;
    const auto cut = place.rfind('/');
    const planner::Value* object = planner::at_pointer(root, place.substr(0, cut));
    const planner::Member* member =
        object == nullptr ? nullptr : object->find_member(planner::pointer_tokens(place).back());
    if (member == nullptr) continue;
    planner::Span span = member->key_span;
    span.end = member->value.span.end;
    if (spans.empty() || spans.front() != span) spans.push_back(span);
  }
  return spans;
}

void SourceView::refresh_marks() {
  if (!isVisible() || !is_whole()) return;
  QList<QTextEdit::ExtraSelection> marks;
  for (const planner::Span& span : selected_spans()) {
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor_over(planner::range_of(span));
    mark.format.setBackground(colors_of(*this).line);
    marks << mark;
  }
  if (problem_) {
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor_over(*problem_);
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(colors_of(*this).bad);
    mark.format.setBackground(colors_of(*this).raised);
    marks << mark;
  }
  setExtraSelections(marks);
}

void SourceView::follow_selection() {
  refresh_marks();
  const bool is_marked = !extraSelections().isEmpty();
  if (isVisible() && !hasFocus() && is_whole() && is_marked) look_at(extraSelections().front().cursor);
}

void SourceView::look_at(QTextCursor place) {
  place.setPosition(place.selectionStart());
  setTextCursor(place);
  centerCursor();
}

void SourceView::mouseReleaseEvent(QMouseEvent* event) {
  QPlainTextEdit::mouseReleaseEvent(event);
  const QTextCursor at = textCursor();
  if (at.hasSelection() || !is_whole()) return;  // text to be copied
  const qsizetype before = text_.left(at.position()).toUtf8().size();
  std::string entry =
      planner::pointer_at(session_.document().parsed().root, static_cast<std::uint32_t>(before));
  const std::string patch = Layer{session_.strategy()}.place_of({});
  while (!entry.empty() && !is_entry(entry)) entry = section_of(entry);
  if (entry.starts_with(patch + '/')) entry.erase(0, patch.size());
  if (!entry.empty()) session_.select(entry);
}

void SourceView::show_place(const planner::Diagnostic& issue) {
  problem_ = issue.range;
  look_ = Look::at_problem;
  if (is_whole()) finish_text();
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
