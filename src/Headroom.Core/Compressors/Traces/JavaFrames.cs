namespace Headroom.Compressors.Traces;

/// <summary><c>\tat org.acme.Cart.total(Cart.java:12)</c> becomes <c>org.acme.Cart.total:12</c>: the file name follows from the class.</summary>
internal sealed class JavaFrames : FrameStyle
{
    private const string Lead = "\tat ";

    public override string Name => "Java";

    public override string Separators => "./";

    public override string? Shorten(string line, string second, int index)
    {
        if (!line.StartsWith(Lead, StringComparison.Ordinal)) return null;
        int open = line.IndexOf('(', StringComparison.Ordinal), close = open < 0 ? -1 : line.IndexOf(')', open);
        if (close < 0) return null;
        string method = line[Lead.Length..open];
        string file = FileOf(method) + ":";
        ReadOnlySpan<char> place = line.AsSpan(open + 1, close - open - 1);
        bool implied = file.Length > 1 && place.StartsWith(file, StringComparison.Ordinal);
        return implied ? $"{method}{place[(file.Length - 1)..]}{line[(close + 1)..]}" : line[Lead.Length..];
    }

    public override string? Expand(string frame, int index, out string? second)
    {
        second = null;
        int colon = frame.IndexOfAny([':', '(']);
        if (colon < 0 || frame[colon] == '(') return Lead + frame;
        int end = colon + 1 + Digits(frame, colon + 1);
        return $"{Lead}{frame[..colon]}({FileOf(frame[..colon])}{frame[colon..end]}){frame[end..]}";
    }

    public override int SharedLength(string frame)
    {
        int end = frame.AsSpan().IndexOfAny(':', '(', ' ');
        return QualifierLength(end < 0 ? frame : frame.AsSpan(0, end));
    }

    /// <summary>The source file of the outer class that a method belongs to; empty when there is no class.</summary>
    private static string FileOf(string method)
    {
        int dot = method.LastIndexOf('.');
        if (dot < 0) return "";
        string type = method[..dot];
        type = type[(type.LastIndexOfAny(['.', '/']) + 1)..];
        int nested = type.IndexOf('$', 1 <= type.Length ? 1 : 0);
        return (nested < 0 ? type : type[..nested]) + ".java";
    }
}
