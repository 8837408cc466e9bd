#pragma once

namespace gui {

class PlotPanel;
class Session;

/// What is chosen in the panel is selected, and what is selected anywhere stands out in it.
/// @pre the session outlives the panel
void link(PlotPanel& panel, Session& session);

}  // namespace gui
