#include "text/project_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace planner {
namespace fs = std::filesystem;

FileContent read_file(const fs::path& path, std::size_t limit) {
  std::error_code error;
  if (!fs::exists(path, error)) return {.text = {}, .problem = "no such file"};
  if (!fs::is_regular_file(path, error)) return {.text = {}, .problem = "not a file"};
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > limit) {
    return {.text = {},
            .problem = fmt::format("the file has {} bytes, more than the limit of {}", size, limit),
            .code = Code::file_too_large};
  }
  std::ifstream stream{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{stream}, {}};
  if (!stream) return {.text = {}, .problem = "cannot be read"};
  return {.text = std::move(text), .problem = {}};
}

std::string ProjectFolder::shown(std::string_view relative) const {
  return folder_.empty() ? std::string{relative} : (folder_ / relative).string();
}

FileContent ProjectFolder::content(std::string_view relative) const {
  if (files_) {
    const auto found = files_->find(std::string{relative});
    return found == files_->end()
               ? FileContent{.text = {}, .problem = fmt::format("\"{}\": no such file", relative)}
               : FileContent{.text = found->second, .problem = {}};
  }
  std::error_code error;
  const fs::path root = fs::weakly_canonical(folder_.empty() ? fs::path{"."} : folder_, error);
  const fs::path target = fs::weakly_canonical(root / relative, error);
  const auto [root_end, target_at] = std::mismatch(root.begin(), root.end(), target.begin(), target.end());
  if (error || fs::path{relative}.is_absolute() || root_end != root.end()) {
    return {.text = {},
            .problem = fmt::format("\"{}\" is not a path within the scenario's folder", relative),
            .code = Code::import_outside_project};
  }
  FileContent content = read_file(target);
  if (!content.problem.empty()) content.problem = fmt::format("\"{}\": {}", relative, content.problem);
  return content;
}

std::optional<std::string> ProjectFolder::read(std::string_view relative, Span span, Issues& issues) const {
  FileContent found = content(relative);
  if (!found.problem.empty()) {
    issues.add(found.code, span, std::move(found.problem));
    return std::nullopt;
  }
  const std::scoped_lock lock{been_read_->mutex};
  been_read_->files.emplace(relative, found.text);
  return std::move(found.text);
}

void ProjectFolder::note(const Files& files) const {
  const std::scoped_lock lock{been_read_->mutex};
  been_read_->files.insert(files.begin(), files.end());
}

ProjectFolder::Files ProjectFolder::been_read() const {
  const std::scoped_lock lock{been_read_->mutex};
  return been_read_->files;
}

}  // namespace planner
