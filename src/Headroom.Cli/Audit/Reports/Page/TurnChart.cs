using System.Globalization;
using System.Text;
using Headroom.Cli.Terminals;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>A step of a plot over the requests of a conversation, in counted tokens.</summary>
/// <param name="Request">The request; of several drawn as one, that with the largest prompt.</param>
/// <param name="First">The first request drawn by it.</param>
/// <param name="Last">The last one.</param>
/// <param name="Without">Its prompt without Headroom.</param>
/// <param name="Sent">Its prompt as sent, with the rounds of retrieval it leads to.</param>
/// <param name="Read">The part of <paramref name="Sent"/> that is read from the cache.</param>
internal sealed record TurnStep(int Request, int First, int Last, long Without, long Sent, long Read);

/// <summary>Draws the prompts of a conversation, request by request: what is read from the cache, what is new, and what is saved.</summary>
internal static class TurnChart
{
    private const int Width = 800, Height = 270, Left = 52, Right = 12, Top = 14, Bottom = 34;

    /// <summary>More steps than this would be narrower than two pixels: of neighbours the largest is drawn.</summary>
    private const int MostSteps = 360;

    /// <summary>The steps to draw and to list.</summary>
    public static List<TurnStep> Steps(IReadOnlyList<AuditedTurn> turns)
    {
        int together = Math.Max(1, (turns.Count + MostSteps - 1) / MostSteps);
        return [.. turns.Chunk(together).Select(Step)];
    }

    /// <param name="id">An id of the page's own.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="steps">One or more steps.</param>
    /// <param name="breaks">Requests before which the cache was lost, and why.</param>
    public static Html Draw(string id, string title, List<TurnStep> steps, IReadOnlyList<CacheBreak> breaks)
    {
        int requests = steps[^1].Last;
        var axis = new Axis(steps.Max(p => Math.Max(p.Without, p.Sent)));
        TurnStep largest = steps.MaxBy(p => p.Without)!;
        string description = $"{Figure.Of(requests, "request")}. The largest prompt has {Figure.Count(largest.Without)} tokens without Headroom "
            + $"and {Figure.Count(largest.Sent)} with it.";
        var svg = new Html().Add(Html.OpenSvg(id, Width, Height, title, description));
        foreach (double tick in axis.Ticks)
        {
            svg.Format($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick)}\" y2=\"{Y(tick)}\"/>");
            svg.Format($"<text class=\"tick y\" x=\"{Left - 6}\" y=\"{Y(tick) + 4}\">{Axis.Short(tick)}</text>");
        }

        svg.Format($"<path class=\"saved\" d=\"{Area(p => p.Sent, p => p.Without)}\"/>");
        svg.Format($"<path class=\"new\" d=\"{Area(p => p.Read, p => p.Sent)}\"/>");
        svg.Format($"<path class=\"read\" d=\"{Area(_ => 0, p => p.Read)}\"/>");
        svg.Format($"<path class=\"without\" d=\"{Outline(p => p.Without)}\"/>\n");
        foreach (CacheBreak found in breaks)
        {
            double x = X(found.Request - 1);
            svg.Format($"<g class=\"break\"><line x1=\"{x}\" x2=\"{x}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/><circle cx=\"{x}\" cy=\"{Top}\" r=\"4\"/>");
            svg.Format($"<title>request {found.Request}: {Wording.Of(found)}</title></g>");
        }

        foreach (int request in Labelled(requests)) svg.Format($"<text class=\"tick x\" x=\"{X(request - 0.5)}\" y=\"{Height - Bottom + 16}\">{request}</text>");
        svg.Format($"<text class=\"tick x\" x=\"{Left + (Width - Left - Right) / 2}\" y=\"{Height - 3}\">request</text>");
        return svg.Raw("</svg>\n");

        double X(double request) => Left + request / requests * (Width - Left - Right);
        double Y(double tokens) => Top + (1 - tokens / axis.Top) * (Height - Top - Bottom);

        Html Outline(Func<TurnStep, double> value) => new Html().Raw(Path(steps.SelectMany(p => Edge(p, value))));
        Html Area(Func<TurnStep, double> from, Func<TurnStep, double> to) => new Html().Raw(
            Path(steps.SelectMany(p => Edge(p, to)).Concat(steps.AsEnumerable().Reverse().SelectMany(p => Edge(p, from).Reverse()))) + "Z");
        IEnumerable<(double X, double Y)> Edge(TurnStep step, Func<TurnStep, double> value) =>
            [(X(step.First - 1), Y(value(step))), (X(step.Last), Y(value(step)))];
    }

    private static TurnStep Step(AuditedTurn[] turns)
    {
        AuditedTurn largest = turns.MaxBy(t => t.Without.Input)!;
        return new TurnStep(largest.Number, turns[0].Number, turns[^1].Number, largest.Without.Input, largest.Sent.Input, largest.Sent.CachedRead);
    }

    private static IEnumerable<int> Labelled(int requests) =>
        requests <= 12 ? Enumerable.Range(1, requests) : Enumerable.Range(0, 6).Select(i => 1 + (int)Math.Round(i * (requests - 1) / 5.0));

    private static string Path(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach ((double x, double y) in points) path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        return path.ToString();
    }
}
