#include "document/entry_edits.hpp"

#include <QCoreApplication>
#include <QRegularExpression>

#include "planner/edit.hpp"
#include "planner/outline.hpp"

namespace gui {
namespace {

std::string section_of(const std::string& pointer) { return pointer.substr(0, pointer.rfind('/')); }

}  // namespace

QString id_problem(DocumentModel& document, const std::string& section, const QString& id) {
  // The form of ids in the format: an RFC 1123 label.
  static const QRegularExpression form{QStringLiteral("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")};
  if (!form.match(id).hasMatch())
    return QCoreApplication::translate("Edit",
                                       "An id has small letters, digits and hyphens within, at most 63.");
  const planner::Value* there = planner::at_pointer(document.parsed().root, section + "/" + id.toStdString());
  return there != nullptr ? QCoreApplication::translate("Edit", "There is a %1 already.").arg(id) : QString{};
}

QString free_id(DocumentModel& document, const std::string& section, const QString& wanted) {
  QString id = wanted;
  for (int i = 2; planner::at_pointer(document.parsed().root, section + "/" + id.toStdString()) != nullptr;
       ++i)
    id = QStringLiteral("%1-%2").arg(wanted).arg(i);
  return id;
}

std::string add_entry(DocumentModel& document, const std::string& section, const QString& id) {
  const std::string pointer = section + "/" + id.toStdString();
  document.set_value(pointer, planner::skeleton(pointer),
                     QCoreApplication::translate("Edit", "Add %1").arg(id));
  return pointer;
}

std::string duplicate_entry(DocumentModel& document, const std::string& pointer, const QString& id) {
  const planner::Value* original = planner::at_pointer(document.parsed().root, pointer);
  const std::string copy = section_of(pointer) + "/" + id.toStdString();
  if (original == nullptr) return {};
  const std::string text{document.parsed().source->text().substr(original->span.begin,
                                                                 original->span.end - original->span.begin)};
  document.set_value(copy, text, QCoreApplication::translate("Edit", "Duplicate as %1").arg(id));
  return copy;
}

bool is_entry(const std::string& pointer) {
  const std::string section = section_of(pointer);
  if (section.empty() || section.rfind('/') != 0) return false;
  const auto field = planner::field_at(section);
  return field && field->kind == planner::FieldInfo::Kind::entries;
}

}  // namespace gui
