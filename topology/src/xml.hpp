#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topology {

/// An element of an XML document, without namespace prefixes.
struct XmlElement {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  ///< all character data directly within, CDATA included
  std::vector<XmlElement> children;
  int line = 0;
  int column = 0;

  /// @return nullptr if there is no such attribute
  [[nodiscard]] const std::string* attribute(std::string_view wanted) const;
};

/// Reads XML 1.0 in UTF-8. Comments, processing instructions and the document type are skipped; no
/// external or user-defined entity is ever resolved.
/// @param max_depth  of nested elements
/// @return the root element
/// @throws ParseError where the text is not well-formed or nested too deep
[[nodiscard]] XmlElement parse_xml(std::string_view text, const std::string& file, std::size_t max_depth);

}  // namespace topology
