namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>How the page looks: on light and dark screens, narrow and wide, and on paper.</summary>
internal static class PageStyle
{
    public const string Css =
        """
        :root {
          color-scheme: light dark; --bg: #fbfbf9; --card: #ffffff; --text: #1d2329; --soft: #5b6670; --line: #dfe3e6;
          --sent: #2f6fb7; --read: #a9c7e8; --saved: #bfe3c6; --good: #1f7a3f; --bad: #b3382c; --without: #444c54; --mark: #b3382c;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --bg: #14181c; --card: #1c2228; --text: #e7ebee; --soft: #9aa6b0; --line: #323b43;
            --sent: #5b9be0; --read: #2f5478; --saved: #35734b; --good: #6fcf8e; --bad: #f08a7d; --without: #c3ccd4; --mark: #f08a7d;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 64px; }
        h1 { font-size: 26px; margin: 0 0 2px; letter-spacing: -0.01em; }
        h2 { font-size: 19px; margin: 40px 0 10px; }
        h3 { font-size: 15px; margin: 0 0 4px; overflow-wrap: anywhere; }
        p { margin: 4px 0; max-width: 78ch; }
        .soft, .facts { color: var(--soft); }
        .facts { margin: 0 0 6px; font-size: 13px; max-width: none; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 12px; margin: 20px 0 8px; }
        .card, figure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; margin: 0; }
        .card dt { color: var(--soft); font-size: 13px; }
        .card dd { margin: 0; }
        .card .big { font-size: 28px; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
        .good { color: var(--good); } .bad { color: var(--bad); }
        figure { margin: 12px 0; break-inside: avoid; }
        figcaption { font-size: 13px; color: var(--soft); margin-bottom: 8px; }
        svg { display: block; width: 100%; min-width: 560px; height: auto; font-family: inherit; }
        .plot { overflow-x: auto; }
        svg text { fill: var(--text); font-size: 11.5px; }
        svg .label, svg .detail, svg .tick.y { text-anchor: end; }
        svg .tick.x { text-anchor: middle; }
        svg .detail, svg .tick { fill: var(--soft); font-size: 10.5px; }
        svg .value { font-variant-numeric: tabular-nums; }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        svg .sent, svg .new { fill: var(--sent); } svg .read { fill: var(--read); } svg .saved { fill: var(--saved); }
        svg .without { fill: none; stroke: var(--without); stroke-width: 1.5; stroke-dasharray: 5 3; stroke-linejoin: round; }
        svg .break line { stroke: var(--mark); stroke-width: 1; stroke-dasharray: 2 3; } svg .break circle { fill: var(--mark); }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 6px 0 0; padding: 0; font-size: 13px; color: var(--soft); }
        .legend i { display: inline-block; width: 14px; height: 10px; margin-right: 6px; border-radius: 2px; vertical-align: 0; }
        .legend .sent, .legend .new { background: var(--sent); }
        .legend .read { background: var(--read); } .legend .saved { background: var(--saved); }
        .legend .without { height: 0; border-top: 2px dashed var(--without); border-radius: 0; vertical-align: 4px; }
        .legend .break { width: 8px; height: 8px; border-radius: 50%; background: var(--mark); }
        .scroll { overflow-x: auto; margin: 18px 0; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; }
        caption { text-align: left; color: var(--soft); font-size: 13px; padding: 0 0 6px; }
        th, td { text-align: left; font-weight: 400; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        th, td { overflow-wrap: break-word; min-width: 7ch; max-width: 44ch; }
        tbody td:not(.n) { min-width: 20ch; }
        thead th { color: var(--soft); font-size: 13px; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; min-width: 0; }
        td.n:last-child, th.n:last-child { padding-right: 0; }
        details { margin: 8px 0 0; } summary { cursor: pointer; color: var(--soft); font-size: 13px; }
        ul.notes { padding-left: 18px; color: var(--soft); max-width: 82ch; }
        footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px; }
        @media print {
          :root {
            color-scheme: light; --bg: #fff; --card: #fff; --text: #000; --soft: #444; --line: #ccc;
            --sent: #2f6fb7; --read: #a9c7e8; --saved: #bfe3c6; --good: #1f7a3f; --bad: #b3382c; --without: #333; --mark: #b3382c;
          }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          main { max-width: none; padding: 0; } .scroll, .plot { overflow: visible; } svg { min-width: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; }
          details.long { display: none; }
          details::details-content { content-visibility: visible; block-size: auto; }
        }
        """;
}
