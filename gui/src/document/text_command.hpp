#pragma once
#include <QUndoCommand>
#include <string>

namespace gui {

class DocumentModel;

/// One step of a document's history: bytes at a place replaced by others. Going back restores every byte.
class TextCommand : public QUndoCommand {
 public:
  /// @param pointer  what is changed: steps in a row at the same one become a single step; empty: never
  TextCommand(DocumentModel& document, const std::string& before, const std::string& after,
              std::string pointer, const QString& what);
  void undo() override;
  void redo() override;
  [[nodiscard]] int id() const override { return pointer_.empty() ? -1 : 1; }
  bool mergeWith(const QUndoCommand* next) override;

 private:
  void cover(const std::string& before, const std::string& after);

  DocumentModel& document_;
  std::string pointer_;
  std::size_t at_ = 0;
  std::string removed_, inserted_;
};

}  // namespace gui
