# Órdenes del curso. Las dos que hacen falta: «make demo» y «make test».
#
# PYTHON elige el intérprete (3.10 a 3.13): make demo PYTHON=python3.12
# PRUEBAS, DEMO, LAB y BENCH añaden opciones a la orden de su nombre:
#   make test PRUEBAS=tests/conv2d_lib      make demo DEMO=--rapido
#   make azar SEMILLA=7              make lab LAB=--no-browser
#   make test PROCESOS=2, donde falte memoria para tres
#   make bench BENCH="--turnos 3"

PYTHON ?= python3
PROCESOS ?= 3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.listo
# Lo que JupyterLab lee al abrirse: «settings», cualquiera; «docente», quien califica.
LABS   := $(VENV)/share/jupyter/lab
# Los tipos que trae NumPy cambian con cada Python: se comprueban contra los de uno.
TYPED  := import sys; sys.exit(sys.version_info[:2] != (3, 11))

.DEFAULT_GOAL := ayuda
.PHONY: ayuda demo test azar coverage lab docente bench aceptacion instalaciones sitio release lock format clean

ayuda:  ## Muestra esta ayuda
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml setup_check.py $(wildcard docs/jupyterlab_*.json)
	@$(PYTHON) setup_check.py
	@echo "Preparando $(VENV) (la primera vez tarda unos minutos)…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p $(LABS)/settings $(LABS)/docente
	@cp docs/jupyterlab_overrides.json $(LABS)/settings/overrides.json
	@cp docs/jupyterlab_overrides.json $(LABS)/docente/overrides.json
	@cp docs/jupyterlab_paginas.json $(LABS)/settings/page_config.json
	@$(BIN)/python -m conv2d_lib.warmup
	@touch $@

demo: $(READY)  ## Califica una clase simulada de principio a fin y muestra el resultado
	@$(BIN)/curso demo $(DEMO)

test: $(READY)  ## Pasa el linter, comprueba las salas y los tipos, y pasa todas las pruebas
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@if $(BIN)/python -c "$(TYPED)"; then $(BIN)/mypy; fi
	@$(BIN)/python -m pytest -n $(PROCESOS) --dist loadfile --no-loadscope-reorder $(PRUEBAS)

azar: $(READY)  ## Pasa las pruebas en otro orden; SEMILLA repite el de otra vez
	@$(BIN)/python -m pytest -v -n 2 --dist loadfile -p randomly \
	  $(if $(SEMILLA),--randomly-seed=$(SEMILLA)) $(PRUEBAS)

coverage: $(READY)  ## Lista las ramas que ninguna prueba recorre ni docs/ramas.md explica
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m coverage run -m pytest -n 2 --dist loadfile --no-loadscope-reorder \
	  $(if $(SEMILLA),-p randomly --randomly-seed=$(SEMILLA)) $(PRUEBAS); \
	  passed=$$?; $(BIN)/python -m coverage combine --quiet && \
	  $(BIN)/python $(if $(PRUEBAS),-m coverage report,docs/ramas.py) && exit $$passed

lab: $(READY)  ## Abre JupyterLab en español, con las lecciones a la vista
	@$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/course $(LAB)

docente: $(READY)  ## Abre JupyterLab con Formgrader, para quien califica
	@$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" --LabApp.app_settings_dir="$(CURDIR)/$(LABS)/docente" $(LAB)

bench: $(READY)  ## Mide los kernels en esta máquina, lado a lado con TensorFlow y BLAS
	@$(BIN)/python -m benchmarks.kernels $(BENCH)

aceptacion: $(READY)  ## Entrena la tarea y la entrega de cinco maneras, calificadas de verdad
	@$(BIN)/python -m benchmarks.acceptance $(ACEPTACION)

instalaciones: $(READY)  ## Instala el paquete de verdad, con pip, en cada Python que haya (tarda; usa la red)
	@$(BIN)/python -m benchmarks.installations $(INSTALACIONES)

sitio: $(READY)  ## Escribe el sitio del curso en sitio/html, con las lecciones ejecutadas
	@$(BIN)/python -m sitio $(SITIO)

release: $(READY)  ## Genera de nuevo release/ a partir de source/
	@$(BIN)/curso publicar

lock: $(READY)  ## Resuelve de nuevo requirements.lock a partir de pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header \
	  --extra todo --group dev pyproject.toml --output-file requirements.lock

format: $(READY)  ## Da formato al código
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:  ## Borra el entorno y lo generado
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache .mypy_cache .hypothesis demo informe benchmarks/results sitio/html .cache
