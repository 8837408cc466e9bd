#include "topology/graphml.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "support/shared_data.hpp"
#include "topology/paths.hpp"

namespace topology {
namespace {

using namespace std::chrono_literals;

const std::string header =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<!-- a comment with <tags> & signs -->\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
    "<key id=\"d0\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "<key id=\"d1\" for=\"node\" attr.name=\"Latitude\" attr.type=\"double\"/>\n"
    "<key id=\"d2\" for=\"node\" attr.name=\"Longitude\" attr.type=\"double\"/>\n"
    "<key id=\"d3\" for=\"edge\" attr.name=\"LinkSpeedRaw\" attr.type=\"double\"/>\n"
    "<key id=\"d4\" for=\"node\" attr.name=\"Country\" attr.type=\"string\"/>\n";

/// The header takes lines 1 to 8; `graph` begins in line 9.
std::string document(const std::string& graph) { return header + graph + "</graphml>\n"; }

GraphmlNetwork read(const std::string& text) { return read_graphml(text, "net.graphml"); }

std::string refusal(const std::string& text) {
  try {
    read(text);
  } catch (const ParseError& error) {
    return error.what();
  }
  return "accepted";
}

bool mentions(const std::vector<std::string>& notices, const std::string& text) {
  return std::any_of(notices.begin(), notices.end(),
                     [&](const auto& notice) { return notice.find(text) != std::string::npos; });
}

std::filesystem::path zoo() { return test_support::shared_dir() / "validation/data/topology_zoo"; }

/// Links as the reference counts and measures them: one a pair of sites, great-circle length [mm] as [ns].
struct Measured {
  Network by_hops;
  Network by_length;
  double total_length = 0;  // [m]
  std::size_t max_degree = 0;
};

Measured measured(const Network& network) {
  Measured result;
  for (std::uint32_t i = 0; i < network.site_count(); ++i) {
    result.by_hops.add_site(network.site(SiteId{i}));
    result.by_length.add_site(network.site(SiteId{i}));
  }
  for (std::uint32_t i = 0; i < network.link_count(); ++i) {
    const auto& link = network.link(LinkId{i});
    if (result.by_hops.fastest_link(link.a, link.b)) continue;
    result.by_hops.add_link({.a = link.a, .b = link.b, .latency = LinkLatency::fixed(1ns)});
    const auto& a = network.site(link.a).place;
    const auto& b = network.site(link.b).place;
    if (!a || !b) continue;
    const double metres = haversine_distance(a->point, b->point).value();
    result.total_length += metres;
    const sim::Duration millimetres{std::llround(1000 * metres)};
    result.by_length.add_link({.a = link.a, .b = link.b, .latency = LinkLatency::fixed(millimetres)});
  }
  for (std::uint32_t i = 0; i < network.site_count(); ++i) {
    result.max_degree = std::max(result.max_degree, result.by_hops.neighbours(SiteId{i}).size());
  }
  return result;
}

/// Largest and mean latency between the sites of a component.
struct Spread {
  sim::Duration largest{};
  double mean = 0;
};

Spread spread(const Network& network, const std::vector<SiteId>& component) {
  Spread result;
  double sum = 0;
  for (const auto from : component) {
    const auto latency = path_latencies(network, from);
    for (const auto to : component) {
      result.largest = std::max(result.largest, latency[to.value()]);
      sum += static_cast<double>(latency[to.value()].count());
    }
  }
  const auto size = static_cast<double>(component.size());
  result.mean = sum / (size * (size - 1));
  return result;
}

}  // namespace

TEST_CASE("A GraphML network becomes sites with places and links with fibre latency", "[topology][graphml]") {
  const auto read_back = read(document(
      "<graph id=\"G\" edgedefault=\"undirected\">\n"
      "<edge id=\"e0\" source=\"lon\" target=\"nyc\"><data key=\"d3\">10000000000.0</data></edge>\n"
      "<node id=\"lon\"><data key=\"d0\">London &amp; &#x53;lough</data><data key=\"d1\">51.5074</data>\n"
      "<data key=\"d2\">-0.1278</data><data key=\"d4\">GB</data></node>\n"
      "<node id=\"nyc\"><data key=\"d0\"><![CDATA[New <York>]]></data><data key=\"d1\"> 40.7128 </data>\n"
      "<data key=\"d2\">-74.006</data><data key=\"d4\">United States</data></node>\n"
      "</graph>\n"));
  const auto& network = read_back.network;
  CHECK(read_back.label == "G");
  CHECK(read_back.notices.empty());
  REQUIRE(network.site_count() == 2);
  const auto& london = network.site(SiteId{0});
  CHECK(london.name == "lon");
  CHECK(london.title == "London & Slough");
  CHECK(london.tier == Tier::pop);
  CHECK(london.place->point == GeoPoint{51.5074, -0.1278});
  CHECK(london.place->country == "GB");
  CHECK(network.site(SiteId{1}).title == "New <York>");
  CHECK(network.site(SiteId{1}).place->country.empty());
  REQUIRE(network.link_count() == 1);
  const auto& link = network.link(LinkId{0});
  CHECK(link.name == "e0");
  CHECK(link.bandwidth->value() == 1e10);
  // 5585234 m * 1.468 / 299792458 m/s = 27.349332 ms.
  CHECK(link.latency.typical == 27349332ns);
  CHECK_FALSE(link.latency.law);
}

TEST_CASE("Options set the tier, the detour of cables and links of unknown length", "[topology][graphml]") {
  const auto text = document(
      "<graph edgedefault=\"undirected\">"
      "<node id=\"a\"><data key=\"d1\">0</data><data key=\"d2\">0</data></node>"
      "<node id=\"b\"><data key=\"d1\">0</data><data key=\"d2\">1</data></node><node id=\"c\"/>"
      "<edge source=\"a\" target=\"b\"/><edge source=\"b\" target=\"c\"/></graph>");
  const auto result = read_graphml(
      text, "net.graphml", {.tier = Tier::edge, .length_factor = 2.0, .latency_without_coordinates = 3ms});
  CHECK(result.network.site(SiteId{2}).tier == Tier::edge);
  // One degree of the equator is 111319.49 m, 111319 m whole; doubled: 222638 m * 1.468 / c = 1.090196 ms.
  CHECK(result.network.link(LinkId{0}).latency.typical == 1090196ns);
  CHECK(result.network.link(LinkId{1}).latency.typical == 3ms);
  CHECK(mentions(result.notices, "1 node without coordinates"));
  CHECK(mentions(result.notices, "1 link of unknown length (an end has no coordinates), taken as 3000 us"));
}

TEST_CASE("Parallel edges stay, loops and hyperedges are skipped with a notice", "[topology][graphml]") {
  const auto result =
      read(document("<graph edgedefault=\"directed\"><node id=\"a\"/><node id=\"b\"/>"
                    "<edge source=\"a\" target=\"b\"/><edge source=\"b\" target=\"a\"/>"
                    "<edge source=\"b\" target=\"b\"/><hyperedge/></graph>"));
  CHECK(result.network.link_count() == 2);
  CHECK(mentions(result.notices, "1 edge from a node to itself skipped"));
  CHECK(mentions(result.notices, "1 hyperedge skipped"));
  CHECK(mentions(result.notices, "directed edges read as two-way links"));
}

TEST_CASE("Defaults of keys hold where a node states nothing", "[topology][graphml]") {
  const auto result = read(
      "<g:graphml xmlns:g='http://graphml.graphdrawing.org/xmlns'>"
      "<g:key id='k' for='node' attr.name='label'><g:default>unnamed</g:default></g:key>"
      "<g:graph edgedefault='undirected'><g:node id='a'/>"
      "<g:node id='b'><g:data key='k'>B</g:data></g:node></g:graph></g:graphml>");
  CHECK(result.network.site(SiteId{0}).title == "unnamed");
  CHECK(result.network.site(SiteId{1}).title == "B");
}

TEST_CASE("A network in parts loads with its components named", "[topology][graphml]") {
  const auto result =
      read(document("<graph edgedefault=\"undirected\"><node id=\"0\"><data key=\"d0\">Praha</data></node>"
                    "<node id=\"1\"/><node id=\"2\"/><node id=\"3\"/><node id=\"4\"/><node id=\"5\"/>"
                    "<node id=\"6\"/><edge source=\"0\" target=\"1\"/><edge source=\"1\" target=\"2\"/>"
                    "<edge source=\"2\" target=\"3\"/><edge source=\"4\" target=\"5\"/></graph>"));
  CHECK(result.notices.front() ==
        "not connected, 3 components: 4 sites (0 (Praha), 1, 2, and 1 more); 2 sites (4, 5); "
        "1 site without links: 6");
}

TEST_CASE("Files that are not GraphML are refused with place and reason", "[topology][graphml]") {
  const auto node = [](const std::string& data) {
    return document("<graph edgedefault=\"undirected\">\n<node id=\"a\">" + data + "</node></graph>");
  };
  CHECK(refusal("") == "net.graphml:1:1: the document has no element");
  CHECK(refusal("hello") == "net.graphml:1:1: text outside the root element");
  CHECK(refusal("{\"nodes\": []}") == "net.graphml:1:1: text outside the root element");
  CHECK(refusal("<svg/>") == "net.graphml:1:1: the root element is <svg>, GraphML begins with <graphml>");
  CHECK(refusal(header + "</graphml>") == "net.graphml:3:1: there is no <graph>");
  CHECK(refusal(document("<graph/>")) == "net.graphml:9:1: the graph has no nodes");
  CHECK(refusal(document("<graph><node id='a'/></graph>\n<graph/>")) ==
        "net.graphml:10:1: a second <graph>: one network a file is read");
  CHECK(refusal(document("<graph><node/></graph>")) == "net.graphml:9:8: <node> needs the attribute id");
  CHECK(refusal(document("<graph><node id='a'/><node id='a'/></graph>")) ==
        "net.graphml:9:22: node \"a\" occurs twice");
  CHECK(refusal(document("<graph><node id='a'/>\n<edge source='a' target='b'/></graph>")) ==
        "net.graphml:10:1: the edge's target \"b\" is no node");
  CHECK(refusal(document("<graph><node id='a'/><node id='b'/><edge id='e' source='a' target='b'/>\n"
                         "<edge id='e' source='a' target='b'/></graph>")) ==
        "net.graphml:10:1: edge \"e\" occurs twice");
  CHECK(refusal(document("<graph><node id='a'/><node id='b'/>\n"
                         "<edge source='a' target='b'><data key='d3'>-5</data></edge></graph>")) ==
        "net.graphml:10:1: LinkSpeedRaw of this edge is negative");
  CHECK(refusal(document("<graph><node id='a'><graph/></node></graph>")) ==
        "net.graphml:9:21: graphs nested in nodes are not read");
  CHECK(refusal(node("<data key=\"d9\">1</data>")) ==
        "net.graphml:10:14: <data> refers to the undeclared key \"d9\"");
  CHECK(refusal(node("<data key=\"d1\">north</data>")) ==
        "net.graphml:10:1: Latitude of this node is \"north\", not a number");
  CHECK(refusal(node("<data key=\"d1\">nan</data>")) ==
        "net.graphml:10:1: Latitude of this node is \"nan\", not a number");
  CHECK(refusal(node("<data key=\"d1\">91</data><data key=\"d2\">0</data>")) ==
        "net.graphml:10:1: latitude 91, longitude 0 lies outside -90 to 90, -180 to 180");
}

TEST_CASE("Malformed XML is refused with place and reason", "[topology][graphml]") {
  CHECK(refusal("<graphml>") == "net.graphml:1:10: the file ends within <graphml>");
  CHECK(refusal("<graphml>\n<a></b></graphml>") ==
        "net.graphml:2:7: </b> where <a> of line 2 must be closed first");
  CHECK(refusal("<graphml></graphml></graphml>") == "net.graphml:1:29: </graphml> closes nothing");
  CHECK(refusal("<graphml/><graphml/>") == "net.graphml:1:11: a second root element");
  CHECK(refusal("<graphml a='1' a='2'/>") == "net.graphml:1:17: attribute a is given twice");
  CHECK(refusal("<graphml a=1/>") == "net.graphml:1:12: expected a quoted value");
  CHECK(refusal("<graphml a='1/>") == "net.graphml:1:13: this value does not end");
  CHECK(refusal("<graphml a/>") == "net.graphml:1:11: expected '=' after attribute a");
  CHECK(refusal("<graphml a='<'/>") == "net.graphml:1:13: '<' within a quoted value");
  CHECK(refusal("<graphml &/>") == "net.graphml:1:10: expected '>' at the end of <graphml>");
  CHECK(refusal("<1/>") == "net.graphml:1:2: expected the name of an element");
  CHECK(refusal("<graphml>a & b</graphml>") == "net.graphml:1:12: '&' must be written &amp;");
  CHECK(refusal("<graphml>&lol;</graphml>") == "net.graphml:1:10: unknown entity &lol;");
  CHECK(refusal("<graphml>&#0;</graphml>") == "net.graphml:1:10: this is not the number of a character");
  CHECK(refusal("<graphml>&#xD800;</graphml>") == "net.graphml:1:10: this is not the number of a character");
  CHECK(refusal("<graphml><!-- </graphml>") == "net.graphml:1:14: this comment does not end");
  CHECK(refusal("<?xml") == "net.graphml:1:3: this processing instruction does not end");
  CHECK(refusal("<!DOCTYPE a [<!ENTITY b \"c\">]><graphml/>") ==
        "net.graphml:1:1: document types with own declarations are not read");
  CHECK(refusal(std::string{"<graphml>\n\0</graphml>", 20}) ==
        "net.graphml:2:1: a control character: this is not a UTF-8 text file");
}

TEST_CASE("Hostile sizes and depths are refused", "[topology][graphml]") {
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  CHECK(refusal(deep) == "net.graphml:1:193: elements are nested deeper than 64");  // 64 * 3 + 1
  CHECK(refusal(std::string(64'000'001, ' ')) ==
        "net.graphml: larger than 64 MB, the limit of GraphML files");
  CHECK_THROWS_WITH(load_graphml("/nonexistent/net.graphml"),
                    Catch::StartsWith("/nonexistent/net.graphml: cannot be read"));
  CHECK_THROWS_AS(load_graphml("/"), ParseError);
}

TEST_CASE("Truncated and altered files never crash the reader", "[topology][graphml]") {
  const auto whole = document(
      "<graph edgedefault=\"undirected\"><node id=\"a\"><data key=\"d0\">x &lt; y</data></node>"
      "<node id=\"b\"/><edge source=\"a\" target=\"b\"><data key=\"d3\">1e9</data></edge></graph>");
  REQUIRE(refusal(whole) == "accepted");
  const auto content = whole.size() - 1;  // without the newline at the end
  for (std::size_t length = 0; length < content; ++length) {
    REQUIRE(refusal(whole.substr(0, length)) != "accepted");
  }
  int refused = 0;
  for (std::size_t at = 0; at < content; ++at) {
    for (const char c : {'<', '>', '&', '"', '/', '\0', '\xff', ' '}) {
      auto altered = whole;
      altered[at] = c;
      if (refusal(altered) != "accepted") ++refused;
    }
  }
  CHECK(refused > 2'000);
}

TEST_CASE("All 42 networks of the Topology Zoo load with the reference's figures", "[topology][graphml]") {
  REQUIRE_SHARED_DATA("validation/data/topology_zoo/reference.json");
  std::ifstream stream{zoo() / "reference.json"};
  const auto references = nlohmann::json::parse(stream);
  REQUIRE(references.size() == 42);
  for (const auto& [file, expected] : references.items()) {
    INFO(file);
    const auto loaded = load_graphml(zoo() / file);
    const auto& network = loaded.network;
    const auto links = measured(network);
    const auto components = connected_components(network);
    CHECK(network.site_count() == expected.at("nodes"));
    // Interoute alone has edges from a node to itself, two of them.
    const std::size_t loops = file == "Interoute.graphml" ? 2 : 0;
    CHECK(mentions(loaded.notices, "2 edges from a node to itself skipped") == (loops == 2));
    CHECK(network.link_count() + loops == expected.at("edges_in_file"));
    CHECK(links.by_hops.link_count() == expected.at("distinct_undirected_edges"));
    CHECK(components.size() == expected.at("components"));
    CHECK(components.front().size() == expected.at("largest_component"));
    CHECK(links.max_degree == expected.at("max_degree"));
    CHECK(mentions(loaded.notices, "not connected") == (components.size() > 1));
    std::size_t placed = 0;
    for (std::uint32_t i = 0; i < network.site_count(); ++i) placed += network.site(SiteId{i}).place ? 1 : 0;
    CHECK(placed == expected.at("nodes_with_coordinates"));

    const auto hops = spread(links.by_hops, components.front());
    CHECK(hops.largest.count() == expected.at("hop_diameter_largest"));
    CHECK(hops.mean == Approx(expected.at("mean_hops_largest").get<double>()).epsilon(1e-12));
    if (!expected.contains("geo_diameter_m")) continue;
    // Lengths are rounded to 1 mm a link; no path has more than 60 links.
    const auto lengths = spread(links.by_length, components.front());
    CHECK(static_cast<double>(lengths.largest.count()) * 1e-3 ==
          Approx(expected.at("geo_diameter_m").get<double>()).margin(0.03).epsilon(0));
    CHECK(lengths.mean * 1e-3 ==
          Approx(expected.at("mean_shortest_path_m").get<double>()).margin(0.03).epsilon(0));
    CHECK(links.total_length == Approx(expected.at("total_link_length_m").get<double>()).epsilon(1e-12));
  }
}

TEST_CASE("Networks in parts of the Topology Zoo say which", "[topology][graphml]") {
  REQUIRE_SHARED_DATA("validation/data/topology_zoo/Nsfcnet.graphml");
  const auto nsfc = load_graphml(zoo() / "Nsfcnet.graphml");
  CHECK(mentions(nsfc.notices, "not connected, 2 components: 9 sites ("));
  CHECK(mentions(nsfc.notices, "10 nodes without coordinates"));
  const auto dial = load_graphml(zoo() / "DialtelecomCz.graphml");
  CHECK(mentions(dial.notices, "not connected, 56 components: 138 sites ("));
}

TEST_CASE("Link speeds of the Topology Zoo are read in bit/s", "[topology][graphml]") {
  REQUIRE_SHARED_DATA("validation/data/topology_zoo/Geant2012.graphml");
  const auto geant = load_graphml(zoo() / "Geant2012.graphml");
  CHECK(geant.label == "Geant2012");
  std::map<double, int> links_by_speed;
  for (std::uint32_t i = 0; i < geant.network.link_count(); ++i) {
    const auto& bandwidth = geant.network.link(LinkId{i}).bandwidth;
    ++links_by_speed[bandwidth ? bandwidth->value() : 0.0];
  }
  // Counted in the file: 39 of 61 edges state a speed.
  CHECK(links_by_speed == std::map<double, int>{{0.0, 22}, {155e6, 2}, {1e9, 6}, {2.5e9, 5}, {10e9, 26}});
}

}  // namespace topology
