#pragma once
#include <QPlainTextEdit>

#include "session.hpp"

namespace gui {

/// Fixed pitch, read only, no wrapping: for what the command line prints.
void prepare_report(QPlainTextEdit& view);

/// The scenario's text as it would be saved.
class SourceView : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit SourceView(Session& session, QWidget* parent = nullptr);
  /// Marks the place of a diagnostic and moves there.
  void show_place(const planner::Diagnostic& issue);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  /// A long text is laid out for who looks at it.
  void refresh();
  Session& session_;
  std::uint64_t shown_ = 0;  // revision of the document
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
