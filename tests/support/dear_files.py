"""The files of tests that take longest, the longest first: with them the workers begin.

Measured on two cores; of the rest none takes ten seconds. A file that is not here
only makes the end less even: nothing depends on the order.
"""

from __future__ import annotations

DEAR = (
    "tests/course/test_lessons_execute.py",
    "tests/red_team/test_red_team.py",
    "tests/setup/test_readme.py",
    "tests/autograder/classroom/test_fault_injection.py",
    "tests/browser/test_instructors_day.py",
    "tests/browser/test_student_evening.py",
    "tests/browser/test_explorer_lab.py",
    "tests/autograder/judging/test_diagnosis_goals.py",
    "tests/autograder/nbgrader_ext/test_exchange.py",
    "tests/course/test_exercises.py",
    "tests/autograder/homework/test_acceptance.py",
    "tests/autograder/sandbox/test_jupyter_parity.py",
    "tests/conv2d_lib/kernels/test_kernels.py",
    "tests/autograder/homework/test_train.py",
    "tests/autograder/checks/test_keras_catalogue.py",
    "tests/autograder/nbgrader_ext/test_closed_doors.py",
    "tests/browser/test_site.py",
    "tests/conv2d_lib/kernels/test_conv2d_agreement.py",
    "tests/autograder/checks/test_never_by_luck.py",
    "tests/autograder/classroom/test_cluster.py",
    "tests/autograder/nbgrader_ext/test_stock_nbgrader.py",
    "tests/autograder/judging/test_diagnosis.py",
    "tests/setup/test_site_command.py",
    "tests/autograder/classroom/test_fingerprint.py",
    "tests/autograder/classroom/test_grading_class.py",
    "tests/autograder/course/test_names.py",
    "tests/conv2d_lib/training/test_fusion.py",
    "tests/autograder/sandbox/test_keras_start.py",
    "tests/autograder/course/test_time_zones.py",
    "tests/autograder/gradebook/test_saving.py",
    "tests/conv2d_lib/training/test_training.py",
    "tests/autograder/checks/test_agreement_with_keras.py",
    "tests/autograder/gradebook/test_standing_marks.py",
    "tests/autograder/checks/test_catalogue.py",
    "tests/browser/test_explorer.py",
    "tests/browser/test_lab_links.py",
    "tests/browser/test_report_page.py",
    "tests/browser/test_pages_of_paper.py",
    "tests/course/test_run_all.py",
    "tests/autograder/nbgrader_ext/test_validate.py",
    "tests/autograder/classroom/test_without_keras.py",
    "tests/autograder/demo/test_demo.py",
)
