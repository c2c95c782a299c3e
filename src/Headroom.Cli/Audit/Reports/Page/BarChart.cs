using Headroom.Cli.Terminals;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>A bar of a chart: how much it was, and how much of that is still sent.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Detail">What else is said of it.</param>
/// <param name="Before">Without Headroom.</param>
/// <param name="Sent">With it.</param>
internal sealed record Bar(string Label, string Detail, long Before, long Sent);

/// <summary>Draws bars one below the other: in full what is sent, and behind it what is saved.</summary>
internal static class BarChart
{
    private const int Width = 800, LabelWidth = 190, ValueWidth = 120, RowHeight = 38, BarHeight = 16;

    /// <summary>Characters that have room to the left of a bar.</summary>
    private const int LongestLabel = 24, LongestDetail = 32;

    /// <param name="id">An id of the page's own.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="description">What it shows, for who cannot see it.</param>
    /// <param name="bars">The bars.</param>
    public static Html Draw(string id, string title, string description, IReadOnlyList<Bar> bars)
    {
        double scale = (double)(Width - LabelWidth - ValueWidth) / Math.Max(1, bars.Max(b => Math.Max(b.Before, b.Sent)));
        var svg = new Html().Add(Html.OpenSvg(id, Width, bars.Count * RowHeight + 4, title, description));
        for (int i = 0; i < bars.Count; i++) svg.Add(Row(bars[i], i * RowHeight + 4, scale));
        return svg.Raw("</svg>\n");
    }

    private static Html Row(Bar bar, int y, double scale)
    {
        double before = bar.Before * scale, sent = bar.Sent * scale;
        string saved = Figure.Percent(Figure.Saved(bar.Before, bar.Sent));
        var row = new Html();
        row.Format($"<g><title>{bar.Label}: {bar.Before:N0} without, {bar.Sent:N0} with Headroom, {saved} saved</title>");
        row.Format($"<text class=\"label\" x=\"{LabelWidth - 10}\" y=\"{y + 12}\">{Shorten(bar.Label, LongestLabel)}</text>");
        row.Format($"<text class=\"detail\" x=\"{LabelWidth - 10}\" y=\"{y + 26}\">{Shorten(bar.Detail, LongestDetail)}</text>");
        row.Format($"<rect class=\"saved\" x=\"{LabelWidth}\" y=\"{y}\" width=\"{Math.Max(before, 1)}\" height=\"{BarHeight}\" rx=\"2\"/>");
        row.Format($"<rect class=\"sent\" x=\"{LabelWidth}\" y=\"{y}\" width=\"{Math.Max(sent, 1)}\" height=\"{BarHeight}\" rx=\"2\"/>");
        double end = LabelWidth + Math.Max(before, sent) + 8;
        return row.Format($"<text class=\"value\" x=\"{end}\" y=\"{y + 12}\">{Axis.Short(bar.Before - bar.Sent)} · {saved}</text></g>\n");
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
