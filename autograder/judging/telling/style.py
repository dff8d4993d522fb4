"""Cómo se ve el informe de una comprobación: en claro y en oscuro, ancho y estrecho.

Rules are written twice as strong (``.curso-veredicto.curso-veredicto``) as those that JupyterLab
has for the tables of a cell's output.
"""

_ROOT = ".curso-veredicto.curso-veredicto"
_RULES = {
    "": "margin:.3em 0;padding:.1em 0 .1em .9em;border-left:4px solid #d55e00;max-width:52em;"
    "line-height:1.45;white-space:normal;overflow-wrap:anywhere",
    "p": "margin:.4em 0",
    ".cv-title": "font-size:1.05em",
    ".cv-share": "margin-left:.6em;opacity:.75;white-space:nowrap",
    ".cv-aspects": "display:flex;flex-wrap:wrap;gap:.3em .5em;margin:.3em 0;padding:0;"
    "list-style:none",
    ".cv-aspects li": "margin:0;padding:0 .6em;border-radius:1em;background:rgba(213,94,0,.2)",
    ".cv-aspects li.cv-good": "background:rgba(0,158,115,.2)",
    ".cv-facts": "margin:.3em 0;padding-left:1.3em;list-style:disc",
    ".cv-example": "margin:.6em 0;padding:.1em .8em .3em;border-radius:.4em;"
    "background:rgba(128,128,128,.1)",
    ".cv-tables": "display:flex;flex-wrap:wrap;gap:.4em 1.4em;align-items:flex-start",
    ".cv-group": "display:flex;flex-wrap:wrap;gap:.4em .8em;max-width:100%;overflow-x:auto",
    "table": "display:table;width:auto;margin:0;border-collapse:separate;border-spacing:2px;"
    "border:0;font:inherit;color:inherit;font-variant-numeric:tabular-nums;table-layout:auto",
    ".cv-matrix>span": "display:block;padding:0 0 .1em 2px;white-space:nowrap;opacity:.8",
    "tbody": "display:table-row-group",
    "tbody tr": "display:table-row;background:none;border:0",
    "tbody td": "display:table-cell;min-width:1.5em;padding:.1em .35em;"
    "border:1px solid rgba(128,128,128,.35);border-radius:.2em;background:none;"
    "color:inherit;text-align:right;line-height:1.4;"
    "vertical-align:middle;white-space:nowrap;max-width:none",
    "tbody td.cv-words": "text-align:left;white-space:normal",
    ".cv-right tbody td": "border-color:rgba(0,158,115,.7)",
    ".cv-wrong tbody td": "border-color:rgba(213,94,0,.7)",
    "tbody td.cv-mark": "background:rgba(230,159,0,.4);border-color:#e69f00;font-weight:700",
    ".cv-wrong tbody td.cv-mark": "background:rgba(213,94,0,.4);border-color:#d55e00",
    ".cv-right tbody td.cv-mark": "background:rgba(0,158,115,.35);border-color:#009e73",
    ".cv-trace": "font-size:.8em;opacity:.75",
    "a": "color:inherit;text-decoration:underline",
    "code": "background:none;color:inherit;padding:0;border:0;font-size:.95em",
    "summary": "display:list-item;cursor:pointer",
    "details": "margin:.4em 0",
}
STYLE = "".join(f"{_ROOT}{' ' if name else ''}{name}{{{rule}}}" for name, rule in _RULES.items())
