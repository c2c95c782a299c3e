using System.Globalization;

namespace Headroom.Compressors.Traces;

/// <summary>A numbered function and <c>at</c> with its place on the next line become <c>/src/cart.rs:12:5 total</c>; the frame number follows.</summary>
internal sealed class RustFrames : FrameStyle
{
    private const string At = "             at ";

    public override string Name => "Rust";

    public override int LinesPerFrame => 2;

    public override string? Shorten(string line, string second, int index)
    {
        string lead = Lead(index);
        if (!line.StartsWith(lead, StringComparison.Ordinal) || !second.StartsWith(At, StringComparison.Ordinal)) return null;
        return $"{second[At.Length..]} {line[lead.Length..]}";
    }

    public override string? Expand(string frame, int index, out string? second)
    {
        second = null;
        if (!TrySplitPlace(frame, 2, out string place, out string name)) return null;
        second = At + place;
        return Lead(index) + name;
    }

    private static string Lead(int index) => string.Create(CultureInfo.InvariantCulture, $"{index,4}: ");
}
