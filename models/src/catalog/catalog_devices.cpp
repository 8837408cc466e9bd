#include <algorithm>

#include "catalog/catalog_json.hpp"

namespace models::catalog {
namespace {

using nlohmann::ordered_json;

constexpr double hours_per_month = 365.25 * 24 / 12;

/// A purchase spread evenly over the months of writing off, the device running all the time.
Figure written_off(const Figure& price, const Figure& months) {
  Figure rate = price;
  rate.value = price.value / (months.value * hours_per_month);
  rate.unit = "USD/h";
  rate.printed = decimal(rate.value) + " USD/h";
  rate.basis = price.basis == Basis::assumed ? Basis::assumed : Basis::derived;
  rate.note = price.printed + " over " + months.printed + "s of running all day, without interest." +
              (price.note.empty() ? "" : " " + price.note);
  return rate;
}

void read_models(const ordered_json& entry, Device& device) {
  if (const auto models = entry.find("inference"); models != entry.end()) {
    for (const auto& [model, law] : models->items()) device.inference[model] = read_law(law);
  }
  if (const auto models = entry.find("batch"); models != entry.end()) {
    for (const auto& [model, curve] : models->items()) {
      device.batch[model] = {read_figure(curve.at("base")), read_figure(curve.at("per_sample"))};
    }
  }
}

void read_power_modes(const ordered_json& entry, Device& device) {
  const auto modes = entry.find("power_modes");
  if (modes == entry.end()) return;
  for (const auto& [mode, figures] : modes->items()) {
    device.power_modes[mode] = {read_figure(figures.at("power_busy")), read_figure(figures.at("slowdown"))};
  }
}

Device read_device(const std::string& id, const ordered_json& entry, const Figure& months) {
  Device device;
  device.id = id;
  device.name = entry.at("name");
  device.kind = entry.at("kind");
  device.cpu = read_optional_figure(entry, "cpu");
  device.memory = read_optional_figure(entry, "memory");
  device.parameter_cache = read_optional_figure(entry, "parameter_cache");
  device.parameter_bandwidth = read_optional_figure(entry, "parameter_bandwidth");
  device.accelerators = read_optional_figure(entry, "accelerators");
  device.price = read_optional_figure(entry, "price");
  device.price_per_hour = read_optional_figure(entry, "price_per_hour");
  if (!device.price_per_hour && device.price) device.price_per_hour = written_off(*device.price, months);
  device.power_idle = read_optional_figure(entry, "power_idle");
  device.power_busy = read_optional_figure(entry, "power_busy");
  device.boot = read_optional_figure(entry, "boot");
  device.model_load = read_optional_law(entry, "model_load");
  read_models(entry, device);
  read_power_modes(entry, device);
  return device;
}

std::map<std::string, Device, std::less<>> read_devices() {
  std::map<std::string, Device, std::less<>> all;
  const ordered_json file = read_file("devices.json");
  const Figure months = read_figure(file.at("write_off"));
  const ordered_json& entries = file.at("devices");
  for (const auto& [id, entry] : entries.items()) all[id] = read_device(id, entry, months);
  // A rented machine runs models as the card in it does.
  for (const auto& [id, entry] : entries.items()) {
    const auto card = entry.find("models_of");
    if (card != entry.end()) read_models(entries.at(card->get<std::string>()), all[id]);
  }
  return all;
}

}  // namespace

const Device* find_device(std::string_view id) {
  static const std::map<std::string, Device, std::less<>> all = read_devices();
  const auto found = all.find(id);
  return found == all.end() ? nullptr : &found->second;
}

}  // namespace models::catalog
