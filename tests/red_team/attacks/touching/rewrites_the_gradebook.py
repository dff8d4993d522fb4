"""Se pone un 20, y a los demás un 0, en gradebook.db."""

CODE = """
import os, sqlite3
if os.path.exists("@CURSO@/gradebook.db"):
    base = sqlite3.connect("@CURSO@/gradebook.db", timeout=2)
    base.execute("update grade set auto_score = 0, manual_score = 0")
    base.commit()
"""


def succeeded(world):
    return world.did_damage
