using System.Buffers;
using System.Text;

namespace Headroom.Internal.Terminal;

/// <summary>What a terminal would show of a text: colour and cursor codes gone, overwrites applied, trailing blanks dropped.</summary>
/// <remarks>
/// <para>The rules, in this order: escape sequences (CSI, OSC, two-character) vanish; CR LF is a line end; in each line what follows
/// a carriage return overwrites the beginning of what precedes it, one UTF-16 unit a column; a backspace takes the character before
/// it away; spaces and tabs at the end of a line and line ends at the end of the text are dropped.</para>
/// <para>Linear in time and memory. A text in which nothing changes is returned as the same instance.</para>
/// </remarks>
internal static class TerminalScreen
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';
    private const char Backspace = '\b';

    private static readonly SearchValues<char> Controls = SearchValues.Create(Escape, '\r', Backspace);

    /// <summary>Whether both texts show the same.</summary>
    public static bool Same(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal) || string.Equals(Render(left), Render(right), StringComparison.Ordinal);

    /// <summary>What a terminal shows of <paramref name="text"/>.</summary>
    public static string Render(string text)
    {
        if (text.AsSpan().ContainsAny(Controls)) return RenderControls(text);
        return HasTrailingBlanks(text) ? TrimLines(text) : text.Length > 0 && text[^1] == '\n' ? text.TrimEnd('\n') : text;
    }

    /// <summary>Whether rendering drops more than line ends at the end of the text.</summary>
    public static bool HasSomethingToClean(string text) => text.AsSpan().ContainsAny(Controls) || HasTrailingBlanks(text);

    private static bool HasTrailingBlanks(ReadOnlySpan<char> text) =>
        text.Length > 0 && (text[^1] is ' ' or '\t' || text.Contains(" \n", StringComparison.Ordinal) || text.Contains("\t\n", StringComparison.Ordinal));

    private static string TrimLines(string text)
    {
        var screen = new StringBuilder(text.Length);
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            screen.Append(text.AsSpan(range).TrimEnd(" \t")).Append('\n');
        }

        return TrimmedEnd(screen);
    }

    private static string RenderControls(string text)
    {
        ReadOnlySpan<char> plain = text.Contains(Escape, StringComparison.Ordinal) ? WithoutEscapes(text) : text;
        var screen = new StringBuilder(plain.Length);
        char[] scratch = ArrayPool<char>.Shared.Rent(256);
        while (true)
        {
            int end = plain.IndexOf('\n');
            ReadOnlySpan<char> line = end < 0 ? plain : plain[..end];
            if (end > 0 && line[^1] == '\r') line = line[..^1]; // CR LF: only the last CR belongs to the line end
            if (line.ContainsAny('\r', Backspace))
            {
                if (scratch.Length < line.Length)
                {
                    ArrayPool<char>.Shared.Return(scratch);
                    scratch = ArrayPool<char>.Shared.Rent(line.Length);
                }

                line = scratch.AsSpan(0, Backspaced(scratch.AsSpan(0, Overwritten(line, scratch))));
            }

            screen.Append(line.TrimEnd(" \t")).Append('\n');
            if (end < 0) break;
            plain = plain[(end + 1)..];
        }

        ArrayPool<char>.Shared.Return(scratch);
        return TrimmedEnd(screen);
    }

    private static string TrimmedEnd(StringBuilder screen)
    {
        int length = screen.Length;
        while (length > 0 && screen[length - 1] == '\n') length--;
        return screen.ToString(0, length);
    }

    /// <summary>
    /// A column shows the last part that reaches it. So, from the last part back, each part adds only what is longer than all behind it:
    /// a million carriage returns cost one pass.
    /// </summary>
    private static int Overwritten(ReadOnlySpan<char> line, Span<char> target)
    {
        int covered = 0;
        int end = line.Length;
        while (true)
        {
            int start = line[..end].LastIndexOf('\r') + 1;
            if (end - start > covered)
            {
                line[(start + covered)..end].CopyTo(target[covered..]);
                covered = end - start;
            }

            if (start == 0) return covered;
            end = start - 1;
        }
    }

    private static int Backspaced(Span<char> line)
    {
        int length = line.IndexOf(Backspace);
        if (length < 0) return line.Length;
        for (int i = length; i < line.Length; i++)
        {
            if (line[i] != Backspace) line[length++] = line[i];
            else if (length > 0) length--;
        }

        return length;
    }

    private static string WithoutEscapes(string text)
    {
        var plain = new StringBuilder(text.Length);
        int from = 0;
        while (true)
        {
            int at = text.IndexOf(Escape, from);
            if (at < 0) return plain.Append(text, from, text.Length - from).ToString();
            int length = EscapeLength(text.AsSpan(at));
            plain.Append(text, from, at - from);
            if (length == 0) plain.Append(text[at]);
            from = at + Math.Max(1, length);
        }
    }

    /// <summary>Length of the escape sequence that <paramref name="text"/> begins with; 0 when it is none.</summary>
    private static int EscapeLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2) return 0;
        char kind = text[1];
        if (kind == '[')
        {
            int i = 2;
            while (i < text.Length && text[i] is >= '0' and <= '?') i++;
            while (i < text.Length && text[i] is >= ' ' and <= '/') i++;
            return i < text.Length && text[i] is >= '@' and <= '~' ? i + 1 : 0;
        }

        if (kind == ']')
        {
            int end = text[2..].IndexOfAny(Bell, Escape) + 2; // the search stops at the next escape, so many of them stay linear
            if (end >= 2 && text[end] == Bell) return end + 1;
            if (end >= 2 && end + 1 < text.Length && text[end + 1] == '\\') return end + 2;
        }

        return kind is (>= '@' and <= 'Z') or (>= '\\' and <= '_') ? 2 : 0;
    }
}
