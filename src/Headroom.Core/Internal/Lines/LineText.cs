using System.Diagnostics.CodeAnalysis;

namespace Headroom.Internal.Lines;

/// <summary>A text as lines, with what is needed to put it together again exactly.</summary>
/// <param name="Lines">The lines without their ends. A carriage return stays in its line unless every line end has one.</param>
/// <param name="CarriageReturns">Every line end is <c>\r\n</c>.</param>
/// <param name="EndsWithLineEnd">The last line has a line end.</param>
internal sealed record LineText(IReadOnlyList<string> Lines, bool CarriageReturns, bool EndsWithLineEnd)
{
    public static LineText Split(string text)
    {
        bool carriageReturns = true;
        int ends = 0;
        for (int i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1))
        {
            ends++;
            if (i == 0 || text[i - 1] != '\r') carriageReturns = false;
        }

        carriageReturns &= ends > 0;
        var lines = new List<string>(ends + 1);
        int start = 0;
        for (int i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', start))
        {
            lines.Add(text[start..(carriageReturns ? i - 1 : i)]);
            start = i + 1;
        }

        bool ended = start == text.Length && text.Length > 0;
        if (!ended) lines.Add(text[start..]);
        return new LineText(lines, carriageReturns, ended);
    }

    /// <summary>Reads a text whose first line is a header of ours in brackets, which says whether the original had carriage returns.</summary>
    /// <param name="text">The text.</param>
    /// <param name="headerStart">How the header begins.</param>
    /// <param name="carriageReturnsFlag">What stands at the header's end when every line end of the original was <c>\r\n</c>.</param>
    /// <param name="encoded">The text as lines, the header included.</param>
    /// <param name="header">What stands between the header's start and the flag or its closing bracket.</param>
    /// <param name="carriageReturns">Whether the flag was there.</param>
    public static bool TryReadEncoded(
        string text, string headerStart, string carriageReturnsFlag, [NotNullWhen(true)] out LineText? encoded, out string header, out bool carriageReturns)
    {
        (encoded, header, carriageReturns) = (null, "", false);
        if (!text.StartsWith(headerStart, StringComparison.Ordinal)) return false;
        LineText lines = Split(text);
        header = lines.Lines[0];
        if (lines.CarriageReturns || lines.Lines.Count < 2 || header[^1] != ']') return false;
        header = header[headerStart.Length..^1];
        carriageReturns = header.EndsWith(carriageReturnsFlag, StringComparison.Ordinal);
        if (carriageReturns) header = header[..^carriageReturnsFlag.Length];
        encoded = lines;
        return true;
    }

    public string Join() => Join(Lines);

    /// <summary>Other lines with the same line ends.</summary>
    public string Join(IReadOnlyList<string> lines)
    {
        string end = CarriageReturns ? "\r\n" : "\n";
        return string.Join(end, lines) + (EndsWithLineEnd ? end : "");
    }
}
