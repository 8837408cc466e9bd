#pragma once
#include <QSettings>
#include <QString>
#include <memory>

namespace gui {

/// @param file  empty: the user's settings
[[nodiscard]] inline std::unique_ptr<QSettings> settings_at(const QString& file) {
  return file.isEmpty() ? std::make_unique<QSettings>()
                        : std::make_unique<QSettings>(file, QSettings::IniFormat);
}

}  // namespace gui
