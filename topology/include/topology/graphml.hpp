#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/time.hpp"
#include "topology/graph.hpp"
#include "topology/parse_error.hpp"

namespace topology {

struct GraphmlOptions {
  Tier tier = Tier::pop;       ///< of every site
  double length_factor = 1.0;  ///< cable length over geodesic, >= 1
  /// One-way latency of a link with an end without coordinates; a notice counts such links.
  sim::Duration latency_without_coordinates{1'000'000};
};

struct GraphmlNetwork {
  std::string label;  ///< the graph's `label`, else `Network`, else its id; may be empty
  Network network;    ///< site i is node i of the file
  /// What a reader of the file should know: separate components, missing coordinates, skipped parts.
  std::vector<std::string> notices;
};

/// Reads a network in GraphML, such as those of the Internet Topology Zoo.
///
/// Nodes become sites named by their id; `label` is the title, `Latitude` and `Longitude` [degrees] the
/// place, `Country` its country if it is a two-letter code. Edges become links: latency is the time of light
/// in fibre along the geodesic (whole metres) times the length factor, bandwidth is `LinkSpeedRaw`
/// [bit/s]. Parallel edges stay, loops are skipped, directed edges count as two-way.
/// Source of the form: GraphML primer and http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd.
/// @param file  name for messages
/// @throws ParseError with line and column: not XML, not GraphML, unknown or doubled ids, bad numbers,
///         nested graphs, more than 64 MB, deeper than 64 elements
[[nodiscard]] GraphmlNetwork read_graphml(std::string_view text, const std::string& file,
                                          const GraphmlOptions& options = {});

/// read_graphml() of a file's content. @throws ParseError also when the file cannot be read
[[nodiscard]] GraphmlNetwork load_graphml(const std::filesystem::path& path,
                                          const GraphmlOptions& options = {});

/// Sentence that names the components of a network that is not connected; empty for a connected one.
[[nodiscard]] std::string describe_components(const Network& network);

}  // namespace topology
