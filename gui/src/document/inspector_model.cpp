#include "document/inspector_model.hpp"

#include <QFont>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "document/problem_text.hpp"
#include "planner/edit.hpp"

namespace gui {

struct InspectorModel::Node {
  planner::FieldInfo field;
  std::string pointer;
  Node* parent = nullptr;
  int row = 0;
  std::vector<std::unique_ptr<Node>> children;

  Node& add(planner::FieldInfo info);
  [[nodiscard]] bool same_shape(const Node& other) const {
    return pointer == other.pointer &&
           std::ranges::equal(children, other.children,
                              [](const auto& a, const auto& b) { return a->same_shape(*b); });
  }
};

namespace {

using Kind = planner::FieldInfo::Kind;
constexpr int deepest = 6;

bool has_members(Kind kind) { return kind == Kind::object || kind == Kind::entries; }

QString text_of(const planner::Value& value) {
  return QString::fromStdString(value.is_string() ? value.text : planner::to_json(value).dump());
}

bool has_key(const planner::Value* object, const std::string& key) {
  return object != nullptr && object->is_object() && object->find(key) != nullptr;
}

/// What the user typed, as JSON: numbers and the like as they are, the rest as text unless it is JSON itself.
std::string typed_json(const QString& text, Kind kind) {
  const std::string typed = text.trimmed().toStdString();
  const bool is_json = nlohmann::ordered_json::accept(typed);
  const bool textual = kind == Kind::text || kind == Kind::choice || kind == Kind::quantity;
  const bool structured = is_json && (typed.starts_with('{') || typed.starts_with('['));
  return is_json && (!textual || structured) ? typed : planner::json_string(typed);
}

planner::FieldInfo field_of(const std::string& parent, const std::string& key) {
  auto field = planner::field_at(parent + "/" + planner::escape_token(key)).value_or(planner::FieldInfo{});
  field.key = key;
  if (is_entry(parent + "/" + planner::escape_token(key)) || field.title.empty()) field.title = key;
  return field;
}

}  // namespace

InspectorModel::InspectorModel(Session& session, QObject* parent)
    : QAbstractItemModel{parent}, session_{session}, root_{std::make_unique<Node>()} {
  connect(&session_, &Session::selection_changed, this, &InspectorModel::refresh);
  connect(&session_, &Session::strategy_changed, this, &InspectorModel::refresh);
}

InspectorModel::~InspectorModel() = default;

void InspectorModel::show_fields(Fields fields) {
  fields_ = fields;
  refresh();
}

const planner::Value* InspectorModel::written(const std::string& pointer) const {
  return planner::at_pointer(session_.document().parsed().root, pointer);
}

const planner::Value* InspectorModel::effective(const std::string& pointer) const {
  const planner::Resolution* now = checked_ ? checked_->find(session_.strategy()) : nullptr;
  const bool is_of_file = pointer.starts_with("/strategies") || pointer.starts_with("/imports");
  return now == nullptr || is_of_file ? written(pointer) : planner::at_pointer(now->tree(), pointer);
}

void InspectorModel::refresh() {
  checked_ = session_.document().checked();
  gather_problems();
  auto fresh = std::make_unique<Node>();
  fresh->pointer = session_.pointer();
  if (!fresh->pointer.empty()) add_fields(*fresh, 0);
  if (fresh->same_shape(*root_)) {
    announce({});
    return;
  }
  beginResetModel();
  root_ = std::move(fresh);
  endResetModel();
}

void InspectorModel::gather_problems() {
  problems_.clear();
  if (!checked_) return;
  for (const planner::Diagnostic& issue : checked_->diagnostics)
    problems_.emplace(issue.pointer, short_text(issue));  // the first of a place is the one that counts
}

void InspectorModel::announce(const QModelIndex& parent) {
  const int rows = rowCount(parent);
  if (rows == 0) return;
  Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, columns - 1, parent));
  for (int row = 0; row < rows; ++row) announce(index(row, 0, parent));
}

InspectorModel::Node& InspectorModel::Node::add(planner::FieldInfo info) {
  auto node = std::make_unique<Node>();
  node->pointer = pointer + "/" + planner::escape_token(info.key);
  node->field = std::move(info);
  node->parent = this;
  node->row = static_cast<int>(children.size());
  return *children.emplace_back(std::move(node));
}

void InspectorModel::add_fields(Node& parent, int depth) const {
  const planner::Value* object = effective(parent.pointer);
  const auto add = [&](planner::FieldInfo field) {
    Node& node = parent.add(std::move(field));
    const planner::Value* value = effective(node.pointer);
    if (value != nullptr && value->is_object() && depth < deepest) add_fields(node, depth + 1);
  };
  std::vector<planner::FieldInfo> known = planner::fields_at(parent.pointer);
  // What is set comes first; of the rest only fields with a single value can be given one in place.
  const auto is_set = [&](const planner::FieldInfo& field) { return has_key(object, field.key); };
  std::stable_partition(known.begin(), known.end(), is_set);
  for (const planner::FieldInfo& field : known) {
    if (is_set(field) || (fields_ == Fields::all && !has_members(field.kind))) add(field);
  }
  if (object != nullptr && object->is_object()) {
    for (const planner::Member& member : object->members) {
      if (std::ranges::find(known, member.key, &planner::FieldInfo::key) == known.end())
        add(field_of(parent.pointer, member.key));
    }
  }
  add_removed(parent);
}

void InspectorModel::add_removed(Node& parent) const {
  const planner::Value* patch = written(patch_pointer(parent.pointer));
  if (patch == nullptr || !patch->is_object()) return;
  for (const planner::Member& member : patch->members) {
    const bool listed = std::ranges::find(parent.children, member.key, [](const auto& node) {
                          return node->field.key;
                        }) != parent.children.end();
    if (!listed && member.value.kind == planner::Value::Kind::null)
      parent.add(field_of(parent.pointer, member.key));
  }
}

const InspectorModel::Node& InspectorModel::node_of(const QModelIndex& index) const {
  return index.isValid() ? *static_cast<const Node*>(index.internalPointer()) : *root_;
}

QModelIndex InspectorModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, node_of(parent).children[static_cast<std::size_t>(row)].get());
}

QModelIndex InspectorModel::parent(const QModelIndex& child) const {
  if (!child.isValid()) return {};
  Node* parent = node_of(child).parent;
  return parent == nullptr || parent == root_.get() ? QModelIndex{} : createIndex(parent->row, 0, parent);
}

int InspectorModel::rowCount(const QModelIndex& parent) const {
  return parent.column() > 0 ? 0 : static_cast<int>(node_of(parent).children.size());
}

int InspectorModel::columnCount(const QModelIndex&) const { return columns; }

std::string InspectorModel::patch_pointer(const std::string& pointer) const {
  return Layer{session_.strategy()}.place_of(pointer);
}

std::string InspectorModel::pointer_of(const QModelIndex& index) const {
  return index.isValid() ? node_of(index).pointer : std::string{};
}

bool InspectorModel::is_overridden(const QModelIndex& index) const {
  if (!index.isValid()) return false;
  const std::string& pointer = node_of(index).pointer;
  const std::string patch = patch_pointer(pointer);
  return patch != pointer && written(patch) != nullptr;
}

bool InspectorModel::can_reset(const QModelIndex& index) const {
  if (!index.isValid()) return false;
  if (is_overridden(index)) return true;
  const Node& node = node_of(index);
  const bool optional = node.field.need == planner::FieldInfo::Need::optional && !is_entry(node.pointer);
  return optional && session_.scope() == Session::Scope::base && written(node.pointer) != nullptr;
}

void InspectorModel::reset(const QModelIndex& index) {
  const Node& node = node_of(index);
  session_.document().remove_value(is_overridden(index) ? patch_pointer(node.pointer) : node.pointer,
                                   tr("Reset %1").arg(QString::fromStdString(node.field.title)));
}

QString InspectorModel::origin_text(const Node& node) const {
  const planner::Value* own = written(patch_pointer(node.pointer));
  if (own != nullptr && own->kind == planner::Value::Kind::null)
    return tr("removed by strategy %1").arg(QString::fromStdString(session_.strategy()));
  if (effective(node.pointer) == nullptr) {
    return node.field.fallback.empty() ? QString{}
                                       : tr("default %1").arg(QString::fromStdString(node.field.fallback));
  }
  const planner::Resolution* now = checked_ ? checked_->find(session_.strategy()) : nullptr;
  if (now == nullptr || node.pointer.starts_with("/strategies")) return tr("written here");
  const auto layers = now->explain(node.pointer);
  if (layers.empty()) return {};
  const std::string& layer = layers.back().layer;
  return layer == "file" ? tr("base") : QString::fromStdString(layer);
}

QString InspectorModel::problem_of(const Node& node) const {
  for (const std::string& place : {node.pointer, patch_pointer(node.pointer)}) {
    const auto found = problems_.find(place);
    if (found != problems_.end()) return found->second;
  }
  return {};
}

QVariant InspectorModel::shown(const Node& node, int column) const {
  if (column == name_column) return QString::fromStdString(node.field.title);
  if (column == origin_column) return origin_text(node);
  const QString mark = problem_of(node).isEmpty() ? QString{} : QStringLiteral("⚠ ");
  const planner::Value* value = effective(node.pointer);
  if (value == nullptr) return mark + QStringLiteral("—");
  return mark + (value->is_object() && !node.children.empty() ? QString{} : text_of(*value));
}

QVariant InspectorModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Node& node = node_of(index);
  switch (role) {
    case Qt::DisplayRole:
      return shown(node, index.column());
    case Qt::EditRole: {
      const planner::Value* value = effective(node.pointer);
      return value != nullptr ? text_of(*value) : QString{};
    }
    case Qt::ToolTipRole: {
      const QString problem = problem_of(node);
      return problem.isEmpty() ? QString::fromStdString(node.field.description) : problem;
    }
    case words_role: {
      QStringList words;
      for (const std::string& word : node.field.words) words << QString::fromStdString(word);
      if (node.field.kind == Kind::boolean) words << QStringLiteral("true") << QStringLiteral("false");
      return words;
    }
    case kind_role:
      return static_cast<int>(node.field.kind);
    case Qt::FontRole: {
      QFont font;
      font.setBold(index.column() != name_column && is_overridden(index));
      return font;
    }
    default:
      return {};
  }
}

QVariant InspectorModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  return section == name_column ? tr("Field") : section == int{value_column} ? tr("Value") : tr("Set by");
}

Qt::ItemFlags InspectorModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  const Qt::ItemFlags plain = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
  const bool editable = index.column() == value_column && node_of(index).children.empty();
  return editable ? plain | Qt::ItemIsEditable : plain;
}

std::optional<Draft> InspectorModel::draft_with(const QModelIndex& index, const QString& text) const {
  if (!(flags(index) & Qt::ItemIsEditable)) return std::nullopt;
  const Node& node = node_of(index);
  Draft draft = session_.document().draft();
  try {
    draft.text = session_.document().text_with(session_.layer().place_of(node.pointer),
                                               typed_json(text, node.field.kind));
  } catch (const planner::ScenarioError&) {
    return std::nullopt;  // setData() tells why, once it is asked to
  }
  return draft;
}

bool InspectorModel::setData(const QModelIndex& index, const QVariant& typed, int role) {
  if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable)) return false;
  const Node& node = node_of(index);
  const QString text = typed.toString();
  if (text == data(index, Qt::EditRole).toString()) return false;
  try {
    session_.document().set_value(session_.layer().place_of(node.pointer), typed_json(text, node.field.kind),
                                  tr("Change %1").arg(QString::fromStdString(node.field.title)));
  } catch (const planner::ScenarioError& error) {
    Q_EMIT refused(QString::fromStdString(error.diagnostics().front().message));
    return false;
  }
  return true;
}

}  // namespace gui
