# Data that the tool needs at run time is compiled into it, so that it works from the build tree, after
# `cmake --install` and as a single copied file.
#
# embed_files(TARGET target FUNCTION ns::name BASE folder FILES file...)
#
# Adds to `target` a source that defines
#   std::span<const std::pair<std::string_view, std::string_view>> ns::name();
# the (path relative to BASE, content) of each file, sorted by path. Declare it in a header of the layer.
# No code runs at start-up: the table is a constant. The files are text (no zero bytes).
function(embed_files)
  cmake_parse_arguments(ARG "" "TARGET;FUNCTION;BASE" "FILES" ${ARGN})
  list(SORT ARG_FILES)
  string(MAKE_C_IDENTIFIER "${ARG_FUNCTION}" identifier)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded/${identifier}.cpp")
  # Read by the script from a file, because a command line of many paths can be too long.
  set(manifest "${CMAKE_CURRENT_BINARY_DIR}/embedded/${identifier}.manifest.cmake")
  file(CONFIGURE OUTPUT "${manifest}" @ONLY CONTENT
"set(FUNCTION \"@ARG_FUNCTION@\")\nset(BASE \"@ARG_BASE@\")\nset(FILES \"@ARG_FILES@\")\nset(OUTPUT \"@output@\")\n")
  add_custom_command(OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -P "${PROJECT_SOURCE_DIR}/cmake/EmbedScript.cmake" "${manifest}"
    DEPENDS ${ARG_FILES} "${manifest}" "${PROJECT_SOURCE_DIR}/cmake/EmbedScript.cmake"
    COMMENT "Embedding the data of ${ARG_FUNCTION}" VERBATIM)
  target_sources(${ARG_TARGET} PRIVATE "${output}")
endfunction()
