"""Los dos widgets, con anywidget: en Python, unos pocos valores; lo demás corre en el navegador."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import numpy as np
import traitlets

from ..datasets.bundled import PHOTOGRAPHS
from ..shapes import as_padding, as_positive
from .bundle import module_text
from .pictures import checked, packed, photographs
from .plain import explorer_in_words, question_in_words
from .reader import answer

OWN = "tuya"
NAMED = ("digito", "prenda", "circulo", "dibujo", *PHOTOGRAPHS)
LARGEST_KERNEL, MOST_FILTERS, MOST_STRIDES = 7, 4, 4


class _Readable(anywidget.AnyWidget):
    """Where nothing draws widgets (GitHub, a terminal, nbconvert), words that still serve."""

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        # With its metadata, or alone: ipywidgets 7 and 8 differ.
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            data["text/plain"] = repr(self)
        return bundle


class Explorador(_Readable):
    """Una convolución que se toca: entrada, kernel y salida, paso a paso y con sus números.

    Corre en el navegador: mover un control no espera a Python. ``estado`` sigue lo que el lector
    cambia, y cambiarlo desde Python cambia lo que se ve.

    Parameters
    ----------
    imagen : ndarray, shape (H, W) or (H, W, C), or str, optional
        Hasta 96 x 96 píxeles y 1 o 3 canales; o el nombre de una de las que se pueden elegir:
        ``"digito"`` (si no se da ninguna), ``"prenda"``, ``"circulo"``, ``"dibujo"``, ``"china"`` o
        ``"flower"``.
    kernel : ndarray, shape (kh, kw) or (kh, kw, C, F), optional
        Hasta 7 x 7 y 4 filtros. Si no se da, el de Sobel.
    bias : float or sequence of float, optional
        Uno por filtro.
    strides, dilation_rate : int
        De 1 a 4.
    padding : {"valid", "same"}
    relu : bool
    pooling : {None, "max", "media"}
        De 2 x 2.
    funcion : callable, optional
        Tu función: ``f(imagen, kernel)``, o ``f(x, kernel, bias, ...)`` como en las unidades. Su
        salida se dibuja junto a la correcta, con lo que difiere tachado.

    Raises
    ------
    ValueError
        Si una forma o un valor no es de los que se pueden dibujar.

    Examples
    --------
    >>> Explorador(padding="same", strides=2).estado["strides"]
    2
    """

    estado = traitlets.Dict().tag(sync=True)
    imagenes: Any = traitlets.List().tag(sync=True)
    con_funcion = traitlets.Bool(False).tag(sync=True)
    pregunta = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(
        self,
        imagen: Any = None,
        kernel: Any = None,
        bias: float | Sequence[float] | None = None,
        *,
        strides: int = 1,
        padding: str = "valid",
        dilation_rate: int = 1,
        relu: bool = False,
        pooling: str | None = None,
        funcion: Callable[..., Any] | None = None,
    ) -> None:
        if funcion is not None and not callable(funcion):
            raise ValueError(
                "«funcion» debe ser la función misma, sin paréntesis. "
                f"Llegó {type(funcion).__name__}."
            )
        if pooling not in (None, "max", "media"):
            raise ValueError(f"«pooling» debe ser None, 'max' o 'media'. Llegó {pooling!r}.")
        state: dict[str, Any] = {
            "strides": _at_most(as_positive(strides, "strides"), MOST_STRIDES, "strides"),
            "dilation": _at_most(
                as_positive(dilation_rate, "dilation_rate"), MOST_STRIDES, "dilation_rate"
            ),
            "padding": as_padding(padding),
            "relu": bool(relu),
            "pooling": pooling or "no",
        }
        pictures = photographs()
        if isinstance(imagen, str):
            state["imagen"] = _named(imagen)
        elif imagen is not None:
            pictures.insert(0, packed(OWN, "tu imagen", checked(imagen)))
            state["imagen"] = OWN
        if kernel is not None:
            state |= _kernel(kernel)
        if bias is not None:
            state["sesgos"] = [float(each) for each in np.atleast_1d(bias)]
        self._function = funcion
        super().__init__(
            _esm=module_text(), estado=state, imagenes=pictures, con_funcion=funcion is not None
        )
        self.on_msg(self._heard)

    def __repr__(self) -> str:
        return explorer_in_words(self.estado, self.imagenes)

    def _heard(self, _: Any, message: Any, buffers: Any) -> None:
        """The browser asks what the reader's function gives."""
        if self._function is None or message.get("tipo") != "calcula":
            return
        state = message["estado"]
        found = answer(self._function, self._image(state, message.get("datos")), state)
        self.send({"tipo": "resultado", "turno": message["turno"], **found})

    def _image(self, state: dict[str, Any], drawn: Any) -> np.ndarray:
        data, shape = drawn["data"], (drawn["h"], drawn["w"], drawn["c"])
        return np.frombuffer(base64.b64decode(data), dtype="<f4").reshape(shape).copy()


class Predice(_Readable):
    """Una pregunta que se contesta antes de ver la respuesta, y que dice por qué no.

    Parameters
    ----------
    enunciado : str
    respuesta : str or float
        La correcta. Se aceptan coma o punto decimal, mayúsculas y espacios de más.
    porque : str
        Una o dos frases, que se ven después de intentarlo.
    opciones : sequence of str, optional
        Para elegir en vez de escribir; entre ellas está la respuesta.
    replicas : mapping, optional
        De cada respuesta equivocada habitual a lo que se le contesta.

    Raises
    ------
    ValueError
        Si la respuesta no está entre las opciones, o falta un texto.
    """

    pregunta = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        enunciado: str,
        respuesta: str | float,
        porque: str,
        *,
        opciones: Sequence[str] | None = None,
        replicas: dict[Any, str] | None = None,
    ) -> None:
        answers = [str(option) for option in opciones] if opciones is not None else None
        if not enunciado.strip() or not porque.strip():
            raise ValueError("Una predicción lleva enunciado y porqué. Llegó alguno vacío.")
        if answers is not None and str(respuesta) not in answers:
            raise ValueError(f"La respuesta debe estar entre las opciones. Llegó {respuesta!r}.")
        question = {
            "enunciado": enunciado,
            "respuesta": str(respuesta),
            "porque": porque,
            "opciones": answers,
            "replicas": [[str(wrong), reply] for wrong, reply in (replicas or {}).items()],
        }
        super().__init__(_esm=module_text(), pregunta=question)

    def __repr__(self) -> str:
        return question_in_words(self.pregunta)


def _named(name: str) -> str:
    if name not in NAMED:
        raise ValueError(f"No hay ninguna imagen «{name}». Las que hay son: {', '.join(NAMED)}.")
    return name


def _at_most(value: int, most: int, name: str) -> int:
    if value > most:
        raise ValueError(f"«{name}» llega hasta {most} en el explorador. Llegó {value}.")
    return value


def _kernel(kernel: Any) -> dict[str, Any]:
    """The kernel as the page keeps it: by filter, channel, row and column."""
    try:
        array = np.asarray(kernel, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"«kernel» debe ser un arreglo de números. Llegó {type(kernel).__name__}."
        ) from error
    if array.ndim == 2:
        array = array[..., np.newaxis, np.newaxis]
    kh, kw, channels, filters = array.shape if array.ndim == 4 else (0, 0, 0, 0)
    possible = min(array.shape or (0,)) >= 1 and max(kh, kw) <= LARGEST_KERNEL
    if array.ndim != 4 or not possible or channels not in (1, 3) or filters > MOST_FILTERS:
        raise ValueError(
            f"«kernel» debe tener forma (alto, ancho), o (alto, ancho, canales, filtros), de hasta "
            f"{LARGEST_KERNEL}×{LARGEST_KERNEL}, 1 o 3 canales y {MOST_FILTERS} filtros. Llegó la "
            f"forma {np.shape(kernel)}."
        )
    if not np.isfinite(array).all():
        raise ValueError("«kernel» debe tener solo números finitos. Llegaron NaN o infinitos.")
    planes = array.transpose(3, 2, 0, 1).tolist()
    return {"nucleos": planes, "alto": kh, "ancho": kw, "filtros": filters}
