# A folder is a layer, a namespace, an include prefix and one CMake target.
#
# A layer sees the public headers of the layers it names and of no other, so an upward include does
# not compile. `all_verify_interface_header_sets` proves that each public header stands alone.

# Compile rules shared by every target. Results must not depend on the compiler, the optimisation
# level or the processor: no contraction of a*b+c into one rounding, no fast-math, and Eigen without
# vector reductions (their summation order depends on the instruction set).
add_library(isochrone_rules INTERFACE)
target_compile_features(isochrone_rules INTERFACE cxx_std_20)
target_compile_options(isochrone_rules INTERFACE
  -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Wold-style-cast
  # g++ 12 at -O3 sees overlap in "text" + std::string that is not there (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${ISOCHRONE_WERROR}>:-Werror>
  # Its flow analysis also takes members of temporaries for uninitialised, and copies of short strings for
  # longer than they are, depending on what was inlined (with precompiled headers and without, it differs).
  # These stay warnings. clang and the sanitizers look as well.
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-error=maybe-uninitialized;-Wno-error=array-bounds;-Wno-error=stringop-overflow;-Wno-error=stringop-overread>")
target_compile_definitions(isochrone_rules INTERFACE EIGEN_DONT_VECTORIZE)
if(ISOCHRONE_SANITIZE)
  target_compile_options(isochrone_rules INTERFACE -fsanitize=${ISOCHRONE_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(isochrone_rules INTERFACE -fsanitize=${ISOCHRONE_SANITIZE})
endif()
if(ISOCHRONE_FUZZ)
  target_compile_options(isochrone_rules INTERFACE -fsanitize=fuzzer-no-link)
endif()

# For what nobody waits for when it runs, but everybody when it is built: the command line and the tests.
set(isochrone_quick_to_build $<$<CONFIG:Release>:-O1>)

# add_layer(NAME [DEPENDS layer...] [PUBLIC lib...] [PRIVATE lib...] [PRECOMPILE header...])
function(add_layer name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;PUBLIC;PRIVATE;PRECOMPILE" ${ARGN})
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS include/${name}/*.hpp)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/*.cpp)
  add_library(${name} STATIC ${sources})
  add_library(isochrone::${name} ALIAS ${name})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${headers})
  target_include_directories(${name} PRIVATE src)
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON LINKER_LANGUAGE CXX
    ARCHIVE_OUTPUT_NAME isochrone_${name})
  target_link_libraries(${name} PUBLIC isochrone_rules ${ARG_DEPENDS} ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  if(ARG_PRECOMPILE)
    target_precompile_headers(${name} PRIVATE ${ARG_PRECOMPILE})
  endif()
endfunction()
