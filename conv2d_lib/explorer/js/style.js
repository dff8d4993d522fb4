// El aspecto: colores del tema de Jupyter o de VS Code si los hay; si no, los del sistema.

export const STYLE = `
.c2d { --texto: var(--jp-ui-font-color1, var(--vscode-foreground, #1b1b1f));
  --suave: var(--jp-ui-font-color2, var(--vscode-descriptionForeground, #55555c));
  --fondo: var(--jp-layout-color1, var(--vscode-editor-background, #fff));
  --panel: var(--jp-layout-color2, var(--vscode-sideBar-background, #f3f3f5));
  --borde: var(--jp-border-color1, var(--vscode-panel-border, #b9b9c0));
  --marca: #d81b60; --aviso: #b00020;
  color: var(--texto); background: var(--fondo); font: 14px/1.45 system-ui, sans-serif;
  border: 1px solid var(--borde); border-radius: 8px; padding: 12px; box-sizing: border-box;
  max-width: 1080px; container-type: inline-size; }
@media (prefers-color-scheme: dark) {
  body:not([data-theme="light"]) .c2d.sin-tema { --texto: #ececf1; --suave: #b4b4bd; --fondo: #18181b; --panel: #26262b;
    --borde: #55555f; --marca: #ff6fa5; --aviso: #ff8a95; } }
body[data-theme="dark"] .c2d.sin-tema { --texto: #ececf1; --suave: #b4b4bd; --fondo: #18181b; --panel: #26262b;
  --borde: #55555f; --marca: #ff6fa5; --aviso: #ff8a95; }
[data-jp-theme-light="false"] .c2d { --marca: #ff6fa5; --aviso: #ff8a95; }
/* VS Code's widget manager brings Jupyter's light colours with it: its own theme is the one seen. */
:is(.vscode-body, [data-vscode-theme-kind]) .c2d { --texto: var(--vscode-foreground, #1b1b1f);
  --suave: var(--vscode-descriptionForeground, #55555c); --fondo: var(--vscode-editor-background, #fff);
  --panel: var(--vscode-sideBar-background, #f3f3f5); --borde: var(--vscode-panel-border, #b9b9c0); }
:is(.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)) .c2d { --marca: #ff6fa5; --aviso: #ff8a95; }
.c2d *, .c2d *::before { box-sizing: border-box; }
.c2d h3 { font-size: 13px; margin: 0 0 4px; padding: 0; font-weight: 600; color: var(--texto); }
.c2d p { margin: 4px 0; }
.c2d .barra { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: end; margin-bottom: 10px; }
.c2d .campo { display: inline-flex; flex-direction: column; font-size: 12px; color: var(--suave); }
.c2d .casilla { flex-direction: row; align-items: center; gap: 4px; min-height: 28px; }
.c2d select, .c2d input[type="number"], .c2d input[type="text"], .c2d button {
  font: inherit; color: var(--texto); background: var(--fondo); border: 1px solid var(--borde);
  border-radius: 5px; min-height: 28px; padding: 2px 6px; }
.c2d .barra :is(input[type="number"], input[type="text"]) { width: 62px; }
.c2d button { cursor: pointer; padding: 2px 10px; }
.c2d button:hover:not(:disabled) { background: var(--panel); }
.c2d button:disabled { opacity: .55; cursor: default; }
.c2d :is(select, input, button, canvas, summary):focus-visible {
  outline: 3px solid var(--marca); outline-offset: 1px; }
/* What grows with a cell's account comes last, or beside: the drawings never move. */
.c2d .tablero { display: grid; gap: 14px; grid-template-columns: minmax(0, 1fr); align-items: start; }
.c2d .tablero > * { min-width: 0; }
.c2d .centro { order: 3; }
@container (min-width: 560px) {
  .c2d .tablero { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .c2d .centro { grid-column: 1 / -1; } }
@container (min-width: 860px) {
  .c2d .tablero { grid-template-columns: 288px minmax(0, 1fr) 288px; }
  .c2d .centro { order: 0; grid-column: auto; } }
.c2d figure { margin: 0; min-width: 0; }
.c2d figcaption { font-size: 12px; color: var(--suave); margin-top: 3px; }
.c2d .lienzo { width: 100%; aspect-ratio: 1; }
.c2d canvas { width: 100%; height: 100%; display: block; touch-action: manipulation; cursor: crosshair; }
.c2d .dibujable canvas { touch-action: none; cursor: cell; }
.c2d .pesos { border-collapse: collapse; }
.c2d .pesos td { padding: 1px; }
.c2d .pesos input { width: 52px; text-align: center; padding: 1px 0; font-size: 13px; }
.c2d .cuenta { min-height: 172px; overflow-x: auto; }
.c2d .productos { border-collapse: collapse; margin: 4px 0; display: inline-table; margin-right: 10px; }
.c2d .productos caption { font-size: 12px; color: var(--suave); text-align: left; }
.c2d .productos td { border: 1px solid var(--borde); padding: 1px 5px; text-align: center; }
.c2d .productos small { display: block; color: var(--suave); font-size: 11px; white-space: nowrap; }
.c2d .productos .fuera { background: repeating-linear-gradient(135deg, transparent 0 4px,
  rgba(128, 128, 128, .3) 4px 5px); }
.c2d .suma { font-variant-numeric: tabular-nums; }
.c2d .formulas { font-variant-numeric: tabular-nums; margin: 0 0 8px; min-height: 3.6em; }
.c2d .dicho { color: var(--suave); }
.c2d .dicho[role="status"] { min-height: 4.35em; }
@container (min-width: 560px) { .c2d .dicho[role="status"] { min-height: 2.9em; } }
@container (min-width: 860px) { .c2d .dicho[role="status"] { min-height: 1.45em; } }
.c2d .mal { color: var(--aviso); font-weight: 600; }
.c2d .bien { font-weight: 600; }
.c2d details { margin-top: 8px; border-top: 1px solid var(--borde); padding-top: 6px; }
.c2d summary { cursor: pointer; font-weight: 600; font-size: 13px; }
.c2d .ancha { overflow-x: auto; }
.c2d .ancha table { border-collapse: collapse; margin: 6px 0; }
.c2d .ancha :is(th, td) { border: 1px solid var(--borde); padding: 2px 8px; text-align: right;
  font-weight: 400; font-variant-numeric: tabular-nums; }
.c2d .ancha th { color: var(--suave); font-size: 12px; }
.c2d .opciones { display: flex; flex-direction: column; gap: 4px; margin: 6px 0; }
.c2d .opciones label { display: flex; gap: 6px; align-items: baseline; }
`;
