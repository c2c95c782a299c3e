namespace Headroom.Compressors.Traces;

/// <summary><c>    at total (/src/cart.js:12:5)</c> becomes <c>/src/cart.js:12:5 total</c>.</summary>
internal sealed class NodeFrames : FrameStyle
{
    private const string Lead = "    at ", Open = " (";

    public override string Name => "Node.js";

    public override string? Shorten(string line, string second, int index)
    {
        if (!line.StartsWith(Lead, StringComparison.Ordinal)) return null;
        if (line[^1] != ')') return line[Lead.Length..];
        int open = line.LastIndexOf(Open, StringComparison.Ordinal);
        return open < Lead.Length ? null : $"{line[(open + Open.Length)..^1]} {line[Lead.Length..open]}";
    }

    public override string? Expand(string frame, int index, out string? second)
    {
        second = null;
        if (!TrySplitPlace(frame, 2, out string place, out string name))
        {
            int space = frame.IndexOf(' ', StringComparison.Ordinal); // a place such as <anonymous> or native
            (place, name) = space < 0 ? (frame, "") : (frame[..space], frame[(space + 1)..]);
        }

        return name.Length == 0 ? Lead + place : $"{Lead}{name}{Open}{place})";
    }
}
