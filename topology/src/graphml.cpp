#include "topology/graphml.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "sim/contract.hpp"
#include "topology/paths.hpp"
#include "xml.hpp"

namespace topology {
namespace {

constexpr std::size_t max_bytes = 64'000'000;
constexpr std::size_t max_depth = 64;

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  const bool shorten = text.size() > longest;
  return '"' + std::string{text.substr(0, longest)} + (shorten ? "...\"" : "\"");
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const auto first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

/// Values of an element's <data>, by attribute name.
using Values = std::map<std::string, std::string, std::less<>>;

class Reader {
 public:
  Reader(const std::string& file, const GraphmlOptions& options) : file_{file}, options_{options} {}

  GraphmlNetwork read(const XmlElement& root) {
    if (root.name != "graphml")
      fail(root, "the root element is <" + root.name + ">, GraphML begins with <graphml>");
    const XmlElement* graph = nullptr;
    for (const auto& child : root.children) {
      if (child.name == "key") add_key(child);
      if (child.name != "graph") continue;
      if (graph != nullptr) fail(child, "a second <graph>: one network a file is read");
      graph = &child;
    }
    if (graph == nullptr) fail(root, "there is no <graph>");
    read_graph(*graph);
    add_notices();
    return std::move(result_);
  }

 private:
  struct Key {
    std::string name;
    std::string fallback;  // of elements without <data>; empty: none
    std::string domain;    // node, edge, graph or all
  };

  [[noreturn]] void fail(const XmlElement& where, const std::string& problem) const {
    throw ParseError{file_, where.line, where.column, problem};
  }

  const std::string& required(const XmlElement& element, std::string_view attribute) const {
    const auto* value = element.attribute(attribute);
    if (value == nullptr || value->empty()) {
      fail(element, '<' + element.name + "> needs the attribute " + std::string{attribute});
    }
    return *value;
  }

  void add_key(const XmlElement& element) {
    const auto& id = required(element, "id");
    const auto* name = element.attribute("attr.name");
    const auto* domain = element.attribute("for");
    Key key{name != nullptr ? *name : id, {}, domain != nullptr ? *domain : "all"};
    for (const auto& child : element.children) {
      if (child.name == "default") key.fallback = trimmed(child.text);
    }
    if (!keys_.emplace(id, std::move(key)).second)
      fail(element, "key " + in_quotes(id) + " is declared twice");
  }

  Values values_of(const XmlElement& element) const {
    Values values;
    for (const auto& child : element.children) {
      if (child.name != "data") continue;
      const auto& id = required(child, "key");
      const auto key = keys_.find(id);
      if (key == keys_.end()) fail(child, "<data> refers to the undeclared key " + in_quotes(id));
      values[key->second.name] = trimmed(child.text);
    }
    for (const auto& [id, key] : keys_) {
      const bool applies = key.domain == "all" || key.domain == element.name;
      if (applies && !key.fallback.empty()) values.emplace(key.name, key.fallback);
    }
    return values;
  }

  std::optional<double> number(const XmlElement& element, const Values& values, std::string_view name) const {
    const auto found = values.find(name);
    if (found == values.end() || found->second.empty()) return std::nullopt;
    const auto& text = found->second;
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
      fail(element,
           std::string{name} + " of this " + element.name + " is " + in_quotes(text) + ", not a number");
    }
    return value;
  }

  void read_graph(const XmlElement& graph) {
    const auto values = values_of(graph);
    const auto* id = graph.attribute("id");
    for (const auto* name : {"label", "Network"}) {
      const auto found = values.find(name);
      if (result_.label.empty() && found != values.end()) result_.label = found->second;
    }
    if (result_.label.empty() && id != nullptr) result_.label = *id;

    // Edges may stand before the nodes they join.
    for (const auto& child : graph.children) {
      if (child.name == "node") add_node(child);
      if (child.name == "hyperedge") ++hyperedges_;
    }
    for (const auto& child : graph.children) {
      if (child.name == "edge") add_edge(child);
    }
    const auto* direction = graph.attribute("edgedefault");
    directed_ = directed_ || (direction != nullptr && *direction == "directed");
    if (result_.network.site_count() == 0) fail(graph, "the graph has no nodes");
  }

  void add_node(const XmlElement& node) {
    const auto& id = required(node, "id");
    if (result_.network.find_site(id)) fail(node, "node " + in_quotes(id) + " occurs twice");
    for (const auto& child : node.children) {
      if (child.name == "graph") fail(child, "graphs nested in nodes are not read");
    }
    const auto values = values_of(node);
    const auto title = values.find("label");
    result_.network.add_site({.name = id,
                              .title = title != values.end() ? title->second : "",
                              .tier = options_.tier,
                              .place = place_of(node, values)});
  }

  std::optional<Place> place_of(const XmlElement& node, const Values& values) const {
    const auto latitude = number(node, values, "Latitude");
    const auto longitude = number(node, values, "Longitude");
    if (!latitude || !longitude) return std::nullopt;
    Place place{{*latitude, *longitude}, {}};
    if (!valid(place.point)) {
      fail(node, "latitude " + values.find("Latitude")->second + ", longitude " +
                     values.find("Longitude")->second + " lies outside -90 to 90, -180 to 180");
    }
    const auto country = values.find("Country");
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (country != values.end() && country->second.size() == 2 &&
        std::all_of(country->second.begin(), country->second.end(), is_capital)) {
      place.country = country->second;
    }
    return place;
  }

  SiteId end_of(const XmlElement& edge, std::string_view attribute) const {
    const auto& name = required(edge, attribute);
    const auto site = result_.network.find_site(name);
    if (!site) fail(edge, "the edge's " + std::string{attribute} + ' ' + in_quotes(name) + " is no node");
    return *site;
  }

  void add_edge(const XmlElement& edge) {
    const auto a = end_of(edge, "source");
    const auto b = end_of(edge, "target");
    const auto* direction = edge.attribute("directed");
    directed_ = directed_ || (direction != nullptr && *direction == "true");
    if (a == b) {
      ++loops_;
      return;
    }
    Link link{.a = a, .b = b, .latency = latency_between(a, b)};
    const auto speed = number(edge, values_of(edge), "LinkSpeedRaw");
    if (speed && *speed < 0) fail(edge, "LinkSpeedRaw of this edge is negative");
    if (speed && *speed > 0) link.bandwidth = sim::BitRate{*speed};
    if (const auto* id = edge.attribute("id")) link.name = *id;
    if (result_.network.find_link(link.name)) fail(edge, "edge " + in_quotes(link.name) + " occurs twice");
    result_.network.add_link(std::move(link));
  }

  LinkLatency latency_between(SiteId a, SiteId b) {
    const auto& from = result_.network.site(a).place;
    const auto& to = result_.network.site(b).place;
    if (!from || !to) {
      ++links_without_length_;
      return LinkLatency::fixed(options_.latency_without_coordinates);
    }
    const auto metres = static_cast<double>(whole_metres(geodesic_distance(from->point, to->point)));
    return LinkLatency::fixed(fibre_one_way(options_.length_factor * Metres{metres}));
  }

  void add_notices() {
    const auto notice = [&](std::string text) { result_.notices.push_back(std::move(text)); };
    std::size_t unplaced = 0;
    for (std::uint32_t i = 0; i < result_.network.site_count(); ++i) {
      if (!result_.network.site(SiteId{i}).place) ++unplaced;
    }
    if (auto components = describe_components(result_.network); !components.empty())
      notice(std::move(components));
    if (unplaced > 0) notice(counted(unplaced, "node") + " without coordinates");
    if (links_without_length_ > 0) {
      const auto microseconds =
          std::chrono::duration_cast<std::chrono::microseconds>(options_.latency_without_coordinates).count();
      notice(counted(links_without_length_, "link") +
             " of unknown length (an end has no coordinates), taken as " + std::to_string(microseconds) +
             " us one way");
    }
    if (loops_ > 0) notice(counted(loops_, "edge") + " from a node to itself skipped");
    if (hyperedges_ > 0) notice(counted(hyperedges_, "hyperedge") + " skipped");
    if (directed_) notice("directed edges read as two-way links");
  }

  const std::string& file_;
  const GraphmlOptions& options_;
  std::map<std::string, Key> keys_;
  GraphmlNetwork result_;
  std::size_t links_without_length_ = 0;
  std::size_t loops_ = 0;
  std::size_t hyperedges_ = 0;
  bool directed_ = false;
};

/// `id (title)`, or the id alone.
std::string named(const Site& site) {
  return site.title.empty() ? site.name : site.name + " (" + site.title + ")";
}

std::string listed(const Network& network, const std::vector<SiteId>& sites, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(sites.size(), most); ++i) {
    text += (i > 0 ? ", " : "") + named(network.site(sites[i]));
  }
  return sites.size() > most ? text + ", and " + std::to_string(sites.size() - most) + " more" : text;
}

}  // namespace

std::string describe_components(const Network& network) {
  const auto components = connected_components(network);
  if (components.size() < 2) return {};
  std::string text = "not connected, " + std::to_string(components.size()) + " components:";
  std::vector<SiteId> isolated;
  std::string separator = " ";
  for (const auto& sites : components) {
    if (sites.size() == 1) {
      isolated.push_back(sites.front());
      continue;
    }
    text += separator + std::to_string(sites.size()) + " sites (" + listed(network, sites, 3) + ")";
    separator = "; ";
  }
  if (!isolated.empty()) {
    text += separator + counted(isolated.size(), "site") +
            " without links: " + listed(network, isolated, isolated.size());
  }
  return text;
}

GraphmlNetwork read_graphml(std::string_view text, const std::string& file, const GraphmlOptions& options) {
  SIM_EXPECT(options.length_factor >= 1.0 && options.latency_without_coordinates.count() >= 0);
  if (text.size() > max_bytes) throw ParseError{file, 0, 0, "larger than 64 MB, the limit of GraphML files"};
  return Reader{file, options}.read(parse_xml(text, file, max_depth));
}

GraphmlNetwork load_graphml(const std::filesystem::path& path, const GraphmlOptions& options) {
  const auto file = path.string();
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) throw ParseError{file, 0, 0, "cannot be read: " + error.message()};
  if (size > max_bytes) throw ParseError{file, 0, 0, "larger than 64 MB, the limit of GraphML files"};
  std::ifstream stream{path, std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{stream}, {}};
  if (!stream || text.size() != size) throw ParseError{file, 0, 0, "cannot be read"};
  return read_graphml(text, file, options);
}

}  // namespace topology
