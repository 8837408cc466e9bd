#include "views/flow_layout.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QWidget>
#include <algorithm>

namespace gui {
namespace {

constexpr int gap = 14, row_gap = 6;

}  // namespace

FlowLayout::FlowLayout(QWidget* parent) : QLayout{parent} { setContentsMargins(12, 8, 12, 8); }

FlowLayout::~FlowLayout() {
  for (QLayoutItem* item : items_) delete item;
}

void FlowLayout::add_field(const QString& label, QWidget* field) {
  auto* pair = new QWidget;
  auto* row = new QHBoxLayout{pair};
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  auto* name = new QLabel{label};
  name->setObjectName(QStringLiteral("muted"));
  name->setBuddy(field);
  row->addWidget(name);
  row->addWidget(field);
  field->setAccessibleName(label);
  if (auto* box = qobject_cast<QComboBox*>(field)) box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  addWidget(pair);
}

void FlowLayout::addItem(QLayoutItem* item) { items_.push_back(item); }

QLayoutItem* FlowLayout::itemAt(int index) const {
  return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
  QLayoutItem* item = itemAt(index);
  if (item != nullptr) items_.erase(items_.begin() + index);
  return item;
}

int FlowLayout::heightForWidth(int width) const { return arrange({0, 0, width, 0}, Place::measure); }

void FlowLayout::setGeometry(const QRect& room) {
  QLayout::setGeometry(room);
  arrange(room, Place::put);
}

QSize FlowLayout::minimumSize() const {
  QSize least;
  for (const QLayoutItem* item : items_) least = least.expandedTo(item->minimumSize());
  return least.grownBy(contentsMargins());
}

int FlowLayout::arrange(const QRect& room, Place place) const {
  const QRect inner = room.marginsRemoved(contentsMargins());
  std::vector<QLayoutItem*> shown;
  for (QLayoutItem* item : items_) {
    if (!item->isEmpty()) shown.push_back(item);
  }
  int y = inner.top();
  for (std::size_t first = 0; first < shown.size();) {
    int width = 0, height = 0;
    std::size_t last = first;
    for (; last < shown.size(); ++last) {
      const QSize size = shown[last]->sizeHint();
      if (last > first && width + size.width() > inner.width()) break;
      width += size.width() + gap;
      height = std::max(height, size.height());
    }
    int x = inner.left();
    for (; first < last; ++first) {
      const QSize size = shown[first]->sizeHint().boundedTo({inner.width(), height});
      if (place == Place::put) {
        shown[first]->setGeometry({{x, y + (height - size.height()) / 2}, size});
      }
      x += size.width() + gap;
    }
    y += height + row_gap;
  }
  const int margins = contentsMargins().top() + contentsMargins().bottom();
  return shown.empty() ? 0 : y - row_gap - inner.top() + margins;
}

}  // namespace gui
