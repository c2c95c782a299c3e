using System.Diagnostics.CodeAnalysis;

namespace Headroom.Compressors.Traces;

/// <summary>How one runtime prints stack frames, and their short spelling: place first, so that neighbours share a prefix.</summary>
internal abstract class FrameStyle
{
    public static IReadOnlyList<FrameStyle> All { get; } = [new JavaFrames(), new DotNetFrames(), new PythonFrames(), new NodeFrames(), new NativeFrames(), new RustFrames(), new GoFrames()];

    /// <summary>As the header calls it.</summary>
    public abstract string Name { get; }

    /// <summary>The characters at which frames share prefixes.</summary>
    public virtual string Separators => "/\\";

    /// <summary>How many lines one frame takes.</summary>
    public virtual int LinesPerFrame => 1;

    /// <summary>The short form of a frame; <see langword="null"/> when the lines are none.</summary>
    /// <param name="line">The frame's first line.</param>
    /// <param name="second">Its second line, or empty.</param>
    /// <param name="index">Which frame of its stack it would be, from 0.</param>
    public abstract string? Shorten(string line, string second, int index);

    /// <summary>The lines of a frame; <see langword="null"/> when it is no short form.</summary>
    public abstract string? Expand(string frame, int index, out string? second);

    /// <summary>The short form if it leads back to the same lines.</summary>
    public bool TryRead(string line, string second, int index, [NotNullWhen(true)] out string? frame)
    {
        frame = Shorten(line, second, index);
        if (frame is null) return false;
        if (frame.Length == 0 || frame[0] == ' ' || Separators.Contains(frame[^1], StringComparison.Ordinal)) return false;
        foreach (char separator in Separators)
        {
            if (frame.Contains(separator + " ", StringComparison.Ordinal)) return false; // folded there, the rest would look one level deeper
        }

        return Expand(frame, index, out string? secondBack) == line && (secondBack is null || secondBack == second);
    }

    /// <summary>How much of a short form neighbours may share, in characters. The own files keep their path whole: it is what an agent opens next.</summary>
    public virtual int SharedLength(string frame)
    {
        int colon = frame.IndexOf(':', StringComparison.Ordinal);
        while (colon >= 0 && colon + 1 < frame.Length && !char.IsAsciiDigit(frame[colon + 1])) colon = frame.IndexOf(':', colon + 1);
        return colon > 0 && ForeignCode.IsIn(frame.AsSpan(0, colon)) ? colon : 0;
    }

    /// <summary>The end of the part in front of <c>Type.Method</c>, which stays whole.</summary>
    protected static int QualifierLength(ReadOnlySpan<char> name)
    {
        int method = name.LastIndexOf('.');
        int type = method < 0 ? -1 : name[..method].LastIndexOf('.');
        return type + 1;
    }

    /// <summary>Splits <c>place:12 name</c>; the place ends at the first colon with a number and then a space or the end behind it.</summary>
    protected static bool TrySplitPlace(string frame, int numbers, out string place, out string name)
    {
        place = name = "";
        for (int colon = frame.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = colon + 1 < frame.Length ? frame.IndexOf(':', colon + 1) : -1)
        {
            int end = colon, read = 0;
            while (read < numbers && end < frame.Length && frame[end] == ':' && Digits(frame, end + 1) is > 0 and var digits)
            {
                end += digits + 1;
                read++;
            }

            if (read < numbers || (end < frame.Length && frame[end] != ' ')) continue;
            place = frame[..end];
            name = end < frame.Length ? frame[(end + 1)..] : "";
            return true;
        }

        return false;
    }

    protected static int Digits(string text, int from)
    {
        int end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - from;
    }
}
