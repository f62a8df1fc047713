/** The report's only style sheet. Dark unless the reader's system prefers light; printed on white. */
export const STYLE = `
:root{color-scheme:dark light;--bg:#0b0f14;--panel:#11171e;--raised:#18212b;--text:#e6edf3;--muted:#a3b3c2;--hair:#263341;--line:#6b7d90;--accent:#7dd3fc;--up:#2dd4bf;--down:#ff7a66;--warn:#fbbf24;--sim:#c4b5fd}
@media (prefers-color-scheme:light){:root{--bg:#f7f9fb;--panel:#fff;--raised:#eef2f6;--text:#0f1720;--muted:#435364;--hair:#d5dee7;--line:#6e7f91;--accent:#0369a1;--up:#0a6f61;--down:#b82727;--warn:#825400;--sim:#6d28d9}}
@media print{:root{--bg:#fff;--panel:#fff;--raised:#f2f4f6;--text:#000;--muted:#333;--hair:#ccc;--line:#777;--accent:#0369a1;--up:#0a6f61;--down:#b82727;--warn:#825400;--sim:#6d28d9}section{break-inside:avoid}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:14px/1.5 "Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1060px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:26px;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:15px;margin:0 0 12px;letter-spacing:.01em}
p{margin:0 0 8px}
header p{color:var(--muted)}
code,.hash{font:12px/1.5 "JetBrains Mono Variable",ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
.pills{display:flex;flex-wrap:wrap;gap:8px;margin:14px 0 0;padding:0;list-style:none}
.pills li{border:1px solid var(--hair);background:var(--panel);border-radius:12px;padding:2px 11px;font-size:12px;color:var(--muted)}
.pills b{color:var(--text);font-weight:600}
.pills .sim{border-color:var(--sim);color:var(--sim)}
section{background:var(--panel);border:1px solid var(--hair);border-radius:10px;padding:18px 20px;margin-top:18px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(215px,1fr));gap:1px;background:var(--hair);border:1px solid var(--hair);border-radius:10px;overflow:hidden;margin-top:22px}
.card{background:var(--panel);padding:14px 16px;min-height:104px}
.card h3{margin:0;font-size:12px;font-weight:500;color:var(--muted)}
.card .value{font-size:23px;line-height:1.3;font-weight:600;letter-spacing:-.01em;overflow-wrap:anywhere}
.card small{color:var(--muted);font-size:12px;display:block;line-height:1.4}
.card .lack{font-size:14px;font-weight:500;line-height:1.4;margin:4px 0}
.gain{color:var(--up)}.loss{color:var(--down)}
.lack{color:var(--warn)}
.quiet,figcaption{color:var(--muted);font-size:12px;margin:8px 0 0}
.reading li{margin:0 0 6px}.reading ul{margin:0;padding-left:18px}
.notes{border-color:var(--warn)}
figure{margin:0 0 12px}details{margin-top:14px}summary{cursor:pointer;color:var(--muted)}
.chart{display:block;width:100%;height:auto;overflow:visible}
.tick{fill:var(--muted);font-size:11px}
.grid{stroke:var(--hair);stroke-width:1}.level{stroke:var(--line);stroke-width:1;stroke-dasharray:4 4}
.line{fill:none;stroke-width:1.6;stroke-linejoin:round}.line.own{stroke:var(--accent)}.line.held{stroke:var(--line);stroke-dasharray:5 3}.line.fall{stroke:var(--down)}
.area{opacity:.18}.area.fall{fill:var(--down)}
rect.up{fill:var(--up)}rect.down{fill:var(--down)}
.key{display:inline-block;width:22px;height:0;border-top:2px solid var(--accent);vertical-align:middle;margin:0 6px 0 0}
.key.held{border-top:2px dashed var(--line);margin-left:14px}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{padding:6px 10px 6px 0;border-bottom:1px solid var(--hair);text-align:left;vertical-align:top}
thead th{color:var(--muted);font-weight:500;font-size:12px;white-space:nowrap}
tbody tr:last-child>*{border-bottom:0}
tbody th{font-weight:500}
tbody th small{display:block;font-size:12px;color:var(--muted);font-weight:400;max-width:44ch}
.num{text-align:right;white-space:nowrap;padding-left:10px}
td.lack{white-space:normal}
.bar{width:140px;height:16px;display:block}.bar .reference{stroke:var(--line);stroke-width:1}.bar .span{stroke-width:3;stroke-linecap:round;opacity:.55}
.bar circle{stroke:none}.bar.up .span{stroke:var(--up)}.bar.up circle{fill:var(--up)}.bar.down .span{stroke:var(--down)}.bar.down circle{fill:var(--down)}.bar.unclear .span{stroke:var(--muted)}.bar.unclear circle{fill:var(--muted)}
.months td{text-align:right;padding:5px 7px;white-space:nowrap;border:1px solid var(--panel);font-size:12px}.months th{padding:5px 7px 5px 0;text-align:right}.months .total{font-weight:600}
.flat,.none{background:transparent}
.up0{background:color-mix(in srgb,var(--up) 8%,var(--panel))}.up1{background:color-mix(in srgb,var(--up) 18%,var(--panel))}.up2{background:color-mix(in srgb,var(--up) 30%,var(--panel))}.up3{background:color-mix(in srgb,var(--up) 44%,var(--panel))}
.down0{background:color-mix(in srgb,var(--down) 8%,var(--panel))}.down1{background:color-mix(in srgb,var(--down) 18%,var(--panel))}.down2{background:color-mix(in srgb,var(--down) 30%,var(--panel))}.down3{background:color-mix(in srgb,var(--down) 42%,var(--panel))}
dl{display:grid;grid-template-columns:minmax(120px,auto) 1fr;gap:4px 18px;margin:0}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
footer{color:var(--muted);font-size:12px;margin-top:22px}
`;
