#include <algorithm>
#include <array>
#include <memory>

#include "catalog_text.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "models/catalog.hpp"
#include "models/catalog_search.hpp"

namespace cli {

namespace {

namespace catalog = models::catalog;

struct KindName {
  std::string_view name;
  catalog::Kind kind;
};

constexpr std::array kinds{
    KindName{"devices", catalog::Kind::device}, KindName{"platforms", catalog::Kind::platform},
    KindName{"access", catalog::Kind::access},  KindName{"sites", catalog::Kind::site_list},
    KindName{"regions", catalog::Kind::region}, KindName{"pops", catalog::Kind::pop},
    KindName{"cities", catalog::Kind::city},    KindName{"grids", catalog::Kind::grid},
    KindName{"prices", catalog::Kind::price},
};

constexpr std::size_t most_ids_in_overview = 60;

std::string kind_names() {
  std::string names;
  for (const KindName& kind : kinds) names += (names.empty() ? "" : "|") + std::string{kind.name};
  return names;
}

/// Ids side by side, filling lines of the text's width.
std::string columns(const std::vector<std::string>& ids) {
  std::string text, line = " ";
  for (const std::string& id : ids) {
    if (line.size() + 1 + id.size() > static_cast<std::size_t>(text_width())) {
      text += line + "\n";
      line = " ";
    }
    line += " " + id;
  }
  return text + line + "\n";
}

bool is_kind(const std::string& name) {
  return std::ranges::any_of(kinds, [&](const KindName& one) { return one.name == name; });
}

/// The places of one list, such as `aws`.
Answer list_sites(const std::string& of) {
  Answer answer{.schema = "catalog/1", .message = "next: isochrone catalog show ID\n"};
  std::vector<std::string> ids;
  for (const catalog::Place& site : catalog::sites(of)) ids.push_back(of + ":" + site.id);
  answer.text = of + " (" + std::to_string(ids.size()) + ")\n" + columns(ids);
  answer.document[of] = ids;
  return answer;
}

Answer list(const std::string& only) {
  if (!only.empty() && !is_kind(only)) return list_sites(only);
  Answer answer{.schema = "catalog/1", .message = "next: isochrone catalog show ID\n"};
  for (const KindName& kind : kinds) {
    if (!only.empty() && kind.name != only) continue;
    const std::vector<std::string> ids = catalog::ids(kind.kind);
    answer.text += std::string{kind.name} + " (" + std::to_string(ids.size()) + ")";
    const bool too_many = only.empty() && ids.size() > most_ids_in_overview;
    answer.text +=
        too_many ? ": isochrone catalog list " + std::string{kind.name} + "\n" : "\n" + columns(ids);
    answer.document[std::string{kind.name}] = ids;
  }
  return answer;
}

/// `did you mean ...?` with the devices, else platforms, that go by `text`; empty where there are none.
std::string called(const std::string& text) {
  std::vector<std::string> ids = catalog::called(catalog::Kind::device, text);
  if (ids.empty()) ids = catalog::called(catalog::Kind::platform, text);
  std::string question;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) question += i + 1 < ids.size() ? ", " : " or ";
    question += "`" + ids[i] + "`";
  }
  return question.empty() ? question : "did you mean " + question + "?";
}

Answer show(const std::string& id) {
  Answer answer{.schema = "catalog-entry/1"};
  const nlohmann::ordered_json entry = catalog::show(id);
  if (entry.is_null()) {
    const std::string unknown = "the catalogue has no \"" + id + "\"";
    if (const std::string named = called(id); !named.empty()) throw UsageError{unknown, named};
    std::vector<std::string> known;
    for (const KindName& kind : kinds) {
      const std::vector<std::string> ids = catalog::ids(kind.kind);
      known.insert(known.end(), ids.begin(), ids.end());
    }
    throw UsageError{unknown, did_you_mean(id, known, "`isochrone catalog list` names all")};
  }
  answer.document = {{"id", id}, {"entry", entry}};
  answer.text = catalog_text(entry);
  return answer;
}

Answer sources() {
  Answer answer{.schema = "catalog-sources/1"};
  auto& list = answer.document["sources"] = nlohmann::ordered_json::array();
  for (const auto& [id, source] : catalog::sources()) {
    answer.text += id + (source.date.empty() ? "" : " (" + source.date + ")") + "\n" +
                   hanging("", 4, source.reference) +
                   (source.what.empty() ? "" : hanging("", 4, source.what));
    list.push_back(
        {{"id", id}, {"reference", source.reference}, {"date", source.date}, {"what", source.what}});
  }
  return answer;
}

}  // namespace

void add_catalog(CommandLine& line) {
  CLI::App& command = line.add("catalog", "Learn", "devices, platforms, networks, prices; sources",
                               [](const Settings&) { return list({}); });
  auto kind = std::make_shared<std::string>();
  auto id = std::make_shared<std::string>();
  CLI::App& list_command =
      line.add_below(command, "list", "ids of all entries", [kind](const Settings&) { return list(*kind); });
  list_command.add_option("KIND", *kind, "only " + kind_names() + ", or the places of a list such as aws")
      ->type_name("")
      ->check([](const std::string& given) {
        const bool known = is_kind(given) || !catalog::sites(given).empty();
        return known ? std::string{} : "unknown kind \"" + given + "\", one of " + kind_names();
      });
  CLI::App& show_command = line.add_below(command, "show", "an entry, each figure with its source",
                                          [id](const Settings&) { return show(*id); });
  show_command.add_option("ID", *id, "such as jetson-orin-nano")->type_name("")->required();
  line.add_below(command, "sources", "where all figures come from",
                 [](const Settings&) { return sources(); });
}

}  // namespace cli
