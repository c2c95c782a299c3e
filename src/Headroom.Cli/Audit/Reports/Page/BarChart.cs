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
    private const int Width = 800, LabelWidth = 190, ValueWidth = 96, RowHeight = 38, BarHeight = 16;

    /// <param name="id">An id of the page's own.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="description">What it shows, for who cannot see it.</param>
    /// <param name="bars">The bars.</param>
    public static Html Draw(string id, string title, string description, IReadOnlyList<Bar> bars)
    {
        int height = bars.Count * RowHeight + 4;
        double scale = (double)(Width - LabelWidth - ValueWidth) / Math.Max(1, bars.Max(b => Math.Max(b.Before, b.Sent)));
        var svg = new Html();
        svg.Format($"<svg id=\"{id}\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>\n");
        for (int i = 0; i < bars.Count; i++)
        {
            Bar bar = bars[i];
            double y = i * RowHeight + 4, before = bar.Before * scale, sent = bar.Sent * scale;
            string saved = Figure.Percent(Figure.Saved(bar.Before, bar.Sent));
            svg.Format($"<g><title>{bar.Label}: {Figure.Count(bar.Before)} without, {Figure.Count(bar.Sent)} with Headroom, {saved} saved</title>");
            svg.Format($"<text class=\"label\" x=\"{LabelWidth - 10}\" y=\"{y + 12}\">{Shorten(bar.Label, 24)}</text><text class=\"detail\" x=\"{LabelWidth - 10}\" y=\"{y + 26}\">{Shorten(bar.Detail, 32)}</text>");
            svg.Format($"<rect class=\"saved\" x=\"{LabelWidth}\" y=\"{y}\" width=\"{Math.Max(before, 1)}\" height=\"{BarHeight}\" rx=\"2\"/>");
            svg.Format($"<rect class=\"sent\" x=\"{LabelWidth}\" y=\"{y}\" width=\"{Math.Max(sent, 1)}\" height=\"{BarHeight}\" rx=\"2\"/>");
            svg.Format($"<text class=\"value\" x=\"{LabelWidth + Math.Max(before, sent) + 8}\" y=\"{y + 12}\">{Axis.Short(bar.Before - bar.Sent)} · {saved}</text></g>\n");
        }

        return svg.Raw("</svg>\n");
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
