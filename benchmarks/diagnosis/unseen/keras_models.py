"""Wrong answers in Keras to units 3 and 5; the catalogue had not been read."""

import keras
import numpy as np

from benchmarks.diagnosis.answers import unseen

L = keras.layers


@unseen("3_mapas_de_caracteristicas.capa_basica", r"padding|rellen|same")
def capa_valid():
    return L.Conv2D(8, 3, activation="relu")


@unseen("3_mapas_de_caracteristicas.capa_basica", r"activaci|relu")
def capa_sin_activacion():
    return L.Conv2D(8, 3, padding="same")


@unseen("3_mapas_de_caracteristicas.capa_basica", r"filtro|8")
def capa_de_tres_filtros():
    return L.Conv2D(3, 8, padding="same", activation="relu")


@unseen("3_mapas_de_caracteristicas.capa_basica", r"sesgo|bias")
def capa_sin_bias():
    return L.Conv2D(8, 3, padding="same", activation="relu", use_bias=False)


@unseen("3_mapas_de_caracteristicas.capa_basica", r"activaci|relu|sigmo|tanh")
def capa_tanh():
    return L.Conv2D(8, (3, 3), padding="same", activation="tanh")


@unseen("3_mapas_de_caracteristicas.capa_basica", r"separable|depthwise|Conv2D|tipo")
def capa_separable():
    return L.SeparableConv2D(8, 3, padding="same", activation="relu")


@unseen("3_mapas_de_caracteristicas.capa_basica", r"kernel|5|3×3")
def capa_de_cinco():
    return L.Conv2D(8, 5, padding="same", activation="relu")


@unseen("3_mapas_de_caracteristicas.capa_stride2", r"paso|strides|pool")
def pooling_en_vez_de_paso():
    return keras.Sequential(
        [keras.Input((28, 28, 1)), L.Conv2D(32, 3, padding="same"), L.MaxPooling2D(2)]
    )


@unseen("3_mapas_de_caracteristicas.capa_stride2", r"padding|rellen|same")
def paso_con_valid():
    return L.Conv2D(32, 3, strides=2)


@unseen("3_mapas_de_caracteristicas.capa_stride2", r"activaci|relu")
def paso_con_relu():
    return L.Conv2D(32, 3, strides=2, padding="same", activation="relu")


@unseen("3_mapas_de_caracteristicas.capa_stride2", r"dilat|paso")
def dilatacion_en_vez_de_paso():
    return L.Conv2D(32, 3, dilation_rate=2, padding="same")


@unseen("3_mapas_de_caracteristicas.capa_stride2", r"paso|eje|strides")
def paso_en_un_eje():
    return L.Conv2D(32, 3, strides=(2, 1), padding="same")


@unseen("3_mapas_de_caracteristicas.extraer_mapas", r"última|red entera|salida del modelo|capa")
def la_salida_de_la_red(modelo, nombre_capa, x):
    modelo.get_layer(nombre_capa)
    return keras.ops.convert_to_numpy(modelo(x))


@unseen("3_mapas_de_caracteristicas.extraer_mapas", r"activaci|antes")
def antes_de_la_activacion(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    y = keras.ops.convert_to_numpy(keras.Model(modelo.inputs[0], capa.input)(x))
    if not isinstance(capa, L.Conv2D):
        return keras.ops.convert_to_numpy(capa(y))
    config = capa.get_config() | {"activation": "linear"}
    nueva = L.Conv2D.from_config(config)
    nueva.build(y.shape)
    nueva.set_weights(capa.get_weights())
    return keras.ops.convert_to_numpy(nueva(y))


@unseen("3_mapas_de_caracteristicas.extraer_mapas", r"entrada|anterior|antes")
def la_entrada_de_la_capa(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    return keras.ops.convert_to_numpy(keras.Model(modelo.inputs[0], capa.input)(x))


@unseen("3_mapas_de_caracteristicas.extraer_mapas", r"lote|primera imagen|batch|imágenes")
def solo_los_mapas_de_una(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    return keras.ops.convert_to_numpy(keras.Model(modelo.inputs[0], capa.output)(x))[:1]


@unseen("3_mapas_de_caracteristicas.extraer_mapas", r"primer")
def siempre_la_primera_capa(modelo, nombre_capa, x):
    modelo.get_layer(nombre_capa)
    primera = modelo.layers[0]
    return keras.ops.convert_to_numpy(keras.Model(modelo.inputs[0], primera.output)(x))


@unseen("3_mapas_de_caracteristicas.extraer_mapas", r"NCHW|orden|eje|canales")
def mapas_con_el_canal_delante(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    y = keras.ops.convert_to_numpy(keras.Model(modelo.inputs[0], capa.output)(x))
    return np.moveaxis(y, -1, 1)


@unseen("3_mapas_de_caracteristicas.extraer_mapas", r"255|escal|normaliz")
def mapas_de_la_imagen_escalada(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    return keras.ops.convert_to_numpy(keras.Model(modelo.inputs[0], capa.output)(x / 255))


def convoluciones(modelo):
    return [capa for capa in modelo.layers if isinstance(capa, L.Conv2D)]


@unseen("3_mapas_de_caracteristicas.filtros_aprendidos", r"última")
def los_de_la_ultima(modelo):
    return convoluciones(modelo)[-1].get_weights()[0]


@unseen("3_mapas_de_caracteristicas.filtros_aprendidos", r"sesgo|bias")
def los_sesgos(modelo):
    return convoluciones(modelo)[0].get_weights()[-1]


@unseen("3_mapas_de_caracteristicas.filtros_aprendidos", r"orden|eje|tra(n)?sp|delante|primer")
def filtros_delante(modelo):
    return np.moveaxis(convoluciones(modelo)[0].get_weights()[0], -1, 0)


@unseen("3_mapas_de_caracteristicas.filtros_aprendidos", r"normaliz|0.*1|escal")
def filtros_normalizados(modelo):
    k = convoluciones(modelo)[0].get_weights()[0]
    return (k - k.min()) / (k.max() - k.min() or 1)


@unseen("3_mapas_de_caracteristicas.filtros_aprendidos", r"layers\[0\]|primera capa|capa 0|Conv2D")
def los_de_la_capa_cero(modelo):
    return modelo.layers[0].get_weights()[0]


@unseen("3_mapas_de_caracteristicas.filtros_aprendidos", r"lista|sesgo")
def filtros_y_sesgos(modelo):
    return convoluciones(modelo)[0].get_weights()


@unseen("3_mapas_de_caracteristicas.filtros_aprendidos", r"primer filtro|un.* filtro|canal|eje")
def solo_el_primer_filtro(modelo):
    return convoluciones(modelo)[0].get_weights()[0][..., 0]


# --- unidad 5 --------------------------------------------------------------------------------


def cnn(f1=32, f2=64, k=3, ancho=128, ultima="softmax", relu="relu", **opciones):
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Conv2D(f1, k, activation=relu, **opciones),
            L.MaxPooling2D(2),
            L.Conv2D(f2, k, activation=relu, **opciones),
            L.MaxPooling2D(2),
            L.Flatten(),
            L.Dense(ancho, activation="relu"),
            L.Dense(10, activation=ultima),
        ]
    )


@unseen("5_fashion_mnist.construir_cnn", r"softmax|logits|activaci")
def cnn_sin_softmax():
    return cnn(ultima=None)


@unseen("5_fashion_mnist.construir_cnn", r"softmax|sigmo|activaci")
def cnn_con_sigmoide():
    return cnn(ultima="sigmoid")


@unseen("5_fashion_mnist.construir_cnn", r"filtro|orden|32|64")
def cnn_filtros_cambiados():
    return cnn(64, 32)


@unseen("5_fashion_mnist.construir_cnn", r"relu|activaci|lineal")
def cnn_lineal():
    return cnn(relu=None)


@unseen("5_fashion_mnist.construir_cnn", r"kernel|5|3×3")
def cnn_de_cinco():
    return cnn(k=5)


@unseen("5_fashion_mnist.construir_cnn", r"Dense|unidades|128|64")
def cnn_dense_de_64():
    return cnn(ancho=64)


@unseen("5_fashion_mnist.construir_cnn", r"paso|pool|capa")
def cnn_con_paso_en_vez_de_pooling():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Conv2D(32, 3, strides=2, activation="relu"),
            L.Conv2D(64, 3, strides=2, activation="relu"),
            L.Flatten(),
            L.Dense(128, activation="relu"),
            L.Dense(10, activation="softmax"),
        ]
    )


@unseen("5_fashion_mnist.construir_cnn", r"Flatten|Global|capa")
def cnn_con_media_global():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Conv2D(32, 3, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(64, 3, activation="relu"),
            L.MaxPooling2D(2),
            L.GlobalAveragePooling2D(),
            L.Dense(128, activation="relu"),
            L.Dense(10, activation="softmax"),
        ]
    )


@unseen("5_fashion_mnist.construir_cnn", r"same|padding|rellen|dos")
def cnn_same_solo_en_una():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Conv2D(32, 3, padding="same", activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(64, 3, activation="relu"),
            L.MaxPooling2D(2),
            L.Flatten(),
            L.Dense(128, activation="relu"),
            L.Dense(10, activation="softmax"),
        ]
    )


@unseen("5_fashion_mnist.construir_cnn", r"media|máxim|Average|pool")
def cnn_con_average_pooling():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Conv2D(32, 3, activation="relu"),
            L.AveragePooling2D(2),
            L.Conv2D(64, 3, activation="relu"),
            L.AveragePooling2D(2),
            L.Flatten(),
            L.Dense(128, activation="relu"),
            L.Dense(10, activation="softmax"),
        ]
    )


def mlp(*anchos, ultima="softmax", oculta="relu"):
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Flatten(),
            *(L.Dense(a, activation=oculta) for a in anchos),
            L.Dense(10, activation=ultima),
        ]
    )


@unseen("5_fashion_mnist.construir_mlp", r"64|orden|unidades|ancho|Dense")
def mlp_al_reves():
    return mlp(64, 128)


@unseen("5_fashion_mnist.construir_mlp", r"softmax|activaci|relu")
def mlp_softmax_en_todas():
    return mlp(128, 64, oculta="softmax")


@unseen("5_fashion_mnist.construir_mlp", r"capa|Dense|64")
def mlp_de_una_capa():
    return mlp(128)


@unseen("5_fashion_mnist.construir_mlp", r"Flatten|forma|capa")
def mlp_sin_flatten():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Dense(128, activation="relu"),
            L.Dense(64, activation="relu"),
            L.Dense(10, activation="softmax"),
        ]
    )


@unseen("5_fashion_mnist.construir_mlp_equivalente", r"parámetros|total|100")
def equivalente_corto():
    return mlp(200, 100)


@unseen("5_fashion_mnist.construir_mlp_equivalente", r"parámetros|total|105")
def equivalente_grande():
    return mlp(512, 256)


@unseen("5_fashion_mnist.construir_mlp_equivalente", r"dos capas|capa|oculta")
def equivalente_de_una_capa():
    return mlp(285)


@unseen("5_fashion_mnist.parametros_totales", r"entren|congel")
def solo_entrenables(modelo):
    return sum(int(np.prod(p.shape)) for p in modelo.trainable_weights)


@unseen("5_fashion_mnist.parametros_totales", r"arreglo|cuántos|tensor|número de|pesos")
def cuenta_los_arreglos(modelo):
    return len(modelo.weights)


@unseen("5_fashion_mnist.parametros_totales", r"sesgo|bias")
def solo_los_kernels(modelo):
    return sum(int(np.prod(p.shape)) for p in modelo.weights if len(p.shape) > 1)


@unseen("5_fashion_mnist.parametros_totales", r"producto|multiplic|sum.*forma|forma")
def suma_las_formas(modelo):
    return sum(sum(p.shape) for p in modelo.weights)


@unseen("5_fashion_mnist.parametros_totales", None)
def solo_la_ultima_capa(modelo):
    return sum(int(np.prod(p.shape)) for p in modelo.layers[-1].weights)


@unseen("5_fashion_mnist.parametros_totales", r"optimizador|BatchNorm|anid|capa|Dense|conv")
def solo_conv_y_dense(modelo):
    return sum(
        int(np.prod(p.shape))
        for capa in modelo.layers
        if isinstance(capa, (L.Conv2D, L.Dense))
        for p in capa.weights
    )


def hasta(modelo, capa, imagenes):
    if imagenes.ndim == 3:
        imagenes = imagenes[..., None]
    return keras.ops.convert_to_numpy(keras.Model(modelo.inputs[0], capa.output)(imagenes))


@unseen("5_fashion_mnist.mapas_primera_conv", r"última|otra capa")
def mapas_de_la_ultima_conv(modelo, imagenes):
    return hasta(modelo, convoluciones(modelo)[-1], imagenes)


@unseen("5_fashion_mnist.mapas_primera_conv", r"layers\[0\]|primera capa|capa 0")
def mapas_de_la_capa_cero(modelo, imagenes):
    return hasta(modelo, modelo.layers[0], imagenes)


@unseen("5_fashion_mnist.mapas_primera_conv", r"activaci|relu|antes")
def mapas_sin_relu(modelo, imagenes):
    conv = convoluciones(modelo)[0]
    if imagenes.ndim == 3:
        imagenes = imagenes[..., None]
    entrada = keras.ops.convert_to_numpy(keras.Model(modelo.inputs[0], conv.input)(imagenes))
    nueva = L.Conv2D.from_config(conv.get_config() | {"activation": "linear"})
    nueva.build(entrada.shape)
    nueva.set_weights(conv.get_weights())
    return keras.ops.convert_to_numpy(nueva(entrada))


@unseen("5_fashion_mnist.mapas_primera_conv", r"imagen|lote|primer")
def mapas_de_la_primera_imagen(modelo, imagenes):
    y = hasta(modelo, convoluciones(modelo)[0], imagenes)
    return np.broadcast_to(y[:1], y.shape).copy()


@unseen("5_fashion_mnist.mapas_primera_conv", r"pool|siguiente|después")
def mapas_despues_del_pooling(modelo, imagenes):
    capas = modelo.layers
    i = capas.index(convoluciones(modelo)[0])
    return hasta(modelo, capas[min(i + 1, len(capas) - 1)], imagenes)
