/// The look of the page: hairlines and no boxes, one hue a strategy, light, dark and print.
public enum PageStyle {
  static let text = palette + words + head + tables + drawings + small + print
  /// What a drawing needs that stands alone.
  static let ofDrawings = palette + drawings

  /// What the page of `ui` has of the report, before its own rules.
  public static let shared =
    palette + drawings + [headings, signs, warnings, comparisons, ""].joined(separator: "\n")
  /// And behind them: a place and not the window decides there.
  public static let sharedFolds = "@container (max-width:640px){\(foldedComparison)}\n"

  /// Hue belongs to a strategy; green and crimson mean good and bad only, never alone.
  private static let palette = """
    :root{color-scheme:light dark;--paper:#fff;--tint:#f6f6f3;--ink:#16191d;--text:#33383f;--muted:#666c75;
    --rule:#dcdcd6;--grid:#ebebe6;--hair:#b9bab5;--s0:#6b7079;--s1:#2563b8;--s2:#a55a07;--s3:#0b7d72;--s4:#7b4aa8;
    --good:#1a7446;--bad:#b3123f;--badsoft:#d7748f;--link:#2563b8;
    --sans:-apple-system,"Segoe UI",Inter,Roboto,"Helvetica Neue",Arial,sans-serif;
    --mono:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
    @media (prefers-color-scheme:dark){:root{--paper:#14171a;--tint:#1b1f23;--ink:#eceef0;--text:#c9ced4;
    --muted:#979ea7;--rule:#343a41;--grid:#262b30;--hair:#565d66;--s0:#a2a9b3;--s1:#74a9f7;--s2:#e8a64a;
    --s3:#4cc3b5;--s4:#c39bea;--good:#5cc28d;--bad:#ff7d98;--badsoft:#a84f67;--link:#8ab8fa}}

    """

  /// Headings, of whatever page.
  private static let headings = """
    h1{font-size:22px;line-height:1.25;font-weight:650;color:var(--ink);letter-spacing:-.01em}
    h2{font-size:21px;line-height:1.3;font-weight:650;color:var(--ink);letter-spacing:-.01em;max-width:44em;text-wrap:balance}
    h3{font-size:14px;line-height:1.35;font-weight:650;color:var(--ink)}
    """

  /// What is met and missed.
  private static let signs = """
    .st{width:15px;height:15px;vertical-align:-2.5px;margin-right:6px;overflow:visible}
    .met{fill:var(--good)}.missed{fill:none;stroke:var(--bad);stroke-width:1.6}.inc{fill:none;stroke:var(--muted);stroke-width:1.6}
    .tick{fill:none;stroke:var(--bad);stroke-width:1.8;stroke-linecap:round}.met+.tick{stroke:var(--paper)}
    .s-met{color:var(--good);font-weight:600}.s-missed{color:var(--bad);font-weight:600}.s-inconclusive{color:var(--muted);font-weight:600}
    """

  /// What is to be known first.
  private static let warnings = """
    .warning{margin-top:16px;padding-left:12px;border-left:3px solid var(--bad);max-width:60em}
    .warning b{color:var(--bad)}
    """

  /// The words of a comparison.
  private static let comparisons = """
    .sg-better{color:var(--good);font-weight:600}.sg-worse{color:var(--bad);font-weight:600}.sg-same,.sg-neutral{color:var(--muted)}
    """

  /// The table of comparisons where there is no room for it.
  private static let foldedComparison = """
    table.cmp,.cmp tbody{display:block}.cmp thead{display:none}
    .cmp tr{overflow-wrap:anywhere;display:grid;grid-template-columns:26% 37% 37%;padding:7px 0;border-bottom:1px solid var(--grid)}
    .cmp td,.cmp th{border:0;padding:0;text-align:left}.cmp tbody th{grid-column:1/4;font-weight:600;white-space:normal}
    .cmp tr.grp{border-bottom:1px solid var(--hair);padding:14px 0 3px}.cmp tr.grp th{padding:0}
    .cmp .first td[data-l]::before{content:attr(data-l);display:block;white-space:normal;color:var(--muted);font-size:11.5px}
    .cmp td.d{font-size:12.5px}.cmp td.b0c{grid-area:2/1}.cmp td.v1{grid-area:2/2}.cmp td.v2{grid-area:2/3}
    .cmp td.d1{grid-area:3/2}.cmp td.d2{grid-area:3/3}.cmp td.sg1{grid-area:4/2}.cmp td.sg2{grid-area:4/3}.cmp td.sg{padding:0;width:auto}
    """

  private static let words = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--text);font:15px/1.5 var(--sans);
    font-variant-numeric:tabular-nums;font-feature-settings:"tnum";overflow-wrap:anywhere}
    main{max-width:1280px;margin:0 auto;padding:36px 40px 64px}
    h1,h2,h3,p,figure,table,dl,dd,ul{margin:0;padding:0}
    \(headings)
    p{text-wrap:pretty}table{overflow-wrap:break-word}
    code,.mono{font-family:var(--mono);font-size:.875em}
    section{margin-top:56px;padding-top:18px;border-top:1px solid var(--rule)}
    section>p{max-width:46em;margin-top:6px}section>h3{margin-top:22px}
    figure{margin-top:22px;position:relative}
    figure>svg{display:block;width:100%;height:auto;margin-top:10px;overflow:visible}
    figure>svg.m,figure>svg.n{display:none}
    figcaption p{font-size:13px;line-height:1.45;color:var(--muted);max-width:60em;margin-top:2px}
    .two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 48px}
    .note{font-size:12.5px;color:var(--muted);margin-top:10px;max-width:64em}
    .tight{margin:2px 0 12px}
    .aside{padding-top:46px;max-width:34em}.aside p+p{margin-top:10px}
    details{margin-top:8px;font-size:13px}
    details.more{margin-top:16px}
    summary{cursor:pointer;color:var(--muted);width:max-content;max-width:100%}
    summary:hover{color:var(--ink)}
    :focus-visible{outline:2px solid var(--link);outline-offset:3px}
    .scroll{overflow-x:auto;margin-top:8px}
    pre{font:12.5px/1.55 var(--mono);background:var(--tint);padding:12px 14px;overflow-x:auto;margin:8px 0 0;
    color:var(--ink);white-space:pre-wrap;overflow-wrap:anywhere}
    footer{margin-top:56px;border-top:1px solid var(--rule);padding-top:12px;font-size:12.5px;color:var(--muted)}

    """

  private static let head = """
    header{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:8px 48px;align-items:start}
    header p{max-width:50em;margin-top:6px}
    .stamp{font:12px/1.55 var(--mono);color:var(--muted);display:grid;grid-template-columns:auto auto;gap:0 12px;white-space:nowrap}
    .stamp dd{color:var(--text)}
    .verdict{font-size:31px;line-height:1.27;font-weight:600;letter-spacing:-.017em;color:var(--ink);margin:28px 0 0;max-width:38em}
    .verdict em,.sub em,h2 em,p em{font-style:normal}
    .sub{font-size:16px;max-width:60em;margin-top:10px}
    \(warnings)
    .key{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:8px 24px;margin:24px 0 0;list-style:none;font-size:13px;line-height:1.4}
    nav{display:flex;flex-wrap:wrap;gap:0 14px;margin-top:14px;font-size:13px;line-height:1.9}nav b{color:var(--muted);font-weight:400}
    nav a{color:var(--link);text-decoration:none;white-space:nowrap}nav a:hover{text-decoration:underline}
    .key .way{display:grid;grid-template-columns:46px minmax(0,1fr);gap:10px;align-items:start}
    .key b{color:var(--ink);font-weight:650;display:block}
    .key svg{width:46px;height:20px;margin-top:-1px}
    .key span{color:var(--muted)}
    .key .way[role=button]{cursor:pointer}
    .key .way[aria-pressed=true] b{text-decoration:underline;text-underline-offset:3px}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(310px,1fr));gap:24px;margin-top:30px}
    .card{border-top:2px solid var(--ink);padding-top:10px;min-width:0}
    .card h3{font-size:15px}.card .mono{color:var(--muted);font-size:12px}
    .card table{width:100%;border-collapse:collapse;margin-top:8px;font-size:14px}
    .card td,.card th{padding:5px 0;border-top:1px solid var(--grid);text-align:left;font-weight:400;vertical-align:middle}
    .card td{white-space:nowrap}
    .card th{color:var(--ink);padding-right:8px;overflow-wrap:anywhere}.card td.v{text-align:right;padding-right:14px;color:var(--ink)}
    .card td.s{width:112px}.pm{color:var(--muted)}
    \(signs)
    .decide{display:grid;grid-template-columns:minmax(0,430fr) minmax(0,730fr);gap:0 40px;margin-top:32px;align-items:start}
    .decide figure{margin-top:0}
    dl.in{display:grid;grid-template-columns:11em minmax(0,1fr);gap:6px 24px;margin-top:14px;font-size:14px;max-width:60em}
    dl.in dt{color:var(--muted)}dl.in dd{color:var(--text)}

    """

  private static let tables = """
    table.cmp{width:100%;border-collapse:collapse;font-size:13px;line-height:1.3}
    table.cmp+table.cmp{margin-top:28px}
    .cmp th,.cmp td{padding:4.5px 0 4.5px 12px;text-align:right;font-weight:400;white-space:nowrap;border-bottom:1px solid var(--grid)}
    .cmp tbody th{text-align:left;padding-left:0;color:var(--ink)}
    .cmp thead th{color:var(--muted);font-size:12px;border-bottom:1px solid var(--hair);vertical-align:bottom}
    .cmp thead tr:first-child th{border:0}
    .cmp thead th.g{white-space:normal;color:var(--ink);font-weight:650;font-size:13px;border-bottom:0;padding-bottom:1px}
    .cmp thead th.o{text-align:left;padding-left:26px}
    .cmp tr.grp th{font-weight:650;padding-top:14px;color:var(--ink);border-bottom-color:var(--hair);font-size:12.5px}
    .u{color:var(--muted)}.cmp td.sg{text-align:left;padding-left:8px;font-size:12.5px;width:4.7em}
    .hw{display:inline-block;min-width:3.6em;text-align:left;margin-left:.3em}
    \(comparisons)
    table.data,table.plain{border-collapse:collapse;font-size:13px;line-height:1.35}
    .data caption,.plain caption{text-align:left;color:var(--muted);padding-bottom:4px}
    .data th,.data td,.plain th,.plain td{padding:4px 0 4px 20px;text-align:right;font-weight:400;border-bottom:1px solid var(--grid);white-space:nowrap;vertical-align:top}
    .data th:first-child,.plain th:first-child,.data .l,.plain .l{text-align:left;padding-left:0;color:var(--ink)}
    .plain .l:not(:first-child),.data .l:not(:first-child){padding-left:20px;color:var(--text)}
    .data thead th,.plain thead th{color:var(--muted);font-size:12px;border-bottom:1px solid var(--hair);vertical-align:bottom}
    .plain{margin-top:16px}.plain td.wrap,.plain th.wrap{white-space:normal;min-width:16em;max-width:40em}
    .plain tbody th{white-space:normal;min-width:12em;max-width:34em}
    .rep caption{color:var(--ink);font-weight:650}.rep thead th{white-space:normal;max-width:9em;min-width:4.5em}.rep tbody th{white-space:normal}.scroll+.scroll{margin-top:16px}
    th.sort{cursor:pointer}th[aria-sort=descending]::after{content:" ↓"}th[aria-sort=ascending]::after{content:" ↑"}
    .tip{position:absolute;z-index:2;background:var(--paper);border:1px solid var(--hair);padding:6px 10px;font-size:12px;line-height:1.45;pointer-events:none;max-width:280px}
    .tip p{color:var(--muted)}.tip b{color:var(--ink);font-weight:650}

    """

  private static let drawings = """
    svg text{font:12px var(--sans);fill:var(--text);font-variant-numeric:tabular-nums;unicode-bidi:isolate}
    svg .t{fill:var(--muted)}svg .k{fill:var(--ink)}svg g.k{fill:none}svg .b{fill:var(--ink);font-weight:650}svg .sm{font-size:11px;fill:var(--muted)}
    svg .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
    .ax{stroke:var(--hair);stroke-width:1}.gr{stroke:var(--grid);stroke-width:1}.goal{stroke:var(--ink);stroke-width:1.2}
    .base{stroke:var(--s0);stroke-width:1.2;stroke-dasharray:5 4}.cursor{pointer-events:none}
    .goalzone{fill:var(--good);opacity:.07}.bar{fill:var(--ink);opacity:.13}
    .l0,.l1,.l2,.l3,.l4{fill:none;stroke-width:1.9;stroke-linejoin:round}
    .l0{stroke:var(--s0);stroke-dasharray:6 4}.l1{stroke:var(--s1);stroke-dasharray:1.8 2.6;stroke-width:2.3}
    .l2{stroke:var(--s2);stroke-width:2.1}.l2.thick{stroke-width:3}.l3{stroke:var(--s3);stroke-dasharray:9 3 2 3}.l4{stroke:var(--s4);stroke-dasharray:3 3}
    .b0{fill:var(--s0)}.b1{fill:var(--s1)}.b2{fill:var(--s2)}.b3{fill:var(--s3)}.b4{fill:var(--s4)}
    .b0,.b1,.b2,.b3,.b4{opacity:.15}
    .m0,.m1,.m2,.m3{stroke:var(--paper);stroke-width:1.5}.m0{fill:var(--s0)}.m1{fill:var(--s1)}.m2{fill:var(--s2)}.m3{fill:var(--s3)}
    .m4{fill:var(--paper);stroke:var(--s4);stroke-width:2.4}
    .c0{stroke:var(--s0)}.c1{stroke:var(--s1)}.c2{stroke:var(--s2)}.c3{stroke:var(--s3)}.c4{stroke:var(--s4)}
    .c0,.c1,.c2,.c3,.c4{stroke-width:3}.cap{stroke-width:1.6}.fine{stroke-width:1;opacity:.55}
    .r0{stroke:var(--s0)}.r1{stroke:var(--s1)}.r2{stroke:var(--s2)}.r3{stroke:var(--s3)}.r4{stroke:var(--s4)}
    .r0,.r1,.r2,.r3,.r4{fill:none;stroke-width:3.8;stroke-linecap:round;opacity:.34}
    svg .x0{fill:var(--s0)}svg .x1{fill:var(--s1)}svg .x2{fill:var(--s2)}svg .x3{fill:var(--s3)}svg .x4{fill:var(--s4)}
    svg .x0,svg .x1,svg .x2,svg .x3,svg .x4{font-weight:650}
    .x1t{color:var(--s1)}.x2t{color:var(--s2)}.x3t{color:var(--s3)}.x4t{color:var(--s4)}
    .cmp thead th.x1t{color:var(--s1)}.cmp thead th.x2t{color:var(--s2)}.cmp thead th.x3t{color:var(--s3)}.cmp thead th.x4t{color:var(--s4)}
    .hf0{fill:var(--s0)}.hf1{fill:var(--s1)}.hf2{fill:var(--s2)}.hf3{fill:var(--s3)}.hf4{fill:var(--s4)}
    .hh0{stroke:var(--s0)}.hh1{stroke:var(--s1)}.hh2{stroke:var(--s2)}.hh3{stroke:var(--s3)}.hh4{stroke:var(--s4)}
    .hh0,.hh1,.hh2,.hh3,.hh4{fill:var(--paper);stroke-width:1.6}
    .ppk{fill:var(--ink)}.whisker{stroke:var(--ink);stroke-width:1.2}
    .lk{fill:none;stroke:var(--ink);stroke-width:1.6}.bk{fill:var(--ink);opacity:.1}
    svg .s-bad{fill:var(--bad)}svg .s-good{fill:var(--good)}
    .wk{fill:var(--ink)}.wr{fill:var(--muted)}.wa{fill:var(--badsoft)}.cu{fill:none;stroke:var(--hair);stroke-width:1.4}
    .aw{fill:var(--tint)}.hl{stroke:var(--rule);stroke-width:2.2}
    .mv,.mvb{fill:none;stroke-width:1.4}.mv{stroke:var(--good)}.mvb{stroke:var(--bad);stroke-dasharray:4 2.5}
    .ahf{fill:var(--good)}.abf{fill:var(--bad)}.go{stroke:var(--bad);stroke-width:1.8;fill:none}
    svg.lanes{display:block;width:100%;min-width:960px;height:auto}
    .off{opacity:.1}

    """

  private static let small = """
    @media (max-width:1240px){.decide{grid-template-columns:minmax(0,1fr)}.decide>*+*{margin-top:36px}}
    @media (max-width:1080px){figure.three>svg.w{display:none}figure.three>svg.m{display:block}.verdict{font-size:27px}.two{grid-template-columns:minmax(0,1fr)}.aside{padding-top:18px}}
    @media (max-width:800px){main{padding-left:24px;padding-right:24px}.cmp th,.cmp td{padding-left:8px}table.cmp{font-size:12px}.cmp td.sg{font-size:11.5px}}
    @media (max-width:680px){main{padding:24px 20px 48px}header{grid-template-columns:minmax(0,1fr)}.stamp{justify-content:start}
    .verdict{font-size:22px}.sub{font-size:15px}h2{font-size:18px}section{margin-top:40px}
    .cards,.key{grid-template-columns:minmax(0,1fr)}figure>svg.w,figure.three>svg.m{display:none}figure>svg.n{display:block}
    .card td.v{padding-right:12px}dl.in{grid-template-columns:minmax(0,1fr);gap:0}dl.in dd{margin-bottom:9px}
    .scroll .data tbody th{position:sticky;left:0;background:var(--paper)}.rep th,.rep td,.rep .l:not(:first-child){padding-left:12px}.rep tbody th{max-width:9em}
    table.stack,.stack tbody{display:block}.stack thead{display:none}.stack tr{display:block;padding:8px 0;border-bottom:1px solid var(--grid)}
    .stack tbody th,.stack td{display:block;border:0;padding:0!important;text-align:left!important;white-space:normal!important;max-width:none}
    .stack tbody th{font-weight:600}.stack td[data-l]:not(.wrap)::before{content:attr(data-l) " ";color:var(--muted)}
    \(foldedComparison)}

    """

  private static let print = """
    @media print{@page{size:A4;margin:13mm}
    :root{color-scheme:light;--paper:#fff;--tint:#f6f6f3;--ink:#000;--text:#222;--muted:#555;--rule:#ccc;--grid:#e4e4e0;--hair:#aaa;
    --s0:#6b7079;--s1:#2563b8;--s2:#a55a07;--s3:#0b7d72;--s4:#7b4aa8;--good:#1a7446;--bad:#b3123f;--badsoft:#d7748f}
    body{font-size:11.5px;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{padding:0;max-width:none}
    .verdict{font-size:20px;margin-top:18px}.sub{font-size:12.5px}h1{font-size:17px}h2{font-size:15px}h3{font-size:12px}
    header{grid-template-columns:minmax(0,1fr) auto}
    figure,.card,tr{break-inside:avoid}section{margin-top:22px;padding-top:10px}
    h1,h2,h3,figcaption{break-after:avoid;break-inside:avoid}.cards,.key,.aside,dl.in dd{break-inside:avoid}
    .scroll{overflow:visible}.plain{width:100%}
    .plain th,.plain td,.plain td.wrap,.plain th.wrap{white-space:normal;min-width:0;padding-left:10px}.plain td:not(.wrap){white-space:nowrap}
    .cards,.key{grid-template-columns:repeat(3,minmax(0,1fr));gap:16px}
    .card table,table.plain,table.data,table.cmp{font-size:10.5px}.card h3{font-size:11.5px}.card .mono,.key,.note,figcaption p{font-size:10px}
    .card td.s{width:84px}.card td.v{padding-right:8px}
    .decide{display:block}.decide>*+*{margin-top:18px}section>p,.tight{break-after:avoid;break-inside:avoid}
    .two{grid-template-columns:repeat(2,minmax(0,1fr));gap:0 24px}
    figure>svg.w,figure.three>svg.m{display:block}figure>svg.n,figure.three>svg.w{display:none}nav,.pick{display:none}.two figure>svg.w{display:none}.two figure>svg.n{display:block;max-width:100%!important}
    svg.lanes text{font-size:15px}svg.lanes text.lgd{font-size:11.5px}svg.lanes{min-width:0}
    .stamp{font-size:9.5px}summary{display:none}details:not([open]){display:none}.tip{display:none}
    .aside{padding-top:30px}dl.in{font-size:11px;gap:3px 16px}}

    """
}
