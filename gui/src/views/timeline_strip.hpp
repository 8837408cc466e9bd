#pragma once
#include "theme.hpp"

class QCustomPlot;

namespace gui {

class Session;

/// Draws the slices of the shown strategy: requests (grey) and p99 (line), bands where p99 is beyond the
/// deadline and where an outage is planned, and the slice that is shown. Writes in the plot's font.
void draw_strip(QCustomPlot& plot, const Session& session, Appearance appearance);

}  // namespace gui
