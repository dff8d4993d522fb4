"""Las convoluciones que se miden: las de la tarea, las de redes conocidas y los casos raros."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """Una convolución con sesgo y ReLU; la imagen es cuadrada y el kernel también."""

    name: str
    batch: int
    size: int
    channels: int
    filters: int
    kernel: int = 3
    strides: int = 1
    padding: str = "same"
    dilation: int = 1
    groups: int = 1
    data_format: str = "channels_last"

    @property
    def output(self) -> int:
        window = self.dilation * (self.kernel - 1) + 1
        fits = self.size if self.padding == "same" else self.size - window + 1
        return -(-fits // self.strides)

    @property
    def terms(self) -> int:
        """Productos que suma cada valor de la salida."""
        return self.kernel**2 * self.channels // self.groups

    @property
    def flops(self) -> int:
        return 2 * self.batch * self.output**2 * self.filters * self.terms

    @property
    def bytes(self) -> int:
        """Lo que hay que leer y escribir al menos una vez, en float32."""
        kernel = self.kernel**2 * self.channels // self.groups * self.filters
        image = self.size**2 * self.channels + self.output**2 * self.filters
        return 4 * (self.batch * image + kernel)

    @property
    def x_shape(self) -> tuple[int, ...]:
        if self.data_format == "channels_first":
            return (self.batch, self.channels, self.size, self.size)
        return (self.batch, self.size, self.size, self.channels)


MAIN = [
    Case("1×28×28×1 → 8, same", 1, 28, 1, 8),
    Case("tarea, conv 1: 64×28×28×1 → 32", 64, 28, 1, 32, padding="valid"),
    Case("tarea, conv 2: 64×13×13×32 → 64", 64, 13, 32, 64, padding="valid"),
    Case("32×32×32×3 → 32, 5×5, same", 32, 32, 3, 32, kernel=5),
    Case("8×56×56×64 → 64, same", 8, 56, 64, 64),
    Case("8×28×28×128 → 128, same", 8, 28, 128, 128),
    Case("8×56×56×64 → 128, paso 2", 8, 56, 64, 128, strides=2),
    Case("8×28×28×256 → 64, 1×1", 8, 28, 256, 64, kernel=1),
    Case("4×10×10×128 → 32, valid", 4, 10, 128, 32, padding="valid"),
]

MORE = [
    Case("8×28×28×128 → 128, 4 grupos", 8, 28, 128, 128, groups=4),
    Case("8×28×28×64, en profundidad", 8, 28, 64, 64, groups=64),
    Case("8×28×28×64 → 64, dilatación 2", 8, 28, 64, 64, dilation=2),
    Case("8×28×28×64 → 64, channels_first", 8, 28, 64, 64, data_format="channels_first"),
]
