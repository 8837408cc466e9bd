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
#include "planner/render_series.hpp"
#include "views/timeline_strip.hpp"

namespace gui {
namespace {

constexpr int slice_shown_for = 450;  ///< [ms] while it plays

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
  strip_->setFont(font());
  draw_strip(*strip_, session_, appearance_of(palette()));
}

void TimelinePanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) refresh_strip();
  QWidget::changeEvent(event);
}

}  // namespace gui
