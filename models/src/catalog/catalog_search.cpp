#include "models/catalog_search.hpp"

#include <algorithm>
#include <tuple>

#include "catalog/catalog_json.hpp"

namespace models::catalog {
namespace {

using nlohmann::ordered_json;
using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
  Words words;
  const std::string joined = slug(text);
  for (std::size_t begin = 0; begin < joined.size();) {
    const std::size_t end = std::min(joined.find('-', begin), joined.size());
    if (end > begin) words.push_back(joined.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::string folded(const Words& words) {
  std::string all;
  for (const std::string& word : words) all += word;
  return all;
}

/// "pods" and "pod", "func" and "functions"; not "t4" and "t40".
bool is_same_word(std::string_view asked, std::string_view known) {
  constexpr std::size_t shortest = 3;
  if (asked == known) return true;
  if (asked.size() >= shortest && known.starts_with(asked)) return true;
  return known.size() >= shortest && asked == std::string{known} + "s";
}

bool has(const Words& words, std::string_view asked) {
  return std::ranges::any_of(words, [&](const std::string& word) { return is_same_word(asked, word); });
}

struct Entry {
  std::string id;
  Words id_words, words;  ///< those of the id; of name and further names, too

  Entry(std::string known, const ordered_json& shown) : id{std::move(known)}, id_words{words_of(id)} {
    words = id_words;
    add(shown.at("name").get<std::string>());
    if (const auto also = shown.find("also"); also != shown.end())
      for (const auto& name : *also) add(name.get<std::string>());
  }
  void add(std::string_view name) {
    for (std::string& word : words_of(name)) words.push_back(std::move(word));
  }
};

std::vector<Entry> entries_of(Kind kind) {
  const bool platforms = kind == Kind::platform;
  const ordered_json file = read_file(platforms ? "platforms.json" : "devices.json");
  std::vector<Entry> entries;
  for (const auto& [id, shown] : file.at(platforms ? "platforms" : "devices").items()) {
    entries.emplace_back(id, shown);
    const auto runtimes = shown.find("aliases");
    if (runtimes == shown.end()) continue;
    for (const auto& [runtime, table] : runtimes->items()) entries.emplace_back(id + "/" + runtime, shown);
  }
  return entries;
}

/// Words of the id that nobody asked for, a runtime among them, its length: the plainest of those that fit
/// comes first.
std::tuple<std::size_t, bool, std::size_t> excess(const Entry& entry, const Words& asked) {
  std::size_t others = 0;
  for (const std::string& word : entry.id_words)
    others += std::ranges::none_of(asked, [&](const std::string& one) { return is_same_word(one, word); });
  return {others, entry.id.find('/') != std::string::npos, entry.id.size()};
}

}  // namespace

std::vector<std::string> called(Kind kind, std::string_view text) {
  const Words asked = words_of(text);
  if ((kind != Kind::device && kind != Kind::platform) || asked.empty()) return {};
  std::vector<Entry> fitting;
  for (Entry& entry : entries_of(kind)) {
    if (folded(entry.id_words) == folded(asked)) return {entry.id};
    const bool all =
        std::ranges::all_of(asked, [&](const std::string& word) { return has(entry.words, word); });
    if (all) fitting.push_back(std::move(entry));
  }
  std::ranges::stable_sort(fitting, {}, [&](const Entry& entry) { return excess(entry, asked); });
  constexpr std::size_t most = 3;
  std::vector<std::string> ids;
  for (const Entry& entry : fitting)
    if (ids.size() < most) ids.push_back(entry.id);
  return ids;
}

}  // namespace models::catalog
