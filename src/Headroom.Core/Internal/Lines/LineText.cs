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

    public string Join() => Join(Lines);

    /// <summary>Other lines with the same line ends.</summary>
    public string Join(IReadOnlyList<string> lines)
    {
        string end = CarriageReturns ? "\r\n" : "\n";
        return string.Join(end, lines) + (EndsWithLineEnd ? end : "");
    }
}
