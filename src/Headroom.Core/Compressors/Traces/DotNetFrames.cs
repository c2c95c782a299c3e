namespace Headroom.Compressors.Traces;

/// <summary><c>   at Acme.Cart.Total() in /src/Cart.cs:line 12</c> becomes <c>Acme.Cart.Total() in /src/Cart.cs:12</c>.</summary>
internal sealed class DotNetFrames : FrameStyle
{
    private const string Lead = "   at ", In = " in ", Line = ":line ";

    public override string Name => ".NET";

    public override string Separators => ".";

    public override string? Shorten(string line, string second, int index)
    {
        if (!line.StartsWith(Lead, StringComparison.Ordinal) || line.Length == Lead.Length) return null;
        int at = line.LastIndexOf(Line, StringComparison.Ordinal);
        return at < 0 ? line[Lead.Length..] : $"{line[Lead.Length..at]}:{line[(at + Line.Length)..]}";
    }

    public override string? Expand(string frame, int index, out string? second)
    {
        second = null;
        int colon = frame.LastIndexOf(':');
        bool hasLine = colon > 0 && colon + 1 < frame.Length && Digits(frame, colon + 1) == frame.Length - colon - 1 && frame.Contains(In, StringComparison.Ordinal);
        return Lead + (hasLine ? $"{frame[..colon]}{Line}{frame[(colon + 1)..]}" : frame);
    }

    public override int SharedLength(string frame)
    {
        int end = frame.AsSpan().IndexOfAny('(', ' ', '[');
        return QualifierLength(end < 0 ? frame : frame.AsSpan(0, end));
    }
}
