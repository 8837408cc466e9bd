#pragma once
#include <QObject>
#include <vector>

#include "document/checked.hpp"
#include "latest_worker.hpp"

namespace gui {

/// Asks the planner, in the background, what it would say of a document with a value that is being typed.
class TypedCheck : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  /// @param before  what it says of the document as it is: not told again
  void ask(Draft draft, std::vector<planner::Diagnostic> before, const QString& typed);

 Q_SIGNALS:
  /// @param problem  the first new diagnostic, in one line; empty: none
  /// @param typed    what it is about
  void answered(const QString& problem, const QString& typed);

 private:
  LatestWorker worker_;
};

}  // namespace gui
