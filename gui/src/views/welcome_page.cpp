#include "views/welcome_page.hpp"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "planner/samples.hpp"
#include "views/card.hpp"

namespace gui {
namespace {

constexpr int columns = 2;

QLabel* heading(const QString& text, double factor) {
  auto* label = new QLabel{text};
  QFont font = label->font();
  font.setPointSizeF(font.pointSizeF() * factor);
  font.setBold(true);
  label->setFont(font);
  return label;
}

/// A sentence is enough on a card; the whole note stands in the scenario.
QString beginning(const std::string& note) {
  const QString text = QString::fromStdString(note).remove(u'`');
  const qsizetype end = text.indexOf(QStringLiteral(". "));
  return end < 0 ? text : text.left(end + 1);
}

}  // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget{parent}, recent_{new QVBoxLayout} {
  auto* outer = new QVBoxLayout{this};
  outer->setContentsMargins(0, 0, 0, 0);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  outer->addWidget(scroll);
  auto* page = new QWidget;
  scroll->setWidget(page);
  auto* layout = new QVBoxLayout{page};
  layout->setContentsMargins(64, 44, 64, 44);
  layout->setSpacing(10);
  layout->addWidget(heading(tr("Isochrone"), 2.6));
  auto* claim = new QLabel{
      tr("Where should each service run, how much of it, and what will users feel and finance pay?")};
  claim->setObjectName(QStringLiteral("muted"));
  QFont font = claim->font();
  font.setPointSizeF(font.pointSizeF() * 1.25);
  claim->setFont(font);
  claim->setWordWrap(true);
  layout->addWidget(claim);
  layout->addSpacing(18);
  build_drop_zone(*layout);
  layout->addLayout(recent_);
  layout->addSpacing(18);
  build_gallery(*layout);
  layout->addStretch();
}

void WelcomePage::build_drop_zone(QVBoxLayout& layout) {
  auto* zone = new QFrame;
  zone->setObjectName(QStringLiteral("drop"));
  auto* row = new QHBoxLayout{zone};
  row->setContentsMargins(20, 16, 20, 16);
  row->setSpacing(16);
  auto* open = new QPushButton{tr("Open a scenario…")};
  open->setObjectName(QStringLiteral("primary"));
  open->setMinimumHeight(38);
  connect(open, &QPushButton::clicked, this, &WelcomePage::open_asked);
  row->addWidget(open);
  auto* drop = new QLabel{tr("or drop its file here")};
  drop->setObjectName(QStringLiteral("muted"));
  row->addWidget(drop);
  row->addStretch();
  layout.addWidget(zone);
}

void WelcomePage::build_gallery(QVBoxLayout& layout) {
  layout.addWidget(heading(tr("Start from a question"), 1.4));
  auto* how = new QLabel{tr("Choose one, press F5 and read the answer: half a minute.")};
  how->setObjectName(QStringLiteral("muted"));
  layout.addWidget(how);
  auto* grid = new QGridLayout;
  grid->setSpacing(14);
  int place = 0;
  for (const planner::Sample& sample : planner::samples()) {
    auto* card = new Card{QString::fromStdString(sample.question), beginning(sample.note)};
    const QString name = QString::fromStdString(sample.name);
    connect(card, &Card::clicked, this, [this, name] { Q_EMIT sample_chosen(name); });
    grid->addWidget(card, place / columns, place % columns);
    ++place;
  }
  for (int i = 0; i < columns; ++i) grid->setColumnStretch(i, 1);
  layout.addLayout(grid);
}

void WelcomePage::show_recent(const QStringList& files) {
  while (QLayoutItem* item = recent_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  if (files.isEmpty()) return;
  recent_->addWidget(heading(tr("Recent"), 1.4));
  for (const QString& file : files) {
    auto* link = new QLabel{
        QStringLiteral("<a href='%1'>%2</a> &nbsp;<span>%1</span>")
            .arg(file.toHtmlEscaped(), QFileInfo{QFileInfo{file}.path()}.fileName().toHtmlEscaped())};
    link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(link, &QLabel::linkActivated, this, &WelcomePage::file_chosen);
    recent_->addWidget(link);
  }
}

}  // namespace gui
