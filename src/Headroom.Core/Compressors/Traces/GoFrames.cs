namespace Headroom.Compressors.Traces;

/// <summary>A function and its place on the next line become <c>/src/cart.go:12 main.total(0x1) +0x1d</c>.</summary>
internal sealed class GoFrames : FrameStyle
{
    public override string Name => "Go";

    public override int LinesPerFrame => 2;

    public override string? Shorten(string line, string second, int index)
    {
        if (line.Length == 0 || line[0] is ' ' or '\t' || second.Length < 2 || second[0] != '\t') return null;
        int offset = second.LastIndexOf(" +0x", StringComparison.Ordinal);
        string place = offset < 0 ? second[1..] : second[1..offset];
        return $"{place} {line}{(offset < 0 ? "" : second[offset..])}";
    }

    public override string? Expand(string frame, int index, out string? second)
    {
        second = null;
        if (!TrySplitPlace(frame, 1, out string place, out string name)) return null;
        int offset = name.LastIndexOf(" +0x", StringComparison.Ordinal);
        second = "\t" + place + (offset < 0 ? "" : name[offset..]);
        return offset < 0 ? name : name[..offset];
    }
}
