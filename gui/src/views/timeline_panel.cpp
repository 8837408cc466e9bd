#include "views/timeline_panel.hpp"

#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "charts/series_axis.hpp"
#include "planner/number_text.hpp"
#include "planner/outages.hpp"
#include "planner/render_series.hpp"

namespace gui {
namespace {

constexpr int slice_shown_for = 450;  ///< [ms] while it plays

/// Values of a line as a graph in the middle of their slices.
void add_values(QCPGraph& graph, const planner::SeriesLine& line) {
  for (std::size_t slice = 0; slice < line.points.size(); ++slice) {
    const auto& point = line.points[slice];
    graph.addData(static_cast<double>(slice) + 0.5, point ? point->value : qQNaN());
  }
}

/// Of the flow that is shown [ms].
std::optional<double> deadline_of(const Session& session) {
  const planner::Resolution* now = session.resolution();
  if (now == nullptr) return std::nullopt;
  const auto flow = now->scenario().flows.find(session.flow());
  if (flow == now->scenario().flows.end() || !flow->second.deadline) return std::nullopt;
  return 1e3 * sim::to_seconds(*flow->second.deadline);
}

}  // namespace

TimelinePanel::TimelinePanel(Session& session, QWidget* parent)
    : QWidget{parent},
      session_{session},
      slider_{new QSlider{Qt::Horizontal}},
      reading_{new QLabel},
      back_{new QToolButton},
      play_{new QToolButton},
      forward_{new QToolButton},
      whole_{new QToolButton},
      slowest_{new QToolButton},
      record_{new QToolButton},
      strip_{new QCustomPlot} {
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(12, 6, 12, 6);
  layout->setSpacing(4);
  build_bar(*layout);
  build_strip(*layout);
  clock_.setInterval(slice_shown_for);
  connect(&clock_, &QTimer::timeout, this, &TimelinePanel::play_on);
  connect(&session_, &Session::outcome_changed, this, &TimelinePanel::refresh);
  connect(&session_, &Session::strategy_changed, this, &TimelinePanel::refresh);
  connect(&session_, &Session::flow_changed, this, &TimelinePanel::refresh);
  connect(&session_, &Session::slice_changed, this, &TimelinePanel::refresh);
  connect(&session_.document(), &DocumentModel::checked_changed, this, [this] {
    if (wish_ == Wish::none || !session_.can_run()) return;
    wish_ = Wish::none;
    session_.run(RunOrder::Depth::full);
  });
  refresh();
}

TimelinePanel::~TimelinePanel() { stop_ = true; }

void TimelinePanel::build_bar(QVBoxLayout& layout) {
  auto* bar = new QHBoxLayout;
  const auto add = [&](QToolButton* button, const QString& text, const QString& tip, auto action) {
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    connect(button, &QToolButton::clicked, this, action);
    bar->addWidget(button);
  };
  add(back_, QStringLiteral("◀"), tr("Previous slice (,)"), [this] { step(Step::back); });
  add(play_, tr("▶ Play"), tr("Play or pause (Space)"), [this] { toggle_play(); });
  add(forward_, QStringLiteral("▶"), tr("Next slice (.)"), [this] { step(Step::forward); });
  add(whole_, tr("Whole run"), tr("Show the whole run (Esc)"), [this] { show_whole_run(); });
  add(slowest_, tr("Slowest request"), tr("Find the slowest request and show its waterfall (J)"),
      [this] { find_slowest(); });
  add(record_, tr("Record over time"), tr("Cut the run into slices (experiment.series) and run again"),
      [this] { record_over_time(); });
  slider_->setAccessibleName(tr("Slice of the run"));
  slider_->setAccessibleDescription(tr("The farthest left is the whole run; then the slices follow"));
  slider_->setPageStep(4);
  bar->addSpacing(6);
  bar->addWidget(slider_, 1);
  layout.addLayout(bar);
  reading_->setAccessibleName(tr("What the map shows"));
  reading_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  reading_->setMinimumWidth(60);
  layout.addWidget(reading_);
}

void TimelinePanel::build_strip(QVBoxLayout& layout) {
  strip_->setMinimumHeight(84);
  strip_->setAccessibleName(tr("Requests and p99 over the run"));
  layout.addWidget(strip_, 1);
  connect(slider_, &QSlider::valueChanged, this, [this](int value) {
    session_.set_slice(value > 0 ? std::optional{static_cast<std::size_t>(value) - 1} : std::nullopt);
  });
  connect(strip_, &QCustomPlot::mousePress, this, &TimelinePanel::follow_strip);
  connect(strip_, &QCustomPlot::mouseMove, this, &TimelinePanel::follow_strip);
}

void TimelinePanel::record_over_time() {
  // Not of the results, which may be a preview's.
  const planner::Resolution* now = session_.resolution();
  if (now == nullptr) return;
  const sim::Duration step = planner::natural_step(now->scenario().duration);
  const std::string value = "\"" + planner::duration_text(step) + "\"";
  DocumentModel& document = session_.document();
  const bool has_experiment = planner::at_pointer(document.parsed().root, "/experiment") != nullptr;
  wish_ = Wish::run;
  document.set_value(has_experiment ? "/experiment/series" : "/experiment",
                     has_experiment ? value : "{ \"series\": " + value + " }", tr("Record over time"));
}

void TimelinePanel::follow_strip(QMouseEvent* event) {
  const planner::TimeSeries* series = session_.series();
  if (series == nullptr || !(event->buttons() & Qt::LeftButton)) return;
  const double at = std::floor(strip_->xAxis->pixelToCoord(event->position().x()));
  session_.set_slice(static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(series->slices) - 1)));
}

void TimelinePanel::step(Step step) {
  const planner::TimeSeries* series = session_.series();
  if (series == nullptr) return;
  const std::size_t last = series->slices - 1;
  const std::optional<std::size_t> now = session_.slice();
  if (step == Step::forward) {
    session_.set_slice(now ? std::min(*now + 1, last) : 0);
  } else {
    session_.set_slice(now ? *now - std::min<std::size_t>(*now, 1) : last);
  }
}

void TimelinePanel::toggle_play() {
  const planner::TimeSeries* series = session_.series();
  if (is_playing() || series == nullptr) {
    clock_.stop();
  } else {
    if (!session_.slice() || *session_.slice() + 1 == series->slices) session_.set_slice(0);
    clock_.start();
  }
  refresh();
}

void TimelinePanel::play_on() {
  const planner::TimeSeries* series = session_.series();
  if (series == nullptr || !session_.slice() || *session_.slice() + 1 >= series->slices) return toggle_play();
  step(Step::forward);
}

void TimelinePanel::show_whole_run() {
  clock_.stop();
  session_.set_slice(std::nullopt);
  refresh();
}

void TimelinePanel::find_slowest() {
  const planner::Resolution* now = session_.resolution();
  if (now == nullptr || !session_.outcome() || !worker_.is_idle()) return;
  Q_EMIT told(tr("Looking for the slowest request…"));
  worker_.request([this, scenario = now->scenario(), seed = session_.outcome()->study.seed] {
    auto trace = planner::trace_request(
        scenario, {.workload = {}, .number = 0, .seed = seed, .replication = 0, .stop = &stop_});
    return [this, trace = std::move(trace)] { show_found(trace); };
  });
}

void TimelinePanel::show_found(const std::optional<planner::RequestTrace>& trace) {
  if (!trace) {
    Q_EMIT told(tr("No request was answered."));
    return;
  }
  if (const planner::TimeSeries* series = session_.series()) {
    const sim::Duration since = trace->begin.time_since_epoch() - series->begin;
    if (since >= sim::Duration{0}) session_.set_slice(static_cast<std::size_t>(since / series->step));
  }
  Q_EMIT told(tr("The slowest request of %1 took %2 ms.")
                  .arg(text_of(trace->strategy),
                       text_of(planner::number_text(1e3 * sim::to_seconds(trace->end - trace->begin)))));
  Q_EMIT slowest_found(std::make_shared<const planner::RequestTrace>(*trace));
}

void TimelinePanel::refresh() {
  const planner::TimeSeries* series = session_.series();
  const bool known = series != nullptr;
  if (!known) clock_.stop();
  const QSignalBlocker quiet{slider_};
  slider_->setRange(0, known ? static_cast<int>(series->slices) : 0);
  slider_->setValue(session_.slice() ? static_cast<int>(*session_.slice()) + 1 : 0);
  for (QWidget* widget : std::initializer_list<QWidget*>{slider_, back_, play_, forward_, whole_})
    widget->setEnabled(known);
  slowest_->setEnabled(session_.outcome() != nullptr && session_.resolution() != nullptr);
  record_->setVisible(session_.outcome() != nullptr && !known);
  slider_->setVisible(known);
  play_->setText(is_playing() ? tr("▮▮ Pause") : tr("▶ Play"));
  reading_->setText(reading());
  reading_->setToolTip(reading());
  refresh_strip();
}

QString TimelinePanel::reading() const {
  const planner::TimeSeries* series = session_.series();
  if (series == nullptr)
    return session_.outcome() ? tr("No results over time: experiment.series is 0 s, or there are too many "
                                   "classes of requests")
                              : tr("Run it (F5) to see it over time");
  if (!session_.slice())
    return tr("Map and charts show the whole run: %1 slices of %2")
        .arg(series->slices)
        .arg(text_of(planner::duration_text(series->step)));
  const std::size_t slice = *session_.slice();
  QString text = tr("Map and charts show %1 — Esc for the whole run")
                     .arg(text_of(planner::slice_label(session_.outcome()->study, *series, slice)));
  for (const char* metric : {"requests", "ok", "p95", "p99"}) {
    const planner::SeriesLine* line = planner::find_line(*series, metric, session_.flow(), {}, {});
    if (line != nullptr && line->points[slice])
      text += QStringLiteral(" · %1 %2 %3")
                  .arg(metric_label(metric), interval_text(*line, slice), unit_label(*line));
  }
  return text;
}

void TimelinePanel::refresh_strip() {
  const Appearance appearance = appearance_of(palette());
  strip_->setFont(font());
  prepare(*strip_, appearance);
  strip_->setInteractions({});
  strip_->yAxis->setTickLabels(false);
  strip_->yAxis2->setTickLabels(false);
  const planner::TimeSeries* series = session_.series();
  if (series == nullptr) {
    strip_->replot(QCustomPlot::rpQueuedReplot);
    return;
  }
  use_slices(*strip_->xAxis, session_.outcome()->study, *series);
  QColor fill = colors(appearance).muted;
  fill.setAlphaF(0.30F);
  const planner::SeriesLine* p99 = planner::find_line(*series, "p99", session_.flow(), {}, {});
  const std::optional<double> deadline = deadline_of(session_);
  for (const auto& [line, axis] :
       {std::pair{planner::find_line(*series, "requests", session_.flow(), {}, {}), strip_->yAxis},
        std::pair{p99, strip_->yAxis2}}) {
    if (line == nullptr) continue;
    QCPGraph* graph = strip_->addGraph(strip_->xAxis, axis);
    add_values(*graph, *line);
    const bool demand = axis == strip_->yAxis;
    graph->setLineStyle(demand ? QCPGraph::lsStepCenter : QCPGraph::lsLine);
    graph->setPen(QPen{demand ? colors(appearance).muted : colors(appearance).accent, demand ? 1.0 : 2.2});
    if (demand) graph->setBrush(fill);
    bool found = false;
    const QCPRange range = graph->getValueRange(found);
    axis->setRange(0, found && range.upper > 0 ? 1.7 * range.upper : 1.0);
  }
  strip_->yAxis2->setVisible(true);
  strip_->yAxis2->setTicks(false);
  strip_->yAxis2->setBasePen(QPen{colors(appearance).line});
  if (p99 != nullptr && deadline) add_breaches(*p99, *deadline);
  add_outages(*series);
  add_key(p99, deadline);
  if (session_.slice()) add_slice_cursor(*strip_, *session_.slice(), appearance);
  strip_->replot(QCustomPlot::rpQueuedReplot);
}

void TimelinePanel::add_breaches(const planner::SeriesLine& p99, double deadline) {
  const Colors& palette_colors = colors(appearance_of(palette()));
  QColor band = palette_colors.bad;
  band.setAlphaF(0.25F);
  for (std::size_t slice = 0; slice < p99.points.size(); ++slice) {
    if (!p99.points[slice] || p99.points[slice]->value <= deadline) continue;
    auto* room = new QCPItemRect{strip_};
    for (QCPItemPosition* corner : {room->topLeft, room->bottomRight})
      corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
    room->topLeft->setCoords(static_cast<double>(slice), 0);
    room->bottomRight->setCoords(static_cast<double>(slice) + 1, 1);
    room->setPen(Qt::NoPen);
    room->setBrush(QBrush{band, Qt::BDiagPattern});
  }
  auto* line = new QCPItemStraightLine{strip_};
  for (QCPItemPosition* point : {line->point1, line->point2}) point->setAxes(strip_->xAxis, strip_->yAxis2);
  line->point1->setCoords(0, deadline);
  line->point2->setCoords(1, deadline);
  line->setPen(QPen{palette_colors.bad, 1.2, Qt::DashLine});
}

void TimelinePanel::add_outages(const planner::TimeSeries& series) {
  if (session_.resolution() == nullptr) return;
  const Colors& palette_colors = colors(appearance_of(palette()));
  QColor band = palette_colors.caution;
  band.setAlphaF(0.5F);
  const auto slice_at = [&](sim::Duration since) {
    return sim::to_seconds(since - series.begin) / sim::to_seconds(series.step);
  };
  for (const planner::PlannedOutage& outage : planner::planned_outages(*session_.resolution())) {
    const double begin = slice_at(outage.begin), end = slice_at(outage.begin + outage.length);
    auto* room = new QCPItemRect{strip_};
    for (QCPItemPosition* corner : {room->topLeft, room->bottomRight})
      corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
    room->topLeft->setCoords(begin, 0);
    room->bottomRight->setCoords(end, 1);
    room->setPen(QPen{palette_colors.caution, 1});
    room->setBrush(QBrush{band, Qt::Dense6Pattern});
    auto* name = new QCPItemText{strip_};
    name->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    name->position->setCoords(std::max(begin, 0.0), 1);
    name->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    name->setPadding({4, 0, 0, 1});
    name->setFont(font());
    name->setColor(palette_colors.text);
    name->setText(tr("%1: %2 out, not simulated").arg(text_of(outage.id), text_of(outage.of)));
  }
}

// Above the strip's curves, in words: its axes have no figures.
void TimelinePanel::add_key(const planner::SeriesLine* p99, const std::optional<double>& deadline) {
  const Colors& palette_colors = colors(appearance_of(palette()));
  double highest = 0;
  if (p99 != nullptr)
    for (const auto& point : p99->points) highest = std::max(highest, point ? point->value : 0);
  QString text = tr("▒ requests   — p99, at most %1 ms").arg(text_of(planner::number_text(highest)));
  if (deadline) text += tr("   ▨ beyond the deadline, %1 ms").arg(text_of(planner::number_text(*deadline)));
  auto* key = new QCPItemText{strip_};
  key->position->setType(QCPItemPosition::ptAxisRectRatio);
  key->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
  key->position->setCoords(0.005, 0.0);
  key->setFont(font());
  key->setColor(palette_colors.text);
  QColor back = palette_colors.surface;
  back.setAlphaF(0.8F);
  key->setBrush(back);
  key->setPadding({3, 0, 3, 0});
  key->setText(text);
}

void TimelinePanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) refresh_strip();
  QWidget::changeEvent(event);
}

}  // namespace gui
