"""Lee en gradebook.db los datos de la clase."""

CODE = """
import sqlite3
with open("@CURSO@/gradebook.db", "rb"):
    pass
for row in sqlite3.connect("file:@CURSO@/gradebook.db?mode=ro", uri=True).execute(
    "select id, email from student"
):
    print(row)
"""


def succeeded(world):
    return world.leaked
