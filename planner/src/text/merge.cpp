#include "text/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "read/schema_model.hpp"

namespace planner {
namespace {

/// Finds members by key while the object grows; pays for itself with more than a few look-ups.
class MemberIndex {
 public:
  explicit MemberIndex(const Value& object) : object_{object} {
    for (std::size_t i = 0; i < object.members.size(); ++i) positions_.emplace(object.members[i].key, i);
  }
  [[nodiscard]] std::size_t find(const std::string& key) const {
    const auto found = positions_.find(key);
    return found == positions_.end() ? object_.members.size() : found->second;
  }

 private:
  const Value& object_;
  std::unordered_map<std::string, std::size_t> positions_;  // looked up only
};

Value empty_object(Span span) {
  Value object;
  object.kind = Value::Kind::object;
  object.span = span;
  return object;
}

/// Where in a document a value stands. What strategies patch is data of the document: its nulls stay.
enum class Where { elsewhere, document, strategies, strategy, strategy_patch };

Where below(Where where, const std::string& key) {
  switch (where) {
    case Where::document:
      return key == "strategies" ? Where::strategies : Where::elsewhere;
    case Where::strategies:
      return Where::strategy;
    case Where::strategy:
      return key == "patch" ? Where::strategy_patch : Where::elsewhere;
    case Where::strategy_patch:
    case Where::elsewhere:
      break;
  }
  return where;
}

Value over_nothing(const Value& value, Where where) {
  if (!value.is_object() || where == Where::strategy_patch) return value;
  Value object = empty_object(value.span);
  for (const Member& member : value.members) {
    if (member.value.kind == Value::Kind::null) continue;
    object.members.push_back(
        {member.key, member.key_span, over_nothing(member.value, below(where, member.key))});
  }
  return object;
}

void merge(Value& target, const Value& patch, Where where) {
  if (!patch.is_object()) {
    target = patch;
    return;
  }
  if (!target.is_object()) target = empty_object(patch.span);
  const MemberIndex index{target};
  const std::size_t before = target.members.size();
  for (const Member& change : patch.members) {
    const std::size_t at = index.find(change.key);
    const bool known = at < before;
    if (change.value.kind == Value::Kind::null && where != Where::strategy_patch) {
      if (known) target.members[at].value.kind = Value::Kind::null;  // a merged tree has no nulls: a mark
    } else if (known) {
      Member& member = target.members[at];
      merge(member.value, change.value, below(where, change.key));
      if (!change.value.is_object()) member.key_span = change.key_span;
    } else {
      target.members.push_back(
          {change.key, change.key_span, over_nothing(change.value, below(where, change.key))});
    }
  }
  if (where == Where::strategy_patch) return;
  std::erase_if(target.members, [](const Member& member) { return member.value.kind == Value::Kind::null; });
}

}  // namespace

void merge_patch(Value& target, const Value& patch) { merge(target, patch, Where::elsewhere); }

void merge_document(Value& target, const Value& document) { merge(target, document, Where::document); }

Value nested(const std::vector<std::string>& tokens, Value value, Span key_span) {
  for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
    Value object = empty_object({key_span.file, key_span.begin, value.span.end});
    object.members.push_back({*token, key_span, std::move(value)});
    value = std::move(object);
  }
  return value;
}

namespace {

Value text_value(std::string text, Span span) {
  Value value;
  value.kind = Value::Kind::string;
  value.text = std::move(text);
  value.span = span;
  return value;
}

/// The value of a `--set`, whose text ends the argument; moves spans to where it stands in there.
void shift_spans(Value& value, const SourceFile& file, std::uint32_t by) {
  const auto shift = [&](Span& span) { span = {&file, span.begin + by, span.end + by}; };
  shift(value.span);
  for (Value& item : value.items) shift_spans(item, file, by);
  for (Member& member : value.members) {
    shift(member.key_span);
    shift_spans(member.value, file, by);
  }
}

Value set_value(const std::string& pointer, const SourceFile& file, std::uint32_t begin) {
  const std::string text{file.text().substr(begin)};
  const Span span{&file, begin, static_cast<std::uint32_t>(file.text().size())};
  if (text.empty()) {
    Value null;
    null.span = span;
    return null;
  }
  const SchemaNode* schema = schema_at(pointer);
  ParsedText json = parse_jsonc(std::make_shared<SourceFile>("value", text));
  const bool text_only = schema != nullptr && schema->types == std::vector<std::string>{"string"};
  if (!json.issues.empty() || (text_only && !json.root.is_string())) return text_value(text, span);
  shift_spans(json.root, file, begin);
  return std::move(json.root);
}

}  // namespace

Layer parse_set(const std::string& argument, Texts& texts, Issues& issues) {
  auto parsed = std::make_shared<ParsedText>();
  parsed->source = std::make_shared<SourceFile>("--set " + argument, argument);
  texts.push_back(parsed);
  const SourceFile& file = *parsed->source;
  const std::size_t equals = argument.find('=');
  const std::string pointer = argument.substr(0, equals);
  const Span key_span{&file, 0, static_cast<std::uint32_t>(pointer.size())};
  if (equals == std::string::npos || pointer.size() < 2 || pointer[0] != '/') {
    parsed->root = empty_object(key_span);
    issues.add(Code::bad_set, key_span, "--set needs /pointer=value, such as /experiment/seed=7");
  } else {
    parsed->root = nested(pointer_tokens(pointer),
                          set_value(pointer, file, static_cast<std::uint32_t>(equals) + 1), key_span);
  }
  return {"--set", {parsed, &parsed->root}};
}

}  // namespace planner
