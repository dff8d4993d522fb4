"""Nombres de Keras y los objetos que nombran: «he_normal», ``{"class_name": "L2", ...}``, etc."""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Iterable, Mapping
from typing import Any

from .arguments import shown


def snake_case(name: str) -> str:
    """``GlorotUniform`` -> ``glorot_uniform``, como Keras."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def unknown_name(kind: str, name: str, valid: Iterable[str]) -> str:
    """Una línea: qué nombre llegó, cuál se le parece y cuáles valen."""
    valid = sorted(valid)
    close = difflib.get_close_matches(name, valid, n=1)
    hint = f" ¿Quisiste decir {close[0]!r}?" if close else ""
    return f"No hay {kind} con el nombre {shown(name)}.{hint} Nombres válidos: {', '.join(valid)}."


class Configurable:
    """Base de lo que Keras guarda como nombre de clase más configuración."""

    def get_config(self) -> dict[str, Any]:
        """Argumentos con los que se vuelve a crear este objeto.

        Returns
        -------
        dict
            Con las claves de Keras.
        """
        return {}

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Configurable:
        """Crea el objeto a partir de lo que devolvió ``get_config``.

        Parameters
        ----------
        config : dict
            Lo que devolvió ``get_config``.

        Returns
        -------
        Configurable
            Un objeto nuevo de la clase.
        """
        return cls(**config)


class Registry:
    """Traduce entre los nombres de un módulo de Keras y las clases de esta biblioteca.

    Parameters
    ----------
    kind
        Qué se busca, con su artículo, para los mensajes: «un inicializador».
    module
        Módulo de Keras que aparece en las configuraciones: ``keras.initializers``.
    classes
        Clases que se ofrecen; cada una responde a su nombre y al mismo en ``snake_case``.
    aliases
        Otros nombres que Keras acepta.
    """

    def __init__(
        self,
        kind: str,
        module: str,
        classes: Iterable[type[Configurable]],
        aliases: Mapping[str, type[Configurable]] | None = None,
    ) -> None:
        self.kind = kind
        self.module = module
        self.classes = tuple(classes)
        self._by_name = {cls.__name__: cls for cls in self.classes}
        self._by_name |= {snake_case(cls.__name__): cls for cls in self.classes}
        self._by_name |= dict(aliases or {})

    def get(self, identifier: Any) -> Any:
        """Objeto que corresponde a un nombre, una configuración, una clase o una función.

        Raises
        ------
        ValueError
            Si el nombre no existe, la configuración no sirve o lo que llega no se puede llamar.
        """
        if identifier is None:
            return None
        if isinstance(identifier, str):
            return self._class(identifier)()
        if isinstance(identifier, Mapping):
            return self._from_config(identifier)
        if inspect.isclass(identifier) and issubclass(identifier, Configurable):
            try:
                return identifier()
            except TypeError:
                raise ValueError(
                    f"{identifier.__name__} necesita argumentos: créalo antes, con ellos."
                ) from None
        function = callable(identifier) and not inspect.isclass(identifier)
        if function or isinstance(identifier, self.classes):
            return identifier
        raise ValueError(
            f"Se esperaba {self.kind}: un nombre, una configuración o algo que se pueda llamar. "
            f"Llegó {shown(identifier)}, de tipo {type(identifier).__name__}."
        )

    def serialize(self, obj: Any) -> Any:
        """Configuración con la forma de Keras; una función propia se devuelve tal cual."""
        if not isinstance(obj, self.classes):
            return obj
        return {
            "module": self.module,
            "class_name": type(obj).__name__,
            "config": obj.get_config(),
            "registered_name": None,
        }

    def _class(self, name: str) -> type[Configurable]:
        if name not in self._by_name:
            valid = {snake_case(cls.__name__) for cls in self.classes}
            raise ValueError(unknown_name(self.kind, name, valid))
        return self._by_name[name]

    def _from_config(self, identifier: Mapping[str, Any]) -> Configurable:
        name, config = identifier.get("class_name"), identifier.get("config", {})
        if not isinstance(name, str) or not isinstance(config, Mapping):
            raise ValueError(
                f"La configuración de {self.kind} necesita «class_name» (texto) y «config» "
                f"(diccionario). Llegó {shown(dict(identifier))}."
            )
        try:
            inspect.signature(self._class(name)).bind(**config)
            return self._class(name).from_config(config)
        except TypeError:
            raise ValueError(
                f"{name} no acepta la configuración {shown(dict(config))}. "
                f"Sus argumentos son {inspect.signature(self._class(name))}."
            ) from None
