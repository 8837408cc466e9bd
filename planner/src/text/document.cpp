#include "planner/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "check/check_references.hpp"
#include "planner/migrate.hpp"
#include "planner/report.hpp"
#include "planner/sha256.hpp"
#include "read/read_scenario.hpp"
#include "read/schema_check.hpp"
#include "text/expand.hpp"
#include "text/member_index.hpp"
#include "text/merge.hpp"
#include "text/project_files.hpp"
#include "text/strategy_chain.hpp"
#include "text/text_form.hpp"

namespace planner {
namespace fs = std::filesystem;

struct Document::State {
  explicit State(ProjectFolder project) : folder{std::move(project)} {}

  ProjectFolder folder;
  std::string default_name;           // where `meta` gives none
  Texts texts;                        // imports, the file, patches, --set arguments
  std::shared_ptr<const Value> base;  // imports and the file, merged; the file's own tree where it has none
  std::vector<Layer> base_layers;     // the same, apart
  std::vector<Layer> overlays;        // patches, then --set
  std::vector<std::string> sets;      // as given
  std::vector<StrategyEntry> entries;
  std::vector<std::string> ids;
  std::vector<Diagnostic> warnings;  // of what was read before the strategies
};

struct Resolution::State {
  std::shared_ptr<const Document::State> document;
  Value tree;                 // merged, sets expanded
  std::vector<Layer> layers;  // lowest first
  Scenario scenario;
  UsedIds used;
};

namespace {

const std::string patch_layer = "patch ";

std::shared_ptr<const ParsedText> parse_into(Texts& texts, std::string name, std::string text,
                                             Issues& issues) {
  auto parsed = std::make_shared<ParsedText>(
      parse_jsonc(std::make_shared<SourceFile>(std::move(name), std::move(text))));
  texts.push_back(parsed);
  issues.add(std::exchange(parsed->issues, {}));
  if (parsed->root.is_object()) return parsed;
  if (!issues.has_errors()) {
    issues.add(Code::wrong_type, parsed->root.span, "the document must be an object, { ... }");
  }
  return nullptr;
}

std::shared_ptr<const Value> root_of(const std::shared_ptr<const ParsedText>& text) {
  return {text, &text->root};
}

/// All layers in one; the only one's own tree where there is but one.
std::shared_ptr<const Value> merged(const std::vector<Layer>& layers) {
  if (layers.size() == 1) return layers.front().patch;
  auto tree = std::make_shared<Value>();
  for (const Layer& layer : layers) merge_document(*tree, *layer.patch);
  return tree;
}

void check_version(const Value& root, Issues& issues) {
  const Value* version = root.find("isochrone");
  if (version == nullptr || !version->is_string() || version->text == scenario_format) return;
  issues.add(
      Code::unsupported_format, version->span,
      fmt::format("the file is of format \"{}\", this program reads \"{}\"", version->text, scenario_format));
}

/// Whether an import, such as a price book, holds when the run of the file begins.
bool is_valid_yet(const Member& import, const Value& root, Issues& issues) {
  const Value* from = import.value.find("valid_from");
  if (from == nullptr || !from->is_string()) return true;
  const std::string start = Fields{root}.object("time").text("start", default_start);
  const auto day = parse_instant(from->text + "T00:00:00Z"), begin = parse_instant(start);
  if (!day || !begin || *day <= *begin) return true;  // the schema reports what is no date
  issues.add(Code::import_not_valid_yet, from->span,
             fmt::format("import \"{}\" is valid from {}, the run starts {}: it is left out", import.key,
                         from->text, start));
  return false;
}

/// The document's imports, in order; what cannot be imported is reported and left out.
std::vector<Layer> read_imports(const Value& root, const ProjectFolder& folder, Texts& texts,
                                Issues& issues) {
  std::vector<Layer> layers;
  for (const Member* import : Fields{root}.object("imports").entries()) {
    const Value* from = import->value.find("from");
    if (from == nullptr || !from->is_string()) continue;  // the schema reports it
    if (!is_valid_yet(*import, root, issues)) continue;
    auto text = folder.read(from->text, from->span, issues);
    if (!text) continue;
    const Value* pinned = import->value.find("sha256");
    if (const std::string digest = sha256_hex(*text); pinned != nullptr && pinned->text != digest) {
      issues.add(Code::digest_mismatch, pinned->span,
                 fmt::format("\"{}\" has the digest {}", from->text, digest));
    }
    const auto parsed = parse_into(texts, folder.shown(from->text), std::move(*text), issues);
    if (parsed != nullptr) layers.push_back({"import " + import->key, root_of(parsed)});
  }
  return layers;
}

/// `shop` for `shop/scenario.json` as well as for `shop.json`.
std::string name_from(const fs::path& file) {
  const fs::path folder = file.parent_path().filename();
  return (file.stem() == "scenario" && !folder.empty() ? folder : file.stem()).string();
}

/// Overlays change one strategy at a time, so they cannot change which strategies there are.
void refuse_sections(const Layer& layer, Issues& issues) {
  for (const std::string_view key : {"strategies", "imports"}) {
    const Member* member = layer.patch->find_member(key);
    if (member == nullptr) continue;
    issues.add(Code::bad_set, member->key_span,
               fmt::format("an overlay is laid over each strategy and cannot change \"{}\"", key));
  }
}

std::vector<Layer> read_overlays(const std::vector<Bundle::Text>& patches, const Overlays& overlays,
                                 Texts& texts, Issues& issues) {
  std::vector<Layer> layers;
  const auto add = [&](const std::string& name, std::string text) {
    const auto parsed = parse_into(texts, name, std::move(text), issues);
    if (parsed != nullptr) layers.push_back({patch_layer + name, root_of(parsed)});
  };
  for (const Bundle::Text& patch : patches) add(patch.name, patch.text);
  for (const fs::path& path : overlays.patches) {
    FileContent content = read_file(path);
    if (content.problem.empty()) {
      add(path.string(), std::move(content.text));
    } else {
      issues.add(content.code, {}, fmt::format("{}: {}", path.string(), content.problem));
    }
  }
  for (const std::string& argument : overlays.sets) layers.push_back(parse_set(argument, texts, issues));
  for (const Layer& layer : layers) refuse_sections(layer, issues);
  return layers;
}

}  // namespace

Document Document::assemble(std::shared_ptr<State> state, std::string text, std::string name,
                            const std::vector<Bundle::Text>& patches, const Overlays& overlays) {
  state->default_name = name_from(name);
  Issues issues{state->texts};
  const auto file = parse_into(state->texts, std::move(name), std::move(text), issues);
  issues.throw_if_errors();
  check_version(file->root, issues);
  issues.throw_if_errors();
  state->base_layers = read_imports(file->root, state->folder, state->texts, issues);
  state->base_layers.push_back({"file", root_of(file)});
  state->base = merged(state->base_layers);
  check_schema(*state->base, root_schema(), issues);
  state->sets = overlays.sets;
  state->overlays = read_overlays(patches, overlays, state->texts, issues);
  issues.throw_if_errors();
  state->entries = list_strategies(*state->base, issues);
  issues.throw_if_errors();
  for (const StrategyEntry& entry : state->entries) state->ids.push_back(entry.id);
  state->warnings = issues.take();
  return Document{std::move(state)};
}

Document Document::parse(std::string text, std::string name, const fs::path& folder,
                         const Overlays& overlays) {
  if (const auto bundle = bundle_in_report(text)) return open(*bundle, overlays);
  return assemble(std::make_shared<State>(ProjectFolder{folder}), std::move(text), std::move(name), {},
                  overlays);
}

Document Document::open(const Bundle& bundle, const Overlays& more) {
  Overlays overlays = more;
  overlays.sets.insert(overlays.sets.begin(), bundle.sets.begin(), bundle.sets.end());
  return assemble(std::make_shared<State>(ProjectFolder{bundle.files}), bundle.scenario.text,
                  bundle.scenario.name, bundle.patches, overlays);
}

Document Document::load(const fs::path& file, const Overlays& overlays) {
  FileContent content = read_file(file);
  if (!content.problem.empty()) {
    throw ScenarioError{
        {make_diagnostic(content.code, {}, fmt::format("{}: {}", file.string(), content.problem))}};
  }
  return parse(std::move(content.text), file.string(), file.parent_path(), overlays);
}

Bundle Document::bundle() const {
  // What lies above the folder is nobody's business, and differs from machine to machine.
  const auto text_of = [](const Layer& layer) {
    const SourceFile& source = *layer.patch->span.file;
    const fs::path path{source.name()};
    return Bundle::Text{(path.parent_path().filename() / path.filename()).string(),
                        std::string{source.text()}};
  };
  Bundle bundle{text_of(state_->base_layers.back()), state_->folder.been_read(), {}, state_->sets};
  for (const Layer& layer : state_->overlays) {
    if (layer.name.starts_with(patch_layer)) bundle.patches.push_back(text_of(layer));
  }
  return bundle;
}

const std::vector<std::string>& Document::strategies() const { return state_->ids; }

const std::string& Document::baseline() const {
  return std::ranges::find_if(state_->entries, &StrategyEntry::baseline)->id;
}

namespace {

/// Layers of one strategy above the base; its guards are checked against what lies beneath each.
std::vector<Layer> strategy_layers(const std::shared_ptr<const Value>& base, const StrategyEntry& entry,
                                   Value& tree, Issues& issues) {
  std::vector<Layer> layers;
  for (const Member* strategy : chain_of(*base, entry)) {
    check_guards(*strategy, tree, issues);
    const Value* patch = strategy->value.find("patch");
    if (patch == nullptr) continue;
    layers.push_back({"strategy " + strategy->key, {base, patch}});
    refuse_sections(layers.back(), issues);
    merge_patch(tree, *patch);
  }
  return layers;
}

void drop_sections(Value& tree) {
  std::erase_if(tree.members,
                [](const Member& member) { return member.key == "strategies" || member.key == "imports"; });
}

/// Equal for equal scenarios: sorted keys, remarks and editor hints left out.
nlohmann::json canonical(const nlohmann::ordered_json& json) {
  if (json.is_array()) {
    auto array = nlohmann::json::array();
    for (const auto& item : json) array.push_back(canonical(item));
    return array;
  }
  if (!json.is_object()) return json;
  auto object = nlohmann::json::object();
  for (const auto& [key, value] : json.items()) {
    if (!is_remark(key) && key != "$schema") object[key] = canonical(value);
  }
  return object;
}

/// Of what may reach a simulation: all but what only tells, how often it is run, and what is made of it.
std::string content_digest(const nlohmann::ordered_json& tree, const ProjectFolder::Files& tables) {
  nlohmann::json content = canonical(tree);
  for (const char* key : {"meta", "experiment", "assert", "sweeps", "faults"}) content.erase(key);
  // Of an experiment this alone is part of what a replication records.
  if (const auto experiment = tree.find("experiment");
      experiment != tree.end() && experiment->contains("series"))
    content["series"] = (*experiment)["series"];
  std::string text = content.dump();
  for (const auto& [path, table] : tables) text += "\n" + path + " " + sha256_hex(table);
  return sha256_hex(text);
}

}  // namespace

Resolution Document::resolve(std::string_view strategy) const {
  const auto entry = std::ranges::find(state_->entries, strategy, &StrategyEntry::id);
  Issues issues{state_->texts};
  if (entry == state_->entries.end()) {
    propose(issues.add(Code::unknown_strategy, {}, fmt::format("unknown strategy \"{}\"", strategy)),
            strategy, state_->ids);
    issues.throw_if_errors();
  }
  auto resolved = std::make_shared<Resolution::State>();
  resolved->document = state_;
  resolved->tree = *state_->base;
  resolved->layers = state_->base_layers;
  auto layers = strategy_layers(state_->base, *entry, resolved->tree, issues);
  drop_sections(resolved->tree);
  std::ranges::move(layers, std::back_inserter(resolved->layers));
  for (const Layer& overlay : state_->overlays) {
    merge_patch(resolved->tree, *overlay.patch);
    resolved->layers.push_back(overlay);
  }
  check_schema(resolved->tree, root_schema(), issues);
  issues.throw_if_errors();
  issues.add(state_->warnings);
  expand_sets(resolved->tree, issues);
  const ProjectFolder folder = state_->folder.unread();
  resolved->scenario = read_scenario(resolved->tree, *entry, folder, issues, resolved->used);
  state_->folder.note(folder.been_read());
  if (resolved->scenario.name.empty()) resolved->scenario.name = state_->default_name;
  issues.throw_if_errors();
  const auto json = to_json(resolved->tree);
  resolved->scenario.sha256 = sha256_hex(canonical(json).dump());
  resolved->scenario.content_sha256 = content_digest(json, folder.been_read());
  return Resolution{std::move(resolved), issues.take()};
}

std::vector<Resolution> Document::resolve_all() const {
  std::vector<Resolution> all;
  Issues issues{state_->texts};
  UsedIds used;
  for (const std::string& id : state_->ids) {
    try {
      all.push_back(resolve(id));
    } catch (const ScenarioError& error) {
      issues.add(error.diagnostics());
      continue;
    }
    used.merge(UsedIds{all.back().state_->used});
    issues.add(all.back().warnings_);
  }
  issues.throw_if_errors();
  warn_unused(*state_->base, used, issues);
  // A warning concerns the scenario, not each strategy anew: the first one carries those of all.
  for (Resolution& each : all) each.warnings_.clear();
  if (!all.empty()) all.front().warnings_ = issues.take();
  return all;
}

const Scenario& Resolution::scenario() const { return state_->scenario; }

const std::vector<Diagnostic>& Resolution::warnings() const { return warnings_; }

nlohmann::ordered_json Resolution::json() const { return to_json(state_->tree); }

const Value& Resolution::tree() const { return state_->tree; }

std::vector<ValueOrigin> Resolution::explain(std::string_view pointer) const {
  std::vector<ValueOrigin> origins;
  if (!pointer.empty() && !pointer.starts_with('/')) return origins;
  const auto add = [&](const std::string& layer, const Value& value) {
    const Span span = value.span;
    origins.push_back({layer, span.file == nullptr ? "" : span.file->name(), range_of(span).start,
                       value.kind == Value::Kind::null ? "" : to_json(value).dump()});
  };
  for (const Layer& layer : state_->layers) {
    if (const Value* value = at_pointer(*layer.patch, pointer)) add(layer.name, *value);
  }
  const Value* effective = at_pointer(state_->tree, pointer);
  if (effective != nullptr && origins.empty()) add("expansion", *effective);
  return origins;
}

Diagnostic Resolution::diagnostic(Code code, std::string_view pointer, std::string message) const {
  const Finding finding{code, std::string{pointer}, std::move(message)};
  return diagnostics({&finding, 1}).front();
}

std::vector<Diagnostic> Resolution::diagnostics(std::span<const Finding> findings) const {
  MemberIndex index;
  std::vector<Diagnostic> found;
  for (const Finding& finding : findings) {
    Issues issues{state_->document->texts};
    const Span span = nearest_span(state_->tree, finding.pointer, index);
    found.push_back(issues.add(finding.code, span, finding.message));
  }
  return found;
}

}  // namespace planner
