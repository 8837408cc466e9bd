#pragma once
#include <QPlainTextEdit>
#include <optional>
#include <vector>

#include "session.hpp"

namespace gui {

/// Fixed pitch, read only, no wrapping: for what the command line prints.
void prepare_report(QPlainTextEdit& view);

/// The scenario's text as it would be saved. What is selected is marked, in the base and in the patch of the
/// shown strategy; a click selects the entry that it falls into.
class SourceView : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit SourceView(Session& session, QWidget* parent = nullptr);
  /// Marks the place of a diagnostic and moves there.
  void show_place(const planner::Diagnostic& issue);

 protected:
  void showEvent(QShowEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  /// A long text is laid out for who looks at it.
  void refresh();
  /// Brings the shown text nearer to `wanted_`, by the one edit that it takes: a long one in pieces, between
  /// which the window reacts.
  void show_piece();
  void finish_text();
  [[nodiscard]] bool is_whole() const;
  void refresh_marks();
  void follow_selection();
  void look_at(QTextCursor place);
  /// The places of what is selected, as the parsed text has them.
  [[nodiscard]] std::vector<planner::Span> selected_spans() const;
  [[nodiscard]] QTextCursor cursor_over(const planner::Range& range) const;

  Session& session_;
  std::uint64_t shown_ = 0;  // revision of the document
  QString wanted_, text_;    // of that revision; as far as it is there
  std::optional<planner::Range> problem_;
  enum class Look { here, at_selection, at_problem } look_ = Look::here;  // once the text is whole
};

/// What `isochrone compare` prints of the latest run, to the letter.
class ReportView : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit ReportView(Session& session, QWidget* parent = nullptr);

 private:
  void refresh();
  Session& session_;
};

}  // namespace gui
