#pragma once
#include <memory>

#include "charts/chart.hpp"
#include "planner/request_trace.hpp"

namespace gui {

/// The spans of one request as bars, in order; coloured by what the time is charged to. Holds the trace: it
/// is of no study's results.
[[nodiscard]] std::unique_ptr<Chart> make_waterfall_chart(planner::RequestTrace trace);

}  // namespace gui
