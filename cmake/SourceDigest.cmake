# Results of one version of the models must not be taken for those of another.
#
# source_digest(TARGET target FUNCTION ns::name BASE folder FILES file...)
#
# Adds to `target` a source that defines `std::string_view ns::name()`: the SHA-256 over names and contents of
# the files, the same for every compiler and machine. Declare it in a header of the layer.
include("${CMAKE_CURRENT_LIST_DIR}/GeneratedSource.cmake")

function(source_digest)
  generated_source(SCRIPT SourceDigestScript.cmake ${ARGN})
endfunction()
