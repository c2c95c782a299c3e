using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;
using Headroom.Internal.Terminal;

namespace Headroom.Compressors.Logs;

/// <summary>Logs and terminal output: what a screen would show, with statements that repeat folded into patterns and rows.</summary>
internal sealed class LogCompressor : ContentCompressor
{
    public override string Name => "log";

    public override double Probe(ReadOnlySpan<char> sample) => LogProbe.Of(sample);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        bool clean = TerminalScreen.HasSomethingToClean(request.Text);
        string screen = clean ? TerminalScreen.Render(request.Text) : request.Text;
        Equivalence equivalence = clean ? Equivalence.Screen : Equivalence.Bytes;
        List<ReformattedCandidate> candidates = [];
        if (clean) candidates.Add(new ReformattedCandidate("screen", screen, equivalence) { IsPlain = true });
        if (FoldedWriter.Write(screen) is { } folded) candidates.Add(new ReformattedCandidate("folded", folded, equivalence));
        return candidates;
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => IsTable(request.Text) ? null : LogSelector.Select(request, budget);

    /// <summary>Whether a text is a header and rows of values with a time first: numbers tell its rows apart, not messages.</summary>
    private static bool IsTable(string text)
    {
        var lines = new LineList(text);
        return lines.Count > 8 && !TimeScanner.TryFind(lines[0], 0, out _, out _) && DelimitedFinder.Find(lines, ',').Sum(t => t.Fitting.Count()) >= lines.Count * 0.95;
    }

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => FoldedReader.TryRead(text, out original);
}
