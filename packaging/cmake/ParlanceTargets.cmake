# SPDX-License-Identifier: Apache-2.0
# Compiler switches shared by every target, and the functions that declare targets.
include_guard(GLOBAL)

add_library(parlance_switches INTERFACE)
target_compile_features(parlance_switches INTERFACE cxx_std_20)
target_compile_definitions(parlance_switches INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_KEYWORDS
    QT_NO_FOREACH
    QT_STRICT_ITERATORS
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    PARLANCE_VERSION="${PROJECT_VERSION}")
target_compile_options(parlance_switches INTERFACE
    # Where files are joined, a name of one may be a local name of another.
    -Wall -Wextra -Wpedantic -Werror "$<$<NOT:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wshadow>" -Wnon-virtual-dtor -Woverloaded-virtual
    -Wimplicit-fallthrough -Wextra-semi -Wcast-qual -Wformat=2
    # A program made of shared libraries reaches from one into another; nothing of Parlance's is exported otherwise.
    "$<IF:$<BOOL:${BUILD_SHARED_LIBS}>,-fvisibility=default,-fvisibility=hidden>" -fno-omit-frame-pointer)
# A build with tests links three hundred programs. What is handed out is linked by the compiler's own linker.
find_program(PARLANCE_MOLD mold DOC "A fast linker, used where it is there and nothing is handed out")
if(PARLANCE_MOLD)
    target_link_options(parlance_switches INTERFACE "$<$<NOT:$<CONFIG:Release>>:-fuse-ld=mold>")
endif()
if(PARLANCE_SANITIZERS)
    target_compile_options(parlance_switches INTERFACE
        -fsanitize=${PARLANCE_SANITIZERS} -fno-sanitize-recover=all)
    target_link_options(parlance_switches INTERFACE -fsanitize=${PARLANCE_SANITIZERS})
    # The sanitizers' own instrumentation makes g++ see faults that are not there.
    target_compile_options(parlance_switches INTERFACE
        "$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>")
endif()
if(PARLANCE_FUZZ)
    target_compile_options(parlance_switches INTERFACE -fsanitize=fuzzer-no-link)
endif()

# parlance_add_library(<folder> [SMALL] SOURCES … [PUBLIC …] [PRIVATE …])
# Declares the library parlance_<folder> with the include root above it; BUILD_SHARED_LIBS says of which kind.
# SMALL: what is shipped is made for size, which halves it: code that runs once for each thing a person does is not
# worth the memory of its pages.
function(parlance_add_library name)
    cmake_parse_arguments(arg "SMALL" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    set(target parlance_${name})
    add_library(${target} ${arg_SOURCES})
    target_include_directories(${target} PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/..")
    target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} parlance_switches)
    target_precompile_headers(${target} PRIVATE ${PARLANCE_PCH_CORE})
    if(arg_SMALL)
        target_compile_options(${target} PRIVATE "$<$<CONFIG:Release>:-Os>")
    endif()
    parlance_link_behind(${target} ${arg_PRIVATE})
endfunction()

# A program linked against a static library is linked against what stands behind it, too. A shared one is no different
# here, so that the same tests build either way.
function(parlance_link_behind target)
    if(BUILD_SHARED_LIBS)
        list(TRANSFORM ARGN REPLACE "(.+)" "$<LINK_ONLY:\\1>" OUTPUT_VARIABLE behind)
        target_link_libraries(${target} INTERFACE ${behind})
    endif()
endfunction()

# What nearly every file reads. A precompiled header halves the build time and changes nothing else.
set(PARLANCE_PCH_CORE
    <QtCore/QByteArray> <QtCore/QString> <QtCore/QStringList> <QtCore/QObject> <QtCore/QList>
    <QtCore/QHash> <QtCore/QFuture> <QtCore/QPromise> <QtCore/QTimer> <QtCore/QUrl>
    <QtCore/QDateTime> <optional> <variant> <vector> <memory> <chrono> <functional>
    <tl/expected.hpp>)
set(PARLANCE_PCH_WIDGETS ${PARLANCE_PCH_CORE}
    <QtWidgets/QWidget> <QtWidgets/QBoxLayout> <QtWidgets/QLabel> <QtWidgets/QApplication>
    <QtWidgets/QAbstractItemView> <QtWidgets/QPlainTextEdit> <QtWidgets/QDialog>
    <QtGui/QPainter> <QtGui/QTextLayout> <QtGui/QAction> <QtGui/QKeyEvent>)

# Makes a target compile several of its files as one, which takes a third of the time. For builds that are made whole
# and seldom; the everyday build keeps each file by itself, so that a file that lacks an include is found.
function(parlance_join_sources target)
    get_target_property(sources ${target} SOURCES)
    get_target_property(folder ${target} SOURCE_DIR)
    set(files "")
    foreach(source IN LISTS sources)
        cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${folder}")
        cmake_path(IS_PREFIX CMAKE_BINARY_DIR "${source}" isMade)
        if(source MATCHES "^${PROJECT_SOURCE_DIR}/.*\\.cpp$" AND NOT isMade)
            string(APPEND files "${source}\n")
        endif()
    endforeach()
    set(list "${CMAKE_CURRENT_BINARY_DIR}/${target}.sources")
    file(WRITE "${list}" "${files}")
    execute_process(COMMAND python3 -B "${PROJECT_SOURCE_DIR}/packaging/checks/joining.py" 8 INPUT_FILE "${list}"
        OUTPUT_VARIABLE groups OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" groups "${groups}")
    foreach(line IN LISTS groups)
        string(REGEX MATCH "^([0-9]+) (.*)$" line "${line}")
        set_source_files_properties("${CMAKE_MATCH_2}" TARGET_DIRECTORY ${target}
            PROPERTIES UNITY_GROUP "group${CMAKE_MATCH_1}")
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    # gcc takes what is joined for a header, where a class with a field of a file's own type would be a fault.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()
