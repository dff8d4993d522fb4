"""Con qué se detiene una función: la excepción y lo que dice, el nombre que recibe y qué mirar."""

from __future__ import annotations

from .general import EXPECTED, STOPPING, GeneralMistake

SHAPES = "0_bienvenida#Leer una forma: NHWC"
WINDOW = "1_convolucion#Una ventana que se desliza"
NEGATIVE = "tamano-negativo"
KERNEL_SIZE = "a_keras_conv2d#2. kernel_size: alto y ancho del filtro"

STOPS: tuple[tuple[str, str, GeneralMistake], ...] = (
    (
        "",
        r"incompatible with the layer|expected (?:min_|max_)?ndim=\d+, found ndim=\d+",
        GeneralMistake(
            "entrada-que-no-encaja-en-la-capa",
            "a una capa de Keras le llega un arreglo con otros ejes, o con otros canales, de los "
            "que espera; a una convolución, (imágenes, alto, ancho, canales)",
            "escribe la forma de lo que entra en esa capa, y compárala con la que espera",
            STOPPING,
        ),
    ),
    (
        "ValueError",
        r"[Cc]ould not interpret activation|Unknown activation",
        GeneralMistake(
            "activacion-que-no-existe",
            "pides una activación que Keras no conoce con ese nombre",
            "los nombres van en minúsculas: compáralo, letra a letra, con el del enunciado",
            STOPPING,
        ),
    ),
    (
        "",
        r"setting an array element with a sequence|only length-1 arrays|only 0-dimensional arrays",
        GeneralMistake(
            "arreglo-donde-va-un-numero",
            "guardas un arreglo entero donde cabe un solo número: la ventana no llega a sumarse, o "
            "se suma solo en un eje",
            "mira la forma de lo que guardas en una posición de la salida: debe ser un número",
            WINDOW,
        ),
    ),
    (
        "",
        r"could not broadcast input array",
        GeneralMistake(
            "resultado-que-no-cabe",
            "lo que calculas no tiene la forma del sitio donde lo guardas",
            "escribe las dos formas, la de lo que calculas y la del sitio, y compáralas eje a eje",
            SHAPES,
        ),
    ),
    (
        "",
        r"operands could not be broadcast|not aligned|^matmul: |einstein sum|"
        r"all the input array dimensions|all input arrays must have the same shape|"
        r"cannot reshape array|inhomogeneous",
        GeneralMistake(
            "formas-que-no-encajan",
            "juntas dos arreglos cuyas formas no encajan",
            "escribe junto a cada arreglo de esa línea su forma, y di qué es cada eje",
            SHAPES,
        ),
    ),
    (
        "",
        r"duplicate value in 'axis'|repeated axis|axis -?\d+ is out of bounds|axes don't match"
        r"|tuple index out of range|too many indices",
        GeneralMistake(
            "eje-que-no-existe",
            "pides un eje que ese arreglo no tiene, o das el mismo dos veces",
            "¿cuántos ejes tiene cada arreglo de esa línea? Con 4, son los ejes 0, 1, 2 y 3",
            STOPPING,
        ),
    ),
    (
        "IndexError",
        r"out of bounds|out of range",
        GeneralMistake(
            "indice-fuera-del-arreglo",
            "pides una posición que ese arreglo no tiene",
            "¿cuál es el mayor valor de cada índice, y cuánto mide el eje donde lo usas?",
            WINDOW,
        ),
    ),
    (
        "NameError",
        "",
        GeneralMistake(
            "nombre-que-no-existe",
            "usas un nombre que no existe ahí: está sin definir o escrito de otra manera",
            "busca en tu celda dónde se le da su valor a ese nombre",
            STOPPING,
        ),
    ),
    (
        "UnboundLocalError",
        "",
        GeneralMistake(
            "variable-sin-valor-todavia",
            "usas una variable antes de darle un valor",
            "¿qué vale esa variable la primera vez que se pasa por esa línea?",
            STOPPING,
        ),
    ),
    (
        "",
        r"NoneType",
        GeneralMistake(
            "none-donde-va-un-valor",
            "hay un None donde va un valor: una función tuya no devuelve nada, o un resultado se "
            "queda sin guardar",
            "print enseña un valor y return lo entrega; mira con qué termina cada función",
            STOPPING,
        ),
    ),
    (
        "",
        r"expected a sequence of integers|slice indices must be integers"
        r"|'float' object cannot be interpreted as an integer"
        r"|only integers, slices|by non-int of type 'float'"
        r"|'numpy\.float\d\d' object cannot be interpreted as an integer",
        GeneralMistake(
            "indice-con-decimales",
            "un tamaño o un índice lleva decimales, y tiene que ser entero",
            "busca la división: / siempre da decimales",
            STOPPING,
        ),
    ),
    (
        "TypeError",
        # Of Python's own functions the words are others: so says Keras of a layer.
        r"^too many positional arguments",
        GeneralMistake(
            "capa-de-entrada-llamada",
            "le pasas un arreglo a una capa que no admite ninguno: la de entrada, que en un modelo "
            "funcional es la primera de modelo.layers",
            "¿de qué clase es cada capa de modelo.layers, en un modelo hecho con keras.Model?",
            "3_mapas_de_caracteristicas#Activaciones intermedias",
        ),
    ),
    (
        "TypeError",
        r"positional argument|unexpected keyword|missing \d+ required|takes (?:at most|exactly|no)"
        r"|expected (?:at least )?\d arguments?|either both or neither|multiple values for"
        r"|arg 2 must be a type|pad_width` must be of",
        GeneralMistake(
            "argumentos-que-no-coinciden",
            "llamas a una función, o la defines, con otros argumentos de los que tiene",
            "compara la línea def con la del enunciado, y con cómo la llamas",
            EXPECTED,
        ),
    ),
    (
        "TypeError",
        r"'(?:int|float)' object is not (?:subscriptable|iterable)|non-iterable int|'tuple'",
        GeneralMistake(
            "entero-o-par-confundidos",
            "tratas un entero como si fuera un par, o un par como si fuera un número; pueden "
            "llegar de las dos formas",
            "pasa primero lo que llegue a un par: 3 es (3, 3)",
            KERNEL_SIZE,
        ),
    ),
    (
        "TypeError",
        r"list indices must be|'list'",
        GeneralMistake(
            "lista-donde-va-un-arreglo",
            "usas una lista de Python donde hace falta un arreglo de NumPy",
            "np.array convierte una lista en un arreglo; sin él, + une dos listas",
            STOPPING,
        ),
    ),
    (
        "ZeroDivisionError",
        "",
        GeneralMistake(
            "division-entre-cero",
            "divides entre 0",
            "¿con qué entrada vale 0 lo que va debajo de la división?",
            STOPPING,
        ),
    ),
    (
        "",
        r"negative dimensions|negative shift|can't contain negative|cannot contain negative"
        r"|^no se puede rellenar con",
        GeneralMistake(
            NEGATIVE,
            "un tamaño o un relleno sale negativo: restas al revés, o hay dos cosas cambiadas de "
            "sitio",
            "di en voz alta qué mide cada cosa que restas: ¿cuál es la mayor?",
            STOPPING,
        ),
    ),
    (
        "",
        r"step cannot be zero|arg 3 must not be zero",
        GeneralMistake(
            "paso-cero",
            "un range o un corte avanza de 0 en 0",
            "¿de dónde sale el número que va en el lugar del paso?",
            STOPPING,
        ),
    ),
    (
        "",
        r"[Cc]annot interpret .{1,60} as a data type|data type .{1,60} not understood",
        GeneralMistake(
            "forma-sin-sus-parentesis",
            "das los tamaños sueltos a una función de NumPy que los quiere juntos: toma el segundo "
            "por un tipo de número",
            "mira en la ayuda qué es el primer argumento de np.zeros, y qué el segundo",
            STOPPING,
        ),
    ),
    (
        "",
        r"(?:function\w*|method|Dispatcher)' object is not subscriptable",
        GeneralMistake(
            "corchetes-en-una-llamada",
            "usas corchetes para llamar a una función; se llama con paréntesis",
            "los corchetes piden una posición de un arreglo, y los paréntesis llaman",
            STOPPING,
        ),
    ),
    (
        "",
        r"object is not callable",
        GeneralMistake(
            "llamada-a-lo-que-no-es-funcion",
            "llamas con paréntesis a algo que no es una función, como un arreglo o un número",
            "¿hay unos paréntesis donde van corchetes, o un nombre que ya es otra cosa?",
            STOPPING,
        ),
    ),
    (
        "",
        r"truth value of an array",
        GeneralMistake(
            "arreglo-en-un-if",
            "preguntas con if o con and por un arreglo entero, que no es ni verdadero ni falso",
            "¿quieres que se cumpla en todos sus números, o en alguno?",
            STOPPING,
        ),
    ),
    (
        "",
        r"values to unpack",
        GeneralMistake(
            "forma-mal-repartida",
            "repartes una forma, o un par, en más o en menos variables de los números que tiene",
            "¿cuántos ejes tiene ese arreglo, y cuántos nombres hay a la izquierda del =?",
            STOPPING,
        ),
    ),
    (
        "AttributeError",
        r"has no attribute",
        GeneralMistake(
            "atributo-que-no-existe",
            "pides con un punto algo que eso no tiene: está mal escrito, o no es un arreglo",
            "¿de qué tipo es lo que va delante del punto en esa línea?",
            STOPPING,
        ),
    ),
    (
        "",
        r"Cannot cast ufunc",
        GeneralMistake(
            "decimales-en-un-arreglo-de-enteros",
            "acumulas números con decimales en un arreglo de enteros",
            "¿qué tipo de número guarda el arreglo donde vas sumando?",
            STOPPING,
        ),
    ),
    (
        "",
        r"cannot convert float (?:infinity|NaN) to integer",
        GeneralMistake(
            "infinito-en-un-entero",
            "conviertes infinito o NaN en un entero, como al guardarlo en un arreglo de enteros: "
            "solo los números con decimales pueden valer eso",
            "¿de qué tipo es el arreglo donde lo guardas, y de dónde sale el infinito o el NaN?",
            STOPPING,
        ),
    ),
    (
        "OverflowError",
        r"integer .{1,40} out of bounds for",
        GeneralMistake(
            "numero-que-no-cabe-en-su-tipo",
            "juntas un número con un arreglo de un tipo donde no cabe, como 300 o −1 con bytes "
            "(uint8)",
            "¿qué números caben en el tipo de ese arreglo? Pásalo antes a float",
            STOPPING,
        ),
    ),
    (
        "",
        r"zero-size array|empty sequence|arg is an empty|need at least one array",
        GeneralMistake(
            "nada-que-juntar",
            "le pides el mayor, el menor o la unión a algo que llega vacío",
            "¿puede quedarse sin ningún elemento lo que recorres en esa línea?",
            STOPPING,
        ),
    ),
    (
        "",
        r"read-only",
        GeneralMistake(
            "escritura-en-una-vista",
            "escribes en un arreglo que solo se puede leer, como las ventanas de NumPy",
            "haz una copia antes de escribir, o escribe en un arreglo nuevo",
            STOPPING,
        ),
    ),
    (
        "",
        r"unsupported operand|ufunc '.{1,40}' (?:not supported|did not contain)|must be real number"
        r"|can only concatenate|not supported between",
        GeneralMistake(
            "operacion-entre-cosas-distintas",
            "sumas, multiplicas o comparas dos cosas que no son dos números: una es un texto, un "
            "par, una lista o None",
            "escribe el tipo de cada una de las dos: type(…)",
            STOPPING,
        ),
    ),
    (
        "RecursionError",
        "",
        GeneralMistake(
            "funcion-que-se-llama-sin-fin",
            "tu función se llama a sí misma y no acaba nunca",
            "¿querías llamar a otra, a la de un apartado anterior?",
            STOPPING,
        ),
    ),
    (
        "KeyError",
        "",
        GeneralMistake(
            "clave-que-no-existe",
            "buscas en un diccionario una clave que no está",
            "mira qué claves tiene, y con qué valor la buscas",
            STOPPING,
        ),
    ),
    (
        "AssertionError",
        "",
        GeneralMistake(
            "assert-que-no-se-cumple",
            "un assert de tu función se detiene con una entrada que vale",
            "¿qué da por hecho ese assert, y es verdad con todas las entradas?",
            STOPPING,
        ),
    ),
)
REFUSED = GeneralMistake(
    "entrada-buena-rechazada",
    "rechazas una entrada que vale: llega a un raise que es para las que no",
    "¿con qué condición se llega a tu raise? Pruébala con la entrada del ejemplo",
    STOPPING,
)
STOPPED = frozenset((REFUSED.id, *(mistake.id for _, _, mistake in STOPS)))  # all their ids
