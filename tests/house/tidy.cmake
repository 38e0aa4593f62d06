# SPDX-License-Identifier: Apache-2.0
# clang-tidy over lib and app: minutes the first time, seconds when little has changed. In shares, so that CTest
# can keep both cores busy beside other tests. `ctest --preset dev` leaves it out as slow; packaging/test.sh
# does not.
if(NOT BUILD_APP OR PARLANCE_TEST_PREFIX)
    return()
endif()
add_test(NAME house_tidy_configure COMMAND ${CMAKE_COMMAND} --preset tidy WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
set_tests_properties(house_tidy_configure PROPERTIES FIXTURES_SETUP tidy LABELS "house;slow")
set(shares 4)
foreach(share RANGE 1 ${shares})
    add_test(NAME house_tidy_${share} COMMAND "${PROJECT_SOURCE_DIR}/packaging/checks/tidy.py"
        "${PROJECT_SOURCE_DIR}/build/tidy" ${share}/${shares})
    set_tests_properties(house_tidy_${share} PROPERTIES FIXTURES_REQUIRED tidy LABELS "house;slow" TIMEOUT 1500)
endforeach()
