"""Los apartados de las lecciones que se recomienda releer.

``cuaderno#título``: the notebook in ``course/`` without its ``.ipynb``, and the heading as it is
read, without marks. A test holds each to the lessons.
"""

from __future__ import annotations

NHWC = "0_bienvenida#Leer una forma: NHWC"

WINDOW = "1_convolucion#Una ventana que se desliza"
FLIPPING = "1_convolucion#¿Convolución o correlación cruzada?"
CHANNELS = "1_convolucion#Varios canales: el filtro tiene profundidad"
FILTERS_AND_BIAS = "1_convolucion#Varios filtros y un sesgo por filtro"
BATCH = "1_convolucion#El lote, y los siete bucles"
LAYER_PARAMETERS = "1_convolucion#¿Cuántos números aprende la capa?"
PRECISION = "1_convolucion#Por qué dos cálculos correctos no coinciden"

SOBEL = "2_filtros#Un detector de bordes hecho a mano"
CLASSIC_FILTERS = "2_filtros#Cuatro filtros clásicos"
PARAMETERS = "2_filtros#¿Cuántos parámetros? 832 frente a 25 120"
GROUPS = "2_filtros#Grupos y depthwise: cuando no todos miran todo"
SHOWING_FILTERS = "2_filtros#Enseñar filtros sin engañar al ojo"

ONE_MAP = "3_mapas_de_caracteristicas#1. Un filtro, un mapa"
ACTIVATION = "3_mapas_de_caracteristicas#2. Lo que hace la activación"
MANY_MAPS = "3_mapas_de_caracteristicas#3. 32 filtros, 32 mapas"
COLOUR = "3_mapas_de_caracteristicas#4. Un filtro mira todos los canales a la vez"
REDUCING = "3_mapas_de_caracteristicas#5. Reducir: paso 2 o pooling"
RECEPTIVE_FIELD = "3_mapas_de_caracteristicas#6. Campo receptivo: cuánto ve cada número"
LEARNT_FILTERS = "3_mapas_de_caracteristicas#9. Los filtros aprendidos"

VALID = "4_padding#2. valid: la salida encoge"
SAME = "4_padding#3. same: ceros alrededor"
BORDER = "4_padding#4. Los efectos del borde, en una foto"
ODD_ZERO = "4_padding#5. Filtros pares: ¿a qué lado va el píxel impar?"
STRIDES = "4_padding#6. Strides: saltar"
TWO_FORMULAS = "4_padding#Dos fórmulas, y no se mezclan"
SAME_SHAPE_OTHER_NUMBERS = "4_padding#7. Misma forma, otros números"
DILATION = "4_padding#9. Dilatación: mirar más lejos con los mismos pesos"

POOLED_WINDOW = "4b_pooling#1. Un número por ventana"
POOLED_CHANNELS = "4b_pooling#2. Canal a canal, y sin pesos"
POOLED_SIZE = "4b_pooling#3. De 11 a 5: quién se pierde"
AVERAGED = "4b_pooling#4. El promedio es una convolución; el máximo, no"
POOLED_BY_KERAS = "4b_pooling#Lo mismo, en Keras"

NORMALISING = "5_fashion_mnist#2. Normalizar, y el eje del canal"
THREE_NETWORKS = "5_fashion_mnist#3. Tres redes, contadas a mano"
WHERE_PARAMETERS_ARE = "5_fashion_mnist#5. ¿Dónde están los parámetros?"
RECIPE = "5_fashion_mnist#6. ¿Qué receta? Un experimento"
FIRST_MAPS = "5_fashion_mnist#9. Los mapas de la primera convolución"

CHECKING = "0_bienvenida#Cómo funciona comprobar"
KERNEL_SIZE = "a_keras_conv2d#2. kernel_size: alto y ancho del filtro"
SHARED_WEIGHTS = "2_filtros#De dónde sale el ahorro: localidad y pesos compartidos"
HIERARCHY = "3_mapas_de_caracteristicas#8. La jerarquía: bordes → texturas → partes → objetos"
INTERMEDIATE = "3_mapas_de_caracteristicas#Activaciones intermedias"
DENSE_AFTER_CONV = "d_errores_y_preguntas#Error 2: Dense justo después de Conv2D"
