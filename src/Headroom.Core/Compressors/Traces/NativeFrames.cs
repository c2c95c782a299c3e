using System.Globalization;

namespace Headroom.Compressors.Traces;

/// <summary>Sanitizers: <c>    #0 0x55d2 in total /src/cart.c:12</c> becomes <c>/src/cart.c:12 total 0x55d2</c>; the frame number follows.</summary>
internal sealed class NativeFrames : FrameStyle
{
    private const string In = " in ";

    public override string Name => "native";

    public override string? Shorten(string line, string second, int index)
    {
        string lead = Lead(index);
        if (!line.StartsWith(lead, StringComparison.Ordinal)) return null;
        int address = line.IndexOf(In, lead.Length, StringComparison.Ordinal);
        int place = line.LastIndexOf(' ');
        if (address < 0 || place <= address + In.Length) return null;
        string function = line[(address + In.Length)..place];
        return $"{line[(place + 1)..]} {function} {line[lead.Length..address]}";
    }

    public override string? Expand(string frame, int index, out string? second)
    {
        second = null;
        int place = frame.IndexOf(' ', StringComparison.Ordinal), address = frame.LastIndexOf(' ');
        return address <= place ? null : $"{Lead(index)}{frame[(address + 1)..]}{In}{frame[(place + 1)..address]} {frame[..place]}";
    }

    public override int SharedLength(string frame)
    {
        int end = frame.AsSpan().IndexOfAny(' ', '+');
        return end > 0 && ForeignCode.IsIn(frame.AsSpan(0, end)) ? end : 0;
    }

    private static string Lead(int index) => string.Create(CultureInfo.InvariantCulture, $"    #{index} ");
}
