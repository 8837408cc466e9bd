#include "read/schema_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "text/text_form.hpp"

namespace planner {
namespace {

/// "a number", "a text or an object": the types in words.
std::string in_words(const std::vector<std::string>& types) {
  std::vector<std::string_view> words;
  for (const std::string& type : types) {
    if (type == "string")
      words.emplace_back("a text");
    else if (type == "integer")
      words.emplace_back("a whole number");
    else if (type == "number")
      words.emplace_back("a number");
    else if (type == "boolean")
      words.emplace_back("true or false");
    else if (type == "array")
      words.emplace_back("an array");
    else
      words.emplace_back("an object");
  }
  return fmt::format("{}", fmt::join(words, " or "));
}

std::string_view in_words(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::boolean:
      return "true or false";
    case Value::Kind::number:
      return "a number";
    case Value::Kind::string:
      return "a text";
    case Value::Kind::array:
      return "an array";
    case Value::Kind::object:
      return "an object";
  }
  return "null";
}

std::string shortened(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return std::string{text};
  std::size_t end = longest;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string{text.substr(0, end)} + "...";
}

class Checker {
 public:
  explicit Checker(Issues& issues) : issues_{issues} {}

  /// @param key  that leads to the value, for messages
  void check(const Value& value, const SchemaNode& schema, std::string_view key) {
    if (!type_fits(value, schema)) return report_type(value, schema, key);
    switch (value.kind) {
      case Value::Kind::number:
        return check_number(value, schema, key);
      case Value::Kind::string:
        return check_text(value, schema);
      case Value::Kind::array:
        return check_array(value, schema, key);
      case Value::Kind::object:
        return check_object(value, schema);
      default:
        return;
    }
  }

 private:
  static bool is_whole(const Value& value) { return std::floor(value.number) == value.number; }

  static bool type_fits(const Value& value, const SchemaNode& schema) {
    if (value.is_number() && is_whole(value)) return schema.allows("integer");
    return schema.allows(type_name(value.kind));
  }

  void report_type(const Value& value, const SchemaNode& schema, std::string_view key) {
    if (value.is_number() && schema.dimension && schema.allows("string"))
      return report_missing_unit(value, schema, key);
    const bool fraction = value.is_number() && schema.allows("integer");
    Diagnostic& issue =
        issues_.add(Code::wrong_type, value.span,
                    fmt::format("\"{}\" must be {}, not {}", shortened(key), in_words(schema.types),
                                fraction ? "a fraction" : in_words(value.kind)));
    if (value.kind == Value::Kind::null) issue.help = "null deletes a key in a patch; here leave the key out";
  }

  void report_missing_unit(const Value& value, const SchemaNode& schema, std::string_view key) {
    const DimensionInfo& due = info(*schema.dimension);
    Diagnostic& issue =
        issues_.add(Code::missing_unit, value.span,
                    fmt::format("\"{}\" is a bare number, but {} is due", shortened(key), due.title));
    for (const std::string_view unit : due.proposals) {
      const std::string proposal = fmt::format("\"{} {}\"", value.text, unit);
      issue.suggestions.push_back({fmt::format("did you mean {}?", proposal), proposal, {}});
    }
  }

  void check_number(const Value& value, const SchemaNode& schema, std::string_view key) {
    const bool low = schema.above_minimum ? value.number <= schema.minimum : value.number < schema.minimum;
    if (!low && value.number <= schema.maximum) return;
    const std::string bound =
        low ? fmt::format("{} {}", schema.above_minimum ? "above" : "at least", schema.minimum)
            : fmt::format("at most {}", schema.maximum);
    issues_.add(Code::out_of_range, value.span,
                fmt::format("\"{}\" is {}, but must be {}", shortened(key), value.text, bound));
  }

  void check_text(const Value& value, const SchemaNode& schema) {
    if (schema.dimension) return check_quantity(value, schema);
    if (!schema.words.empty() && std::ranges::find(schema.words, value.text) == schema.words.end()) {
      Diagnostic& issue = issues_.add(
          Code::not_allowed, value.span,
          fmt::format("\"{}\" is not one of {}", shortened(value.text), fmt::join(schema.words, ", ")));
      propose(issue, value.text, schema.words);
      issue.help.clear();  // the message lists the words already
      return;
    }
    if (schema.text_form.empty() || has_form(value.text, schema.text_form)) return;
    const bool id = schema.text_form == "id";
    Diagnostic& issue =
        issues_.add(id ? Code::bad_id : Code::bad_text, value.span,
                    fmt::format("\"{}\" is not {}", shortened(value.text), describe_form(schema.text_form)));
    if (id) propose_id(issue, value.text);
  }

  static void propose_id(Diagnostic& issue, std::string_view name) {
    const std::string id = to_id(name);
    if (is_id(id))
      issue.suggestions.push_back({fmt::format("did you mean \"{}\"?", id), fmt::format("\"{}\"", id), {}});
  }

  void check_quantity(const Value& value, const SchemaNode& schema) {
    const auto parsed = parse_quantity(value.text, *schema.dimension);
    if (const auto* error = std::get_if<QuantityError>(&parsed)) return report_quantity(value, *error);
    check_quantity_bounds(value, schema, std::get<ParsedQuantity>(parsed).value);
  }

  /// No quantity of the format may be negative; the schema's bounds are in the dimension's unit.
  void check_quantity_bounds(const Value& value, const SchemaNode& schema, double number) {
    const double minimum = std::max(schema.minimum, 0.0);
    const bool low = schema.above_minimum ? number <= minimum : number < minimum;
    if (!low && number <= schema.maximum) return;
    const std::string_view unit = info(*schema.dimension).unit;
    const std::string due = [&] {
      if (!low)
        return unit.empty() ? std::string{"not be above 100 %"}
                            : fmt::format("be at most {} {}", schema.maximum, unit);
      if (schema.above_minimum) return std::string{"be above zero"};
      return minimum > 0 ? fmt::format("be at least {} {}", minimum, unit) : std::string{"not be negative"};
    }();
    issues_.add(Code::quantity_out_of_range, value.span, fmt::format("\"{}\" must {}", value.text, due));
  }

  void report_quantity(const Value& value, const QuantityError& error) {
    const Code code = [&] {
      switch (error.kind) {
        case QuantityError::Kind::malformed:
          return Code::malformed_quantity;
        case QuantityError::Kind::missing_unit:
          return Code::missing_unit;
        case QuantityError::Kind::unknown_unit:
          return Code::unknown_unit;
        case QuantityError::Kind::wrong_dimension:
          return Code::wrong_dimension;
      }
      return Code::malformed_quantity;
    }();
    Diagnostic& issue = issues_.add(code, value.span, shortened(error.message));
    issue.message = error.message;
    for (const std::string& proposal : error.proposals) {
      issue.suggestions.push_back(
          {fmt::format("did you mean \"{}\"?", proposal), fmt::format("\"{}\"", proposal), {}});
    }
  }

  void check_array(const Value& value, const SchemaNode& schema, std::string_view key) {
    if (value.items.size() < schema.min_items || value.items.size() > schema.max_items) {
      const std::string due = schema.min_items == schema.max_items
                                  ? fmt::format("{}", schema.min_items)
                                  : fmt::format("{} or more", schema.min_items);
      issues_.add(
          Code::wrong_count, value.span,
          fmt::format("\"{}\" has {} elements, but needs {}", shortened(key), value.items.size(), due));
    }
    if (schema.items == nullptr) return;
    for (const Value& item : value.items) check(item, *schema.items, key);
  }

  void check_object(const Value& value, const SchemaNode& schema) {
    for (const Member& member : value.members) {
      if (const SchemaNode* known = schema.property(member.key)) {
        check(member.value, *known, member.key);
      } else if (member.key.starts_with("x-")) {
        continue;
      } else if (schema.additional != nullptr) {
        check_key(member, schema);
        check(member.value, *schema.additional, member.key);
      } else if (schema.closed) {
        report_unknown_key(member, schema);
      }
    }
    for (const std::string& key : schema.required) {
      if (value.find(key) != nullptr) continue;
      const Span brace{value.span.file, value.span.begin, std::min(value.span.begin + 1, value.span.end)};
      issues_.add(Code::missing_key, brace, fmt::format("\"{}\" is missing", key)).label = "in this object";
    }
  }

  void check_key(const Member& member, const SchemaNode& schema) {
    if (schema.key_form.empty() || has_form(member.key, schema.key_form)) return;
    Diagnostic& issue =
        issues_.add(Code::bad_id, member.key_span,
                    fmt::format("\"{}\" is not {}", shortened(member.key), describe_form(schema.key_form)));
    if (schema.key_form == "id") propose_id(issue, member.key);
  }

  void report_unknown_key(const Member& member, const SchemaNode& schema) {
    if (std::ranges::find(later_keys(), member.key) != later_keys().end()) {
      issues_
          .add(Code::not_in_this_version, member.key_span,
               fmt::format("\"{}\" is not in this version", member.key))
          .help = "it would have no effect; keep it as \"x-" + member.key + "\" until a version knows it";
      return;
    }
    std::vector<std::string> known;
    for (const auto& [key, property] : schema.properties) known.push_back(key);
    Diagnostic& issue = issues_.add(Code::unknown_key, member.key_span,
                                    fmt::format("unknown key \"{}\"", shortened(member.key)));
    issue.label = schema.title.empty() ? "" : fmt::format("not a key of {}", schema.title);
    propose(issue, member.key, known);
  }

  Issues& issues_;
};

}  // namespace

void check_schema(const Value& value, const SchemaNode& schema, Issues& issues) {
  Checker{issues}.check(value, schema, "the document");
}

}  // namespace planner
