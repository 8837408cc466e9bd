# Data that the tool needs at run time is compiled into it, so that it works from the build tree, after
# `cmake --install` and as a single copied file.
#
# embed_files(TARGET target FUNCTION ns::name BASE folder FILES file...)
#
# Adds to `target` a source that defines
#   std::span<const std::pair<std::string_view, std::string_view>> ns::name();
# the (path relative to BASE, content) of each file, sorted by path. Declare it in a header of the layer.
# No code runs at start-up: the table is a constant. The files are text (no zero bytes).
include("${CMAKE_CURRENT_LIST_DIR}/GeneratedSource.cmake")

function(embed_files)
  generated_source(SCRIPT EmbedScript.cmake ${ARGN})
endfunction()
