using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Headroom.Compressors.Logs;

internal enum FoldedLineKind
{
    /// <summary>An empty line of the original.</summary>
    Blank,

    /// <summary>A line of the original as it stands.</summary>
    Plain,

    /// <summary>A line of the original behind <c>&gt; </c>.</summary>
    Marked,

    /// <summary>Lines that stood before.</summary>
    Repeat,

    /// <summary>A record that shows a pattern.</summary>
    Definition,

    /// <summary>A record of a known pattern, as its values.</summary>
    Row,
}

/// <summary>What a line of a folded log is, and where its parts are.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Pattern">The pattern of a row.</param>
/// <param name="TimeLength">Length of the time a row begins with; 0 when it has none.</param>
/// <param name="Rest">Where the values of a row, or the text of a marked line, begin.</param>
internal readonly record struct FoldedLine(FoldedLineKind Kind, LogPattern? Pattern = null, int TimeLength = 0, int Rest = 0);

/// <summary>The grammar of a folded log, shared by writer and reader, with what both know at a line: the patterns, the current one, the times.</summary>
internal sealed class FoldedSyntax(char open, char close)
{
    public const string PlainMark = "> ";

    /// <summary>Stands for the value of the row above of the same pattern.</summary>
    public const string AsAbove = "^";

    public static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Brackets for values, in order of preference.</summary>
    public static readonly string[] Brackets = ["{}", "<>", "[]", "``"];

    private readonly Dictionary<string, LogPattern> _patterns = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, string> _times = [];

    public char Open => open;

    public char Close => close;

    /// <summary>The pattern of the row above; <see langword="null"/> after plain lines.</summary>
    public LogPattern? Current { get; set; }

    public static string Header(char open, char close) =>
        $"[log {open}{close}: NAME= line with {open}values{close}; below, such a line is: end of time if changed, NAME if changed, values; "
        + "^ = same as above, ~/ = same folder, +n = n more, > = plain lines]";

    public static bool TryReadHeader(ReadOnlySpan<char> text, out char open, out char close, out int length)
    {
        open = close = '\0';
        length = 0;
        if (!text.StartsWith("[log ", StringComparison.Ordinal) || text.Length < 8) return false;
        (open, close) = (text[5], text[6]);
        string header = Header(open, close);
        length = header.Length + 1;
        return text.StartsWith(header, StringComparison.Ordinal) && text.Length > header.Length && text[header.Length] == '\n';
    }

    public bool IsKnown(string name) => _patterns.ContainsKey(name);

    public void Define(LogPattern pattern)
    {
        _patterns.Add(pattern.Name, pattern);
        for (int i = 0; i < pattern.Values.Length; i++)
        {
            if (pattern.Kinds[i] == PieceKind.Time) SetTime(pattern.Values[i]);
        }

        Current = pattern;
    }

    public void SetTime(string time) => _times[TimeScanner.Spelling(time)] = time;

    /// <summary>The last time that was spelled like <paramref name="example"/>.</summary>
    public string? LastTime(ReadOnlySpan<char> example) => _times.GetValueOrDefault(TimeScanner.Spelling(example));

    public FoldedLine Classify(ReadOnlySpan<char> line)
    {
        if (line.Length == 0) return new FoldedLine(FoldedLineKind.Blank);
        if (line[0] == '>') return new FoldedLine(FoldedLineKind.Marked, Rest: PlainMark.Length);
        if (line[0] == '[' && (line.StartsWith("[= line", StringComparison.Ordinal) || line.StartsWith("[last ", StringComparison.Ordinal)))
            return new FoldedLine(FoldedLineKind.Repeat);
        if (LogPattern.TryReadHead(line, out ReadOnlySpan<char> name, out _, out _) && !TryGetPattern(name, out _))
            return new FoldedLine(FoldedLineKind.Definition);
        int first = TokenEnd(line, 0);
        if (TryGetPattern(line[..first], out LogPattern? pattern)) return new FoldedLine(FoldedLineKind.Row, pattern, 0, Math.Min(first + 1, line.Length));
        if (first < line.Length && (char.IsAsciiDigit(line[0]) || line[0] == '"'))
        {
            int second = TokenEnd(line, first + 1);
            if (TryGetPattern(line[(first + 1)..second], out pattern) && pattern.LeadingTime >= 0)
                return new FoldedLine(FoldedLineKind.Row, pattern, first, Math.Min(second + 1, line.Length));
        }

        if (Current is null) return new FoldedLine(FoldedLineKind.Plain);
        return Current.LeadingTime < 0
            ? new FoldedLine(FoldedLineKind.Row, Current)
            : new FoldedLine(FoldedLineKind.Row, Current, first, Math.Min(first + 1, line.Length));
    }

    /// <summary>End of the blank-separated token at <paramref name="start"/>; in double quotes it may hold blanks.</summary>
    public static int TokenEnd(ReadOnlySpan<char> line, int start)
    {
        int i = start;
        if (i < line.Length && line[i] == '"')
        {
            for (i++; i < line.Length; i++)
            {
                if (line[i] != '"') continue;
                if (i + 1 < line.Length && line[i + 1] == '"') i++;
                else if (i + 1 == line.Length || line[i + 1] == ' ') return i + 1;
            }
        }

        int end = line[start..].IndexOf(' ');
        return end < 0 ? line.Length : start + end;
    }

    /// <summary>A value as it stands in a row.</summary>
    public static string Quoted(ReadOnlySpan<char> value, bool isLast = false)
    {
        bool bare = value.Length > 0 && (isLast || !value.Contains(' ')) && value[0] is not ('"' or '^' or '~' or '+');
        return bare ? value.ToString() : $"\"{value.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Undoes <see cref="Quoted"/>.</summary>
    public static string Unquoted(ReadOnlySpan<char> token) =>
        token.Length >= 2 && token[0] == '"' && token[^1] == '"'
            ? token[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
            : token.ToString();

    /// <summary>How a value is written below <paramref name="above"/>.</summary>
    public static string Relative(ReadOnlySpan<char> above, ReadOnlySpan<char> value, bool isLast)
    {
        if (value.SequenceEqual(above)) return AsAbove;
        int folder = above.LastIndexOf('/') + 1;
        if (folder > 2 && value.Length > folder && value.StartsWith(above[..folder], StringComparison.Ordinal) && !value.Contains(' ')) return $"~/{value[folder..]}";
        if (value.Length is >= 7 and <= 18 && value.Length == above.Length && value[0] != '0'
            && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long now)
            && long.TryParse(above, NumberStyles.None, CultureInfo.InvariantCulture, out long then) && now >= then)
        {
            string step = (now - then).ToString(CultureInfo.InvariantCulture);
            if (step.Length + 3 <= value.Length) return $"+{step}";
        }

        return Quoted(value, isLast);
    }

    /// <summary>Undoes <see cref="Relative"/>.</summary>
    public static bool TryAbsolute(string above, ReadOnlySpan<char> token, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (token.Length == 0) return false;
        if (token is AsAbove)
        {
            value = above;
        }
        else if (token.StartsWith("~/", StringComparison.Ordinal))
        {
            value = string.Concat(above.AsSpan(0, above.LastIndexOf('/') + 1), token[2..]);
        }
        else if (token[0] == '+')
        {
            if (!long.TryParse(token[1..], NumberStyles.None, CultureInfo.InvariantCulture, out long step)
                || !long.TryParse(above, NumberStyles.None, CultureInfo.InvariantCulture, out long then) || step > long.MaxValue - then) return false;
            value = (then + step).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            value = Unquoted(token);
        }

        return true;
    }

    private bool TryGetPattern(ReadOnlySpan<char> name, [NotNullWhen(true)] out LogPattern? pattern)
    {
        pattern = null;
        return name.Length is > 0 and <= 16 && _patterns.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out pattern);
    }
}
