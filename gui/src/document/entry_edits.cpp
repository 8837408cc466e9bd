#include "document/entry_edits.hpp"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "planner/edit.hpp"
#include "planner/outline.hpp"
#include "sim/contract.hpp"

namespace gui {
namespace {

using Kind = planner::FieldInfo::Kind;
using Json = nlohmann::ordered_json;

std::vector<std::string> ids_in(const DocumentModel& document, const std::string& section) {
  std::vector<std::string> ids;
  const planner::Value* value = planner::at_pointer(document.parsed().root, section);
  if (value == nullptr || !value->is_object()) return ids;
  for (const planner::Member& member : value->members) {
    if (is_entry(section + "/" + planner::escape_token(member.key))) ids.push_back(member.key);
  }
  return ids;
}

/// The ends that `from--to` names, else the first two sites.
std::vector<std::string> ends_of(const DocumentModel& document, const std::string& id) {
  const std::vector<std::string> sites = ids_in(document, "/sites");
  const auto known = [&](const std::string& site) { return std::ranges::find(sites, site) != sites.end(); };
  for (auto cut = id.find("--"); cut != std::string::npos; cut = id.find("--", cut + 1)) {
    const std::string from = id.substr(0, cut), to = id.substr(cut + 2);
    if (known(from) && known(to)) return {from, to};
  }
  return sites.size() < 2 ? std::vector<std::string>{}
                          : std::vector<std::string>{sites.begin(), sites.begin() + 2};
}

/// What refers to other things of the scenario refers to the first there is.
void refer(Json& entry, const DocumentModel& document, const std::string& pointer) {
  for (const auto& [key, section] :
       {std::pair{"population", "/populations"}, {"flow", "/flows"}, {"service", "/services"}}) {
    const std::vector<std::string> ids = ids_in(document, section);
    if (entry.contains(key) && !ids.empty()) entry[key] = ids.front();
  }
  if (entry.contains("between")) {
    const std::vector<std::string> ends = ends_of(document, id_of(pointer));
    if (!ends.empty()) entry["between"] = ends;
  }
  if (pointer.starts_with("/placement/")) {
    const std::vector<std::string> pools =
        ids_in(document, "/sites/" + planner::escape_token(id_of(pointer)) + "/pools");
    if (!pools.empty()) entry["pool"] = pools.front();
    entry["replicas"] = 1;
  }
}

/// As the file writes it.
std::string text_of(const planner::Value& value) {
  const auto& [file, begin, end] = value.span;
  return std::string{file->text().substr(begin, end - begin)};
}

/// The access of the first population that says one, comments and all; nothing where none does.
std::optional<std::string> first_access(const DocumentModel& document) {
  for (const std::string& id : ids_in(document, "/populations")) {
    const planner::Value* access =
        planner::at_pointer(document.parsed().root, "/populations/" + planner::escape_token(id) + "/access");
    if (access != nullptr) return text_of(*access);
  }
  return std::nullopt;
}

bool adds_placement(const std::string& section) { return section.starts_with("/placement/"); }

bool is_there(const DocumentModel& document, const Layer& layer, const std::string& pointer) {
  const planner::Value& root = document.parsed().root;
  const planner::Value* own = planner::at_pointer(root, layer.place_of(pointer));
  if (own != nullptr) return own->kind != planner::Value::Kind::null;
  return planner::at_pointer(root, pointer) != nullptr;
}

void add_once(std::vector<std::string>& list, const std::string& one) {
  if (std::ranges::find(list, one) == list.end()) list.push_back(one);
}

}  // namespace

std::string Layer::place_of(const std::string& pointer) const {
  const bool is_of_file = pointer.starts_with("/strategies") || pointer.starts_with("/imports");
  return strategy.empty() || is_of_file
             ? pointer
             : "/strategies/" + planner::escape_token(strategy) + "/patch" + pointer;
}

std::string section_of(const std::string& pointer) { return pointer.substr(0, pointer.rfind('/')); }

std::string id_of(const std::string& pointer) {
  const std::vector<std::string> tokens = planner::pointer_tokens(pointer);
  return tokens.empty() ? std::string{} : tokens.back();
}

bool is_section(const std::string& pointer) {
  const auto field = planner::field_at(pointer);
  return !pointer.empty() && field && field->kind == Kind::entries;
}

bool is_entry(const std::string& pointer) {
  if (pointer.empty() || !is_section(section_of(pointer))) return false;
  // Beside its ids a section has keys of its own, such as a note.
  const std::vector<planner::FieldInfo> keys = planner::fields_at(section_of(pointer));
  return std::ranges::find(keys, id_of(pointer), &planner::FieldInfo::key) == keys.end();
}

std::vector<std::string> sections_for(const DocumentModel& document, const std::string& selected) {
  std::vector<std::string> sections;
  const auto add = [&](const std::string& section) {
    if (section != "/placement") return add_once(sections, section);
    // A service alone is placed nowhere: what is added is a site for it.
    for (const std::string& service : ids_in(document, "/services"))
      add_once(sections, "/placement/" + planner::escape_token(service));
  };
  if (is_entry(selected)) {
    for (const planner::FieldInfo& field : planner::fields_at(selected)) {
      if (field.kind == Kind::entries) add(selected + "/" + field.key);
    }
  }
  for (std::string at = selected; !at.empty(); at = section_of(at)) {
    if (is_section(at)) add(at);
  }
  for (const planner::FieldInfo& field : planner::fields_at("")) {
    if (field.kind == Kind::entries) add("/" + field.key);
  }
  return sections;
}

QString section_title(const std::string& section) {
  QStringList parts;
  std::string at;
  for (const std::string& token : planner::pointer_tokens(section)) {
    at += "/" + planner::escape_token(token);
    const auto field = planner::field_at(at);
    parts << QString::fromStdString(is_entry(at) || !field ? token : field->title);
  }
  return parts.join(QStringLiteral(" › "));
}

QString id_problem(const DocumentModel& document, const Layer& layer, const std::string& section,
                   const QString& id) {
  // The form of ids in the format: an RFC 1123 label.
  static const QRegularExpression form{QStringLiteral("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")};
  if (!form.match(id).hasMatch())
    return QCoreApplication::translate("Edit",
                                       "An id has small letters, digits and hyphens within, at most 63.");
  const bool taken = is_there(document, layer, section + "/" + id.toStdString());
  return taken ? QCoreApplication::translate("Edit", "There is a %1 already.").arg(id) : QString{};
}

QString free_id(const DocumentModel& document, const std::string& section, const QString& wanted) {
  QString id = wanted;
  for (int i = 2; is_there(document, {}, section + "/" + id.toStdString()); ++i)
    id = QStringLiteral("%1-%2").arg(wanted).arg(i);
  return id;
}

std::vector<std::string> ids_for(const DocumentModel& document, const Layer& layer,
                                 const std::string& section) {
  if (!adds_placement(section)) return {};
  std::vector<std::string> sites = ids_in(document, "/sites");
  std::erase_if(sites, [&](const std::string& site) {
    return is_there(document, layer, section + "/" + planner::escape_token(site));
  });
  return sites;
}

std::string place_json(const planner::Place& place) {
  const auto rounded = [](double degrees) {
    return QString::number(std::round(degrees * 1e4) / 1e4, 'g', 8);
  };
  return QStringLiteral(R"({ "lat": %1, "lon": %2 })")
      .arg(rounded(place.latitude), rounded(place.longitude))
      .toStdString();
}

std::string add_entry(DocumentModel& document, const Layer& layer, const std::string& section,
                      const QString& id, const std::optional<planner::Place>& at) {
  const std::string pointer = section + "/" + id.toStdString();
  Json entry = Json::parse(planner::skeleton(pointer));
  refer(entry, document, pointer);
  if (at) {
    entry["at"] = Json::parse(place_json(*at));
    if (const auto access = first_access(document); section == "/populations" && access)
      entry["access"] = Json::parse(*access, nullptr, true, true);  // comments may be in it
  }
  document.set_value(layer.place_of(pointer), entry.dump(),
                     QCoreApplication::translate("Edit", "Add %1").arg(id));
  return pointer;
}

bool has_entry(const DocumentModel& document, const std::string& pointer,
               const planner::Resolution* effective) {
  return planner::at_pointer(document.parsed().root, pointer) != nullptr ||
         (effective != nullptr && planner::at_pointer(effective->tree(), pointer) != nullptr);
}

std::string duplicate_entry(DocumentModel& document, const Layer& layer, const std::string& pointer,
                            const QString& id, const planner::Resolution* effective) {
  SIM_EXPECT(has_entry(document, pointer, effective));
  const planner::Value* original = planner::at_pointer(document.parsed().root, pointer);
  const std::string copy = section_of(pointer) + "/" + id.toStdString();
  document.set_value(
      layer.place_of(copy),
      original != nullptr ? text_of(*original) : effective->json().at(Json::json_pointer{pointer}).dump(),
      QCoreApplication::translate("Edit", "Duplicate as %1").arg(id));
  return copy;
}

std::string remove_entry(DocumentModel& document, const Layer& layer, const std::string& pointer) {
  const planner::Value& root = document.parsed().root;
  const std::string place = layer.place_of(pointer);
  const QString what =
      QCoreApplication::translate("Edit", "Remove %1").arg(QString::fromStdString(id_of(pointer)));
  const bool inherits = planner::at_pointer(root, pointer) != nullptr ||
                        planner::at_pointer(root, "/strategies/" + planner::escape_token(layer.strategy) +
                                                      "/extends") != nullptr;
  if (place == pointer || !inherits) {
    document.remove_value(place, what);
  } else {
    document.set_value(place, "null", what);
  }
  return section_of(pointer);
}

}  // namespace gui
