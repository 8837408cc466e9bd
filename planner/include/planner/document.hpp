#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planner/diagnostic.hpp"
#include "planner/scenario.hpp"

namespace planner {

struct Value;

/// What is laid over a scenario file, in this order: patch files, then single values.
struct Overlays {
  std::vector<std::filesystem::path> patches;  ///< RFC 7396 merge patches, JSON with comments
  std::vector<std::string> sets;               ///< `/pointer=value`, or `/pointer=` to delete
};

/// All texts that a document was read from, so that it can be read again where its files are not.
struct Bundle {
  struct Text {
    std::string name, text;
  };
  Text scenario;                             ///< the main file
  std::map<std::string, std::string> files;  ///< imports and tables, by path within the scenario's folder
  std::vector<Text> patches;                 ///< laid over it, in this order
  std::vector<std::string> sets;             ///< laid over the patches
};

/// One layer that sets a value, as `resolve --explain` lists it.
struct ValueOrigin {
  std::string
      layer;  ///< `import prices`, `file`, `strategy edge-first`, `patch x.json`, `--set`, `expansion`
  std::string file;
  Position at;
  std::string value;  ///< JSON text; empty: the layer deletes it
};

/// A strategy of a document: merged, expanded, checked. Immutable; cheap to move.
class Resolution {
 public:
  [[nodiscard]] const Scenario& scenario() const;
  /// Warnings of this strategy, in document order.
  [[nodiscard]] const std::vector<Diagnostic>& warnings() const;
  /// The effective scenario: sets expanded, no strategies, imports or patches left.
  [[nodiscard]] nlohmann::ordered_json json() const;
  /// The same as values that know their places in the files; lives as long as this.
  [[nodiscard]] const Value& tree() const;
  /// Layers that set `pointer` or a value around it, lowest first; empty where nothing is at `pointer`.
  /// @param pointer  into json(), such as /placement/detector/ams-edge/replicas
  [[nodiscard]] std::vector<ValueOrigin> explain(std::string_view pointer) const;
  /// An issue found later (capacity, say) at the place of `pointer` in the files; where `pointer` names
  /// nothing, the nearest value around it is meant.
  [[nodiscard]] Diagnostic diagnostic(Code code, std::string_view pointer, std::string message) const;
  /// The same for many, O(findings + members of the objects they lie in).
  [[nodiscard]] std::vector<Diagnostic> diagnostics(std::span<const Finding> findings) const;

 private:
  friend class Document;
  struct State;
  Resolution(std::shared_ptr<const State> state, std::vector<Diagnostic> warnings)
      : state_{std::move(state)}, warnings_{std::move(warnings)} {}
  std::shared_ptr<const State> state_;
  std::vector<Diagnostic> warnings_;
};

/// A scenario file with its imports and overlays, parsed and checked for structure.
///
/// A report (report.hpp) stands for the scenario that it holds.
/// Every function that reads input gathers all issues and throws one ScenarioError. Reads only files
/// within the scenario's folder (patch files given by the caller aside); never the network.
class Document {
 public:
  static Document load(const std::filesystem::path& file, const Overlays& overlays = {});
  /// @param name    how diagnostics call the text
  /// @param folder  where imports and profiles are looked for
  static Document parse(std::string text, std::string name, const std::filesystem::path& folder,
                        const Overlays& overlays = {});

  /// The same document without its files; `more` is laid over what the bundle has.
  static Document open(const Bundle& bundle, const Overlays& more = {});
  /// What open() needs: the tables that resolving a strategy reads are those read so far, so resolve first.
  [[nodiscard]] Bundle bundle() const;

  /// Ids in document order, the baseline where it stands; `base` alone where none are defined.
  [[nodiscard]] const std::vector<std::string>& strategies() const;
  /// The one marked as baseline, else the first.
  [[nodiscard]] const std::string& baseline() const;
  [[nodiscard]] Resolution resolve(std::string_view strategy) const;
  /// Every strategy, in document order; issues of all of them in one ScenarioError.
  [[nodiscard]] std::vector<Resolution> resolve_all() const;

 private:
  friend class Resolution;
  struct State;
  static Document assemble(std::shared_ptr<State> state, std::string text, std::string name,
                           const std::vector<Bundle::Text>& patches, const Overlays& overlays);
  explicit Document(std::shared_ptr<const State> state) : state_{std::move(state)} {}
  std::shared_ptr<const State> state_;
};

}  // namespace planner
