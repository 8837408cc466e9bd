#pragma once
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "document/document_model.hpp"

/// Steps of the history that add, copy and remove the things of a scenario: whatever stands under an id. All
/// throw planner::ScenarioError where the edit cannot be made; nothing changes then.
namespace gui {

/// Which layer of the file an edit goes to.
struct Layer {
  std::string strategy;  ///< whose patch; empty: the base, which every strategy shares

  /// Where the layer holds what `pointer` names: in the patch, for what a patch can hold.
  [[nodiscard]] std::string place_of(const std::string& pointer) const;
};

/// Whether `pointer` names an object whose keys are ids, such as /sites or /placement/web.
[[nodiscard]] bool is_section(const std::string& pointer);
/// Whether `pointer` names an entry of such an object, such as /sites/edge or /sites/edge/pools/box.
[[nodiscard]] bool is_entry(const std::string& pointer);
/// `/sites` of `/sites/edge`, `edge` of it.
[[nodiscard]] std::string section_of(const std::string& pointer);
[[nodiscard]] std::string id_of(const std::string& pointer);

/// Where something can be added while `selected` is selected, the likeliest first: the sections around and
/// within it, then those of the whole file.
[[nodiscard]] std::vector<std::string> sections_for(const DocumentModel& document,
                                                    const std::string& selected);
/// `Sites › edge › Pools`
[[nodiscard]] QString section_title(const std::string& section);

/// Whether `id` may name a new entry of the section in the layer: its form, and that it is free.
/// @return what is wrong; empty: nothing
[[nodiscard]] QString id_problem(const DocumentModel& document, const Layer& layer,
                                 const std::string& section, const QString& id);

/// `wanted`, with a number where it is taken. @pre `wanted` has the form of an id
[[nodiscard]] QString free_id(const DocumentModel& document, const std::string& section,
                              const QString& wanted);

/// Ids that a new entry of the section can have where they name things that stand elsewhere, as those of a
/// placement name sites. Empty: any id will do.
[[nodiscard]] std::vector<std::string> ids_for(const DocumentModel& document, const Layer& layer,
                                               const std::string& section);

/// A place as a scenario writes it: a ten-thousandth of a degree is 11 m.
[[nodiscard]] std::string place_json(const planner::Place& place);

/// A new entry with what the format requires; what refers to other things refers to the first there is.
/// @param section  pointer, such as /sites
/// @param at       where it stands, of a site or a population; users there have the access of the first
/// @return its pointer
std::string add_entry(DocumentModel& document, const Layer& layer, const std::string& section,
                      const QString& id, const std::optional<planner::Place>& at = std::nullopt);
/// A copy of the entry at `pointer` under another id: as the file's base has it, else as it is effective, an
/// import's or a strategy's. @return its pointer
/// @param effective  null: there is none
std::string duplicate_entry(DocumentModel& document, const Layer& layer, const std::string& pointer,
                            const QString& id, const planner::Resolution* effective);
/// Whether duplicate_entry() finds it.
[[nodiscard]] bool has_entry(const DocumentModel& document, const std::string& pointer,
                             const planner::Resolution* effective);

/// The base loses the entry; a strategy's layer says that it has none, or forgets what it alone added.
/// @return the section that it was in
std::string remove_entry(DocumentModel& document, const Layer& layer, const std::string& pointer);

}  // namespace gui
