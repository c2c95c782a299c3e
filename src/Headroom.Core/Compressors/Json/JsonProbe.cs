namespace Headroom.Compressors.Json;

/// <summary>Judges from a sample whether a text is JSON, or data as Python shows it.</summary>
internal static class JsonProbe
{
    /// <summary>How sure a text is data: by its first character and what follows it.</summary>
    public static double Judge(ReadOnlySpan<char> sample) => Math.Max(JudgeJson(sample), PythonProbe.Judge(sample));

    private static double JudgeJson(ReadOnlySpan<char> sample)
    {
        ReadOnlySpan<char> text = sample.TrimStart("\uFEFF \t\r\n");
        if (text.IsEmpty) return 0;
        ReadOnlySpan<char> next = text[1..].TrimStart(" \t\r\n");
        switch (text[0])
        {
            case '{': return next.IsEmpty || next[0] is '"' or '}' ? 0.95 : Embedded(text);
            case '[': return next.IsEmpty || next[0] is '{' or '[' or '"' or ']' or '-' or 't' or 'f' or 'n' || char.IsAsciiDigit(next[0]) ? 0.8 : Embedded(text);
            case '"': return text.Length > 1 && text.IndexOf('\n') < 0 ? 0.6 : 0.1;
            default: return Embedded(text);
        }
    }

    /// <summary>Low, but enough to be asked, where something in the text starts like a JSON value.</summary>
    private static double Embedded(ReadOnlySpan<char> text)
    {
        for (int at = text.IndexOfAny('{', '['); at >= 0;)
        {
            ReadOnlySpan<char> next = text[(at + 1)..].TrimStart(" \t\r\n");
            if (!next.IsEmpty && (text[at] == '{' ? next[0] == '"' : next[0] is '{' or '"')) return 0.25;
            int step = text[(at + 1)..].IndexOfAny('{', '[');
            at = step < 0 ? -1 : at + 1 + step;
        }

        return 0;
    }
}
