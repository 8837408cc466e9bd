# Results of one version of the models must not be taken for those of another.
#
# source_digest(TARGET target FUNCTION ns::name BASE folder FILES file...)
#
# Adds to `target` a source that defines `std::string_view ns::name()`: the SHA-256 over names and contents of
# the files, the same for every compiler and machine. Declare it in a header of the layer.
function(source_digest)
  cmake_parse_arguments(ARG "" "TARGET;FUNCTION;BASE" "FILES" ${ARGN})
  list(SORT ARG_FILES)
  string(MAKE_C_IDENTIFIER "${ARG_FUNCTION}" identifier)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded/${identifier}.cpp")
  set(manifest "${CMAKE_CURRENT_BINARY_DIR}/embedded/${identifier}.manifest.cmake")
  file(CONFIGURE OUTPUT "${manifest}" @ONLY CONTENT
"set(FUNCTION \"@ARG_FUNCTION@\")\nset(BASE \"@ARG_BASE@\")\nset(FILES \"@ARG_FILES@\")\nset(OUTPUT \"@output@\")\n")
  add_custom_command(OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -P "${PROJECT_SOURCE_DIR}/cmake/SourceDigestScript.cmake" "${manifest}"
    DEPENDS ${ARG_FILES} "${manifest}" "${PROJECT_SOURCE_DIR}/cmake/SourceDigestScript.cmake"
    COMMENT "Digesting the sources of ${ARG_FUNCTION}" VERBATIM)
  target_sources(${ARG_TARGET} PRIVATE "${output}")
endfunction()
