#include "xml.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "topology/parse_error.hpp"

namespace topology {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_start(char c) { return is_name_char(c) && c != '-' && c != '.' && !(c >= '0' && c <= '9'); }

std::string without_prefix(std::string_view name) {
  const auto colon = name.rfind(':');
  return std::string{colon == std::string_view::npos ? name : name.substr(colon + 1)};
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  const auto put_rest = [&](int count) {
    for (int shift = 6 * (count - 1); shift >= 0; shift -= 6) put(0x80 | ((code >> shift) & 0x3f));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | (code >> 6));
    put_rest(1);
  } else if (code < 0x10000) {
    put(0xe0 | (code >> 12));
    put_rest(2);
  } else {
    put(0xf0 | (code >> 18));
    put_rest(3);
  }
}

bool is_xml_char(std::uint32_t code) {
  return code == 0x9 || code == 0xa || code == 0xd || (code >= 0x20 && code < 0xd800) ||
         (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code < 0x110000);
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& file, std::size_t max_depth)
      : text_{text}, file_{file}, max_depth_{max_depth} {}

  XmlElement document() {
    skip("\xef\xbb\xbf");
    refuse_binary();
    while (open_.empty() && roots_.empty()) content();
    while (!open_.empty()) content();
    while (at_ < text_.size()) content();
    return std::move(roots_.front());
  }

 private:
  [[noreturn]] void fail_at(std::size_t position, const std::string& problem) const {
    const auto before = text_.substr(0, position);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto start = before.rfind('\n');
    const auto column = 1 + position - (start == std::string_view::npos ? 0 : start + 1);
    throw ParseError{file_, static_cast<int>(line), static_cast<int>(column), problem};
  }
  [[noreturn]] void fail(const std::string& problem) const { fail_at(at_, problem); }

  // A control character means another encoding or no text at all: say so before anything else.
  void refuse_binary() const {
    const auto bad = std::find_if(text_.begin(), text_.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 && !is_space(c);
    });
    if (bad == text_.end()) return;
    fail_at(static_cast<std::size_t>(bad - text_.begin()),
            "a control character: this is not a UTF-8 text file");
  }

  [[nodiscard]] bool sees(std::string_view expected) const { return text_.substr(at_).starts_with(expected); }

  bool skip(std::string_view expected) {
    if (!sees(expected)) return false;
    advance(expected.size());
    return true;
  }

  void advance(std::size_t count) {
    for (const auto end = at_ + count; at_ < end; ++at_) {
      if (text_[at_] != '\n') continue;
      ++line_;
      line_start_ = at_ + 1;
    }
  }

  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) advance(1);
  }

  /// Skips up to and including `end`.
  std::string_view take_until(std::string_view end, const std::string& what) {
    const auto found = text_.find(end, at_);
    if (found == std::string_view::npos) fail(what + " does not end");
    const auto taken = text_.substr(at_, found - at_);
    advance(found - at_ + end.size());
    return taken;
  }

  std::string_view name(const std::string& what) {
    if (at_ >= text_.size() || !is_name_start(text_[at_])) fail("expected the name of " + what);
    const auto first = at_;
    while (at_ < text_.size() && is_name_char(text_[at_])) advance(1);
    return text_.substr(first, at_ - first);
  }

  /// One piece of the document: markup, or the text up to the next markup.
  void content() {
    if (at_ >= text_.size()) {
      fail(open_.empty() ? "the document has no element"
                         : "the file ends within <" + open_.back().name + ">");
    }
    if (skip("<!--")) {
      take_until("-->", "this comment");
    } else if (skip("<![CDATA[")) {
      if (open_.empty()) fail("text outside the root element");
      open_.back().text += take_until("]]>", "this CDATA section");
    } else if (skip("<?")) {
      take_until("?>", "this processing instruction");
    } else if (sees("<!DOCTYPE")) {
      document_type();
    } else if (skip("</")) {
      end_tag();
    } else if (sees("<")) {
      start_tag();
    } else {
      character_data();
    }
  }

  void document_type() {
    if (!open_.empty() || !roots_.empty()) fail("a document type must stand before the root element");
    const auto declaration = text_.substr(at_, text_.find('>', at_) - at_);
    if (declaration.find('[') != std::string_view::npos)
      fail("document types with own declarations are not read");
    take_until(">", "this document type");
  }

  void character_data() {
    const auto end = std::min(text_.find('<', at_), text_.size());
    if (!open_.empty()) {
      open_.back().text += resolved(end);
      return;
    }
    skip_spaces();
    if (at_ < end) fail("text outside the root element");
  }

  /// Text up to `end` with its references replaced.
  std::string resolved(std::size_t end) {
    std::string out;
    while (at_ < end) {
      const auto plain = std::min(text_.find('&', at_), end);
      out += text_.substr(at_, plain - at_);
      advance(plain - at_);
      if (at_ < end) reference(end, out);
    }
    return out;
  }

  void reference(std::size_t end, std::string& out) {
    const auto semicolon = text_.find(';', at_);
    if (semicolon >= end || semicolon - at_ > 12) fail("'&' must be written &amp;");
    const auto body = text_.substr(at_ + 1, semicolon - at_ - 1);
    if (body.starts_with('#')) {
      append_utf8(out, character_number(body.substr(1)));
    } else if (body == "amp") {
      out += '&';
    } else if (body == "lt") {
      out += '<';
    } else if (body == "gt") {
      out += '>';
    } else if (body == "quot") {
      out += '"';
    } else if (body == "apos") {
      out += '\'';
    } else {
      fail("unknown entity &" + std::string{body} + ";");
    }
    advance(semicolon + 1 - at_);
  }

  std::uint32_t character_number(std::string_view digits) const {
    const int base = digits.starts_with('x') ? 16 : 10;
    if (base == 16) digits.remove_prefix(1);
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
    if (error != std::errc{} || end != digits.data() + digits.size() || !is_xml_char(code)) {
      fail("this is not the number of a character");
    }
    return code;
  }

  void start_tag() {
    XmlElement element;
    element.line = line_;
    element.column = static_cast<int>(at_ - line_start_) + 1;
    if (open_.empty() && !roots_.empty()) fail("a second root element");
    if (open_.size() >= max_depth_) fail("elements are nested deeper than " + std::to_string(max_depth_));
    advance(1);
    element.name = without_prefix(name("an element"));
    attributes(element);
    const bool empty = skip("/");
    if (!skip(">")) fail("expected '>' at the end of <" + element.name + ">");
    open_.push_back(std::move(element));
    if (empty) close();
  }

  void attributes(XmlElement& element) {
    for (skip_spaces(); at_ < text_.size() && is_name_start(text_[at_]); skip_spaces()) {
      const auto qualified = name("an attribute");
      auto key = qualified.starts_with("xmlns") ? std::string{qualified} : without_prefix(qualified);
      if (element.attribute(key) != nullptr) fail("attribute " + key + " is given twice");
      skip_spaces();
      if (!skip("=")) fail("expected '=' after attribute " + key);
      skip_spaces();
      element.attributes.emplace_back(std::move(key), attribute_value());
    }
  }

  std::string attribute_value() {
    if (!sees("\"") && !sees("'")) fail("expected a quoted value");
    const char quote = text_[at_];
    advance(1);
    const auto end = text_.find(quote, at_);
    if (end == std::string_view::npos) fail("this value does not end");
    if (text_.substr(at_, end - at_).find('<') != std::string_view::npos) fail("'<' within a quoted value");
    auto value = resolved(end);
    advance(1);
    return value;
  }

  void end_tag() {
    const auto closing = without_prefix(name("an element"));
    if (open_.empty()) fail("</" + closing + "> closes nothing");
    if (closing != open_.back().name) {
      fail("</" + closing + "> where <" + open_.back().name + "> of line " +
           std::to_string(open_.back().line) + " must be closed first");
    }
    skip_spaces();
    if (!skip(">")) fail("expected '>' at the end of </" + closing);
    close();
  }

  void close() {
    auto done = std::move(open_.back());
    open_.pop_back();
    (open_.empty() ? roots_ : open_.back().children).push_back(std::move(done));
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t max_depth_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::size_t line_start_ = 0;
  std::vector<XmlElement> open_;   // from the root to the element being read
  std::vector<XmlElement> roots_;  // none or one
};

}  // namespace

const std::string* XmlElement::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes) {
    if (key == wanted) return &value;
  }
  return nullptr;
}

XmlElement parse_xml(std::string_view text, const std::string& file, std::size_t max_depth) {
  return Parser{text, file, max_depth}.document();
}

}  // namespace topology
