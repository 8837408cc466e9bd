#pragma once
#include <QString>
#include <string>

#include "document/document_model.hpp"

/// Steps of the history that add and copy the things of a scenario. All throw planner::ScenarioError where
/// the edit cannot be made; nothing changes then.
namespace gui {

/// Whether `id` may name a new entry of the section: its form, and that it is free.
/// @return what is wrong; empty: nothing
[[nodiscard]] QString id_problem(DocumentModel& document, const std::string& section, const QString& id);

/// `wanted`, with a number where it is taken. @pre `wanted` has the form of an id
[[nodiscard]] QString free_id(DocumentModel& document, const std::string& section, const QString& wanted);

/// A new entry with what the format requires. @param section  pointer, such as /sites
/// @return its pointer
std::string add_entry(DocumentModel& document, const std::string& section, const QString& id);
/// A copy of the entry at `pointer` under another id. @return its pointer
std::string duplicate_entry(DocumentModel& document, const std::string& pointer, const QString& id);

/// Whether `pointer` names an entry of a section keyed by ids.
[[nodiscard]] bool is_entry(const std::string& pointer);

}  // namespace gui
