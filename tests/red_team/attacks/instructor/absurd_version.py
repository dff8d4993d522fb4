"""Un cuaderno cuya versión es un número de cuatrocientas cifras."""

import json


def deliver(folder, notebook, places):
    folder.mkdir(parents=True)
    text = json.dumps({"nbformat": 10**400, "nbformat_minor": 5, "metadata": {}, "cells": []})
    (folder / "convolucion.ipynb").write_text(text)


def succeeded(world):
    return world.held_up
