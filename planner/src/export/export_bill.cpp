#include <fmt/format.h>

#include <array>
#include <chrono>
#include <map>

#include "export/export_result.hpp"
#include "planner/result_export.hpp"
#include "text/escape.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

/// Columns of FOCUS 1.0 (focus.finops.org, "Columns"), by name as the specification lists them.
constexpr std::array<const char*, 43> columns{"AvailabilityZone",
                                              "BilledCost",
                                              "BillingAccountId",
                                              "BillingAccountName",
                                              "BillingCurrency",
                                              "BillingPeriodEnd",
                                              "BillingPeriodStart",
                                              "ChargeCategory",
                                              "ChargeClass",
                                              "ChargeDescription",
                                              "ChargeFrequency",
                                              "ChargePeriodEnd",
                                              "ChargePeriodStart",
                                              "CommitmentDiscountCategory",
                                              "CommitmentDiscountId",
                                              "CommitmentDiscountName",
                                              "CommitmentDiscountStatus",
                                              "CommitmentDiscountType",
                                              "ConsumedQuantity",
                                              "ConsumedUnit",
                                              "ContractedCost",
                                              "ContractedUnitPrice",
                                              "EffectiveCost",
                                              "InvoiceIssuerName",
                                              "ListCost",
                                              "ListUnitPrice",
                                              "PricingCategory",
                                              "PricingQuantity",
                                              "PricingUnit",
                                              "ProviderName",
                                              "PublisherName",
                                              "RegionId",
                                              "RegionName",
                                              "ResourceId",
                                              "ResourceName",
                                              "ResourceType",
                                              "ServiceCategory",
                                              "ServiceName",
                                              "SkuId",
                                              "SkuPriceId",
                                              "SubAccountId",
                                              "SubAccountName",
                                              "Tags"};

/// What a row of a bill is called in FOCUS.
struct ServiceKind {
  const char* category;
  const char* name;
};

ServiceKind kind_of(const std::string& item) {
  static const std::map<std::string, ServiceKind> known{
      {"compute", {"Compute", "Instances"}},
      {"idle", {"Compute", "Instances, idle"}},
      {"requests", {"Compute", "Functions, requests"}},
      {"execution", {"Compute", "Functions, execution"}},
      {"provisioned", {"Compute", "Functions, provisioned"}},
      {"state", {"Databases", "State"}},
      {"egress", {"Networking", "Data transfer out"}},
      {"device", {"Internet of Things", "Devices"}}};
  const auto found = known.find(item);
  return found == known.end() ? ServiceKind{"Other", "Site"} : found->second;
}

struct Month {
  std::string begin, end;
};

Month month_of(std::int64_t unix_seconds) {
  using namespace std::chrono;
  const sys_days day = floor<days>(sys_seconds{seconds{unix_seconds}});
  const year_month_day date{day};
  const auto text = [](year_month month) {
    return fmt::format("{:04}-{:02}-01T00:00:00Z", static_cast<int>(month.year()),
                       static_cast<unsigned>(month.month()));
  };
  const year_month month{date.year(), date.month()};
  return {text(month), text(month + months{1})};
}

/// A row's cells by column; those that are not set are null, in CSV empty.
std::string row_text(const std::map<std::string, std::string>& cells) {
  std::vector<std::string> row;
  for (const char* column : columns) {
    const auto cell = cells.find(column);
    row.push_back(cell == cells.end() ? std::string{} : csv_cell(cell->second));
  }
  return fmt::format("{}\n", fmt::join(row, ","));
}

}  // namespace

Exported export_focus(const Json& result, const Scenario& scenario) {
  const Json& strategy = strategy_of(result, scenario);
  const Month month = month_of(scenario.start_unix);
  Exported exported;
  for (const char* column : columns)
    exported.text += (exported.text.empty() ? "" : ",") + std::string{column};
  exported.text += "\n";
  for (const Json& row : strategy.at("cost").at("rows")) {
    const std::string item = row.at("item"), where = row.at("where");
    const std::string site = where.substr(0, where.find('/'));
    const std::string cost = csv_number(row.at("amount").at("v").get<double>());
    const ServiceKind service = kind_of(item);
    std::map<std::string, std::string> cells{
        {"BilledCost", cost},
        {"BillingAccountId", scenario.name},
        {"BillingAccountName", scenario.title.empty() ? scenario.name : scenario.title},
        {"BillingCurrency", "USD"},
        {"BillingPeriodEnd", month.end},
        {"BillingPeriodStart", month.begin},
        {"ChargeCategory", "Usage"},
        {"ChargeDescription", fmt::format("simulated: {} of {}", item, where)},
        {"ChargeFrequency", "Usage-Based"},
        {"ChargePeriodEnd", month.end},
        {"ChargePeriodStart", month.begin},
        {"ContractedCost", cost},
        {"EffectiveCost", cost},
        {"InvoiceIssuerName", "isochrone"},
        {"ListCost", cost},
        {"ProviderName", "isochrone"},
        {"PublisherName", "isochrone"},
        {"ResourceId", where},
        {"ResourceName", where},
        {"ServiceCategory", service.category},
        {"ServiceName", service.name},
        {"SubAccountId", scenario.strategy},
        {"SubAccountName", scenario.strategy},
        {"Tags", Json{{"scenario", scenario.name}, {"strategy", scenario.strategy}, {"item", item}}.dump()}};
    if (scenario.sites.contains(site)) cells.insert({{"RegionId", site}, {"RegionName", site}});
    exported.text += row_text(cells);
  }
  return exported;
}

}  // namespace planner
