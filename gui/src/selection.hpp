#pragma once
#include <string>
#include <vector>

namespace gui {

/// JSON Pointers of what is selected: an entry of the scenario, the strategy and the flow that are shown.
/// Whatever shows any of them points it out.
using Selection = std::vector<std::string>;

/// `/sites/edge` of `sites`, `edge`.
[[nodiscard]] std::string pointer_to(const std::string& section, const std::string& id);

/// Whether `selected` is the entry `subject`, within it or around it: /sites/edge and /sites/edge/pools/box
/// concern each other, /sites alone nothing.
[[nodiscard]] bool concerns(const std::string& selected, const std::string& subject);
/// Whether any of `selected` concerns any of `subjects`.
[[nodiscard]] bool concerns(const Selection& selected, const std::vector<std::string>& subjects);

}  // namespace gui
