#pragma once
#include <QComboBox>
#include <string>
#include <vector>

namespace gui {

/// Puts `ids` into a box, `chosen` current, without telling that anything changed.
void show_choices(QComboBox& box, const std::vector<std::string>& ids, const std::string& chosen);

}  // namespace gui
