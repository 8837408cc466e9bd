#include "document/scenario_tree_model.hpp"

#include <QFont>
#include <QGuiApplication>
#include <algorithm>
#include <utility>

#include "document/entry_edits.hpp"
#include "planner/number_text.hpp"
#include "planner/outline.hpp"
#include "planner/study_view.hpp"
#include "planner/verdict_text.hpp"
#include "selection.hpp"
#include "verdict_marks.hpp"

namespace gui {

struct ScenarioTreeModel::Node {
  std::string pointer;
  QString title;
  QString figure;         // of the results, or how many children there are
  bool is_shown = false;  // the strategy or the flow that every view shows
  Node* parent = nullptr;
  int row = 0;
  std::vector<std::unique_ptr<Node>> children;

  Node& add(std::string place, QString name) {
    auto node = std::make_unique<Node>();
    node->pointer = std::move(place);
    node->title = std::move(name);
    node->parent = this;
    node->row = static_cast<int>(children.size());
    return *children.emplace_back(std::move(node));
  }
  /// Of a section of things with ids; those of a placement are sections again.
  void add_entries(const planner::Value& section) {
    const bool nested = is_section(pointer + "/x");
    for (const planner::Member& entry : section.members) {
      Node& node = add(pointer + "/" + planner::escape_token(entry.key), QString::fromStdString(entry.key));
      if (nested && entry.value.is_object()) node.add_entries(entry.value);
    }
  }
  [[nodiscard]] const Node* find(const std::string& place) const {
    if (pointer == place) return this;
    if (!place.starts_with(pointer)) return nullptr;
    for (const auto& child : children) {
      if (const Node* found = child->find(place)) return found;
    }
    return nullptr;
  }
  [[nodiscard]] bool same_shape(const Node& other) const {
    return pointer == other.pointer && title == other.title &&
           std::ranges::equal(children, other.children,
                              [](const auto& a, const auto& b) { return a->same_shape(*b); });
  }
};

namespace {

QString result_text(const planner::StrategyResult& result, const std::string& flow) {
  if (!result.feasible) return QStringLiteral("✗");
  const planner::Slice* slice = planner::whole_flow(result, flow);
  if (slice == nullptr || slice->answered == 0) return {};
  const QString sign = result.verdicts.empty() ? QString{} : overall_sign(result.verdicts) + u' ';
  return QStringLiteral("%1p99 %2 ms")
      .arg(sign, QString::fromStdString(planner::number_text(slice->percentiles[planner::p99_index].value)));
}

/// Of the busiest pool, by site.
std::map<std::string, double> uses_of(const planner::StrategyResult* result) {
  std::map<std::string, double> uses;
  if (result == nullptr) return uses;
  for (const planner::PoolUse& pool : result->pools) {
    double& busiest = uses[pool.site];
    busiest = std::max(busiest, pool.utilisation);
  }
  return uses;
}

}  // namespace

ScenarioTreeModel::ScenarioTreeModel(QObject* parent)
    : QAbstractItemModel{parent}, root_{std::make_unique<Node>()} {}

ScenarioTreeModel::~ScenarioTreeModel() = default;

void ScenarioTreeModel::show_document(const planner::Value& root) {
  auto fresh = std::make_unique<Node>();
  for (const planner::FieldInfo& section : planner::fields_at("")) {
    const planner::Value* value = root.find(section.key);
    if (value == nullptr || !value->is_object()) continue;
    const std::string pointer = "/" + section.key;
    Node& node = fresh->add(pointer, QString::fromStdString(section.title));
    if (is_section(pointer)) node.add_entries(*value);
  }
  if (fresh->same_shape(*root_)) return;
  beginResetModel();
  root_ = std::move(fresh);
  endResetModel();
}

void ScenarioTreeModel::show_results(std::shared_ptr<const planner::Study> study, const std::string& strategy,
                                     const std::string& flow) {
  study_ = std::move(study);
  strategy_ = strategy;
  flow_ = flow;
  uses_ = uses_of(result_of(strategy_));
  for (const auto& section : root_->children) {
    // Rows beside each other are told of at once, and only those that look different: a section may have
    // thousands.
    int first = -1;
    const auto tell_until = [&](int end) {
      if (first >= 0)
        Q_EMIT dataChanged(
            createIndex(first, 0, section->children[static_cast<std::size_t>(first)].get()),
            createIndex(end - 1, 1, section->children[static_cast<std::size_t>(end - 1)].get()));
      first = -1;
    };
    for (const auto& node : section->children) {
      if (!refresh(*node)) {
        tell_until(node->row);
      } else if (first < 0) {
        first = node->row;
      }
    }
    tell_until(static_cast<int>(section->children.size()));
  }
}

bool ScenarioTreeModel::refresh(Node& node) const {
  const bool is_shown =
      node.pointer == pointer_to("strategies", strategy_) || node.pointer == pointer_to("flows", flow_);
  const QString before = std::exchange(node.figure, figure(node));
  const bool was_shown = std::exchange(node.is_shown, is_shown);
  return was_shown != is_shown || before != node.figure;
}

QModelIndex ScenarioTreeModel::index_of(const std::string& pointer) const {
  const Node* found = root_->find(pointer);
  return found == nullptr || found == root_.get() ? QModelIndex{} : createIndex(found->row, 0, found);
}

const ScenarioTreeModel::Node& ScenarioTreeModel::node_of(const QModelIndex& index) const {
  return index.isValid() ? *static_cast<const Node*>(index.internalPointer()) : *root_;
}

QModelIndex ScenarioTreeModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, node_of(parent).children[static_cast<std::size_t>(row)].get());
}

QModelIndex ScenarioTreeModel::parent(const QModelIndex& child) const {
  if (!child.isValid()) return {};
  Node* parent = node_of(child).parent;
  return parent == nullptr || parent == root_.get() ? QModelIndex{} : createIndex(parent->row, 0, parent);
}

int ScenarioTreeModel::rowCount(const QModelIndex& parent) const {
  return parent.column() > 0 ? 0 : static_cast<int>(node_of(parent).children.size());
}

int ScenarioTreeModel::columnCount(const QModelIndex&) const { return 2; }

QString ScenarioTreeModel::figure(const Node& node) const {
  if (!study_) return {};
  const std::string id = node.title.toStdString();
  if (node.parent->pointer == "/strategies") {
    const planner::StrategyResult* result = result_of(id);
    return result != nullptr ? result_text(*result, flow_) : QString{};
  }
  if (const planner::Verdict* verdict = verdict_of(node)) return verdict_label(*verdict);
  if (node.parent->pointer != "/sites") return {};
  const auto use = uses_.find(id);
  return use == uses_.end() ? QString{} : QStringLiteral("%1 %").arg(100 * use->second, 0, 'f', 0);
}

const planner::StrategyResult* ScenarioTreeModel::result_of(const std::string& strategy) const {
  if (!study_) return nullptr;
  const auto found = std::ranges::find(study_->strategies, strategy, &planner::StrategyResult::strategy);
  return found == study_->strategies.end() ? nullptr : &*found;
}

const planner::Verdict* ScenarioTreeModel::verdict_of(const Node& node) const {
  if (!study_ || node.parent == nullptr || node.parent->pointer != "/assert") return nullptr;
  const planner::StrategyResult* result = result_of(strategy_);
  if (result == nullptr) return nullptr;
  const auto verdict = std::ranges::find(result->verdicts, node.title.toStdString(), &planner::Verdict::id);
  return verdict == result->verdicts.end() ? nullptr : &*verdict;
}

QVariant ScenarioTreeModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Node& node = node_of(index);
  if (role == pointer_role) return QString::fromStdString(node.pointer);
  if (role == Qt::TextAlignmentRole && index.column() == 1) return int{Qt::AlignRight | Qt::AlignVCenter};
  if (const planner::Verdict* verdict = verdict_of(node)) {
    if (role == Qt::ForegroundRole && index.column() == 1)
      return verdict_color(*verdict, appearance_of(QGuiApplication::palette()));
    if (role == Qt::ToolTipRole) {
      return QStringLiteral("%1\n%2: %3")
          .arg(QString::fromStdString(verdict->text), verdict_label(*verdict),
               QString::fromStdString(planner::value_text(*verdict)));
    }
  }
  if (role == Qt::FontRole) {
    if (!node.is_shown) return {};
    QFont bold;
    bold.setBold(true);
    return bold;
  }
  if (role == Qt::ToolTipRole) {
    const auto field = planner::field_at(node.pointer);
    return field ? QString::fromStdString(field->description) : QString{};
  }
  if (role != Qt::DisplayRole) return {};
  if (index.column() == 0) return node.title;
  return node.children.empty() ? node.figure : QString::number(node.children.size());
}

QVariant ScenarioTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  return section == 0 ? tr("Scenario") : tr("Result");
}

}  // namespace gui
