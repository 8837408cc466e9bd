#include "planner/rename.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "planner/edit.hpp"
#include "planner/expression.hpp"
#include "planner/jsonc.hpp"
#include "planner/sha256.hpp"
#include "read/schema_model.hpp"
#include "text/text_form.hpp"

namespace planner {
namespace {

using Path = std::vector<std::string>;

/// Where a kind is named. In patterns `*` is any key or item, `@` the site or flow that the id is of, and `!`
/// the id itself, as a key.
struct Kind {
  std::string_view name;
  std::string_view selector;             ///< label of expressions; empty: none
  std::vector<std::string_view> keys;    ///< the first is where it is defined
  std::vector<std::string_view> values;  ///< texts that name it
  std::string_view set{};                ///< section of sets that make such entries
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"site",
       "site",
       {"/sites/!", "/placement/*/!", "/routing/weights/!", "/routing/services/*/weights/!"},
       {"/links/*/between/*", "/populations/*/site", "/services/*/state/primary", "/faults/*/site"},
       "/site_sets"},
      {"pool", "pool", {"/sites/@/pools/!"}, {"/placement/*/@/pool"}},
      {"link", "", {"/links/!"}, {"/faults/*/link"}},
      {"population", "population", {"/populations/!"}, {"/workloads/*/population"}, "/population_sets"},
      {"service",
       "service",
       {"/services/!", "/placement/!", "/routing/services/!"},
       {"/flows/*/calls/*/service", "/services/*/state/items_of"}},
      {"flow", "flow", {"/flows/!"}, {"/workloads/*/flow"}},
      {"call",
       "",
       {"/flows/@/calls/!"},
       {"/flows/@/entry", "/flows/@/calls/*/from", "/flows/@/calls/*/after/*"}},
      {"workload", "", {"/workloads/!"}, {}},
      {"strategy", "", {"/strategies/!"}, {"/strategies/*/extends", "/sweeps/*/strategies/*"}},
      {"assertion", "", {"/assert/!"}, {}},
      {"sweep", "", {"/sweeps/!"}, {}},
      {"fault", "", {"/faults/!"}, {}},
      {"import", "", {"/imports/!"}, {}}};
  return all;
}

/// The renaming with its kind looked up and `site/pool` taken apart.
struct Task {
  const Kind* kind = nullptr;
  std::string owner, from, to;
};

bool is_below_another(const Kind& kind) { return kind.keys.front().find('@') != std::string_view::npos; }

Task task_of(const Renaming& renaming) {
  const auto kind = std::ranges::find(kinds(), renaming.kind, &Kind::name);
  if (kind == kinds().end()) {
    throw RenameRefused{fmt::format("there is no kind \"{}\"", renaming.kind),
                        {rename_kinds().begin(), rename_kinds().end()}};
  }
  Task task{&*kind, "", renaming.from, renaming.to};
  if (is_below_another(*kind)) {
    const std::size_t slash = renaming.from.find('/');
    const char* form = kind->name == "pool" ? "SITE/POOL" : "FLOW/CALL";
    if (slash == std::string::npos)
      throw RenameRefused{fmt::format("a {} is named as {}, not \"{}\"", kind->name, form, renaming.from)};
    task.owner = renaming.from.substr(0, slash);
    task.from = renaming.from.substr(slash + 1);
  }
  if (!is_id(task.to) || is_remark(task.to))
    throw RenameRefused{fmt::format("\"{}\" is no id: {}", task.to, describe_form("id"))};
  if (task.from == task.to) throw RenameRefused{fmt::format("\"{}\" is its name already", task.to)};
  return task;
}

/// Whether the path begins as the pattern says. @pre it is long enough
bool fits(const Path& pattern, const Path& path, const Task& task) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string& wanted = pattern[i];
    const bool same = wanted == "*" || path[i] == (wanted == "!"   ? task.from
                                                   : wanted == "@" ? task.owner
                                                                   : wanted);
    if (!same) return false;
  }
  return true;
}

/// How many tokens of the path a key pattern takes up to the renamed key; 0 where none fits.
std::size_t renamed_key(const Path& path, const Task& task) {
  for (const std::string_view text : task.kind->keys) {
    const Path pattern = pointer_tokens(text);
    if (pattern.size() <= path.size() && fits(pattern, path, task)) return pattern.size();
  }
  return 0;
}

bool is_naming_value(const Path& path, const Task& task) {
  return std::ranges::any_of(task.kind->values, [&](std::string_view text) {
    const Path pattern = pointer_tokens(text);
    return pattern.size() == path.size() && fits(pattern, path, task);
  });
}

/// A JSON Pointer into a scenario, with the id renamed where it is a key on the way.
std::string renamed_pointer(const std::string& pointer, const Task& task) {
  if (!pointer.starts_with('/')) return pointer;
  Path path = pointer_tokens(pointer);
  const std::size_t count = renamed_key(path, task);
  if (count == 0) return pointer;
  path[count - 1] = task.to;
  std::string text;
  for (const std::string& token : path) text += "/" + escape_token(token);
  return text;
}

/// Bytes of the labels of an expression that say `selector=id`.
void find_labels(const Expression& node, const Task& task, const std::string& text,
                 std::vector<std::uint32_t>& found) {
  for (const Expression& operand : node.operands) find_labels(operand, task, text, found);
  if (node.kind != Expression::Kind::metric) return;
  const auto& selectors = node.metric.selectors;
  const auto label = selectors.find(std::string{task.kind->selector});
  if (label == selectors.end() || label->second != task.from) return;
  // A pool's label without its site may mean the pools of other sites too.
  if (!task.owner.empty() && (!selectors.contains("site") || selectors.at("site") != task.owner)) return;
  const auto is_blank = [&](std::size_t at) { return text[at] == ' '; };
  for (std::size_t at = node.begin; (at = text.find(task.kind->selector, at)) < node.end; ++at) {
    std::size_t before = at, after = at + task.kind->selector.size();
    while (before > 0 && is_blank(before - 1)) --before;
    while (after < text.size() && is_blank(after)) ++after;
    const bool is_label = before > 0 && (text[before - 1] == '{' || text[before - 1] == ',') &&
                          after < text.size() && text[after] == '=';
    if (!is_label) continue;
    for (++after; is_blank(after);) ++after;
    found.push_back(static_cast<std::uint32_t>(after));
    return;
  }
}

std::string renamed_labels(std::string text, const Task& task) {
  if (task.kind->selector.empty()) return text;
  std::vector<std::uint32_t> places;
  if (const auto comparison = parse_comparison(text); std::holds_alternative<Comparison>(comparison)) {
    find_labels(std::get<Comparison>(comparison).left, task, text, places);
    find_labels(std::get<Comparison>(comparison).right, task, text, places);
  } else if (const auto expression = parse_expression(text); std::holds_alternative<Expression>(expression)) {
    find_labels(std::get<Expression>(expression), task, text, places);
  }
  std::ranges::sort(places, std::ranges::greater{});
  for (const std::uint32_t at : places) text.replace(at, task.from.size(), task.to);
  return text;
}

struct Edit {
  Span span;
  std::string text;  ///< JSON
};

/// Finds everything in one text that names the id.
class Finder {
 public:
  explicit Finder(const Task& task) : task_{task} {}

  void visit(const Value& value, const Path& path, const std::string& pointer = {}) {
    if (value.is_string()) return visit_text(value, path, pointer);
    for (std::size_t i = 0; i < value.items.size(); ++i)
      visit(value.items[i], below(path, std::to_string(i)), pointer + "/" + std::to_string(i));
    for (const Member& member : value.members) visit_member(member, path, pointer);
  }

  [[nodiscard]] std::vector<Edit> take() {
    std::ranges::sort(edits_, {}, [](const Edit& edit) { return edit.span.begin; });
    const auto again = std::unique(edits_.begin(), edits_.end(),
                                   [](const Edit& a, const Edit& b) { return a.span == b.span; });
    edits_.erase(again, edits_.end());
    return std::move(edits_);
  }
  /// Texts that hold the old id as a word, with their pointers.
  [[nodiscard]] const std::vector<std::pair<Span, std::string>>& mentions() const { return mentions_; }

 private:
  static Path below(Path path, const std::string& key) {
    path.push_back(key);
    return path;
  }

  void visit_member(const Member& member, const Path& path, const std::string& pointer) {
    const Path place = below(path, member.key);
    const std::string here = pointer + "/" + escape_token(member.key);
    if (renamed_key(place, task_) == place.size()) replace(member.key_span, task_.to);
    const bool of_strategy = path.size() == 2 && path[0] == "strategies";
    if (of_strategy && member.key == "patch") return visit(member.value, {}, here);
    if (of_strategy && member.key == "guard") return visit_guard(member.value, here);
    if (path.size() == 2 && path[0] == "sweeps" && member.key == "axes")
      return visit_axes(member.value, here);
    visit(member.value, place, here);
  }

  void visit_guard(const Value& guard, const std::string& pointer) {
    for (std::size_t i = 0; i < guard.items.size(); ++i) {
      const Value *path = guard.items[i].find("path"), *due = guard.items[i].find("value");
      const std::string here = fmt::format("{}/{}", pointer, i);
      if (path == nullptr || due == nullptr) continue;
      visit_pointer(*path, here + "/path");
      visit(*due, pointer_tokens(path->text), here + "/value");
    }
  }

  void visit_axes(const Value& axes, const std::string& pointer) {
    for (const Member& axis : axes.members) {
      const Value *at = axis.value.find("at"), *values = axis.value.find("values");
      if (at == nullptr) continue;
      const std::string here = pointer + "/" + escape_token(axis.key);
      for (std::size_t i = 0; i < at->items.size(); ++i) {
        const Value* place = at->items[i].is_object() ? at->items[i].find("pointer") : &at->items[i];
        if (place == nullptr || !place->is_string()) continue;
        visit_pointer(*place, fmt::format("{}/at/{}", here, i));
        if (values == nullptr || !place->text.starts_with('/')) continue;
        for (const Value& value : values->items) visit(value, pointer_tokens(place->text), here + "/values");
      }
    }
  }

  void visit_pointer(const Value& text, const std::string& pointer) {
    change(text, renamed_pointer(text.text, task_), pointer);
  }

  void visit_text(const Value& value, const Path& path, const std::string& pointer) {
    if (is_naming_value(path, task_) && value.text == task_.from) return replace(value.span, task_.to);
    const bool expression = (path.size() == 3 && path[0] == "assert" && path[2] == "expr") ||
                            path == Path{"experiment", "replications", "until", "metric"};
    change(value, expression ? renamed_labels(value.text, task_) : value.text, pointer);
  }

  void change(const Value& value, const std::string& text, const std::string& pointer) {
    if (text != value.text)
      replace(value.span, text);
    else if (text != task_.from && mentions_word(text))
      mentions_.emplace_back(value.span, pointer);
  }

  [[nodiscard]] bool mentions_word(const std::string& text) const {
    const auto is_part = [](char c) {
      return c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
             (c >= 'A' && c <= 'Z');
    };
    for (std::size_t at = 0; (at = text.find(task_.from, at)) != std::string::npos; ++at) {
      const std::size_t end = at + task_.from.size();
      if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]))) return true;
    }
    return false;
  }

  void replace(Span span, const std::string& text) { edits_.push_back({span, json_string(text)}); }

  const Task& task_;
  std::vector<Edit> edits_;
  std::vector<std::pair<Span, std::string>> mentions_;
};

std::string applied(const ParsedText& parsed, const std::vector<Edit>& edits) {
  std::string text{parsed.source->text()};
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
    text.replace(edit->span.begin, edit->span.end - edit->span.begin, edit->text);
  return in_form_of(parsed.source->text(), std::move(text));
}

/// Ids of the kind that the strategies have, sets written out.
void collect_ids(const Value& tree, const Task& task, std::set<std::string>& ids,
                 std::set<std::string>& made) {
  Path way = pointer_tokens(task.kind->keys.front());
  way.pop_back();
  const Value* section = &tree;
  for (const std::string& token : way) {
    section = section == nullptr ? nullptr : section->find(token == "@" ? task.owner : token);
  }
  if (section == nullptr) return;
  for (const Member& member : section->members) {
    if (is_remark(member.key) || (task.kind->name == "fault" && !member.value.is_object())) continue;
    ids.insert(member.key);
    if (member.value.find("x-set") != nullptr) made.insert(member.key);
  }
}

ParsedText parsed_text(const std::string& name, const std::string& text) {
  return parse_jsonc(std::make_shared<SourceFile>(name, text));
}

/// Paths of the imports, by id.
std::vector<std::pair<std::string, std::string>> imports_of(const Value& root) {
  std::vector<std::pair<std::string, std::string>> imports;
  const Value* section = root.find("imports");
  for (const Member& import : section == nullptr ? std::vector<Member>{} : section->members) {
    const Value* from = import.value.find("from");
    if (from != nullptr && from->is_string()) imports.emplace_back(import.key, from->text);
  }
  return imports;
}

void expect_known_and_free(const Bundle& bundle, const Value& root, const Task& task) {
  std::set<std::string> ids, made;
  collect_ids(root, task, ids, made);
  const Document document = Document::open(bundle);
  for (const std::string& strategy : document.strategies())
    collect_ids(document.resolve(strategy).tree(), task, ids, made);
  if (!task.kind->set.empty()) {
    const Value* sets = root.find(task.kind->set.substr(1));
    if (sets != nullptr && sets->find(task.to) != nullptr)
      throw RenameRefused{fmt::format("there is a set \"{}\" already", task.to)};
  }
  if (!ids.contains(task.from)) {
    throw RenameRefused{fmt::format("there is no {} \"{}\"", task.kind->name, task.from),
                        {ids.begin(), ids.end()}};
  }
  if (made.contains(task.from))
    throw RenameRefused{
        fmt::format("{} \"{}\" is a member of a set, which makes its id", task.kind->name, task.from)};
  if (ids.contains(task.to))
    throw RenameRefused{fmt::format("there is a {} \"{}\" already", task.kind->name, task.to)};
}

/// Edits one text; `path` is empty for the scenario itself.
void rename_in(const ParsedText& parsed, const std::string& path, const Task& task, Renamed& result) {
  Finder finder{task};
  finder.visit(parsed.root, {});
  const std::vector<Edit> edits = finder.take();
  if (!edits.empty()) result.texts.push_back({path, applied(parsed, edits), edits.size()});
  for (const auto& [span, pointer] : finder.mentions())
    result.left.push_back({parsed.source->name(), range_of(span).start, pointer});
}

/// The bundle as it will be; digests of imports that change are renewed in the scenario.
Bundle changed(const Bundle& bundle, Renamed& result) {
  Bundle after = bundle;
  for (const Renamed::Text& text : result.texts)
    (text.path.empty() ? after.scenario.text : after.files.at(text.path)) = text.after;
  const ParsedText parsed = parsed_text(after.scenario.name, after.scenario.text);
  bool renewed = false;
  for (const auto& [id, path] : imports_of(parsed.root)) {
    const std::string pointer = "/imports/" + escape_token(id) + "/sha256";
    const Value* digest = at_pointer(parsed.root, pointer);
    if (digest == nullptr || !after.files.contains(path)) continue;
    const std::string due = sha256_hex(after.files.at(path));
    if (digest->text == due) continue;
    after.scenario.text = with_value(after.scenario.text, pointer, json_string(due));
    renewed = true;
  }
  if (!renewed) return after;
  const auto own = std::ranges::find(result.texts, std::string{}, &Renamed::Text::path);
  if (own == result.texts.end())
    result.texts.insert(result.texts.begin(), {"", after.scenario.text, 1});
  else
    own->after = after.scenario.text;
  return after;
}

}  // namespace

std::span<const std::string_view> rename_kinds() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const Kind& kind : kinds()) all.push_back(kind.name);
    return all;
  }();
  return names;
}

Renamed rename(const Bundle& bundle, const Renaming& renaming) {
  const Task task = task_of(renaming);
  const ParsedText main = parsed_text(bundle.scenario.name, bundle.scenario.text);
  expect_known_and_free(bundle, main.root, task);
  Renamed result;
  rename_in(main, "", task, result);
  for (const auto& [id, path] : imports_of(main.root)) {
    const auto file = bundle.files.find(path);
    if (file == bundle.files.end()) continue;
    if (std::ranges::find(result.texts, path, &Renamed::Text::path) != result.texts.end()) continue;
    rename_in(parsed_text(path, file->second), path, task, result);
  }
  static_cast<void>(Document::open(changed(bundle, result)).resolve_all());
  return result;
}

}  // namespace planner
