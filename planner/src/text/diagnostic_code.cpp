#include "planner/diagnostic_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/contract.hpp"

namespace planner {
namespace {

using enum Severity;
using enum Failure;

constexpr std::array table{
    CodeInfo{Code::unreadable_file, error, io, "A file cannot be read",
             "The file does not exist, is a folder, or may not be read. Check the path; paths inside a "
             "scenario are relative to the scenario's folder."},
    CodeInfo{Code::file_too_large, error, invalid, "A file is too large",
             "Scenario files are limited to 64 MiB. Large tables belong into CSV files that the scenario "
             "names (`profiles/weekday.csv#NL`)."},
    CodeInfo{Code::invalid_utf8, error, invalid, "Invalid UTF-8",
             "Scenario files are UTF-8 text. Save the file as UTF-8 in your editor."},
    CodeInfo{
        Code::not_text, error, invalid, "Not a text file",
        "The file holds zero bytes or is UTF-16: it is no UTF-8 text, perhaps an archive or a result file."},
    CodeInfo{Code::too_deep, error, invalid, "Nested too deeply",
             "Arrays and objects may be nested 256 deep; no scenario needs more than a dozen levels."},
    CodeInfo{Code::truncated, error, invalid, "The text ends too early",
             "A string, comment, array or object is not closed. The note names where the innermost open one "
             "begins. The file may have been cut off while it was copied."},
    CodeInfo{
        Code::syntax, error, invalid, "Not valid JSON",
        "Scenario files are JSON with `//` and `/* */` comments: keys and texts in double quotes, members "
        "separated by commas."},
    CodeInfo{Code::bad_string, error, invalid, "A string is not valid",
             "Strings stand on one line, control characters are written as `\\u00XX`, and the escapes are "
             "`\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX`."},
    CodeInfo{Code::bad_number, error, invalid, "A number is not valid",
             "JSON numbers have no leading zero or plus, digits on both sides of the point, and are finite: "
             "NaN and Infinity are refused, because no model could answer them."},
    CodeInfo{Code::duplicate_key, error, invalid, "A key is given twice",
             "JSON leaves open which of two equal keys counts, so a second one is refused rather than one "
             "of them silently dropped. Merge the two or rename one."},
    CodeInfo{Code::misplaced_comma, error, invalid, "A comma is missing or one too many",
             "Members and elements are separated by exactly one comma; none follows the last. "
             "`isochrone validate --fix` mends it."},
    CodeInfo{Code::trailing_text, error, invalid, "Text after the document",
             "A file holds one JSON object. Perhaps a brace closes too early, or two files were joined."},
    CodeInfo{
        Code::unknown_key, error, invalid, "Unknown key",
        "The scenario format does not know this key at this place, so it would have no effect. Check the "
        "spelling; keys of your own start with `x-`, remarks go into `note`."},
    CodeInfo{Code::wrong_type, error, invalid, "Wrong type of value",
             "The schema asks for another JSON type here. `isochrone schema` prints it; "
             "docs/scenario-reference.md lists every key."},
    CodeInfo{Code::missing_key, error, invalid, "A required key is missing",
             "This object cannot be understood without the key."},
    CodeInfo{Code::not_allowed, error, invalid, "Not one of the allowed values",
             "The key takes one of a few words; the message lists them."},
    CodeInfo{Code::out_of_range, error, invalid, "A number is out of range",
             "The schema bounds this number: shares lie between 0 and 1, counts are whole and not negative."},
    CodeInfo{Code::bad_id, error, invalid, "Not a valid id",
             "Ids are RFC 1123 labels: lower-case letters, digits and `-`, starting and ending with a letter "
             "or digit, at most 63 characters. So they can serve as Kubernetes names unchanged."},
    CodeInfo{Code::wrong_count, error, invalid, "Wrong number of elements",
             "The array must have as many elements as the schema says, `between` exactly two."},
    CodeInfo{
        Code::not_in_this_version, error, invalid, "Not in this version",
        "The key is reserved for a later version of the format. It is refused instead of ignored, so that "
        "no result pretends to include it. Keep it as `x-...` until then."},
    CodeInfo{Code::unsupported_format, error, invalid, "Unsupported version of the format",
             "The file names a version of the scenario format that this program does not read. A newer file "
             "needs a newer isochrone."},
    CodeInfo{Code::conflicting_keys, error, invalid, "Keys that exclude each other, or one of them is needed",
             "Two keys say the same thing in different ways, such as `region` and `at`; or none of them is "
             "given where one is needed."},
    CodeInfo{Code::bad_text, error, invalid, "A text does not have the required form",
             "The text must follow a pattern: an instant such as `2026-03-02T00:00:00Z`, a zone such as "
             "`UTC+1`, a digest of 64 hexadecimal digits."},
    CodeInfo{Code::import_outside_project, error, invalid, "A path leaves the project folder",
             "A scenario reads only files in its own folder and below, so that opening somebody's scenario "
             "cannot read your files. Copy the file into the project."},
    CodeInfo{Code::digest_mismatch, error, invalid, "An imported file has changed",
             "The file's SHA-256 is not the one that the scenario pins. If the change is meant, "
             "write the new digest; the message shows it."},
    CodeInfo{Code::bad_set, error, invalid, "A --set argument cannot be applied",
             "`--set` takes `/pointer=value`. The pointer follows RFC 6901; the value is JSON or plain "
             "text (`--set '/workloads/w/arrivals/rate=900 req/s'`); nothing after `=` deletes the key."},
    CodeInfo{
        Code::unknown_reference, error, invalid, "Unknown reference",
        "The id names something that is not defined in the scenario as this strategy leaves it. Check the "
        "spelling, and whether a strategy deletes it."},
    CodeInfo{Code::extends_cycle, error, invalid, "Strategies extend each other in a circle",
             "A strategy inherits the patch of the one that it extends; a circle has no beginning."},
    CodeInfo{Code::guard_failed, error, invalid, "A guard does not hold",
             "A strategy may state what it assumes of the scenario that it patches (`guard`, the `test` of "
             "RFC 6902). The scenario has changed, so the patch may no longer mean what its author meant. "
             "Look at the strategy, then adapt patch and guard."},
    CodeInfo{Code::several_baselines, error, invalid, "More than one baseline",
             "Every strategy is compared with the baseline, so at most one may set `baseline`."},
    CodeInfo{Code::unknown_strategy, error, invalid, "Unknown strategy",
             "The scenario defines no strategy of that name."},
    CodeInfo{Code::call_cycle, error, invalid, "Calls wait for each other in a circle",
             "`from` must lead from every call back to the entry, and `after` must not wait for itself, or a "
             "request would never end."},
    CodeInfo{Code::flow_without_calls, error, invalid, "A flow without calls",
             "A flow needs at least the call that the user makes, and `entry` must name it."},
    CodeInfo{Code::service_without_placement, error, invalid, "A service is called but runs nowhere",
             "A flow with demand calls the service, and `placement` gives it no site under this strategy."},
    CodeInfo{Code::unreachable_site, error, invalid, "A place that nothing can reach",
             "A site or population without coordinates needs a link (or `site`), because latency "
             "cannot be derived from distance. Give it `at`, `city` or `region`, or a link."},
    CodeInfo{
        Code::does_not_fit, error, infeasible, "Replicas do not fit the nodes",
        "The replicas placed on a pool need more processors, memory or accelerators than its nodes have. "
        "Take fewer replicas, smaller ones, or more nodes."},
    CodeInfo{
        Code::unknown_catalogue_id, error, invalid, "Not in the catalogue",
        "No device, platform, access profile or list of that name. `isochrone catalog list` shows them."},
    CodeInfo{
        Code::unknown_place, error, invalid, "Unknown place",
        "No region, point of presence or city of that name is in the catalogue. `at` takes coordinates."},
    CodeInfo{Code::ambiguous_place, error, invalid, "Ambiguous place",
             "Several cities have that name. Add the country: `Frankfurt am Main, DE`."},
    CodeInfo{Code::empty_set, error, invalid, "A set without members",
             "The filter of a site set or population set leaves nothing over."},
    CodeInfo{
        Code::bad_law, error, invalid, "A distribution is not valid",
        "The parameters do not describe a distribution: one is missing, belongs to another law, or a bound "
        "is inverted (median above p99, low above high, falling quantiles)."},
    CodeInfo{Code::bad_weights, error, invalid, "Weights do not add up",
             "The weights of a mixture or hyperexponential law sum to 1; routing weights name sites and are "
             "not all zero."},
    CodeInfo{Code::not_placeable, error, invalid, "A service cannot be placed like this",
             "The placement does not say which pool of the site, gives a key that this kind of pool does not "
             "have (`replicas` on an elastic pool, `provisioned` on nodes), or the users have no device."},
    CodeInfo{
        Code::no_service_time, error, invalid, "No service time",
        "The time that a service takes on the place where it is put is not known: give `time`, `time_on` for "
        "the device, platform or tier, or an `inference` model that was measured on the device."},
    CodeInfo{
        Code::empty_scenario, error, invalid, "Nothing to simulate",
        "A run needs at least one site or device, one service, one flow, one population and one workload, "
        "and a duration above zero."},
    CodeInfo{Code::bad_profile, error, invalid, "A demand profile is not valid",
             "A profile has 24 hourly numbers (a day) or 168 (a week from Monday), none negative and not all "
             "zero; a CSV column is named as `file.csv#column`."},
    CodeInfo{Code::bad_expression, error, invalid, "An expression cannot be read",
             "Assertions compare two expressions: `p99(latency{flow=frame}) <= 50 ms`. Numbers carry units, "
             "metrics are selected in braces; docs/expressions.md has the grammar."},
    CodeInfo{
        Code::unknown_metric, error, invalid, "An expression asks for what is not measured",
        "Metrics are `latency` with a statistic (`mean`, `p50`, `p90`, `p95`, `p99`, `p99.9`), shares by "
        "`ratio(ok{...})`, and plain numbers such as `cost.total`. docs/expressions.md lists them with their "
        "selectors."},
    CodeInfo{
        Code::bad_trace, error, invalid, "A trace cannot be replayed",
        "The file is missing, is in none of the formats (OTLP JSON, Jaeger JSON, HAR, CSV, Azure Functions "
        "2019 and 2021, Azure LLM 2023, Huawei), breaks its format at the line, document or byte of the "
        "message, or holds no request of the service asked for."},
    CodeInfo{
        Code::bad_quorum, error, invalid, "A quorum that cannot be reached",
        "`quorum` counts answers among the calls that a service makes at once, so there must be as many of "
        "them, and none of them `async`. Calls with `after` are not made at once."},
    CodeInfo{
        Code::too_many_attempts, error, invalid, "Retries that multiply",
        "Each attempt of a call makes the calls below it again, with all of their attempts: three tiers of "
        "four attempts are 64 calls at the bottom. Retry at one tier, preferably the lowest."},
    CodeInfo{Code::bad_state, error, invalid, "State that its placement cannot keep",
             "The primary of replicated state, and as many sites as its quorum counts, must be among those "
             "where the strategy places the service."},
    CodeInfo{
        Code::residency, error, invalid, "Data where it must not be",
        "A population's `residency` tells in which countries, or at sites with which labels, its requests "
        "may be served and its data kept. The service has no such site; or its state is shared or "
        "replicated, and one of its sites is no such. Sites given by `at` have a country only if they "
        "state it. Place the service elsewhere, or allow the place."},
    CodeInfo{
        Code::overload, error, infeasible, "Offered load above capacity",
        "More requests arrive than the pool or link can serve, so queues would grow without end and every "
        "percentile would only measure the length of the run. The message has both numbers."},
    CodeInfo{
        Code::missing_unit, error, invalid, "A number where a quantity is due",
        "Quantities carry their unit, `\"50 ms\"` and not `50`, so that nobody has to guess between bits "
        "and bytes or seconds and milliseconds."},
    CodeInfo{
        Code::wrong_dimension, error, invalid, "A unit of the wrong dimension",
        "The unit measures something else than the key asks for. Bits (`bit`) and bytes (`B`) differ by 8, "
        "rates end in `/s`."},
    CodeInfo{Code::unknown_unit, error, invalid, "An unknown unit",
             "The unit is not known. Units are case-sensitive: `Mbit/s`, `MB`, `ms`, `kB`, `GiB`."},
    CodeInfo{Code::malformed_quantity, error, invalid, "Not a quantity",
             "A quantity is a decimal number, a space and a unit: `\"1.5 GB\"`."},
    CodeInfo{Code::quantity_out_of_range, error, invalid, "A quantity is out of range",
             "The quantity may not be negative, and where it divides or is waited for it may not be zero."},
    CodeInfo{Code::unused, warning, invalid, "Defined but not used",
             "Nothing refers to this id under any strategy. Remove it or use it; it has no effect."},
    CodeInfo{Code::never_placed, warning, invalid, "A service that nothing calls",
             "The service is defined or placed, but no flow with demand calls it."},
    CodeInfo{Code::no_load, warning, invalid, "A workload without demand",
             "The rate or the number of users is zero, so nothing arrives."},
    CodeInfo{Code::no_users, warning, invalid, "Requests where nobody is",
             "A workload's rate is that of all its users together. The population says that it has none, so "
             "either "
             "its \"users\" or the rate is meant otherwise."},
    CodeInfo{Code::near_capacity, warning, invalid, "Expected to run close to capacity",
             "The expected utilisation is above 90 %. Waiting grows steeply there, and a peak may exceed the "
             "capacity. The message has the numbers."},
    CodeInfo{Code::delay_budget, warning, invalid, "A delay budget is missed without load",
             "98 of 100 packets of the 5QI class should keep its packet delay budget (TS 23.501). The radio "
             "alone takes longer: shorten the grant period, configure grants, or take another class."},
    CodeInfo{Code::short_trace, warning, invalid, "A trace ends before the run",
             "After its last request the workload has no demand, which lowers rates and monthly figures. "
             "Shorten `duration` in `time` to what the trace covers."},
    CodeInfo{
        Code::import_not_valid_yet, warning, invalid, "An import is left out",
        "Its `valid_from` lies after the start of the run (`start` in `time`), so another price book holds. "
        "Move the start, or leave the import out until then."},
};

static_assert(std::ranges::is_sorted(table, {}, &CodeInfo::code));

}  // namespace

std::span<const CodeInfo> all_codes() { return table; }

const CodeInfo& info(Code code) {
  const auto found = std::ranges::lower_bound(table, code, {}, &CodeInfo::code);
  SIM_EXPECT(found != table.end() && found->code == code);
  return *found;
}

std::string name(Code code) {
  return fmt::format("{}{}", info(code).severity == error ? 'E' : 'W', static_cast<int>(code));
}

std::optional<Code> find_code(std::string_view name) {
  std::string wanted{name};
  if (!wanted.empty() && wanted[0] >= 'a') wanted[0] = static_cast<char>(wanted[0] - 'a' + 'A');
  for (const CodeInfo& entry : table) {
    if (planner::name(entry.code) == wanted) return entry.code;
  }
  return std::nullopt;
}

std::string codes_markdown() {
  std::string text =
      "# Diagnostics\n\n"
      "Every issue that isochrone reports has a stable code; `isochrone explain CODE` prints its section. "
      "E1xxx: text and structure. E2xxx: references and meaning. E3xxx: units. W31xx: warnings.\n";
  for (const CodeInfo& entry : table) {
    text += fmt::format("\n## {}: {}\n\n{}\n", name(entry.code), entry.title, entry.explanation);
    if (entry.severity == error && entry.failure == infeasible)
      text += "\nEnds with exit code 5, INFEASIBLE.\n";
    if (entry.failure == io) text += "\nEnds with exit code 4, IO.\n";
  }
  return text;
}

}  // namespace planner
