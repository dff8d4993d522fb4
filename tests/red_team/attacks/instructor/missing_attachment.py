"""Cita un adjunto que no está, con lo que la página no se podría generar."""

import json


def deliver(folder, notebook, places):
    folder.mkdir(parents=True)
    tree = json.loads(json.dumps(notebook))
    tree["cells"].append(
        {"cell_type": "markdown", "id": "x", "metadata": {}, "source": "![x](attachment:no.png)"}
    )
    (folder / "convolucion.ipynb").write_text(json.dumps(tree))


def succeeded(world):
    return not world.graded or not all(world.pages)
