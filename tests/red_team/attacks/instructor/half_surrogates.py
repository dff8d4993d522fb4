"""Textos e identificadores con medias parejas de sustitutos, que no se pueden guardar."""

import json


def deliver(folder, notebook, places):
    folder.mkdir(parents=True)
    tree = json.loads(json.dumps(notebook))
    tree["cells"][0]["source"] = "\ud800"
    tree["cells"].append(
        {
            "cell_type": "markdown",
            "id": "\udfff",
            "metadata": {"nbgrader": {"grade_id": "\ud800"}},
            "source": "![x](attachment:\ud800)",
            "attachments": {"\ud800": {"image/png": "\ud800"}},
        }
    )
    (folder / "convolucion.ipynb").write_text(json.dumps(tree))


def succeeded(world):
    return world.held_up or not world.graded
