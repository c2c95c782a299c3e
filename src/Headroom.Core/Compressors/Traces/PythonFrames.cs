namespace Headroom.Compressors.Traces;

/// <summary><c>  File "/src/cart.py", line 12, in total</c> becomes <c>/src/cart.py:12 total</c>.</summary>
internal sealed class PythonFrames : FrameStyle
{
    private const string Lead = "  File \"", Line = "\", line ", In = ", in ";

    public override string Name => "Python";

    public override string? Shorten(string line, string second, int index)
    {
        if (!line.StartsWith(Lead, StringComparison.Ordinal)) return null;
        int end = line.IndexOf(Line, Lead.Length, StringComparison.Ordinal);
        if (end < 0) return null;
        int number = end + Line.Length, after = number + Digits(line, number);
        string place = $"{line[Lead.Length..end]}:{line[number..after]}";
        if (after == line.Length) return place;
        return line.AsSpan(after).StartsWith(In, StringComparison.Ordinal) ? $"{place} {line[(after + In.Length)..]}" : null;
    }

    public override string? Expand(string frame, int index, out string? second)
    {
        second = null;
        if (!TrySplitPlace(frame, 1, out string place, out string name)) return null;
        int colon = place.LastIndexOf(':');
        return $"{Lead}{place[..colon]}{Line}{place[(colon + 1)..]}{(name.Length > 0 ? In : "")}{name}";
    }
}
