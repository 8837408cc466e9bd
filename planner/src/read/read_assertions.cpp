#include <algorithm>

#include "read/read_sections.hpp"

namespace planner {
namespace {

/// Where [begin, end) of a text stands in its file; the whole text where escapes shift the bytes.
Span within(const Value& text, std::uint32_t begin, std::uint32_t end) {
  Span span = text.span;
  const bool plain = span.end - span.begin == text.text.size() + 2;
  if (!plain) return span;
  const auto inside = [&](std::uint32_t at) { return std::min(span.begin + 1 + at, span.end); };
  return {span.file, inside(begin), std::max(inside(end), inside(begin) + 1)};
}

void report(const Value& text, const ExpressionError& error, Issues& issues) {
  const Span span = within(text, error.begin, error.end);
  Diagnostic& issue = issues.add(error.code, span, error.message);
  for (const std::string& proposal : error.proposals) {
    const bool exact = span.begin != text.span.begin;
    issue.suggestions.push_back({"did you mean \"" + proposal + "\"?", exact ? proposal : "", {}});
  }
}

std::optional<Comparison> read_comparison(const Value& text, const KnownIds& known, Issues& issues) {
  auto parsed = parse_comparison(text.text);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
    report(text, *error, issues);
    return std::nullopt;
  }
  Comparison comparison = std::get<Comparison>(std::move(parsed));
  for (Expression* side : {&comparison.left, &comparison.right}) {
    if (const auto error = bind(*side, known)) {
      report(text, *error, issues);
      return std::nullopt;
    }
  }
  return comparison;
}

}  // namespace

KnownIds known_ids(const Scenario& scenario) {
  KnownIds known;
  for (const auto& [id, flow] : scenario.flows) {
    known.flows.insert(id);
    if (flow.deadline) known.flows_with_deadline.insert(id);
  }
  for (const auto& [id, population] : scenario.populations) known.populations.insert(id);
  for (const auto& [id, service] : scenario.services) known.services.insert(id);
  for (const auto& [id, site] : scenario.sites) {
    known.sites.insert(id);
    for (const auto& [pool, type] : site.pools) known.pools.insert(pool);
  }
  known.sites.insert(user_device);
  return known;
}

void read_assertions(const Fields& root, ReadContext& context) {
  const std::vector<const Member*> entries = root.object("assert").entries();
  if (entries.empty()) return;
  const KnownIds known = known_ids(context.scenario);
  for (const Member* member : entries) {
    const Fields fields{member->value};
    const Value* text = fields.get("expr");
    auto comparison = read_comparison(*text, known, context.issues);
    if (!comparison) continue;
    Assertion assertion;
    assertion.id = member->key;
    assertion.text = text->text;
    assertion.comparison = std::move(*comparison);
    assertion.level =
        fields.text("level", "error") == "warn" ? Assertion::Level::warn : Assertion::Level::error;
    assertion.confidence = fields.quantity("confidence", Dimension::ratio);
    assertion.from = fields.text("from");
    context.scenario.assertions.push_back(std::move(assertion));
  }
  std::ranges::sort(context.scenario.assertions, {}, &Assertion::id);
}

void read_until(const Fields& until, ReadContext& context) {
  Experiment& experiment = context.scenario.experiment;
  experiment.half_width = until.quantity("half_width", Dimension::ratio);
  experiment.until_confidence = until.quantity("confidence", Dimension::ratio);
  const Value* text = until.get("metric");
  if (text == nullptr) return;
  auto parsed = parse_expression(text->text);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) return report(*text, *error, context.issues);
  Expression& expression = std::get<Expression>(parsed);
  if (const auto error = bind(expression, known_ids(context.scenario)))
    return report(*text, *error, context.issues);
  experiment.until = std::move(expression);
  experiment.until_text = text->text;
}

}  // namespace planner
