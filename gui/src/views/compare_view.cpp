#include "views/compare_view.hpp"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "charts/series_axis.hpp"
#include "planner/render.hpp"
#include "planner/study_view.hpp"
#include "views/combo_choices.hpp"
#include "views/flow_layout.hpp"
#include "views/linked_panel.hpp"

namespace gui {
namespace {

constexpr int widest_column = 145;    // [pixel] of a strategy; longer verdicts are wrapped
constexpr int narrowest_column = 88;  // [pixel] of one of many, whose figures are wrapped as well

/// Colours better and worse; the words say it as well.
class TrendDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    const int trend = static_cast<const ComparisonModel*>(index.model())->trend(index);
    const Colors& c = colors(appearance_of(option->palette));
    if (trend != 0) option->palette.setColor(QPalette::Text, trend > 0 ? c.good : c.bad);
  }
};

QString paragraph(const std::vector<std::string>& sentences) {
  QString html;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const QString text = QString::fromStdString(sentences[i]).toHtmlEscaped();
    html += i == 0 ? QStringLiteral("<div style='font-size:15pt; font-weight:600'>%1</div>").arg(text)
                   : QStringLiteral("<div style='margin-top:4px'>%1</div>").arg(text);
  }
  return html;
}

/// What a table model shows, headings included.
TableData table_data(const QAbstractTableModel& model) {
  TableData table;
  table.header << QString{};
  for (int column = 0; column < model.columnCount(); ++column)
    table.header << model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
  for (int row = 0; row < model.rowCount(); ++row) {
    QStringList cells{model.headerData(row, Qt::Vertical, Qt::DisplayRole).toString()};
    for (int column = 0; column < model.columnCount(); ++column)
      cells << model.index(row, column).data().toString();
    table.rows.push_back(cells);
  }
  return table;
}

}  // namespace

CompareView::CompareView(Session& session, QWidget* parent)
    : QWidget{parent},
      session_{session},
      reference_{new QComboBox},
      flow_{new QComboBox},
      metric_{new QComboBox},
      answer_{new QLabel},
      legend_{new QLabel},
      table_{new QTableView} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(0, 0, 0, 0);
  build_bar(*layout);
  build_content(*layout);
  connect(&session_, &Session::outcome_changed, this, &CompareView::refresh);
  connect(&session_, &Session::flow_changed, this, &CompareView::refresh);
  connect(&session_, &Session::stale_changed, this, &CompareView::refresh_answer);
  connect(&session_, &Session::slice_changed, this, &CompareView::refresh_charts);
  connect(&session_, &Session::strategy_changed, this, [this] {
    refresh_choices();
    refresh_charts();
    differences_.mark(session_.strategy());
  });
  refresh();
}

void CompareView::build_bar(QVBoxLayout& layout) {
  auto* bar = new FlowLayout;
  bar->add_field(tr("Reference"), reference_);
  bar->add_field(tr("Flow"), flow_);
  for (const char* metric : planner::series_metrics) metric_->addItem(metric_label(metric), QString{metric});
  metric_->setCurrentIndex(metric_->findData(QStringLiteral("p99")));
  bar->add_field(tr("Over time"), metric_);
  bar->addWidget(legend_);
  layout.addLayout(bar);
  connect(reference_, &QComboBox::activated, this,
          [this] { session_.set_reference(reference_->currentText().toStdString()); });
  connect(metric_, &QComboBox::activated, this, &CompareView::refresh_charts);
  connect(flow_, &QComboBox::activated, this,
          [this] { session_.set_flow(flow_->currentText().toStdString()); });
}

void CompareView::build_content(QVBoxLayout& layout) {
  auto* content = new QWidget;
  auto* grid = new QGridLayout{content};
  grid->setContentsMargins(16, 10, 16, 16);
  grid->setSpacing(12);
  answer_->setWordWrap(true);
  answer_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  answer_->setAccessibleName(tr("Answer"));
  grid->addWidget(answer_, 0, 0, 1, 2);
  int place = 0;
  for (auto& chart : compare_charts()) {
    const bool over_time = chart->axis() == Chart::Axis::slices;
    auto* panel = panels_.emplace_back(new ChartPanel{std::move(chart)});
    if (over_time) {
      connect(panel, &PlotPanel::place_chosen, this, [this](double x) {
        if (x >= 0) session_.set_slice(static_cast<std::size_t>(x));
      });
    }
    grid->addWidget(panel, 1 + place / 2, place % 2);
    link(*panel, session_);
    ++place;
  }
  table_->setModel(&differences_);
  table_->setItemDelegate(new TrendDelegate{table_});
  table_->setAccessibleName(tr("Differences to the reference"));
  table_->setShowGrid(false);
  table_->setTabKeyNavigation(false);
  table_->setAlternatingRowColors(true);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
  table_->setTextElideMode(Qt::ElideRight);
  table_->verticalHeader()->setMaximumWidth(210);
  table_->verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter |
                                                Qt::Alignment{Qt::TextWordWrap});
  table_->horizontalHeader()->setMaximumSectionSize(widest_column);
  table_->horizontalHeader()->setMinimumSectionSize(narrowest_column);
  table_->installEventFilter(this);
  connect(table_->selectionModel(), &QItemSelectionModel::currentColumnChanged, this,
          [this](const QModelIndex& index) {
            if (index.isValid())
              session_.select(pointer_to("strategies", differences_.strategy_of(index.column())));
          });
  auto* card = new QFrame;
  card->setObjectName(QStringLiteral("card"));
  auto* card_layout = new QVBoxLayout{card};
  auto* head = new QHBoxLayout;
  head->addWidget(new QLabel{tr("<b>Differences to the reference</b>, paired over the same demand")}, 1);
  auto* copy = new QToolButton;
  copy->setText(tr("Copy the figures"));
  copy->setAccessibleName(tr("Copy the differences as text"));
  connect(copy, &QToolButton::clicked, this,
          [this] { QApplication::clipboard()->setText(to_tsv(table_data(differences_))); });
  head->addWidget(copy);
  card_layout->addLayout(head);
  card_layout->addWidget(table_);
  grid->addWidget(card, 2 + (place - 1) / 2, 0, 1, 2);
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setWidget(content);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  layout.addWidget(scroll, 1);
}

void CompareView::refresh() {
  refresh_choices();
  refresh_answer();
  refresh_charts();
  const auto& outcome = session_.outcome();
  differences_.show(outcome, session_.flow());
  differences_.mark(session_.strategy());
  fit_table();
}

// The page scrolls, not the table within it: columns that have no room for a line each share what there is.
void CompareView::fit_table() {
  fitted_width_ = table_->width();
  QHeaderView& columns = *table_->horizontalHeader();
  columns.setSectionResizeMode(QHeaderView::ResizeToContents);
  if (columns.length() > table_->viewport()->width()) columns.setSectionResizeMode(QHeaderView::Stretch);
  table_->resizeRowsToContents();
  int height =
      table_->horizontalHeader()->sizeHint().height() + table_->horizontalScrollBar()->sizeHint().height();
  for (int row = 0; row < differences_.rowCount(); ++row) height += table_->rowHeight(row);
  table_->setFixedHeight(std::max(height + 2 * table_->frameWidth(), 120));
}

void CompareView::refresh_choices() {
  const auto& checked = session_.document().checked();
  std::vector<std::string> strategies, flows;
  if (checked && checked->document) strategies = checked->document->strategies();
  if (const planner::Resolution* now = session_.resolution()) {
    for (const auto& [id, flow] : now->scenario().flows) flows.push_back(id);
  }
  show_choices(*reference_, strategies, session_.reference());
  show_choices(*flow_, flows, session_.flow());
}

void CompareView::refresh_answer() {
  const auto& outcome = session_.outcome();
  if (!outcome) {
    answer_->setText(
        tr("<div style='font-size:15pt; font-weight:600'>Press F5 to compare the strategies.</div>"
           "<div>Each is simulated on the same demand; the answer stands here.</div>"));
    legend_->clear();
    return;
  }
  QString text = paragraph(planner::conclusions(outcome->study));
  if (outcome->depth == RunOrder::Depth::preview) {
    text.prepend(tr("<div><b>▨ Preview</b>: a short simulation; press F5 for results to rely on.</div>"));
  } else if (session_.is_stale()) {
    text.prepend(tr("<div><b>⚠ Stale</b>: the scenario was changed since; press F5 to run it again.</div>"));
  }
  answer_->setText(text);
}

void CompareView::refresh_charts() {
  const auto& outcome = session_.outcome();
  if (!outcome) {
    for (ChartPanel* panel : panels_) panel->clear();
    return;
  }
  const Appearance appearance = appearance_of(palette());
  const ChartInput input{outcome->study,
                         session_.flow(),
                         appearance,
                         session_.strategy(),
                         metric_->currentData().toString().toStdString(),
                         session_.slice()};
  const std::shared_ptr<const planner::Study> study{outcome, &outcome->study};
  for (ChartPanel* panel : panels_) panel->show_input(study, input);
  QStringList entries;
  for (std::size_t i = 0; i < outcome->study.strategies.size(); ++i) {
    static constexpr const char* marks[] = {"▲", "■", "◆", "●", "★", "▼", "⬢"};
    entries << QStringLiteral("<span style='color:%1'>%2</span> %3")
                   .arg(series_color(i, appearance).name(), QString::fromUtf8(marks[i % std::size(marks)]),
                        QString::fromStdString(outcome->study.strategies[i].strategy).toHtmlEscaped());
  }
  legend_->setText(entries.join(QStringLiteral("&nbsp;&nbsp;&nbsp;")));
}

bool CompareView::eventFilter(QObject* watched, QEvent* event) {
  const bool resized = watched == table_ && event->type() == QEvent::Resize;
  if (resized && table_->width() != fitted_width_) QTimer::singleShot(0, this, &CompareView::fit_table);
  return QWidget::eventFilter(watched, event);
}

void CompareView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) refresh_charts();
  QWidget::changeEvent(event);
}

}  // namespace gui
