"""Trescientas celdas que matan cada una su proceso."""

import nbformat


def edit(notebook):
    killers = [nbformat.v4.new_code_cell("import os; os._exit(1)") for _ in range(300)]
    notebook.cells[3:3] = killers


def succeeded(world):
    return world.held_up
