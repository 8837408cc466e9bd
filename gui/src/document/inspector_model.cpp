#include "document/inspector_model.hpp"

#include <QColor>
#include <QFont>
#include <algorithm>

#include "planner/edit.hpp"

namespace gui {

struct InspectorModel::Node {
  planner::FieldInfo field;
  std::string pointer;
  Node* parent = nullptr;
  int row = 0;
  std::vector<std::unique_ptr<Node>> children;

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

QString shown(const nlohmann::ordered_json& value) {
  if (value.is_string()) return QString::fromStdString(value.get<std::string>());
  return QString::fromStdString(value.dump());
}

/// What the user typed, as JSON: numbers and the like as they are, the rest as text unless it is JSON itself.
std::string typed_json(const QString& text, Kind kind) {
  const std::string typed = text.trimmed().toStdString();
  const bool is_json = nlohmann::ordered_json::accept(typed);
  const bool textual = kind == Kind::text || kind == Kind::choice || kind == Kind::quantity;
  const bool structured = is_json && (typed.starts_with('{') || typed.starts_with('['));
  return is_json && (!textual || structured) ? typed : planner::json_string(typed);
}

}  // namespace

InspectorModel::InspectorModel(Session& session, QObject* parent)
    : QAbstractItemModel{parent}, session_{session}, root_{std::make_unique<Node>()} {
  connect(&session_, &Session::selection_changed, this, &InspectorModel::refresh);
  connect(&session_, &Session::strategy_changed, this, &InspectorModel::refresh);
}

InspectorModel::~InspectorModel() = default;

void InspectorModel::set_scope(Scope scope) {
  scope_ = scope;
  refresh();
}

void InspectorModel::show_fields(Fields fields) {
  fields_ = fields;
  refresh();
}

const nlohmann::ordered_json* InspectorModel::effective(const std::string& pointer) const {
  const nlohmann::ordered_json* at = &json_;
  for (const std::string& token : planner::pointer_tokens(pointer)) {
    if (!at->is_object()) return nullptr;
    const auto next = at->find(token);
    if (next == at->end()) return nullptr;
    at = &*next;
  }
  return at;
}

void InspectorModel::refresh() {
  json_ = nlohmann::ordered_json::object();
  if (const planner::Resolution* now = session_.resolution()) json_ = now->json();
  // Strategies and imports are no part of what they amount to: those stand as they are written.
  const std::string& selected = session_.pointer();
  if (effective(selected) == nullptr) json_ = planner::to_json(session_.document().parsed().root);
  auto fresh = std::make_unique<Node>();
  fresh->pointer = selected;
  if (!selected.empty()) add_fields(*fresh, 0);
  if (fresh->same_shape(*root_)) {
    announce({});
    return;
  }
  beginResetModel();
  root_ = std::move(fresh);
  endResetModel();
}

void InspectorModel::announce(const QModelIndex& parent) {
  const int rows = rowCount(parent);
  if (rows == 0) return;
  Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, columns - 1, parent));
  for (int row = 0; row < rows; ++row) announce(index(row, 0, parent));
}

void InspectorModel::add_fields(Node& parent, int depth) const {
  const nlohmann::ordered_json* object = effective(parent.pointer);
  const auto add = [&](planner::FieldInfo field) {
    auto node = std::make_unique<Node>();
    node->pointer = parent.pointer + "/" + planner::escape_token(field.key);
    node->field = std::move(field);
    node->parent = &parent;
    node->row = static_cast<int>(parent.children.size());
    const nlohmann::ordered_json* value = effective(node->pointer);
    if (value != nullptr && value->is_object() && depth < deepest) add_fields(*node, depth + 1);
    parent.children.push_back(std::move(node));
  };
  std::vector<planner::FieldInfo> known = planner::fields_at(parent.pointer);
  // What is set comes first; of the rest only fields with a single value can be given one in place.
  std::stable_partition(known.begin(), known.end(), [&](const planner::FieldInfo& f) {
    return object != nullptr && object->is_object() && object->contains(f.key);
  });
  for (const planner::FieldInfo& field : known) {
    const bool is_set = object != nullptr && object->is_object() && object->contains(field.key);
    if (is_set || (fields_ == Fields::all && !has_members(field.kind))) add(field);
  }
  if (object == nullptr || !object->is_object()) return;
  for (const auto& [key, value] : object->items()) {
    const bool listed = std::ranges::find(known, key, &planner::FieldInfo::key) != known.end();
    if (listed) continue;
    auto field =
        planner::field_at(parent.pointer + "/" + planner::escape_token(key)).value_or(planner::FieldInfo{});
    field.key = key;
    field.title = key;
    add(std::move(field));
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
  return "/strategies/" + planner::escape_token(session_.strategy()) + "/patch" + pointer;
}

std::string InspectorModel::edit_pointer(const std::string& pointer) const {
  const bool is_of_strategy = pointer.starts_with("/strategies/") || pointer.starts_with("/imports/");
  return scope_ == Scope::base || is_of_strategy ? pointer : patch_pointer(pointer);
}

bool InspectorModel::is_overridden(const QModelIndex& index) const {
  return index.isValid() && planner::at_pointer(session_.document().parsed().root,
                                                patch_pointer(node_of(index).pointer)) != nullptr;
}

QString InspectorModel::origin_text(const Node& node) const {
  if (effective(node.pointer) == nullptr) {
    return node.field.fallback.empty() ? QString{}
                                       : tr("default %1").arg(QString::fromStdString(node.field.fallback));
  }
  const planner::Resolution* now = session_.resolution();
  if (now == nullptr || node.pointer.starts_with("/strategies")) return tr("written here");
  const auto layers = now->explain(node.pointer);
  if (layers.empty()) return {};
  const std::string& layer = layers.back().layer;
  return layer == "file" ? tr("base") : QString::fromStdString(layer);
}

QVariant InspectorModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Node& node = node_of(index);
  const nlohmann::ordered_json* value = effective(node.pointer);
  switch (role) {
    case Qt::ToolTipRole:
      return QString::fromStdString(node.field.description);
    case words_role: {
      QStringList words;
      for (const std::string& word : node.field.words) words << QString::fromStdString(word);
      if (node.field.kind == Kind::boolean) words << QStringLiteral("true") << QStringLiteral("false");
      return words;
    }
    case dimension_role:
      return node.field.dimension ? QVariant{static_cast<int>(*node.field.dimension)} : QVariant{};
    case Qt::FontRole: {
      QFont font;
      font.setBold(index.column() != name_column && is_overridden(index));
      return font;
    }
    case Qt::EditRole:
      return value != nullptr ? shown(*value) : QString{};
    case Qt::DisplayRole:
      break;
    default:
      return {};
  }
  if (index.column() == name_column) return QString::fromStdString(node.field.title);
  if (index.column() == origin_column) return origin_text(node);
  if (value == nullptr) return QStringLiteral("—");
  return value->is_object() && !node.children.empty() ? QString{} : shown(*value);
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

bool InspectorModel::setData(const QModelIndex& index, const QVariant& typed, int role) {
  if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable)) return false;
  const Node& node = node_of(index);
  const QString text = typed.toString();
  if (text == data(index, Qt::EditRole).toString()) return false;
  try {
    session_.document().set_value(edit_pointer(node.pointer), typed_json(text, node.field.kind),
                                  tr("Change %1").arg(QString::fromStdString(node.field.title)));
  } catch (const planner::ScenarioError& error) {
    Q_EMIT refused(QString::fromStdString(error.diagnostics().front().message));
    return false;
  }
  return true;
}

bool InspectorModel::reset(const QModelIndex& index) {
  if (!is_overridden(index)) return false;
  const Node& node = node_of(index);
  session_.document().remove_value(patch_pointer(node.pointer),
                                   tr("Reset %1").arg(QString::fromStdString(node.field.title)));
  return true;
}

}  // namespace gui
