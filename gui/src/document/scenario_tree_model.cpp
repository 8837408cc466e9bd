#include "document/scenario_tree_model.hpp"

#include <QFont>
#include <QGuiApplication>
#include <algorithm>

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

QString use_text(const planner::StrategyResult& result, const std::string& site) {
  double busiest = -1;
  for (const planner::PoolUse& pool : result.pools) {
    if (pool.site == site) busiest = std::max(busiest, pool.utilisation);
  }
  return busiest < 0 ? QString{} : QStringLiteral("%1 %").arg(100 * busiest, 0, 'f', 0);
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
  for (const auto& section : root_->children) {
    if (section->children.empty()) continue;
    const QModelIndex parent = createIndex(section->row, 0, section.get());
    Q_EMIT dataChanged(index(0, 0, parent), index(static_cast<int>(section->children.size()) - 1, 1, parent));
  }
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
  if (!node.children.empty()) return QString::number(node.children.size());
  if (!study_ || node.parent == root_.get()) return {};
  const auto result_of = [&](const std::string& id) -> const planner::StrategyResult* {
    const auto found = std::ranges::find(study_->strategies, id, &planner::StrategyResult::strategy);
    return found == study_->strategies.end() ? nullptr : &*found;
  };
  const std::string id = node.title.toStdString();
  if (node.parent->pointer == "/strategies") {
    const planner::StrategyResult* result = result_of(id);
    return result != nullptr ? result_text(*result, flow_) : QString{};
  }
  if (const planner::Verdict* verdict = verdict_of(node)) return verdict_label(*verdict);
  if (node.parent->pointer != "/sites") return {};
  const planner::StrategyResult* result = result_of(strategy_);
  return result != nullptr ? use_text(*result, id) : QString{};
}

const planner::Verdict* ScenarioTreeModel::verdict_of(const Node& node) const {
  if (!study_ || node.parent == nullptr || node.parent->pointer != "/assert") return nullptr;
  const auto result = std::ranges::find(study_->strategies, strategy_, &planner::StrategyResult::strategy);
  if (result == study_->strategies.end()) return nullptr;
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
    const bool shown =
        node.pointer == pointer_to("strategies", strategy_) || node.pointer == pointer_to("flows", flow_);
    if (!shown) return {};
    QFont bold;
    bold.setBold(true);
    return bold;
  }
  if (role == Qt::ToolTipRole) {
    const auto field = planner::field_at(node.pointer);
    return field ? QString::fromStdString(field->description) : QString{};
  }
  if (role != Qt::DisplayRole) return {};
  return index.column() == 0 ? node.title : figure(node);
}

QVariant ScenarioTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  return section == 0 ? tr("Scenario") : tr("Result");
}

}  // namespace gui
