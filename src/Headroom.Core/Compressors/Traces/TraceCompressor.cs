using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Traces;

/// <summary>Stack traces of .NET, Java, Python, Node.js, Go, Rust and native code.</summary>
internal sealed class TraceCompressor : ContentCompressor
{
    /// <summary>How many styles are tried: a trace has one, a log of two services two.</summary>
    private const int MaxStyles = 2;

    public override string Name => "trace";

    /// <remarks>Own files keep their path, own classes and methods their name; only what came with a runtime or a package is taken apart.</remarks>
    public override bool RespellsShortTexts => true;

    public override double Probe(ReadOnlySpan<char> sample)
    {
        int lines = 0, frames = 0;
        foreach (ReadOnlySpan<char> line in sample.EnumerateLines())
        {
            if (line.IsWhiteSpace()) continue;
            lines++;
            if (IsFrameLike(line)) frames++;
        }

        return frames < 2 ? 0 : Math.Min(1, 1.5 * frames / lines); // messages, code and places stand between frames
    }

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original)
    {
        original = FoldedTrace.Decode(text);
        return original is not null;
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => TraceSelector.Select(request, budget);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        LineText lines = LineText.Split(request.Text);
        IEnumerable<FrameStyle> styles = FrameStyle.All
            .Select(s => (Style: s, Count: CountFrames(lines.Lines, s)))
            .Where(s => s.Count > 0)
            .OrderByDescending(s => s.Count)
            .Take(MaxStyles)
            .Select(s => s.Style);
        List<ReformattedCandidate> candidates = [];
        foreach (FrameStyle style in styles)
        {
            if (FoldedTrace.Encode(lines, style) is { } text) candidates.Add(new ReformattedCandidate("frames", text, Equivalence.Bytes));
        }

        return candidates;
    }

    private static int CountFrames(IReadOnlyList<string> lines, FrameStyle style)
    {
        int count = 0, index = 0;
        for (int i = 0; i < lines.Count; i++)
        {
            bool frame = style.TryRead(lines[i], i + 1 < lines.Count ? lines[i + 1] : "", index, out _);
            if (frame)
            {
                count++;
                index++;
                i += style.LinesPerFrame - 1;
            }
            else index = 0;
        }

        return count;
    }

    public static bool IsFrameLike(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> rest = line.TrimStart();
        if (rest.Length == line.Length || rest.Length == 0) return false;
        if (rest.StartsWith("at ") && rest.Length > 6) return rest.IndexOf('(') > 0 || rest.IndexOf(':') > 0;
        if (rest.StartsWith("File \"")) return rest.IndexOf("\", line ") > 0;
        if (rest[0] == '#') return rest.IndexOf(" in ") > 0 || rest.IndexOf("0x") > 0;
        if (line[0] == '\t') return rest.IndexOf(".go:") > 0;
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and < 5 && rest[digits..].StartsWith(": ") && rest.IndexOf("::") > 0;
    }
}
