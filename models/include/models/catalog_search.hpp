#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/catalog.hpp"

namespace models::catalog {

/// Ids that somebody may mean who calls a device or a platform `text` ("Orin Nano", "lambda-snapstart",
/// "k8s"): of the entries that have all of its words in their ids, names or the names that they also go by,
/// those with the fewest other words in their ids, at most three. A platform's runtimes count as entries
/// ("ID/RUNTIME"). Case, accents and punctuation do not matter, nor does the end of a word; an id that is
/// told from `text` by these alone is the only one. Empty where nothing has all the words.
/// @param kind  device or platform; nothing is found of others
[[nodiscard]] std::vector<std::string> called(Kind kind, std::string_view text);

}  // namespace models::catalog
