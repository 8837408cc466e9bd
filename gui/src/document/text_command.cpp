#include "document/text_command.hpp"

#include <algorithm>

#include "document/document_model.hpp"

namespace gui {

TextCommand::TextCommand(DocumentModel& document, const std::string& before, const std::string& after,
                         std::string pointer, const QString& what)
    : QUndoCommand{what}, document_{document}, pointer_{std::move(pointer)} {
  cover(before, after);
}

void TextCommand::cover(const std::string& before, const std::string& after) {
  const std::size_t shorter = std::min(before.size(), after.size());
  at_ = 0;
  while (at_ < shorter && before[at_] == after[at_]) ++at_;
  std::size_t tail = 0;
  while (tail < shorter - at_ && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  removed_ = before.substr(at_, before.size() - at_ - tail);
  inserted_ = after.substr(at_, after.size() - at_ - tail);
}

void TextCommand::undo() {
  std::string text = document_.text();
  document_.put_text(text.replace(at_, inserted_.size(), removed_));
}

void TextCommand::redo() {
  std::string text = document_.text();
  document_.put_text(text.replace(at_, removed_.size(), inserted_));
}

bool TextCommand::mergeWith(const QUndoCommand* next) {
  // The stack offers commands of the same id() alone, which are of this class.
  const auto& later = static_cast<const TextCommand&>(*next);
  if (later.pointer_ != pointer_) return false;
  const std::string& now = document_.text();  // `next` is done already
  std::string middle = now;
  middle.replace(later.at_, later.inserted_.size(), later.removed_);
  std::string before = middle;
  before.replace(at_, inserted_.size(), removed_);
  cover(before, now);
  setObsolete(removed_.empty() && inserted_.empty());
  return true;
}

}  // namespace gui
