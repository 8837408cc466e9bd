# generated_source(TARGET target FUNCTION ns::name BASE folder SCRIPT script FILES file...)
#
# Adds to `target` a source that `cmake -P script MANIFEST` writes whenever one of the files changes. The
# manifest sets FUNCTION, BASE, FILES and OUTPUT: a file, because a command line of many paths can be too long.
function(generated_source)
  cmake_parse_arguments(ARG "" "TARGET;FUNCTION;BASE;SCRIPT" "FILES" ${ARGN})
  list(SORT ARG_FILES)
  string(MAKE_C_IDENTIFIER "${ARG_FUNCTION}" identifier)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded/${identifier}.cpp")
  set(manifest "${CMAKE_CURRENT_BINARY_DIR}/embedded/${identifier}.manifest.cmake")
  set(script "${PROJECT_SOURCE_DIR}/cmake/${ARG_SCRIPT}")
  file(CONFIGURE OUTPUT "${manifest}" @ONLY CONTENT
"set(FUNCTION \"@ARG_FUNCTION@\")\nset(BASE \"@ARG_BASE@\")\nset(FILES \"@ARG_FILES@\")\nset(OUTPUT \"@output@\")\n")
  add_custom_command(OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -P "${script}" "${manifest}"
    DEPENDS ${ARG_FILES} "${manifest}" "${script}"
    COMMENT "Generating ${ARG_FUNCTION}" VERBATIM)
  target_sources(${ARG_TARGET} PRIVATE "${output}")
endfunction()
