#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace cli {

/// Opens /dev/null for each standard stream that the caller closed, so that no file we open later
/// takes its number and is written to by mistake.
void occupy_standard_streams();

/// Writes all of `text` to standard output. A reader that has gone (`| head`) is not an error: the
/// rest is dropped in silence.
/// @throws IoError where the output fails otherwise (disk full, closed)
void write_output(std::string_view text);

/// Writes `text` to standard error; failures are ignored, there is nobody left to tell.
void write_error(std::string_view text);

/// Writes a file so that a reader sees the old content or the new, never a part: to a temporary file
/// in the same folder, then renamed. Keeps the permissions of a file that was there; follows a
/// symbolic link; writes straight into what is no regular file (/dev/null, a named pipe).
/// @throws IoError
void write_file(const std::filesystem::path& path, std::string_view text);

/// Finds out early that write_file() would fail, before hours of work are lost.
/// @throws IoError where the folder is missing or may not be written, or `path` is a folder
void expect_writable(const std::filesystem::path& path);

/// All of a file; `-` is standard input.
/// @throws IoError
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

}  // namespace cli
